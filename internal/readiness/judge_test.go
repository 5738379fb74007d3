package readiness_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

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

// TestJudge breaks one thing at a time, or what looks like it. What the findings then say, where it is not what they say
// of a delivery that is in order, is in the golden file, for people to read.
func TestJudge(t *testing.T) {
	var text strings.Builder
	q, facts := set(t)
	inOrder := readiness.Judge(*q, *facts)
	text.WriteString("## all is in order\n")
	for i, f := range inOrder {
		if f.Name != readiness.Names[i] || len(inOrder) != len(readiness.Names) || !f.Passed {
			t.Errorf("%d: %+v, want %s", i, f, readiness.Names[i])
		}
		write(&text, f)
	}
	broken := map[readiness.Name]bool{}
	all := maps.Clone(cases)
	maps.Copy(all, fine)
	for _, name := range sorted(all) {
		q, facts := set(t)
		all[name](q, facts)
		about, _, _ := strings.Cut(name, ":")
		fmt.Fprintf(&text, "\n## %s\n", name)
		findings := readiness.Judge(*q, *facts)
		if _, passes := fine[name]; passes && slices.ContainsFunc(findings, func(f readiness.Finding) bool { return !f.Passed }) {
			t.Errorf("%s does not pass", name)
		}
		for _, f := range findings {
			broken[f.Name] = broken[f.Name] || string(f.Name) == about && !f.Passed
			if f.Detail == "" || (f.Remedy == "") != f.Passed {
				t.Errorf("%s: says too little or too much: %+v", name, f)
			}
			if !slices.Contains(inOrder, f) {
				write(&text, f)
			}
		}
		for _, f := range inOrder {
			if !slices.ContainsFunc(findings, func(found readiness.Finding) bool { return found.Name == f.Name }) {
				fmt.Fprintf(&text, "%s is left out\n", f.Name)
			}
		}
	}
	for _, name := range readiness.Names {
		if !broken[name] {
			t.Errorf("no case breaks %s", name)
		}
	}
	golden.Compare(t, "findings.txt", text.String())
}

func write(text *strings.Builder, f readiness.Finding) {
	if f.Passed {
		fmt.Fprintf(text, "passed, else %s %s\n  %s\n", f.Severity, f.Name, f.Detail)
		return
	}
	fmt.Fprintf(text, "%s %s\n  %s\n  %s\n", f.Severity, f.Name, f.Detail, f.Remedy)
}

// TestJudge_more has each thing that a role should not be able to do allowed by itself, on what it is done to and on nothing
// else.
func TestJudge_more(t *testing.T) {
	const bucket, beside = "arn:aws:s3:::acme-results", "arn:aws:s3:::acme-results/voicebase-beside/00000000-0000-0000-0000-000000000000/analytics.json"
	wants := map[iampolicy.Probe]string{
		{Action: "s3:GetObject", Resource: object}:                 "can read objects",
		{Action: "s3:ListBucket", Resource: bucket}:                "can list the bucket",
		{Action: "s3:DeleteObject", Resource: object}:              "can delete objects",
		{Action: "s3:PutObject", Resource: beside}:                 "can write outside voicebase/",
		{Action: "s3:PutBucketPolicy", Resource: bucket}:           "can change the bucket's policy",
		{Action: "s3:PutLifecycleConfiguration", Resource: bucket}: "can change the bucket's lifecycle rules",
		{Action: "s3:DeleteBucket", Resource: bucket}:              "can delete the bucket",
	}
	q, facts := set(t)
	actions, resources := q.Probes(facts.Bucket.Encryption)
	for _, action := range actions {
		for _, resource := range resources {
			q, facts := set(t)
			probe := iampolicy.Probe{Action: action, Resource: resource}
			facts.Permissions.Value[probe] = iampolicy.Decision{Allowed: true}
			findings := readiness.Judge(*q, *facts)
			got, want := findings[len(findings)-1], "The role can do nothing in the bucket but write where deliveries go."
			if words, more := wants[probe]; more {
				want = "The role " + words + "."
			}
			if got.Name != readiness.RoleCannotMore || got.Detail != want || got.Severity != readiness.Warning {
				t.Errorf("%+v: %+v, want %s", probe, got, want)
			}
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

func TestSeverities(t *testing.T) {
	t.Parallel()
	if want := []readiness.Severity{"error", "warning"}; !slices.Equal(readiness.Severities, want) {
		t.Errorf("got %q", readiness.Severities)
	}
}

func TestPassed(t *testing.T) {
	t.Parallel()
	fails := func(severity readiness.Severity, detail string) []readiness.Finding {
		return []readiness.Finding{{Passed: true, Severity: readiness.Error}, {Severity: severity, Detail: detail}, {Passed: true, Severity: readiness.Error}}
	}
	for name, test := range map[string]struct {
		findings []readiness.Finding
		want     bool
	}{
		"none":             {nil, true},
		"an error":         {fails(readiness.Error, "no"), false},
		"an unknown error": {fails(readiness.Error, readiness.UnknownPrefix+"the permission is missing"), false},
		"a warning":        {fails(readiness.Warning, "no"), true},
	} {
		if got := readiness.Passed(test.findings); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
