package readiness_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// TestRequest_source has the request come from the instance of VoiceBase that the policy lists, else from the first.
func TestRequest_source(t *testing.T) {
	t.Parallel()
	q, _ := set(t)
	instances := voicebase.EgressAddresses()
	from := func(document string) []string {
		return q.Request(readiness.RoleWriter(roleARN, "", nil), document, time.Now())["aws:sourceip"]
	}
	for _, addresses := range instances {
		document := `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["` +
			addresses[0] + `","` + addresses[1] + `","` + addresses[2] + `"]}}}]}`
		if got := from(document); !slices.Equal(got, addresses[:1]) {
			t.Errorf("%v are listed, and it comes from %v", addresses, got)
		}
	}
	if got := from(""); !slices.Equal(got, instances[0][:1]) {
		t.Errorf("nothing is listed, and it comes from %v", got)
	}
}

// TestRequest has all that is known of a delivery in the golden file: by a role below a prefix, and by a pre-signed URL of
// another partition.
func TestRequest(t *testing.T) {
	t.Parallel()
	now := time.Date(2030, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))
	role, _ := set(t)
	signed, _ := set(t)
	signed.Role, signed.KeyPrefix, signed.Region, signed.Partition = awsname.ARN{}, "", "cn-north-1", "aws-cn"
	var text strings.Builder
	for _, request := range []iampolicy.Request{
		role.Request(readiness.RoleWriter(roleARN, "AROAEXAMPLE", map[string]string{"Team": "Speech"}), "", now),
		signed.Request(readiness.RoleWriter("arn:aws-cn:iam::123456789012:user/signer", "", nil), "", now),
	} {
		var absent []string
		text.WriteString("## a request\n")
		for _, key := range sorted(request) {
			if request[key] == nil {
				absent = append(absent, key)
				continue
			}
			fmt.Fprintf(&text, "%s %q\n", key, request[key])
		}
		fmt.Fprintf(&text, "absent:\n  %s\n\n", strings.Join(absent, "\n  "))
	}
	golden.Compare(t, "requests.txt", text.String())
}

func TestProbes(t *testing.T) {
	t.Parallel()
	const bucket, sample = "arn:aws:s3:::acme-results", "/00000000-0000-0000-0000-000000000000/analytics.json"
	actions := []string{"s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration", "s3:DeleteBucket"}
	withKey := append(slices.Clone(actions), "kms:GenerateDataKey")
	below := []string{object, bucket, bucket + "/voicebase-beside" + sample}
	for name, test := range map[string]struct {
		prefix             string
		encryption         readiness.Fact[readiness.Encryption]
		actions, resources []string
	}{
		"below a prefix":          {"voicebase/", readiness.Known(readiness.Encryption{}), actions, below},
		"below half a name":       {"voice", readiness.Known(readiness.Encryption{}), actions, []string{bucket + "/voice" + sample[1:], bucket, bucket + "/voice-beside" + sample}},
		"at the top":              {"", readiness.Known(readiness.Encryption{}), actions, []string{bucket + sample, bucket}},
		"a key":                   {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: key}), withKey, append(slices.Clone(below), key)},
		"a key's ID":              {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "1234abcd-12ab-34cd-56ef-1234567890ab"}), withKey, append(slices.Clone(below), key)},
		"a key's ID and its kind": {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "key/1234abcd-12ab-34cd-56ef-1234567890ab"}), withKey, append(slices.Clone(below), key)},
		"another account's key":   {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: strings.Replace(key, account, "999999999999", 1)}), withKey, append(slices.Clone(below), strings.Replace(key, account, "999999999999", 1))},
		"a key in China":          {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd"}), withKey, append(slices.Clone(below), "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd")},
		"AWS's own key, by alias": {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "alias/aws/s3"}), actions, below},
		"AWS's own key, by ARN":   {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "arn:aws:kms:us-east-1:123456789012:alias/aws/s3"}), actions, below},
		"an alias's ARN":          {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "arn:aws:kms:us-east-1:123456789012:alias/results"}), actions, below},
		"an alias with a colon":   {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "arn:aws:kms:us-east-1:123456789012:alias/our:results"}), actions, below},
		"a key that is not used":  {"voicebase/", readiness.Known(readiness.Encryption{Key: key}), actions, below},
		"AWS's own key":           {"voicebase/", readiness.Known(readiness.Encryption{KMS: true}), actions, below},
		"a key behind an alias":   {"voicebase/", readiness.Known(readiness.Encryption{KMS: true, Key: "alias/results"}), actions, below},
		"encryption is not known": {"voicebase/", readiness.Fact[readiness.Encryption]{Value: readiness.Encryption{KMS: true, Key: key}, Unknown: "needs"}, actions, below},
	} {
		q, _ := set(t)
		q.KeyPrefix = test.prefix
		if gotActions, gotResources := q.Probes(test.encryption); !slices.Equal(gotActions, test.actions) || !slices.Equal(gotResources, test.resources) {
			t.Errorf("%s: asks for %q on %q", name, gotActions, gotResources)
		}
	}
	q, _ := set(t)
	q.Role = awsname.ARN{}
	if _, resources := q.Probes(readiness.Known(readiness.Encryption{KMS: true, Key: "1234abcd-12ab-34cd-56ef-1234567890ab"})); !slices.Contains(resources, key) {
		t.Errorf("without a role: %q", resources)
	}
	if write := q.Write(); write != (iampolicy.Probe{Action: "s3:PutObject", Resource: object}) {
		t.Errorf("a delivery is %+v", write)
	}
}

// TestPermits: what the simulator decides by the statements that it got, and what it could not be asked.
func TestPermits(t *testing.T) {
	t.Parallel()
	statements := []iampolicy.BucketStatement{
		{Name: "open", Effect: iampolicy.Deny, Policy: "0", Open: []string{"aws:principalorgid", "s3:unheard", "aws:principalorgpaths", "aws:resourceorgid", "aws:resourceorgpaths"}},
		{Name: "first", Effect: iampolicy.Deny, Policy: "1"},
		{Name: "allowing", Effect: iampolicy.Allow, Policy: "2", Open: []string{"aws:other"}},
		{Name: "second", Effect: iampolicy.Allow, Policy: "3"},
		{Name: "third", Effect: iampolicy.Deny, Policy: "4", Open: []string{"aws:another"}},
		{Name: "fourth", Effect: iampolicy.Deny, Policy: "5"},
	}
	judged, policies := readiness.Simulatable(statements)
	if !reflect.DeepEqual(judged, []iampolicy.BucketStatement{statements[1], statements[3], statements[5]}) || !slices.Equal(policies, []string{"1", "3", "5"}) {
		t.Errorf("sends %+v as %q", judged, policies)
	}
	before := slices.Clone(statements[0].Open)
	open := []string{"s3:unheard", "aws:another"}
	for name, test := range map[string]struct {
		decision iampolicy.Decision
		want     readiness.PolicyVerdict
	}{
		"denied":  {iampolicy.Decision{Explicit: true, Policies: []string{iampolicy.InputName(2), iampolicy.InputName(0)}}, readiness.PolicyVerdict{Denied: true, Statements: []string{"first", "fourth"}, Open: open}},
		"allowed": {iampolicy.Decision{Allowed: true, Policies: []string{iampolicy.InputName(1)}}, readiness.PolicyVerdict{Allowed: true, Statements: []string{"second"}, Open: open}},
		"neither": {iampolicy.Decision{}, readiness.PolicyVerdict{Open: open}},
	} {
		if got := readiness.Permits(statements, test.decision); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if !slices.Equal(statements[0].Open, before) {
		t.Errorf("the caller's statement became %+v", statements[0])
	}
}
