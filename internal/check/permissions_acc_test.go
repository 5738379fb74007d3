package check_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

// dependent are the findings that need a permission. What is missing for them must not touch the others.
var dependent = map[string]string{
	"s3:GetBucketObjectLockConfiguration": "object_lock",
	"s3:GetBucketOwnershipControls":       "acls_disabled",
	"s3:GetBucketPolicy":                  "tls_required bucket_policy_allows",
	"s3:GetBucketPublicAccessBlock":       "public_access_blocked",
	"s3:GetBucketVersioning":              "versioning",
	"s3:GetEncryptionConfiguration":       "encryption_key",
	"s3:ListBucket":                       "",
	"iam:GetRole":                         "role_exists role_trusts_voicebase role_external_id",
	"iam:ListAttachedRolePolicies":        "role_cannot_more",
	"iam:ListRolePolicies":                "role_cannot_more",
	"iam:SimulatePrincipalPolicy":         "role_can_write role_cannot_more",
	"iam:SimulateCustomPolicy":            "bucket_policy_allows",
}

// TestAccCheck_permissions works with what the guide documents, and then without each of its actions.
func TestAccCheck_permissions(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	d := newDelivery(t, a, region)
	documented := documentedStatements(t)
	if got := check(t, a.ServerAs(t, a.Operator(t, policyWithout(t, documented, "")), nil), d.arguments()); !got.passed || got.failed() != "" {
		t.Errorf("with the documented permissions: %s%v", got.failed(), got)
	}
	var actions []string
	for _, statement := range documented {
		actions = append(actions, statement.Action...)
	}
	for _, action := range actions {
		t.Run(action, func(t *testing.T) {
			expected, known := dependent[action]
			if !known {
				t.Fatal("documented, and needed by no finding")
			}
			got := check(t, a.ServerAs(t, a.Operator(t, policyWithout(t, documented, action)), nil), d.arguments())
			if got.failed() != expected {
				t.Errorf("failed: %s, want %s%v", got.failed(), expected, got)
			}
			for _, f := range got.findings {
				if !f.Passed && (f.Detail != readiness.UnknownPrefix+"needs "+action || !strings.Contains(f.Remedy, action)) {
					t.Errorf("got %+v", f)
				}
			}
		})
	}
	for action := range dependent {
		if !slices.Contains(actions, action) {
			t.Errorf("%s is not documented", action)
		}
	}
}

// TestAccCheck_noPermissions has none at all: every finding says what it needs, and nothing fails as a whole.
func TestAccCheck_noPermissions(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	d := newDelivery(t, a, region)
	server := a.ServerAs(t, a.Operator(t, policyOf("Allow", "sns:Publish", "*")), nil)
	for _, arguments := range []map[string]any{d.arguments(), d.presigned()} {
		got := check(t, server, arguments)
		if got.passed {
			t.Error("passed, and nothing is known")
		}
		for _, f := range got.findings {
			// That the bucket exists, and where, S3 tells everyone.
			if told := f.Name == readiness.BucketExists || f.Name == readiness.BucketRegion; f.Passed != told || !told && !strings.HasPrefix(f.Detail, readiness.UnknownPrefix) {
				t.Errorf("got %+v", f)
			}
		}
	}
}

type guideStatement struct {
	Sid, Effect string
	Action      oneOrMore
	Resource    oneOrMore
}

type oneOrMore []string

// UnmarshalJSON takes a string for a list of one.
func (o *oneOrMore) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(o))
}

var jsonBlock = regexp.MustCompile("(?s)```json\n(.*?)```")

// documentedStatements are the guide's for the check.
func documentedStatements(t *testing.T) []guideStatement {
	t.Helper()
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(filepath.Join(root, "docs", "guides", "permissions.md"))
	if err != nil {
		t.Fatal(err)
	}
	var policy struct{ Statement []guideStatement }
	for _, block := range jsonBlock.FindAllSubmatch(guide, -1) {
		if err := json.Unmarshal(block[1], &policy); err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(policy.Statement, func(s guideStatement) bool { return strings.HasPrefix(s.Sid, "DeliveryCheck") }); i >= 0 {
			break
		}
	}
	policy.Statement = slices.DeleteFunc(policy.Statement, func(s guideStatement) bool { return !strings.HasPrefix(s.Sid, "DeliveryCheck") })
	if len(policy.Statement) == 0 {
		t.Fatal("the guide has no statement for the check")
	}
	return policy.Statement
}

// policyWithout is the guide's for the local account and the tests' names, less one action.
func policyWithout(t *testing.T, statements []guideStatement, action string) string {
	t.Helper()
	var kept []guideStatement
	for _, s := range statements {
		s.Action = slices.DeleteFunc(slices.Clone(s.Action), func(a string) bool { return a == action })
		if len(s.Action) > 0 {
			kept = append(kept, s)
		}
	}
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": kept})
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("acme-voicebase-", "acc-", "123456789012", "000000000000").Replace(string(text))
}
