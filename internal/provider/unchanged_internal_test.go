package provider

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// says is a resource whose plan is the state, and something beside it.
type says struct {
	resource.Resource

	beside func(context.Context, *resource.ModifyPlanResponse)
}

func (s says) ModifyPlan(ctx context.Context, _ resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	s.beside(ctx, resp)
}

// TestModify leaves each plan to the framework in which a resource has anything to say, though it changes nothing.
func TestModify(t *testing.T) {
	t.Parallel()
	s := schema.Schema{Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Optional: true}}}
	typ := s.Type().TerraformType(t.Context())
	state := tftypes.NewValue(typ, map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, "acme")})
	for name, test := range map[string]struct {
		beside func(context.Context, *resource.ModifyPlanResponse)
		want   bool
	}{
		"nothing":   {func(context.Context, *resource.ModifyPlanResponse) {}, true},
		"a warning": {func(_ context.Context, r *resource.ModifyPlanResponse) { r.Diagnostics.AddWarning("Beware", "Of it.") }, false},
		"a replacement": {func(_ context.Context, r *resource.ModifyPlanResponse) {
			r.RequiresReplace = path.Paths{path.Root("name")}
		}, false},
		"later": {func(_ context.Context, r *resource.ModifyPlanResponse) { r.Deferred = &resource.Deferred{} }, false},
		"a note": {func(ctx context.Context, r *resource.ModifyPlanResponse) {
			r.Private.SetKey(ctx, "due", []byte("true"))
		}, false},
		"the note again": {func(ctx context.Context, r *resource.ModifyPlanResponse) {
			r.Private.SetKey(ctx, "written", []byte("null"))
		}, true},
		"the note no more": {func(ctx context.Context, r *resource.ModifyPlanResponse) { r.Private.SetKey(ctx, "written", nil) }, false},
	} {
		p := &plannedResource{new: func() resource.Resource { return says{beside: test.beside} }, schema: typedSchema{s, s.Type()}, typ: typ}
		got, ok := p.modify(t.Context(), &tfprotov6.PlanResourceChangeRequest{PriorPrivate: []byte(`{"written":"bnVsbA=="}`)}, state, state, nil)
		if ok != test.want || ok && !got.Equal(state) {
			t.Errorf("%s: %s, %t", name, got, ok)
		}
	}
}
