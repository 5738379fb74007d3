package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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
