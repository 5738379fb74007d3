package assumerole_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// With exclusive_policies what others put on the role is drift that the plan names and the apply removes; without, it
// is neither looked at nor touched.
func TestAccRoleExclusivePolicies(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name, bound := acctest.RandomName("acc-role-"), boundary(t, a)
	var cli *acctest.CLI
	meddle := func() {
		cli.Settle(t)
		outside(t, a, func(ctx context.Context, client *iam.Client) error {
			text, policy := document(allow(`"s3:*"`, `"*"`)), "theirs"
			if _, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &policy, PolicyDocument: &text}); err != nil {
				return err
			}
			_, err := client.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: &bound})
			return err
		})
	}
	left := func() string {
		others, err := iamrole.FindOtherPolicies(t.Context(), a.IAM(), name)
		if err != nil || !others.Ours {
			t.Fatalf("%+v, %v", others, err)
		}
		return strings.Join(others.All(), " ")
	}
	config := a.Provider("skip_credentials_validation = true", "skip_requesting_account_id = true") +
		named(name, "exclusive_policies = var.exclusive") + "variable \"exclusive\" {\n  default = true\n}\n"
	cli = acctest.NewCLI(t, config)
	cli.Run(t, "apply", "-auto-approve")

	meddle()
	a.ResetCalls()
	planned := cli.Plan(t)
	expectCalls(t, a, "iam.GetRole", "iam.GetRolePolicy", "iam.ListRolePolicies", "iam.ListAttachedRolePolicies")
	before, _ := planned.Resources[address].Before.(map[string]any)
	if got := acctest.Changed(planned.Resources[address]); strings.Join(got, " ") != "other_policies" {
		t.Errorf("the plan changes %v", got)
	}
	if shown, _ := before["other_policies"].([]any); len(shown) != 2 {
		t.Errorf("the plan shows %v", before["other_policies"])
	}
	cli.Run(t, "apply", planned.Path)
	expectCalls(t, a, "iam.DeleteRolePolicy", "iam.DetachRolePolicy")
	if left() != "" {
		t.Errorf("left is %s", left())
	}
	cli.Run(t, "plan", "-detailed-exitcode")

	cli.Run(t, "apply", "-auto-approve", "-var", "exclusive=false")
	meddle()
	a.ResetCalls()
	cli.Run(t, "plan", "-detailed-exitcode", "-var", "exclusive=false")
	expectCalls(t, a, "iam.GetRole", "iam.GetRolePolicy")

	// What goes is said before it goes.
	planned = cli.Plan(t)
	if warnings := strings.Join(planned.Warnings, "\n"); !strings.Contains(warnings, "- inline policy theirs") || !strings.Contains(warnings, "- managed policy "+bound) {
		t.Errorf("the plan warns: %s", warnings)
	}
	cli.Run(t, "apply", planned.Path)
	if left() != "" {
		t.Errorf("left is %s", left())
	}

	// A destroy takes along what came after the last plan.
	meddle()
	cli.Run(t, "destroy", "-auto-approve", "-refresh=false")
}

// A list that is refused is an error of the plan, and leaves the role alone.
func TestAccRoleExclusivePolicies_refused(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	cli := acctest.NewCLI(t, a.Provider()+named(name, "exclusive_policies = var.exclusive")+"variable \"exclusive\" {\n  default = true\n}\n")
	cli.Run(t, "apply", "-auto-approve", "-var", "exclusive=false")
	t.Cleanup(func() { a.ClearFaults(); cli.Run(t, "destroy", "-auto-approve") })
	for _, action := range []string{"ListRolePolicies", "ListAttachedRolePolicies"} {
		a.Fail(action, denied)
		if planned := cli.Plan(t); !strings.Contains(strings.Join(planned.Errors, "\n"), "Unable to list the policies of delivery role") {
			t.Errorf("%s refused: %v", action, planned.Errors)
		}
		a.ClearFaults()
	}
	cli.Settle(t)
	outside(t, a, func(ctx context.Context, client *iam.Client) error {
		text, policy := document(allow(`"s3:*"`, `"*"`)), "theirs"
		_, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &policy, PolicyDocument: &text})
		return err
	})
	planned := cli.Plan(t)
	a.Fail("DeleteRolePolicy", denied)
	out, err := cli.Command(t, "apply", "-no-color", planned.Path).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "Unable to update delivery role") {
		t.Errorf("%v\n%s", err, out)
	}
	a.ClearFaults()
	cli.Run(t, "apply", "-auto-approve")
	cli.Run(t, "plan", "-detailed-exitcode")
}

// Who may not list policies can import all the same, and is told what stays unknown.
func TestAccRoleAdopted_mayNotList(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	makeRole(t, a, name, handMade{trust: trustOf(a), inline: map[string]string{"put": document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`))}})
	a.Fail("ListRolePolicies", denied)
	planned := acctest.NewCLI(t, a.Provider()+importRole("test", name, name)).Plan(t)
	if warnings := strings.Join(planned.Warnings, "\n"); len(planned.Errors) > 0 || !strings.Contains(warnings, "Unable to list the policies of delivery role") {
		t.Errorf("errors %v, warnings %s", planned.Errors, warnings)
	}
}
