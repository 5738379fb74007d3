package assumerole_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// roles counts the account's roles with a prefix.
func roles(t *testing.T, a *acctest.AWS, prefix string) int {
	t.Helper()
	found := 0
	pages := iam.NewListRolesPaginator(a.IAM(), &iam.ListRolesInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range page.Roles {
			if strings.HasPrefix(*role.RoleName, prefix) {
				found++
			}
		}
	}
	return found
}

// The answer to the create is lost: the role that its repetition meets is the one that it has made.
func TestAccRole_lostAnswer(t *testing.T) {
	t.Parallel()
	for _, fault := range acctest.LostAnswers("iam", false) {
		for _, argument := range []string{"name", "name_prefix"} {
			t.Run(fault.Name+"/"+argument, func(t *testing.T) {
				t.Parallel()
				a := acctest.NewAWS(t)
				a.RequireLocal(t)
				a.Fail("CreateRole", fault.Fault)
				resource.Test(t, resource.TestCase{
					ProtoV6ProviderFactories: acctest.ProviderFactories(),
					CheckDestroy:             a.CheckDestroyed,
					Steps: []resource.TestStep{{
						Config:           a.Provider() + role(fmt.Sprintf("%s = %q", argument, acctest.RandomName("acc-role-"))),
						ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
					}},
				})
			})
		}
	}
}

func TestAccRole_lostForGood(t *testing.T) {
	t.Parallel()
	acctest.Creation{
		Service: "iam", Call: "CreateRole", Noun: "delivery role",
		Config: func(prefix string) string { return role(fmt.Sprintf("name_prefix = %q", prefix)) },
		Count:  roles,
	}.TestLostForGood(t)
}

// A role that was there before is never taken over, also when an answer is lost on the way to it: not one of another
// trust, and not one of the same trust that is older.
func TestAccRole_exists(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name, trust := range map[string]string{
		"of another trust": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`,
		"of the same":      trustOf(a),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			name := acctest.RandomName("acc-role-")
			outside(t, a, func(ctx context.Context, client *iam.Client) error {
				_, err := client.CreateRole(ctx, &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust})
				return err
			})
			exists := regexp.MustCompile(`(?s)already\s+exists.*terraform\s+import.*AWS error code: EntityAlreadyExists`)
			config := a.Provider() + named(name)
			made := time.Now()
			steps := []resource.TestStep{{PreConfig: func() { acctest.WaitUntil(made.Add(3 * time.Second)) }, Config: config, ExpectError: exists}}
			for _, fault := range acctest.LostAnswers("iam", true) {
				steps = append(steps, resource.TestStep{PreConfig: func() { a.Fail("CreateRole", fault.Fault) }, Config: config, ExpectError: exists})
			}
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.ProviderFactories(), Steps: steps})
			if calls := strings.Join(a.Actions(), " "); strings.Contains(calls, "iam.Put") || strings.Contains(calls, "iam.Delete") {
				t.Errorf("the role that was there was changed: %s", calls)
			}
		})
	}
}
