package framework

import (
	"fmt"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// The framework has a type of attribute for each kind of object. The functions of this file convert one into another,
// so that the data source, the resource and the ephemeral resource of one object share a definition. A kind of
// attribute that no object has yet is a programming error, hence the panics: any test that reads the schema finds it.

// EphemeralAttributes converts the attributes of a data source into those of an ephemeral resource. The framework's
// structs have the same fields, which Go checks in each conversion.
func EphemeralAttributes(attributes map[string]datasource.Attribute) map[string]ephemeral.Attribute {
	converted := make(map[string]ephemeral.Attribute, len(attributes))
	for name, attribute := range attributes {
		switch a := attribute.(type) {
		case datasource.StringAttribute:
			converted[name] = ephemeral.StringAttribute(a)
		case datasource.Int64Attribute:
			converted[name] = ephemeral.Int64Attribute(a)
		case datasource.BoolAttribute:
			converted[name] = ephemeral.BoolAttribute(a)
		case datasource.MapAttribute:
			converted[name] = ephemeral.MapAttribute(a)
		default:
			panic(noConversion(name, attribute, "an ephemeral resource"))
		}
	}
	return converted
}

// ResourceAttributes converts the attributes of a data source into those of a resource. The caller adds defaults and
// plan modifiers, which a data source does not have.
func ResourceAttributes(attributes map[string]datasource.Attribute) map[string]resource.Attribute {
	converted := make(map[string]resource.Attribute, len(attributes))
	for name, attribute := range attributes {
		switch a := attribute.(type) {
		case datasource.StringAttribute:
			converted[name] = resource.StringAttribute{
				Required: a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive,
				CustomType: a.CustomType, Validators: a.Validators, MarkdownDescription: a.MarkdownDescription,
			}
		case datasource.Int64Attribute:
			converted[name] = resource.Int64Attribute{
				Required: a.Required, Optional: a.Optional, Computed: a.Computed, CustomType: a.CustomType,
				Validators: a.Validators, MarkdownDescription: a.MarkdownDescription,
			}
		case datasource.BoolAttribute:
			converted[name] = resource.BoolAttribute{
				Required: a.Required, Optional: a.Optional, Computed: a.Computed, Validators: a.Validators, MarkdownDescription: a.MarkdownDescription,
			}
		case datasource.MapAttribute:
			converted[name] = resource.MapAttribute{
				Required: a.Required, Optional: a.Optional, Computed: a.Computed, ElementType: a.ElementType,
				Validators: a.Validators, MarkdownDescription: a.MarkdownDescription,
			}
		default:
			panic(noConversion(name, attribute, "a resource"))
		}
	}
	return converted
}

// ComputedAttributes converts the attributes of a resource into those that a data source returns for the same object.
func ComputedAttributes(attributes map[string]resource.Attribute) map[string]datasource.Attribute {
	converted := make(map[string]datasource.Attribute, len(attributes))
	for name, attribute := range attributes {
		switch a := attribute.(type) {
		case resource.StringAttribute:
			converted[name] = datasource.StringAttribute{Computed: true, CustomType: a.CustomType, MarkdownDescription: a.MarkdownDescription}
		case resource.BoolAttribute:
			converted[name] = datasource.BoolAttribute{Computed: true, MarkdownDescription: a.MarkdownDescription}
		case resource.Int32Attribute:
			converted[name] = datasource.Int32Attribute{Computed: true, MarkdownDescription: a.MarkdownDescription}
		case resource.ListAttribute:
			converted[name] = datasource.ListAttribute{Computed: true, ElementType: a.ElementType, MarkdownDescription: a.MarkdownDescription}
		case resource.SingleNestedAttribute:
			converted[name] = datasource.SingleNestedAttribute{Computed: true, Attributes: ComputedAttributes(a.Attributes), MarkdownDescription: a.MarkdownDescription}
		case resource.ListNestedAttribute:
			converted[name] = datasource.ListNestedAttribute{
				Computed: true, MarkdownDescription: a.MarkdownDescription,
				NestedObject: datasource.NestedAttributeObject{Attributes: ComputedAttributes(a.NestedObject.Attributes)},
			}
		default:
			panic(noConversion(name, attribute, "a data source"))
		}
	}
	return converted
}

func noConversion(name string, attribute any, to string) string {
	return fmt.Sprintf("attribute %q: no conversion of %T to that of %s", name, attribute, to)
}
