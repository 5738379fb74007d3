package framework_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func keptSchema() schema.Schema {
	return schema.Schema{Attributes: map[string]schema.Attribute{
		"key":    schema.StringAttribute{Required: true},
		"name":   schema.StringAttribute{Optional: true, Computed: true},
		"prefix": schema.StringAttribute{Optional: true, Computed: true},
		"arn":    schema.StringAttribute{Computed: true},
		"tags":   schema.MapAttribute{Optional: true, ElementType: types.StringType},
	}}
}

// kept are an object's values in the order name, prefix, arn, and a tag.
func kept(t *testing.T, name, prefix, arn, tag any) tftypes.Value {
	t.Helper()
	typ, _ := keptSchema().Type().TerraformType(t.Context()).(tftypes.Object)
	text := func(value any) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }
	tags := tftypes.NewValue(typ.AttributeTypes["tags"], nil)
	if tag != nil {
		tags = tftypes.NewValue(typ.AttributeTypes["tags"], map[string]tftypes.Value{"Team": text(tag)})
	}
	return tftypes.NewValue(typ, map[string]tftypes.Value{"key": text("analytics.json"), "name": text(name), "prefix": text(prefix), "arn": text(arn), "tags": tags})
}

// TestKeepsAll recognizes ignore_changes = all by a configuration that is the state, which no other can be.
func TestKeepsAll(t *testing.T) {
	t.Parallel()
	nothing := tftypes.NewValue(keptSchema().Type().TerraformType(t.Context()), nil)
	state := kept(t, "acme", "", "arn", "speech")
	for name, test := range map[string]struct {
		config, state, plan tftypes.Value
		want                bool
	}{
		"all":                      {kept(t, "acme", "", nil, "speech"), state, kept(t, "acme", "", "arn", "speech"), true},
		"all, after a change":      {kept(t, "acme", "", nil, "speech"), state, kept(t, "acme", "", tftypes.UnknownValue, "speech"), true},
		"no prefix said":           {kept(t, "acme", nil, nil, "speech"), state, state, false},
		"no name said":             {kept(t, nil, "", nil, "speech"), state, state, false},
		"neither has a prefix":     {kept(t, "acme", nil, nil, "speech"), kept(t, "acme", nil, "arn", "speech"), state, false},
		"neither has a name":       {kept(t, nil, "", nil, "speech"), kept(t, nil, "", "arn", "speech"), state, false},
		"neither has either":       {kept(t, nil, nil, nil, "speech"), kept(t, nil, nil, "arn", "speech"), state, false},
		"another tag":              {kept(t, "acme", "", nil, "sales"), state, state, false},
		"no tag":                   {kept(t, "acme", "", nil, nil), state, state, false},
		"another name":             {kept(t, "other", "", nil, "speech"), state, state, false},
		"a new object":             {kept(t, "acme", "", nil, "speech"), nothing, state, false},
		"a destroy":                {kept(t, "acme", "", nil, "speech"), state, nothing, false},
		"what is computed is said": {state, state, state, false},
	} {
		req := resource.ModifyPlanRequest{
			Config: tfsdk.Config{Schema: keptSchema(), Raw: test.config}, State: tfsdk.State{Schema: keptSchema(), Raw: test.state}, Plan: tfsdk.Plan{Schema: keptSchema(), Raw: test.plan},
		}
		resp := resource.ModifyPlanResponse{Plan: req.Plan, RequiresReplace: path.Paths{path.Root("name")}}
		got := framework.KeepsAll(t.Context(), req, &resp, "name", "prefix")
		wantPlan := test.plan
		if test.want {
			wantPlan = test.state
		}
		if got != test.want || !resp.Plan.Raw.Equal(wantPlan) || (len(resp.RequiresReplace) == 0) != test.want {
			t.Errorf("%s: %t, plan %s, replaces %v", name, got, resp.Plan.Raw, resp.RequiresReplace)
		}
	}
}
