package iampolicy_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

const resultsARN = "arn:aws:s3:::acme-voicebase-results"

// ownPolicy has what a merge must not touch: key order, a list of one, a number, a variable.
const ownPolicy = `{"Version":"2012-10-17","Statement":[{"Sid":"Readers","Action":["s3:GetObject"],"Effect":"Allow",` +
	`"Principal":{"AWS":"arn:aws:iam::111122223333:role/readers"},"Resource":"arn:aws:s3:::acme-voicebase-results/${aws:username}/*",` +
	`"Condition":{"NumericLessThan":{"s3:max-keys":10}}}]}`

func TestBucketPolicyGolden(t *testing.T) {
	for name, test := range map[string]struct {
		guards iampolicy.BucketGuards
		own    string
	}{
		"bucket_guards": {guards: iampolicy.BucketGuards{BucketARN: resultsARN}},
		"bucket_china":  {guards: iampolicy.BucketGuards{BucketARN: awsname.BucketARN("aws-cn", "acme-voicebase-results")}},
		"bucket_all": {
			guards: iampolicy.BucketGuards{
				BucketARN: resultsARN, PresignedMaxAge: 24 * time.Hour,
				PresignedSources: []string{"52.6.244.43/32", "2001:db8::/32", "52.2.171.140/32"},
			},
			own: ownPolicy,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := iampolicy.BucketPolicy(test.guards, test.own)
			if err != nil {
				t.Fatal(err)
			}
			goldenText(t, name, got)
		})
	}
}

func TestBucketPolicyTakesASingleStatement(t *testing.T) {
	const statement = `{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"` + resultsARN + `"}`
	got, err := iampolicy.BucketPolicy(iampolicy.BucketGuards{BucketARN: resultsARN}, `{"Version":"2012-10-17","Id":"mine","Statement":`+statement+`}`)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got, `{"Id":"mine",`) || !strings.HasSuffix(got, ","+statement+"]}") {
		t.Errorf("got %s", got)
	}
}

func TestBucketPolicyRefuses(t *testing.T) {
	statement := func(more string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*"` + more + `}]}`
	}
	for name, test := range map[string]struct{ own, want string }{
		"no JSON":            {`{`, "not a JSON policy document"},
		"a string":           {`"policy"`, "not a JSON policy document"},
		"a bare list":        {`[]`, "not a JSON policy document"},
		"no version":         {`{"Statement":[{"Effect":"Deny"}]}`, `Version is ""; must be "2012-10-17"`},
		"old version":        {`{"Version":"2008-10-17","Statement":[{"Effect":"Deny"}]}`, `Version is "2008-10-17"`},
		"no statement":       {`{"Version":"2012-10-17"}`, "no statement"},
		"empty list":         {`{"Version":"2012-10-17","Statement":[]}`, "no statement"},
		"statement a string": {`{"Version":"2012-10-17","Statement":"x"}`, "neither an object nor a list"},
		"string in the list": {`{"Version":"2012-10-17","Statement":["x"]}`, "statement 1 of the policy: it is not a JSON object"},
		"no effect":          {`{"Version":"2012-10-17","Statement":[{"Sid":"a"}]}`, `its Effect is ""`},
		"a guard's Sid":      {statement(`,"Sid":"` + iampolicy.SidOldTLS + `"`), `statement 1 of the policy: its Sid "VoiceBaseDenyOldTLS" is reserved for one of the bucket's guards`},
		"an unused guard's":  {statement(`,"Sid":"` + iampolicy.SidPresignedAge + `"`), "guards"},
		"too large":          {statement(`,"Sid":"` + strings.Repeat("a", iampolicy.MaxBucketPolicySize) + `"`), "exceeds S3's limit of 20480"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := iampolicy.BucketPolicy(iampolicy.BucketGuards{BucketARN: resultsARN}, test.own)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func TestBucketPolicySizeIsThatOfTheWhole(t *testing.T) {
	guards := iampolicy.BucketGuards{BucketARN: resultsARN}
	alone, err := iampolicy.BucketPolicy(guards, "")
	if err != nil {
		t.Fatal(err)
	}
	const statement = `{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"*","Sid":"%s"}`
	own := func(fill int) string {
		return `{"Version":"2012-10-17","Statement":[` + fmt.Sprintf(statement, strings.Repeat("a", fill)) + `]}`
	}
	room := iampolicy.MaxBucketPolicySize - len(alone) - len(","+fmt.Sprintf(statement, ""))
	if _, err := iampolicy.BucketPolicy(guards, own(room)); err != nil {
		t.Errorf("the largest policy is refused: %v", err)
	}
	if _, err := iampolicy.BucketPolicy(guards, own(room+1)); err == nil {
		t.Error("a policy one byte too large is accepted")
	}
}

func TestSplitBucketPolicyUndoesTheMerge(t *testing.T) {
	for name, test := range map[string]struct {
		guards iampolicy.BucketGuards
		own    string
	}{
		"guards alone": {guards: iampolicy.BucketGuards{BucketARN: resultsARN}},
		"age":          {guards: iampolicy.BucketGuards{BucketARN: resultsARN, PresignedMaxAge: 1500 * time.Millisecond}},
		"one source":   {guards: iampolicy.BucketGuards{BucketARN: resultsARN, PresignedSources: []string{"10.0.0.0/8"}}},
		"all, and own": {
			guards: iampolicy.BucketGuards{BucketARN: resultsARN, PresignedMaxAge: time.Hour, PresignedSources: []string{"10.0.0.0/8", "192.0.2.1/32"}},
			own:    `{"Id":"mine","Statement":[{"Action":"s3:GetObject","Effect":"Deny","Principal":"*","Resource":"*"}],"Version":"2012-10-17"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			merged, err := iampolicy.BucketPolicy(test.guards, test.own)
			if err != nil {
				t.Fatal(err)
			}
			guards, own, err := iampolicy.SplitBucketPolicy(resultsARN, merged)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(guards, test.guards) || own != test.own {
				t.Errorf("got %+v and %s", guards, own)
			}
		})
	}
}

func TestSplitBucketPolicyOfSomebodyElse(t *testing.T) {
	const foreign = `{"Version":"2008-10-17","Statement":{"Sid":"` + iampolicy.SidPresignedAge + `","Effect":"Deny","Condition":{"NumericGreaterThan":{"s3:signatureAge":600000}}}}`
	guards, own, err := iampolicy.SplitBucketPolicy(resultsARN, foreign)
	if err != nil || own != "" || guards.PresignedMaxAge != 10*time.Minute {
		t.Errorf("got %+v, %q, %v", guards, own, err)
	}
	tooLong := strings.Replace(foreign, "600000", strings.Repeat("9", 30), 1)
	if guards, _, err := iampolicy.SplitBucketPolicy(resultsARN, tooLong); err != nil || guards.PresignedMaxAge != 0 {
		t.Errorf("an age that no duration has: got %+v, %v", guards, err)
	}
	if _, _, err := iampolicy.SplitBucketPolicy(resultsARN, "{"); err == nil {
		t.Error("no error for what is not JSON")
	}
}

// TestSplitBucketPolicy_sids tells the guards from the owner's statements, which may have any other ID.
func TestSplitBucketPolicy_sids(t *testing.T) {
	t.Parallel()
	for _, guard := range iampolicy.GuardSids {
		if _, own, err := iampolicy.SplitBucketPolicy(resultsARN, policy(`{"Sid":"`+guard+`","Effect":"Deny"}`)); err != nil || own != "" {
			t.Errorf("%s is the owner's: %s, %v", guard, own, err)
		}
		for _, sid := range []string{"", "VoiceBase", "VoiceBaseDeny", strings.ToLower(guard), guard + "2", guard[:len(guard)-1], "X" + guard} {
			statement := `{"Effect":"Deny","Sid":"` + sid + `"}`
			_, own, err := iampolicy.SplitBucketPolicy(resultsARN, policy(statement))
			if err != nil || !strings.Contains(own, statement) {
				t.Errorf("%q is taken for a guard: %s, %v", sid, own, err)
			}
		}
	}
}

func TestParsePresignedAge(t *testing.T) {
	for text, want := range map[string]time.Duration{"1ms": time.Millisecond, "24h": 24 * time.Hour, "168h": awsname.MaxPresignedLife} {
		if got, err := iampolicy.ParsePresignedAge(text); err != nil || got != want {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"": "not a valid duration", "24": "not a valid duration", "7d": "not a valid duration", "0s": "out of range", "-1h": "out of range",
		"999µs": "out of range", "168h0m0.001s": "out of range", "1.5ms": "not a whole number of milliseconds",
	} {
		if got, err := iampolicy.ParsePresignedAge(text); err == nil || !strings.Contains(err.Error(), want) || got != 0 {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}

func TestParseSourceCIDR(t *testing.T) {
	for _, text := range []string{"52.6.244.43/32", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32"} {
		if got, err := iampolicy.ParseSourceCIDR(text); err != nil || got.String() != text {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"":               "not a valid CIDR range",
		"voicebase":      "not a valid CIDR range",
		"10.0.0.0/33":    "not a valid CIDR range",
		"52.6.244.43":    "must be a CIDR range, such as 52.6.244.43/32",
		"2001:db8::1":    "must be a CIDR range, such as 2001:db8::1/128",
		"10.1.2.3/8":     "the range is 10.0.0.0/8",
		"2001:db8::1/32": "the range is 2001:db8::/32",
	} {
		if _, err := iampolicy.ParseSourceCIDR(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want an error with %q", text, err, want)
		}
	}
}

func FuzzBucketPolicy(f *testing.F) {
	f.Add(ownPolicy, int64(time.Hour))
	f.Add(`{"Version":"2012-10-17","Statement":{"Effect":"Deny"}}`, int64(0))
	f.Add(`{"Statement":[null,{}]}`, int64(-1))
	f.Fuzz(func(t *testing.T, own string, age int64) {
		guards := iampolicy.BucketGuards{BucketARN: resultsARN, PresignedMaxAge: time.Duration(age)}
		merged, err := iampolicy.BucketPolicy(guards, own)
		if err != nil {
			return
		}
		_, rest, err := iampolicy.SplitBucketPolicy(resultsARN, merged)
		if err != nil {
			t.Fatalf("a merged policy does not split: %v", err)
		}
		again, err := iampolicy.BucketPolicy(guards, rest)
		if err != nil {
			return // The sorted form can be a few bytes larger.
		}
		if _, second, _ := iampolicy.SplitBucketPolicy(resultsARN, again); second != rest {
			t.Errorf("splitting is not stable: %s, then %s", rest, second)
		}
	})
}
