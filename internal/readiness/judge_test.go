package readiness_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	account = "123456789012"
	roleARN = "arn:aws:iam::123456789012:role/delivery"
	key     = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	object  = "arn:aws:s3:::acme-results/voicebase/00000000-0000-0000-0000-000000000000/analytics.json"
	trust   = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/voicebase"},` +
		`"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"organization"}}}]}`
	tlsOnly = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::acme-results/*",` +
		`"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
)

// set is a delivery whose every finding passes.
func set(t *testing.T) (*readiness.Question, *readiness.Facts) {
	t.Helper()
	voicebase, err := awsname.ParsePrincipal("arn:aws:iam::111122223333:role/voicebase")
	if err != nil {
		t.Fatal(err)
	}
	q := &readiness.Question{
		Bucket: "acme-results", Region: "us-east-1", Partition: "aws", AccountID: account,
		Role:      awsname.ARN{Partition: "aws", Service: "iam", AccountID: account, Resource: "role/delivery"},
		KeyPrefix: "voicebase/", VoiceBase: voicebase, ExternalID: "organization",
	}
	return q, &readiness.Facts{
		Bucket: readiness.Bucket{
			Place:               readiness.Known(readiness.Place{Exists: true, Region: "us-east-1"}),
			Owned:               readiness.Known(true),
			PublicAccessBlocked: readiness.Known(true),
			ObjectOwnership:     readiness.Known("BucketOwnerEnforced"),
			Versioning:          readiness.Known(true),
			Policy:              readiness.Known(tlsOnly),
		},
		Role: readiness.Role{
			Found:    readiness.Known(&readiness.RoleSettings{ARN: roleARN, TrustPolicy: trust}),
			Policies: readiness.Known(readiness.Policies{Ours: true}),
		},
		Permissions: readiness.Known(iampolicy.Simulation{{Action: "s3:PutObject", Resource: object}: {Allowed: true}}),
	}
}

func TestJudge_allPass(t *testing.T) {
	q, facts := set(t)
	findings := readiness.Judge(*q, *facts)
	var names []readiness.Name
	for _, f := range findings {
		names = append(names, f.Name)
		if !f.Passed || f.Detail == "" || f.Remedy != "" {
			t.Errorf("%+v", f)
		}
	}
	if !slices.Equal(names, readiness.Names) {
		t.Errorf("the findings are %v, want %v", names, readiness.Names)
	}
}

// TestJudge_fails breaks one thing at a time. What the findings then say is in the golden file, for people to read.
func TestJudge_fails(t *testing.T) {
	var text strings.Builder
	broken := map[readiness.Name]bool{}
	for _, name := range sorted(cases) {
		q, facts := set(t)
		cases[name](q, facts)
		about, _, _ := strings.Cut(name, ":")
		fmt.Fprintf(&text, "## %s\n", name)
		for _, f := range readiness.Judge(*q, *facts) {
			if f.Passed {
				continue
			}
			broken[f.Name] = broken[f.Name] || string(f.Name) == about
			if f.Detail == "" || f.Remedy == "" {
				t.Errorf("%s: says too little: %+v", name, f)
			}
			fmt.Fprintf(&text, "%s %s\n  %s\n  %s\n", f.Severity, f.Name, f.Detail, f.Remedy)
		}
		text.WriteString("\n")
	}
	for _, name := range readiness.Names {
		if !broken[name] {
			t.Errorf("no case breaks %s", name)
		}
	}
	golden(t, "findings.txt", text.String())
}

// TestJudge_stillPasses has what looks wrong and is not.
func TestJudge_stillPasses(t *testing.T) {
	for name, change := range map[string]func(*readiness.Question, *readiness.Facts){
		"AWS's own key": func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Encryption.Value.KMS = true },
		"AWS's own key by its alias": func(_ *readiness.Question, f *readiness.Facts) {
			f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: "arn:aws:kms:us-east-1:123456789012:alias/aws/s3"}
		},
		"a key that the role may use": func(_ *readiness.Question, f *readiness.Facts) {
			f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: key}
			f.Permissions.Value[iampolicy.Probe{Action: "kms:GenerateDataKey", Resource: key}] = iampolicy.Decision{Allowed: true}
		},
		"the signer's key": func(q *readiness.Question, f *readiness.Facts) {
			q.Role, q.KMSKeyARN, f.Bucket.Encryption.Value = awsname.ARN{}, key, readiness.Encryption{KMS: true, Key: key}
		},
		"the bucket's policy allows": func(q *readiness.Question, f *readiness.Facts) {
			deciding(iampolicy.Decision{})(q, f)
			f.BucketPolicy.Value.Allowed = true
		},
		"one policy of another name": func(_ *readiness.Question, f *readiness.Facts) {
			f.Role.Policies.Value = readiness.Policies{Others: []string{"arn:aws:iam::123456789012:policy/deliveries"}}
		},
		"a trust limited to VoiceBase's addresses in the EU": trusting(`"StringEquals":`,
			`"IpAddress":{"aws:SourceIp":["34.248.80.158","52.210.18.246/32","54.72.141.0/24"]},"StringEquals":`),
		"the account as a principal": trusting("arn:aws:iam::111122223333:role/voicebase", "111122223333"),
	} {
		q, facts := set(t)
		change(q, facts)
		for _, f := range readiness.Judge(*q, *facts) {
			if !f.Passed {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

func TestPassed(t *testing.T) {
	for want, findings := range map[bool][]readiness.Finding{
		true:  {{Passed: true, Severity: readiness.Error}, {Severity: readiness.Warning}},
		false: {{Passed: true, Severity: readiness.Warning}, {Severity: readiness.Error}},
	} {
		if readiness.Passed(findings) != want {
			t.Errorf("%+v: not %v", findings, want)
		}
	}
}

func sorted[T any](m map[string]T) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at the difference after go test -update", file)
	}
}
