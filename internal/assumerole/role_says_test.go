package assumerole_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
)

// TestRole_importSays has the whole of what imports say of roles that have more, or less, than the arguments can express.
func TestRole_importSays(t *testing.T) {
	t.Parallel()
	const (
		deny     = `{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"Bool":{"aws:SecureTransport":"false"}}},`
		lambda   = `{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"},`
		reads    = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*"}`
		writes   = `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme/*"}`
		withACL  = `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme/*","Condition":{"StringEquals":{"s3:x-amz-acl":"private"}}}`
		noDelete = `{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}`
	)
	document := func(statements ...string) string {
		return `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
	}
	trust := func(statements string) func(*awsfake.Role) {
		return func(r *awsfake.Role) {
			r.Trust = strings.Replace(r.Trust, `"Statement":[`, `"Statement":[`+statements, 1)
		}
	}
	ownPolicy := func(statements ...string) func(*awsfake.Role) {
		return func(r *awsfake.Role) { r.Inline = map[string]string{iamrole.PolicyName: document(statements...)} }
	}
	another := func(statements ...string) func(*awsfake.Role) {
		return func(r *awsfake.Role) { r.Inline = map[string]string{"put": document(statements...)} }
	}
	var texts strings.Builder
	for _, test := range []struct {
		name   string
		change func(*awsfake.Role)
	}{
		{"a trust policy that denies", trust(deny)},
		{"a trust policy with a service", trust(lambda)},
		{"a trust policy with a service, that denies", trust(lambda + deny)},
		{"a trust policy of a deleted principal", func(r *awsfake.Role) { r.Trust = strings.Replace(r.Trust, voiceBase, "AROAEXAMPLEEXAMPLE123", 1) }},
		{"a trust policy that is none", func(r *awsfake.Role) { r.Trust = `{"Statement":7}` }},
		{"our policy, which also reads", ownPolicy(writes, reads)},
		{"our policy with a condition, which also reads", ownPolicy(withACL, reads)},
		{"our policy with a denial", ownPolicy(writes, noDelete)},
		{"our policy with a condition and a denial", ownPolicy(withACL, noDelete)},
		{"our policy, which writes nowhere", ownPolicy(reads)},
		{"our policy, which is none", func(r *awsfake.Role) { r.Inline = map[string]string{iamrole.PolicyName: `{"Statement":7}`} }},
		{"another policy", another(writes, reads)},
		{"two other policies, of which the second writes", func(r *awsfake.Role) {
			r.Inline = map[string]string{"a": document(reads), "b": document(writes)}
		}},
		{"another policy with a condition", another(withACL)},
		{"another policy with a denial", another(writes, noDelete)},
		{"another policy, which is none", func(r *awsfake.Role) { r.Inline = map[string]string{"put": `{"Statement":7}`} }},
		{"a role of a service", func(r *awsfake.Role) { r.Path = "/aws-service-role/lambda.amazonaws.com/" }},
		{"a role of IAM Identity Center", func(r *awsfake.Role) { r.Path = "/aws-reserved/sso.amazonaws.com/" }},
		{"a role with such a folder in its path", func(r *awsfake.Role) { r.Path = "/our/aws-reserved/" }},
	} {
		a := newAccount(t, nil)
		role := deliveryRole()
		test.change(&role)
		a.iam.Put("delivery", role)
		object, warnings, errs := a.Import(t, roleType, "delivery")
		fmt.Fprintf(&texts, "=== %s\n", test.name)
		if warnings != "" {
			fmt.Fprintf(&texts, "warning: %s\n", warnings)
		}
		if errs != "" {
			fmt.Fprintf(&texts, "error: %s\n\n", errs)
			continue
		}
		state := acctest.Texts(object.State(t))
		for _, attribute := range []string{"voicebase_arn", "external_id", "bucket_arn", "key_prefixes", "access", "permissions_policy"} {
			fmt.Fprintf(&texts, "%s = %s\n", attribute, state[attribute])
		}
		texts.WriteString("\n")
	}
	golden.Compare(t, "imports.txt", texts.String())
}
