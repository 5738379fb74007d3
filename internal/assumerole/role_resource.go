package assumerole

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// TypeName is the name of the resource and the data source in configurations.
const TypeName = "voicebase_delivery_role"

// kind is the name of the object in messages.
const kind = "delivery role"

// defaultTimeout leaves room for IAM's two minutes of propagation, and for retries after throttling.
const defaultTimeout = 5 * time.Minute

var (
	_ resource.ResourceWithConfigure  = (*roleResource)(nil)
	_ resource.ResourceWithModifyPlan = (*roleResource)(nil)
)

// NewResource returns the resource voicebase_delivery_role.
func NewResource() resource.Resource { return &roleResource{} }

type roleResource struct {
	framework.Resource
}

func (r *roleResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = TypeName
}

func (r *roleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan roleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	spec := plan.toSpec()
	if plan.Name.IsUnknown() {
		spec.Name = awsname.GenerateName(plan.NamePrefix.ValueString(), r.Data.Clients.Now())
	}
	client, err := r.Data.Clients.IAM(ctx)
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionCreate, kind, spec.Name, err))
		return
	}
	role, err := iamrole.Create(ctx, client, spec)
	if err != nil && plan.Name.IsUnknown() && awsclient.MaybeDone(err) {
		// Only this error would contain the name, so nobody could find the role again.
		plan.setLost(spec.Name)
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
		resp.Diagnostics.Append(framework.LostError(kind, spec.Name, err))
		return
	}
	if err != nil {
		resp.Diagnostics.Append(createError(plan.VoiceBaseARN.ValueString(), spec.Name, err))
		return
	}
	// From here on the role exists, so it goes into the state even if its permissions cannot be set.
	permissions := plan.PermissionsPolicy
	plan.setIdentity(role)
	plan.PermissionsPolicy = framework.PolicyNull()
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, role.Name)...)
	if err := iamrole.PutPermissions(ctx, client, role.Name, spec.PermissionsPolicy); err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionSetPermissions, kind, role.Name, err))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("permissions_policy"), permissions)...)
	resp.Diagnostics.Append(framework.Written(ctx, resp.Private, r.Data.Clients.Now())...)
}

func (r *roleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state roleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	name := state.ID.ValueString()
	// This comes first, because the framework requires an identity even for a role that is gone.
	resp.Diagnostics.Append(identify(ctx, resp.Identity, name)...)
	adopting, diags := framework.TakeForAdoption(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	var others iamrole.OtherPolicies
	settling := framework.Settling(ctx, req.Private, r.Data.Clients.Now())
	role, err := awsclient.UntilSeen(ctx, settling, state.shows(r.Data.Tags, &others), func(ctx context.Context) (role *iamrole.Role, err error) {
		role, others, err = r.find(ctx, name, state.ExclusivePolicies.ValueBool())
		return role, err
	})
	if errors.Is(err, awsclient.ErrNotFound) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionRead, kind, name, err))
		return
	}
	if id := iampolicy.DeadPrincipal(role.TrustPolicy); id != "" {
		resp.Diagnostics.Append(deadPrincipalWarning(name, id, "The next apply writes the ARN into the trust policy again."))
	}
	if adopting {
		resp.Diagnostics.Append(r.adopt(ctx, &state, role)...)
	}
	state.fromAPI(role, r.Data.Tags)
	state.setOthers(others)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *roleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state roleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	name := plan.ID.ValueString()
	resp.Diagnostics.Append(framework.Writing(ctx, resp.Private)...)
	client, err := r.Data.Clients.IAM(ctx)
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionUpdate, kind, name, err))
		return
	}
	if err := iamrole.Update(ctx, client, state.toSpec(), plan.toSpec()); err != nil {
		resp.Diagnostics.Append(trustError(plan.VoiceBaseARN.ValueString(), framework.ActionUpdate, name, err))
		return
	}
	if err := removeOthers(ctx, client, plan, state); err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionUpdate, kind, name, err))
		return
	}
	resp.Diagnostics.Append(framework.Written(ctx, resp.Private, r.Data.Clients.Now())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, name)...)
}

func (r *roleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state roleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}

	name := state.ID.ValueString()
	client, err := r.Data.Clients.IAM(ctx)
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionDelete, kind, name, err))
		return
	}
	if err := removeOthers(ctx, client, state, roleModel{}); err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionDelete, kind, name, err))
		return
	}
	if err := iamrole.Delete(ctx, client, name, state.ForceDetachPolicies.ValueBool()); err != nil {
		resp.Diagnostics.Append(deleteError(name, err))
	}
}

func findRole(ctx context.Context, clients *awsclient.Clients, name string) (*iamrole.Role, error) {
	client, err := clients.IAM(ctx)
	if err != nil {
		return nil, err
	}
	return iamrole.Find(ctx, client, name)
}

// createError explains how to import the role if it already exists.
func createError(voiceBaseARN, name string, err error) diag.Diagnostic {
	if errors.Is(err, iamrole.ErrExists) {
		return framework.ExistsError(kind, name, name, err)
	}
	return trustError(voiceBaseARN, framework.ActionCreate, name, err)
}

// trustError puts an error on voicebase_arn if IAM doesn't know the principal.
func trustError(voiceBaseARN, action, name string, err error) diag.Diagnostic {
	awsError := framework.AWSError(action, kind, name, err)
	if !iamrole.InvalidPrincipal(err) {
		return awsError
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("voicebase_arn"), awsError.Summary(),
		fmt.Sprintf("IAM cannot find the principal %s. The role, user or account must exist before a role can trust it. Ask VoiceBase support for the current ARN.\n\n%s", voiceBaseARN, awsError.Detail()))
}

func deleteError(name string, err error) diag.Diagnostic {
	awsError := framework.AWSError(framework.ActionDelete, kind, name, err)
	if !errors.Is(err, iamrole.ErrInUse) {
		return awsError
	}
	return diag.NewErrorDiagnostic(awsError.Summary(),
		"Detach the policies and instance profiles, or set force_detach_policies = true and apply before you destroy the role.\n\n"+awsError.Detail())
}

// deadPrincipalWarning explains what happened to the trust policy, and what to do.
func deadPrincipalWarning(name, id, remedy string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("assume_role_policy"), "VoiceBase can no longer assume the role",
		fmt.Sprintf("The role %q trusts %s, the unique ID of a deleted principal, which IAM shows instead of its ARN. VoiceBase has probably recreated the principal, and IAM does not trust the new one automatically. %s",
			name, id, remedy))
}
