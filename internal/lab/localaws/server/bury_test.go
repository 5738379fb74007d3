package server_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// TestDeletedPrincipal deletes a role that another one trusts, and makes one of the same name.
func TestDeletedPrincipal(t *testing.T) {
	c := iamFor(t, customer())
	trusted, arn := newRole(t, "")
	before, err := c.GetRole(t.Context(), &iam.GetRoleInput{RoleName: &trusted})
	must(t, err)
	name := unique("trusting")
	_, err = c.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: aws.String(trusting(arn))})
	must(t, err)
	_, err = c.DeleteRole(t.Context(), &iam.DeleteRoleInput{RoleName: &trusted})
	must(t, err)
	_, err = c.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &trusted, AssumeRolePolicyDocument: aws.String(trusting("111122223333"))})
	must(t, err)

	out, err := c.GetRole(t.Context(), &iam.GetRoleInput{RoleName: &name})
	must(t, err)
	trust, err := url.PathUnescape(aws.ToString(out.Role.AssumeRolePolicyDocument))
	must(t, err)
	if !strings.Contains(trust, aws.ToString(before.Role.RoleId)) || strings.Contains(trust, arn) {
		t.Errorf("the trust policy is %s", trust)
	}
}
