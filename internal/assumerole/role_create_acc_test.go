package assumerole_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

var denied = acctest.Fault{Status: 403, Code: "AccessDenied", Message: "not allowed", Before: true}

// A role without permissions is in the state, so that it is replaced, or destroyed, and never lost.
func TestAccRoleHalfMade(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	for _, next := range []struct {
		name   string
		config string
		plan   resource.ConfigPlanChecks
	}{
		{"replaced", named(acctest.RandomName("acc-role-")), planned(plancheck.ResourceActionReplace)},
		{"destroyed", "", resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroy)}}},
	} {
		t.Run(next.name, func(t *testing.T) {
			t.Parallel()
			aws := acctest.NewAWS(t)
			aws.Fail("PutRolePolicy", denied)
			name := acctest.RandomName("acc-role-")
			config := next.config
			if config != "" {
				config = named(name)
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
				CheckDestroy:             aws.CheckDestroyed,
				Steps: []resource.TestStep{
					{Config: aws.Provider() + named(name), ExpectError: regexp.MustCompile(`Unable to set the permissions of delivery role`)},
					{PreConfig: aws.ClearFaults, Config: aws.Provider() + config, ConfigPlanChecks: next.plan},
				},
			})
			if _, err := aws.IAM().GetRole(context.Background(), &iam.GetRoleInput{RoleName: &name}); err == nil {
				t.Errorf("role %s is left over", name)
			}
		})
	}
}

func TestAccRoleNotMade(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	aws.Fail("CreateRole", denied)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config:      aws.Provider() + named(name),
				ExpectError: regexp.MustCompile(`(?s)Unable to create delivery role.*Name: ` + name + `.*AWS error code: AccessDenied.*Request ID: \w+`),
			},
			{PreConfig: aws.ClearFaults, Config: aws.Provider() + named(name), ConfigPlanChecks: planned(plancheck.ResourceActionCreate)},
		},
	})
}

// A principal that IAM sees only later is waited for; one that never comes is named, on the argument.
func TestAccRolePropagation(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	invalid := acctest.Fault{
		Status: 400, Code: "MalformedPolicyDocument", Message: `Invalid principal in policy: "AWS":"` + aws.VoiceBaseARN() + `"`, Before: true,
	}
	aws.Fail("CreateRole", invalid)
	later := invalid
	later.Times = 2
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{
				Config: aws.Provider() + named(name, `timeouts {`, `  create = "1s"`, `}`),
				ExpectError: regexp.MustCompile(`(?s)Unable to create delivery role.*voicebase_delivery_role.test.*` +
					`IAM\s+cannot\s+find\s+the\s+principal\s+` + regexp.QuoteMeta(aws.VoiceBaseARN())),
			},
			{
				PreConfig: func() {
					aws.ClearFaults()
					aws.ResetCalls()
					aws.Fail("CreateRole", later)
				},
				Config: aws.Provider() + named(name),
			},
		},
	})
	if made := slices.DeleteFunc(aws.Actions(), func(action string) bool { return action != "iam.CreateRole" }); len(made) != 3 {
		t.Errorf("CreateRole was called %d times, want 3: %v", len(made), aws.Actions())
	}
}

// An update that fails half-way is taken up where it stopped.
func TestAccRoleHalfUpdated(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	changed := aws.Provider() + named(name, `description = "new"`, `key_prefixes = ["voicebase/"]`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: aws.Provider() + named(name)},
			{
				PreConfig:   func() { aws.Fail("PutRolePolicy", denied) },
				Config:      changed,
				ExpectError: regexp.MustCompile(`Unable to update delivery role`),
			},
			{
				PreConfig: func() {
					aws.ClearFaults()
					aws.ResetCalls()
				},
				Config:           changed,
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				Check: func(*terraformState) error {
					return onlyWrites(aws, "iam.PutRolePolicy")
				},
			},
		},
	})
}

// What others have attached keeps the role, unless it is to be detached.
func TestAccRoleInUse(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name, policy := acctest.RandomName("acc-role-"), boundary(t, aws)
	attach := func() {
		outside(t, aws, func(ctx context.Context, client *iam.Client) error {
			inline, document := "others", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}`
			if _, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &inline, PolicyDocument: &document}); err != nil {
				return err
			}
			_, err := client.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: &policy})
			return err
		})
	}
	forced := aws.Provider() + named(name, `force_detach_policies = true`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: aws.Provider() + named(name)},
			{
				PreConfig:   attach,
				Config:      aws.Provider() + named(name),
				Destroy:     true,
				ExpectError: regexp.MustCompile(`(?s)Unable to delete delivery role.*force_detach_policies\s+=\s+true.*inline\s+policy\s+others,\s+managed\s+policy\s+arn:.*AWS error code: DeleteConflict`),
			},
			// The failed deletion has taken our own policy away already, so it is put back along with the setting.
			{Config: forced, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
			{Config: forced, Destroy: true},
		},
	})
}

// onlyWrites checks what was recorded apart from reads.
func onlyWrites(aws *acctest.AWS, want ...string) error {
	writes := slices.DeleteFunc(aws.Actions(), func(action string) bool {
		return strings.HasPrefix(action, "iam.Get") || strings.HasPrefix(action, "sts.")
	})
	if slices.Equal(writes, want) {
		return nil
	}
	return &unexpectedCalls{got: writes, want: want}
}
