package framework_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func TestReplaceForPrefix(t *testing.T) {
	t.Parallel()
	object := schema.Schema{Attributes: map[string]schema.Attribute{"bucket": schema.StringAttribute{}, "bucket_prefix": schema.StringAttribute{}}}
	generated := awsname.GenerateName("acme-", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	for name, test := range map[string]struct {
		name   string
		config types.String
		want   bool
	}{
		"its own":       {generated, types.StringValue("acme-"), false},
		"another":       {generated, types.StringValue("other-"), true},
		"part of it":    {generated, types.StringValue("acme"), true},
		"none":          {generated, types.StringNull(), false},
		"not yet known": {generated, types.StringUnknown(), true},
		"not yet known, of a name that was not generated": {"acme", types.StringUnknown(), true},
	} {
		raw := tftypes.NewValue(object.Type().TerraformType(t.Context()), map[string]tftypes.Value{
			"bucket": tftypes.NewValue(tftypes.String, test.name), "bucket_prefix": tftypes.NewValue(tftypes.String, "before-"),
		})
		planned := tftypes.NewValue(object.Type().TerraformType(t.Context()), map[string]tftypes.Value{
			"bucket": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "bucket_prefix": tftypes.NewValue(tftypes.String, "other-"),
		})
		req := planmodifier.StringRequest{
			State: tfsdk.State{Schema: object, Raw: raw}, Plan: tfsdk.Plan{Schema: object, Raw: planned},
			StateValue: types.StringValue("before-"), ConfigValue: test.config, PlanValue: types.StringValue("planned-"),
		}
		resp := planmodifier.StringResponse{PlanValue: test.config}
		framework.ReplaceForPrefix("bucket").PlanModifyString(t.Context(), req, &resp)
		if resp.Diagnostics.HasError() || resp.RequiresReplace != test.want {
			t.Errorf("%s: replaced %t, want %t: %v", name, resp.RequiresReplace, test.want, resp.Diagnostics)
		}
		if framework.ReplaceForPrefix("no_such_name").PlanModifyString(t.Context(), req, &resp); !resp.Diagnostics.HasError() {
			t.Errorf("%s: the name could not be read, and nothing is said", name)
		}
	}
}
