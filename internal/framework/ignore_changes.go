package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// KeepsAll reports whether ignore_changes = all applies to a resource, and if so sets the plan to the state. The CLI
// doesn't say so: it passes the state as the configuration, without computed-only attributes. A configuration that
// writes out every argument looks the same, so one and other are two arguments that no configuration can set together,
// and that the state always has. Single attributes in ignore_changes don't have this effect.
func KeepsAll(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, one, other string) bool {
	if req.Plan.Raw.IsNull() {
		return false
	}
	for _, name := range []string{one, other} {
		var value types.String
		if req.Config.GetAttribute(ctx, path.Root(name), &value).HasError() || value.IsNull() {
			return false
		}
	}
	arguments, err := tftypes.Transform(req.State.Raw, func(at *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		attribute, err := req.State.Schema.AttributeAtTerraformPath(ctx, at)
		if err == nil && attribute.IsComputed() && !attribute.IsOptional() {
			return tftypes.NewValue(value.Type(), nil), nil
		}
		return value, nil // An argument, a block, or a value inside one.
	})
	if err != nil || !arguments.Equal(req.Config.Raw) {
		return false
	}
	resp.Plan.Raw = req.State.Raw
	resp.RequiresReplace = nil
	return true
}
