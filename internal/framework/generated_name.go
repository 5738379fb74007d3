package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// ReplaceForPrefix replaces an object whose name was not generated from the configured prefix; name is the attribute
// that contains the name. An object that was imported by its generated name therefore stays.
func ReplaceForPrefix(name string) planmodifier.String {
	const description = "A prefix that the name was not generated from replaces the object."
	return stringplanmodifier.RequiresReplaceIf(
		func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			var current types.String
			resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root(name), &current)...)
			same := req.ConfigValue.ValueString() == awsname.GeneratedPrefix(current.ValueString()) && !req.ConfigValue.IsUnknown()
			resp.RequiresReplace = !req.ConfigValue.IsNull() && !same
		}, description, description)
}
