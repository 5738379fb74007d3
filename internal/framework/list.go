package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Emptied sets the resource of a list's result to an object without values, so that a model of null values with the
// right types can be read from it: a zero model has a timeouts block without a type.
func Emptied(ctx context.Context, result *list.ListResult) {
	object, ok := result.Resource.Schema.Type().TerraformType(ctx).(tftypes.Object)
	if !ok {
		panic(fmt.Sprintf("the schema's type is %T", result.Resource.Schema.Type()))
	}
	values := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for name, attribute := range object.AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	result.Resource.Raw = tftypes.NewValue(object, values)
}

// ListWarning reports an object in a list that cannot be read. It is a warning, so that the others are listed.
func ListWarning(diags diag.Diagnostics) list.ListResult {
	var warnings diag.Diagnostics
	for _, d := range diags.Errors() {
		warnings.AddWarning(d.Summary(), d.Detail())
	}
	return list.ListResult{Diagnostics: warnings}
}
