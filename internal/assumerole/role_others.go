package assumerole

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/sync/errgroup"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// actionListPolicies is the action in messages about other policies.
const actionListPolicies = "list the policies of"

// find reads the role, and if others is set also the names of the other policies on it, all concurrently.
func (r *roleResource) find(ctx context.Context, name string, others bool) (*iamrole.Role, iamrole.OtherPolicies, error) {
	var role *iamrole.Role
	var found iamrole.OtherPolicies
	client, err := r.Data.Clients.IAM(ctx)
	if err != nil {
		return nil, found, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		role, err = iamrole.Find(ctx, client, name)
		return err
	})
	if others {
		group.Go(func() (err error) {
			found, err = iamrole.FindOtherPolicies(ctx, client, name)
			return err
		})
	}
	err = group.Wait()
	return role, found, err
}

// setOthers shows the policies on the role besides ours, if they are drift.
func (m *roleModel) setOthers(others iamrole.OtherPolicies) {
	m.OtherPolicies = types.SetNull(types.StringType)
	if m.ExclusivePolicies.ValueBool() {
		m.OtherPolicies = framework.StringSet(others.All())
	}
}

// planOthers plans an exclusive role without other policies. When the role becomes exclusive, the state doesn't contain
// them, so the plan reads them and names what the apply removes.
func (r *roleResource) planOthers(ctx context.Context, plan *roleModel, state roleModel) diag.Diagnostics {
	var diags diag.Diagnostics
	if plan.ExclusivePolicies.IsUnknown() {
		plan.OtherPolicies = types.SetUnknown(types.StringType)
		return diags
	}
	plan.setOthers(iamrole.OtherPolicies{})
	if !plan.ExclusivePolicies.ValueBool() || state.ExclusivePolicies.ValueBool() || state.ID.IsNull() {
		return diags
	}
	name := state.ID.ValueString()
	client, err := r.Data.Clients.IAM(ctx)
	if err != nil {
		diags.Append(framework.AWSError(actionListPolicies, kind, name, err))
		return diags
	}
	others, err := iamrole.FindOtherPolicies(ctx, client, name)
	switch {
	case err != nil:
		diags.Append(framework.AWSError(actionListPolicies, kind, name, err))
	case len(others.All()) > 0:
		diags.AddAttributeWarning(path.Root("exclusive_policies"), "Other policies will be removed",
			fmt.Sprintf("Because exclusive_policies is true, the apply removes from role %q:\n\n%s", name, lines(others)))
	}
	return diags
}

// removeOthers removes the policies that the plan has shown. When the role becomes exclusive or is deleted, it removes
// all of them.
func removeOthers(ctx context.Context, client iamrole.API, plan, state roleModel) error {
	if !plan.ExclusivePolicies.ValueBool() {
		return nil
	}
	name := plan.ID.ValueString()
	if state.ExclusivePolicies.ValueBool() {
		return iamrole.RemovePolicies(ctx, client, name, framework.Strings(state.OtherPolicies))
	}
	others, err := iamrole.FindOtherPolicies(ctx, client, name)
	if err != nil {
		return err
	}
	return iamrole.RemovePolicies(ctx, client, name, others.All())
}

// lines returns one line for each policy.
func lines(others iamrole.OtherPolicies) string {
	var out []string
	for _, policy := range others.Inline {
		out = append(out, "- inline policy "+policy)
	}
	for _, policy := range others.Managed {
		out = append(out, "- managed policy "+policy)
	}
	return strings.Join(out, "\n")
}
