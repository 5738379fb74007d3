package framework_test

import (
	"testing"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func TestEphemeralAttributes(t *testing.T) {
	t.Parallel()
	from := map[string]datasource.Attribute{
		"string": datasource.StringAttribute{Required: true, Sensitive: true, MarkdownDescription: "A string."},
		"number": datasource.Int64Attribute{Optional: true, DeprecationMessage: "Old."},
		"bool":   datasource.BoolAttribute{Optional: true, Computed: true},
		"map":    datasource.MapAttribute{ElementType: types.StringType, Computed: true},
	}
	converted := framework.EphemeralAttributes(from)
	if !(ephemeral.Schema{Attributes: converted}).Type().Equal(datasource.Schema{Attributes: from}.Type()) {
		t.Error("the two schemas' types differ")
	}
	for name, want := range from {
		got := converted[name]
		if got.IsRequired() != want.IsRequired() || got.IsOptional() != want.IsOptional() || got.IsComputed() != want.IsComputed() ||
			got.IsSensitive() != want.IsSensitive() || got.GetMarkdownDescription() != want.GetMarkdownDescription() ||
			got.GetDeprecationMessage() != want.GetDeprecationMessage() {
			t.Errorf("%s: %#v became %#v", name, want, got)
		}
	}
}

func TestEphemeralAttributesPanicsOnOtherKinds(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("an attribute without a conversion was dropped in silence")
		}
	}()
	framework.EphemeralAttributes(map[string]datasource.Attribute{"set": datasource.SetAttribute{ElementType: types.StringType}})
}

func TestResourceAttributes(t *testing.T) {
	t.Parallel()
	from := map[string]datasource.Attribute{
		"string": datasource.StringAttribute{Required: true, Sensitive: true, CustomType: framework.PolicyType{}, MarkdownDescription: "A string."},
		"number": datasource.Int64Attribute{Optional: true, MarkdownDescription: "A number."},
		"bool":   datasource.BoolAttribute{Optional: true, Computed: true},
		"map":    datasource.MapAttribute{ElementType: types.StringType, Computed: true},
	}
	converted := framework.ResourceAttributes(from)
	if !(resource.Schema{Attributes: converted}).Type().Equal(datasource.Schema{Attributes: from}.Type()) {
		t.Error("the two schemas' types differ")
	}
	for name, want := range from {
		got := converted[name]
		if got.IsRequired() != want.IsRequired() || got.IsOptional() != want.IsOptional() || got.IsComputed() != want.IsComputed() ||
			got.IsSensitive() != want.IsSensitive() || got.GetMarkdownDescription() != want.GetMarkdownDescription() {
			t.Errorf("%s: %#v became %#v", name, want, got)
		}
	}
}

func TestComputedAttributes(t *testing.T) {
	t.Parallel()
	from := map[string]resource.Attribute{
		"string": resource.StringAttribute{Required: true, CustomType: framework.PolicyType{}, MarkdownDescription: "A string."},
		"bool":   resource.BoolAttribute{Optional: true},
		"number": resource.Int32Attribute{Optional: true},
		"list":   resource.ListAttribute{Optional: true, ElementType: types.StringType},
		"object": resource.SingleNestedAttribute{Optional: true, Attributes: map[string]resource.Attribute{"inside": resource.StringAttribute{Required: true}}},
		"objects": resource.ListNestedAttribute{Optional: true, NestedObject: resource.NestedAttributeObject{
			Attributes: map[string]resource.Attribute{"inside": resource.BoolAttribute{Required: true}},
		}},
	}
	converted := framework.ComputedAttributes(from)
	if !(datasource.Schema{Attributes: converted}).Type().Equal(resource.Schema{Attributes: from}.Type()) {
		t.Error("the two schemas' types differ")
	}
	for name, got := range converted {
		if got.IsRequired() || got.IsOptional() || !got.IsComputed() || got.GetMarkdownDescription() != from[name].GetMarkdownDescription() {
			t.Errorf("%s became %#v", name, got)
		}
	}
}
