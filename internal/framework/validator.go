package framework

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Parsed lifts a domain parser into a validator: a string is valid when parse takes it. The parser's error
// says what is allowed, so it is shown as it is.
func Parsed[T any](parse func(string) (T, error), allowed string) validator.String {
	return parsed[T]{parse: parse, allowed: allowed}
}

type parsed[T any] struct {
	parse   func(string) (T, error)
	allowed string
}

func (p parsed[T]) Description(context.Context) string         { return p.allowed }
func (p parsed[T]) MarkdownDescription(context.Context) string { return p.allowed }

func (p parsed[T]) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := p.parse(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid value",
			fmt.Sprintf("%s\n\nAllowed: %s", Sentence(err), p.allowed))
	}
}

// Codes writes an enumeration for a page or a message: `a`, `b`, `c`.
func Codes[T ~string](values []T) string {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = "`" + string(value) + "`"
	}
	return strings.Join(quoted, ", ")
}

// Parse reads an argument's value with a domain parser; null is the zero value. It is for values that a validator
// may not have seen, such as the provider's defaults.
func Parse[T any](diags *diag.Diagnostics, argument string, value types.String, parse func(string) (T, error)) T {
	var zero T
	if value.IsNull() {
		return zero
	}
	result, err := parse(value.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root(argument), "Invalid value", Sentence(err))
	}
	return result
}
