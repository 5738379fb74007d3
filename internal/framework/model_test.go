package framework_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

type innerModel struct {
	Text     types.String       `tfsdk:"text"`
	Duration framework.Duration `tfsdk:"duration"`
}

type wholeModel struct {
	innerModel
	Policy framework.Policy `tfsdk:"policy"`
	Number types.Int64      `tfsdk:"number"`
	Truth  types.Bool       `tfsdk:"truth"`
	Tags   types.Map        `tfsdk:"tags"`
	List   types.List       `tfsdk:"list"`
	Object types.Object     `tfsdk:"object"`
}

func wholeSchema() schema.Schema {
	return schema.Schema{
		Attributes: map[string]schema.Attribute{
			"text":     schema.StringAttribute{Optional: true},
			"duration": schema.StringAttribute{Optional: true, CustomType: framework.DurationType{}},
			"policy":   schema.StringAttribute{Optional: true, CustomType: framework.PolicyType{}},
			"number":   schema.Int64Attribute{Optional: true},
			"truth":    schema.BoolAttribute{Optional: true},
			"tags":     schema.MapAttribute{Optional: true, ElementType: types.StringType},
			"list":     schema.ListAttribute{Optional: true, ElementType: types.StringType},
		},
		Blocks: map[string]schema.Block{
			"object": schema.SingleNestedBlock{Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Optional: true}}},
		},
	}
}

// values are an object's attributes, of which those left out are null.
func values(given map[string]any) tftypes.Value {
	typ, _ := wholeSchema().Type().TerraformType(context.Background()).(tftypes.Object)
	all := map[string]tftypes.Value{}
	for name, attribute := range typ.AttributeTypes {
		all[name] = tftypes.NewValue(attribute, given[name])
	}
	return tftypes.NewValue(typ, all)
}

// TestModel decodes and encodes as the framework's own Get and Set do.
func TestModel(t *testing.T) {
	t.Parallel()
	text := func(s any) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	for name, raw := range map[string]tftypes.Value{
		"null": values(nil),
		"known": values(map[string]any{
			"text": "a", "duration": "24h", "policy": "{}", "number": 7, "truth": true,
			"tags": map[string]tftypes.Value{"a": text("b")}, "list": []tftypes.Value{text("a"), text(nil)},
			"object": map[string]tftypes.Value{"name": text("n")},
		}),
		"unknown": values(map[string]any{
			"text": tftypes.UnknownValue, "duration": tftypes.UnknownValue, "policy": tftypes.UnknownValue, "number": tftypes.UnknownValue,
			"truth": tftypes.UnknownValue, "tags": tftypes.UnknownValue, "list": []tftypes.Value{text(tftypes.UnknownValue)},
		}),
		"wrong": values(map[string]any{"duration": "a day"}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			theirs, ours := tfsdk.State{Schema: wholeSchema(), Raw: raw}, tfsdk.State{Schema: wholeSchema(), Raw: raw}
			var want, got wholeModel
			wantDiags, gotDiags := theirs.Get(t.Context(), &want), framework.Decode(t.Context(), ours.Schema, ours.Raw, &got)
			if !gotDiags.Equal(wantDiags) || wantDiags.HasError() != (name == "wrong") {
				t.Fatalf("decoding: %v, want %v", gotDiags, wantDiags)
			}
			if wantDiags.HasError() {
				return
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("decoded %+v, want %+v", got, want)
			}
			want.Text, got.Text = types.StringValue("changed"), types.StringValue("changed")
			wantDiags, gotDiags = theirs.Set(t.Context(), want), framework.SetState(t.Context(), &ours, &got)
			if !gotDiags.Equal(wantDiags) || !ours.Raw.Equal(theirs.Raw) || ours.Raw.Equal(raw) {
				t.Errorf("encoded %s, %v, want %s, %v", ours.Raw, gotDiags, theirs.Raw, wantDiags)
			}
			plan := tfsdk.Plan{Schema: wholeSchema(), Raw: raw}
			if diags := framework.SetPlan(t.Context(), &plan, got); diags.HasError() || !plan.Raw.Equal(theirs.Raw) {
				t.Errorf("planned %s, %v", plan.Raw, diags)
			}
		})
	}
}

// TestModel_unfit tells of a model that is not the schema's, and changes nothing.
func TestModel_unfit(t *testing.T) {
	t.Parallel()
	type otherType struct {
		Text types.Bool `tfsdk:"text"`
	}
	type otherName struct {
		Name types.String `tfsdk:"name"`
	}
	type noValue struct {
		Text string `tfsdk:"text"`
	}
	for _, model := range []any{&otherType{}, &otherName{}, &noValue{}} {
		state := tfsdk.State{Schema: wholeSchema(), Raw: values(nil)}
		for what, diags := range map[string]interface{ HasError() bool }{
			"decoded": framework.Decode(t.Context(), state.Schema, state.Raw, model), "encoded": framework.SetState(t.Context(), &state, model),
		} {
			if !diags.HasError() {
				t.Errorf("%T was %s", model, what)
			}
		}
		plan := tfsdk.Plan{Schema: wholeSchema(), Raw: values(nil)}
		if diags := framework.SetPlan(t.Context(), &plan, model); !diags.HasError() {
			t.Errorf("%T was planned", model)
		}
		if !state.Raw.Equal(values(nil)) || !plan.Raw.Equal(values(nil)) {
			t.Errorf("%T changed the state to %s, the plan to %s", model, state.Raw, plan.Raw)
		}
	}
	var whole wholeModel
	state := tfsdk.State{Schema: wholeSchema(), Raw: values(nil)}
	if diags := framework.Decode(t.Context(), state.Schema, state.Raw, &whole); diags.HasError() {
		t.Fatal(diags)
	}
	whole.Duration.StringValue = types.StringValue("a day")
	if diags := framework.SetState(t.Context(), &state, whole); len(diags) != 1 || !hasPath(diags[0], path.Root("duration")) || !state.Raw.Equal(values(nil)) {
		t.Errorf("a value that is no duration: %v", diags)
	}
	diags := framework.Decode(t.Context(), wholeSchema(), tftypes.NewValue(tftypes.String, "text"), &whole)
	if !diags.HasError() || !strings.Contains(diags[0].Detail(), "developers of the provider") {
		t.Errorf("a text was decoded: %v", diags)
	}
}
