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

// TestAttributes_otherKinds names the attribute that has no conversion yet.
func TestAttributes_otherKinds(t *testing.T) {
	t.Parallel()
	set := map[string]datasource.Attribute{"set": datasource.SetAttribute{ElementType: types.StringType}}
	for to, convert := range map[string]func(){
		"an ephemeral resource": func() { framework.EphemeralAttributes(set) },
		"a resource":            func() { framework.ResourceAttributes(set) },
		"a data source": func() {
			framework.ComputedAttributes(map[string]resource.Attribute{"set": resource.SetAttribute{ElementType: types.StringType}})
		},
	} {
		func() {
			defer func() {
				if got, want := recover(), `attribute "set": no conversion of schema.SetAttribute to that of `+to; got != want {
					t.Errorf("got %v, want %s", got, want)
				}
			}()
			convert()
		}()
	}
}

func TestResourceAttributes(t *testing.T) {
	t.Parallel()
	from := map[string]datasource.Attribute{
		"string":          datasource.StringAttribute{Required: true, Sensitive: true, CustomType: framework.PolicyType{}, MarkdownDescription: "A string."},
		"computed string": datasource.StringAttribute{Optional: true, Computed: true, Validators: []validator.String{nil}},
		"number":          datasource.Int64Attribute{Optional: true, Computed: true, MarkdownDescription: "A number.", Validators: []validator.Int64{nil}},
		"computed number": datasource.Int64Attribute{Computed: true},
		"optional":        datasource.StringAttribute{Optional: true},
		"secret":          datasource.StringAttribute{Optional: true, Sensitive: true},
		"computed":        datasource.StringAttribute{Computed: true},
		"optional number": datasource.Int64Attribute{Optional: true},
		"optional bool":   datasource.BoolAttribute{Optional: true},
		"optional map":    datasource.MapAttribute{ElementType: types.StringType, Optional: true},
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
		"bool":   resource.BoolAttribute{Optional: true, MarkdownDescription: "A truth."},
		"number": resource.Int32Attribute{Optional: true, MarkdownDescription: "A number."},
		"list":   resource.ListAttribute{Optional: true, ElementType: types.StringType, MarkdownDescription: "A list."},
		"object": resource.SingleNestedAttribute{Optional: true, MarkdownDescription: "An object.", Attributes: map[string]resource.Attribute{"inside": resource.StringAttribute{Required: true}}},
		"objects": resource.ListNestedAttribute{Optional: true, MarkdownDescription: "Objects.", NestedObject: resource.NestedAttributeObject{
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
