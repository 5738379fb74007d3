package framework

import (
	"context"
	"fmt"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// typed is a schema of any kind.
type typed interface{ Type() attr.Type }

// Decode reads a configuration, plan or state into a model: a pointer to a struct whose fields are attr.Values with the
// names of attributes as tfsdk tags. It does the same as the framework's Get, and is meant for what a plan does for
// each object: Get parses the struct's tags each time, with a regular expression that it compiles for each field.
func Decode(ctx context.Context, schema typed, raw tftypes.Value, model any) diag.Diagnostics {
	var diags diag.Diagnostics
	value, err := schema.Type().ValueFromTerraform(ctx, raw)
	if err != nil {
		diags.Append(unfit(err))
		return diags
	}
	object, ok := value.(basetypes.ObjectValue)
	if !ok {
		diags.Append(unfit(fmt.Errorf("expected an object, got %T", value)))
		return diags
	}
	attributes := object.Attributes()
	target := reflect.ValueOf(model).Elem()
	for name, index := range fieldsOf(target.Type()) {
		given, field := reflect.ValueOf(attributes[name]), target.FieldByIndex(index)
		if !given.IsValid() || !given.Type().AssignableTo(field.Type()) {
			diags.Append(unfit(fmt.Errorf("%s is a %T in the schema and a %s in the model", name, attributes[name], field.Type())))
			return diags
		}
		diags.Append(validate(ctx, name, attributes[name])...)
		field.Set(given)
	}
	return diags
}

// SetPlan is the reverse of Decode for a plan.
func SetPlan(ctx context.Context, plan *tfsdk.Plan, model any) diag.Diagnostics {
	raw, diags := encode(ctx, plan.Schema, model)
	if !diags.HasError() {
		plan.Raw = raw
	}
	return diags
}

// SetState is the reverse of Decode for a state.
func SetState(ctx context.Context, state *tfsdk.State, model any) diag.Diagnostics {
	raw, diags := encode(ctx, state.Schema, model)
	if !diags.HasError() {
		state.Raw = raw
	}
	return diags
}

func encode(ctx context.Context, schema typed, model any) (tftypes.Value, diag.Diagnostics) {
	var diags diag.Diagnostics
	typ, ok := schema.Type().(attr.TypeWithAttributeTypes)
	if !ok {
		diags.Append(unfit(fmt.Errorf("the schema is a %T", schema.Type())))
		return tftypes.Value{}, diags
	}
	source := reflect.Indirect(reflect.ValueOf(model))
	attributes := map[string]attr.Value{}
	for name, index := range fieldsOf(source.Type()) {
		value, ok := source.FieldByIndex(index).Interface().(attr.Value)
		if !ok {
			diags.Append(unfit(fmt.Errorf("%s is no attribute's value in the model", name)))
			return tftypes.Value{}, diags
		}
		diags.Append(validate(ctx, name, value)...)
		attributes[name] = value
	}
	object, objectDiags := basetypes.NewObjectValue(typ.AttributeTypes(), attributes)
	diags.Append(objectDiags...)
	raw, err := object.ToTerraformValue(ctx)
	if err != nil {
		diags.Append(unfit(err))
	}
	return raw, diags
}

// validate lets a value with its own type report what is wrong with it.
func validate(ctx context.Context, name string, value attr.Value) diag.Diagnostics {
	validatable, ok := value.(xattr.ValidateableAttribute)
	if !ok {
		return nil
	}
	var resp xattr.ValidateAttributeResponse
	validatable.ValidateAttribute(ctx, xattr.ValidateAttributeRequest{Path: path.Root(name)}, &resp)
	return resp.Diagnostics
}

// unfit is a programming error: model and schema don't fit each other.
func unfit(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to convert values", Sentence(err)+" Please report this to the developers of the provider.")
}

// models are the positions of each model's fields, by tag.
var models sync.Map

func fieldsOf(model reflect.Type) map[string][]int {
	if known, ok := models.Load(model); ok {
		if fields, ok := known.(map[string][]int); ok {
			return fields
		}
	}
	fields := map[string][]int{}
	for _, field := range reflect.VisibleFields(model) {
		if name, ok := field.Tag.Lookup("tfsdk"); ok {
			fields[name] = field.Index
		}
	}
	models.Store(model, fields)
	return fields
}
