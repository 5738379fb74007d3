package assumerole_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// drifts are changes of a role from outside.
func drifts(t *testing.T, aws *acctest.AWS, name string) []func(context.Context, *iam.Client) error {
	t.Helper()
	everyone := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}`
	otherID := strings.Replace(trustOf(aws), aws.ExternalID(), "someone-elses-id", 1)
	wider := `{"Version":"2012-10-17","Statement":[{"Sid":"WriteDeliveries","Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucketARN + `/*"}]}`
	bound := boundary(t, aws)
	return []func(context.Context, *iam.Client) error{
		func(ctx context.Context, client *iam.Client) error {
			_, err := client.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: &everyone})
			return err
		},
		func(ctx context.Context, client *iam.Client) error {
			_, err := client.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: &otherID})
			return err
		},
		func(ctx context.Context, client *iam.Client) error {
			_, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: policyName(), PolicyDocument: &wider})
			return err
		},
		func(ctx context.Context, client *iam.Client) error {
			_, err := client.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &name, PolicyName: policyName()})
			return err
		},
		func(ctx context.Context, client *iam.Client) error {
			description, duration := "changed", int32(43200)
			_, err := client.UpdateRole(ctx, &iam.UpdateRoleInput{RoleName: &name, Description: &description, MaxSessionDuration: &duration})
			return err
		},
		func(ctx context.Context, client *iam.Client) error {
			_, err := client.PutRolePermissionsBoundary(ctx, &iam.PutRolePermissionsBoundaryInput{RoleName: &name, PermissionsBoundary: &bound})
			return err
		},
		func(ctx context.Context, client *iam.Client) error {
			_, err := client.UntagRole(ctx, &iam.UntagRoleInput{RoleName: &name, TagKeys: []string{"team"}})
			return err
		},
	}
}

// With ignore_changes = all nothing is proposed, whatever has changed: the role, the provider block, the arguments.
func TestAccRoleIgnoreChanges(t *testing.T) {
	t.Parallel()
	for name, own := range map[string]string{"named": `name = "` + acctest.RandomName("acc-role-") + `"`, "generated": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			aws := acctest.NewAWS(t)
			aws.RequireLocal(t)
			const ignored = "lifecycle {\n    ignore_changes = all\n  }"
			var made string
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
				CheckDestroy:             aws.CheckDestroyed,
				Steps: []resource.TestStep{
					{
						Config: aws.Provider() + role(own, ignored, `tags = { team = "speech" }`),
						Check: resource.TestCheckResourceAttrWith(address, "name", func(value string) error {
							made = value
							return nil
						}),
					},
					{
						PreConfig: func() {
							for _, change := range drifts(t, aws, made) {
								outside(t, aws, change)
							}
						},
						Config: aws.ProviderWithout("external_id", `external_id = "another"`, `default_tags { tags = { Stage = "test" } }`) +
							role(ignored, `name = "another-name"`, `path = "/other/"`, `access = "documented"`),
						PlanOnly: true,
					},
					{Config: aws.Provider() + role(own), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
				},
			})
		})
	}
}
