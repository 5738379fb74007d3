package assumerole

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

var (
	_ resource.ResourceWithIdentity    = (*roleResource)(nil)
	_ resource.ResourceWithImportState = (*roleResource)(nil)
)

type roleIdentity struct {
	Name types.String `tfsdk:"name"`
}

// IdentitySchema describes what identifies a role: IAM has one namespace for each account.
func (r *roleResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name": identityschema.StringAttribute{RequiredForImport: true, Description: "Name of the role."},
	}}
}

// identify sets the identity that Terraform stores beside the state.
func identify(ctx context.Context, identity *tfsdk.ResourceIdentity, name string) diag.Diagnostics {
	return identity.Set(ctx, roleIdentity{Name: types.StringValue(name)})
}

// ImportState accepts the role's name or ARN, or its identity.
func (r *roleResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	given := req.ID
	if given == "" {
		var identity roleIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		if resp.Diagnostics.HasError() {
			return
		}
		given = identity.Name.ValueString()
	}
	name, arn, err := parseImportID(given)
	if err != nil {
		resp.Diagnostics.AddError("Invalid import ID", framework.Sentence(err))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), name)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("arn"), framework.StringOrNull(arn))...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, name)...)
	resp.Diagnostics.Append(framework.MarkForAdoption(ctx, resp.Private)...)
}

// parseImportID parses a role's name or its ARN.
func parseImportID(id string) (name, arn string, err error) {
	if !strings.HasPrefix(id, "arn:") {
		if _, err := awsname.ParseRoleName(id); err != nil {
			return "", "", fmt.Errorf("%w: give the name of the role, such as s3-delivery-role, or its ARN", err)
		}
		return id, "", nil
	}
	role, err := awsname.ParseRoleARN(id)
	if err != nil {
		return "", "", fmt.Errorf("%q is not the ARN of a role: give the name of the role, such as s3-delivery-role, "+
			"or an ARN such as arn:aws:iam::123456789012:role/s3-delivery-role", id)
	}
	return role.Resource[strings.LastIndex(role.Resource, "/")+1:], id, nil
}
