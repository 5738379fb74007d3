package provider

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// plannedResource is what a plan without changes needs to know about a kind of resource.
type plannedResource struct {
	new        func() resource.Resource
	schema     typedSchema
	typ        tftypes.Type
	defaults   defaultValues
	noIdentity *tfprotov6.ResourceIdentityData
}

// typedSchema is a schema that stores its type, which the framework's own schema computes each time.
type typedSchema struct {
	schema.Schema
	typ attr.Type
}

// Type implements fwschema.Schema.
func (s typedSchema) Type() attr.Type { return s.typ }

// plannedResources are the resources whose schema contains only what is known to change nothing.
func plannedResources(p *voicebaseProvider) map[string]*plannedResource {
	ctx := context.Background()
	all := map[string]*plannedResource{}
	for _, constructor := range p.Resources(ctx) {
		object := constructor()
		var meta resource.MetadataResponse
		object.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: typeName}, &meta)
		var described resource.SchemaResponse
		object.Schema(ctx, resource.SchemaRequest{}, &described)
		values, ok := defaultsOf(ctx, described.Schema)
		if !ok {
			continue
		}
		typ := described.Schema.Type()
		planned := &plannedResource{
			new: constructor, schema: typedSchema{described.Schema, typ}, typ: typ.TerraformType(ctx), defaults: values,
		}
		if _, ok := object.(resource.ResourceWithIdentity); ok {
			planned.noIdentity = &tfprotov6.ResourceIdentityData{IdentityData: &null}
		}
		all[meta.TypeName] = planned
	}
	return all
}

// defaultValues are the defaults of a schema, by name, including those inside its single objects.
type defaultValues map[string]defaultValue

type defaultValue struct {
	value  *tftypes.Value
	inside defaultValues
}

// hold reports whether the state has each default that the configuration leaves to the schema.
func (d defaultValues) hold(config, state tftypes.Value) bool {
	var given, stored map[string]tftypes.Value
	if config.As(&given) != nil || state.As(&stored) != nil {
		return false
	}
	for name, attribute := range d {
		configured, there := given[name]
		if attribute.value != nil && (!there || configured.IsNull()) && !stored[name].Equal(*attribute.value) {
			return false
		}
		// A null object in the state has no defaults inside, whatever the configuration says.
		if attribute.inside == nil || stored[name].IsNull() {
			continue
		}
		if !there {
			configured = tftypes.NewValue(stored[name].Type(), nil)
		}
		if !attribute.inside.hold(configured, stored[name]) {
			return false
		}
	}
	return true
}

// defaultsOf returns the defaults of a schema. It fails for a schema that may change an unchanged value.
func defaultsOf(ctx context.Context, s schema.Schema) (defaultValues, bool) {
	for _, block := range s.Blocks {
		single, ok := block.(schema.SingleNestedBlock)
		if !ok || len(single.PlanModifiers) > 0 || len(single.Blocks) > 0 {
			return nil, false
		}
		if inside, ok := attributeDefaults(ctx, single.Attributes); !ok || len(inside) > 0 {
			return nil, false
		}
	}
	return attributeDefaults(ctx, s.Attributes)
}

func attributeDefaults(ctx context.Context, attributes map[string]schema.Attribute) (defaultValues, bool) {
	all := defaultValues{}
	for name, attribute := range attributes {
		if attribute.IsWriteOnly() || !onlyKnownModifiers(attribute) {
			return nil, false
		}
		value, ok := defaultOf(ctx, attribute)
		if !ok {
			return nil, false
		}
		switch a := attribute.(type) {
		case schema.SingleNestedAttribute:
			inside, ok := attributeDefaults(ctx, a.Attributes)
			if !ok {
				return nil, false
			}
			if len(inside) > 0 {
				all[name] = defaultValue{inside: inside}
			}
		case schema.ListNestedAttribute:
			inside, ok := attributeDefaults(ctx, a.NestedObject.Attributes)
			if !ok || len(inside) > 0 || len(a.NestedObject.PlanModifiers) > 0 {
				return nil, false
			}
		case schema.StringAttribute, schema.BoolAttribute, schema.Int32Attribute, schema.Int64Attribute,
			schema.ListAttribute, schema.SetAttribute, schema.MapAttribute:
			if value != nil {
				all[name] = defaultValue{value: value}
			}
		default:
			return nil, false
		}
	}
	return all, true
}

// defaultOf is the default of an attribute as Terraform represents it, or nil without one. It fails for a kind of
// default that none of our schemas has.
func defaultOf(ctx context.Context, attribute schema.Attribute) (*tftypes.Value, bool) {
	field := reflect.ValueOf(attribute).FieldByName("Default")
	if !field.IsValid() || field.IsNil() {
		return nil, true
	}
	if !strings.HasPrefix(field.Elem().Type().PkgPath(), schemaPackages) {
		return nil, false // It may be another value each time.
	}
	var planned attr.Value
	switch d := field.Interface().(type) {
	case defaults.String:
		var resp defaults.StringResponse
		d.DefaultString(ctx, defaults.StringRequest{}, &resp)
		planned = resp.PlanValue
	case defaults.Bool:
		var resp defaults.BoolResponse
		d.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
		planned = resp.PlanValue
	case defaults.Int32:
		var resp defaults.Int32Response
		d.DefaultInt32(ctx, defaults.Int32Request{}, &resp)
		planned = resp.PlanValue
	case defaults.Int64:
		var resp defaults.Int64Response
		d.DefaultInt64(ctx, defaults.Int64Request{}, &resp)
		planned = resp.PlanValue
	default:
		return nil, false
	}
	value, err := planned.ToTerraformValue(ctx)
	return &value, err == nil
}

// schemaPackages are the framework's own plan modifiers and static defaults, in a package for each type of value.
const schemaPackages = "github.com/hashicorp/terraform-plugin-framework/resource/schema/"

// idleModifiers are the plan modifiers that leave a known value of the state alone, and never replace for it.
var idleModifiers = []string{
	"requiresReplaceIfModifier", "useStateForUnknownModifier", "useNonNullStateForUnknownModifier",
}

// onlyKnownModifiers reports whether an attribute's plan modifiers do nothing while its value stays.
func onlyKnownModifiers(attribute schema.Attribute) bool {
	field := reflect.ValueOf(attribute).FieldByName("PlanModifiers")
	if !field.IsValid() {
		return true
	}
	for i := range field.Len() {
		modifier := field.Index(i).Elem().Type()
		if !strings.HasPrefix(modifier.PkgPath(), schemaPackages) || !slices.Contains(idleModifiers, modifier.Name()) {
			return false
		}
	}
	return true
}
