package framework_test

import (
	"reflect"
	"testing"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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
		const want = `attribute "set": no conversion of schema.SetAttribute to that of an ephemeral resource`
		if got := recover(); got != want {
			t.Errorf("an attribute without a conversion: %v", got)
		}
	}()
	framework.EphemeralAttributes(map[string]datasource.Attribute{"set": datasource.SetAttribute{ElementType: types.StringType}})
}

func TestResourceAttributes(t *testing.T) {
	t.Parallel()
	from := map[string]datasource.Attribute{
		"string":          datasource.StringAttribute{Required: true, Sensitive: true, CustomType: framework.PolicyType{}, MarkdownDescription: "A string."},
		"computed string": datasource.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{nil}},
		"number":          datasource.Int64Attribute{Optional: true, Computed: true, MarkdownDescription: "A number.", Validators: []validator.Int64{nil}},
		"required number": datasource.Int64Attribute{Required: true, CustomType: framework.WholeNumberType{}},
		"bool":            datasource.BoolAttribute{Optional: true, Computed: true, MarkdownDescription: "A truth.", Validators: []validator.Bool{nil}},
		"required bool":   datasource.BoolAttribute{Required: true},
		"map":             datasource.MapAttribute{ElementType: types.StringType, Optional: true, Computed: true, MarkdownDescription: "A map.", Validators: []validator.Map{nil}},
		"required map":    datasource.MapAttribute{ElementType: types.StringType, Required: true},
	}
	converted := framework.ResourceAttributes(from)
	for _, name := range []string{"computed string", "number", "bool", "map"} {
		if n := reflect.ValueOf(converted[name]).FieldByName("Validators").Len(); n != 1 {
			t.Errorf("%s has %d validators", name, n)
		}
	}
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
