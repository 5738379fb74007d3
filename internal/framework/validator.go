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

// Parsed turns a domain parser into a validator: a string is valid if parse accepts it. The error shows the parser's
// reason and the allowed form.
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
		resp.Diagnostics.AddAttributeError(req.Path, Invalid(req.Path),
			fmt.Sprintf("%s\n\nAllowed: %s", Sentence(err), p.allowed))
	}
}

// Invalid is the summary of an error about an attribute's value, such as "Invalid key prefix" for an element of
// key_prefixes.
func Invalid(at path.Path) string {
	steps := at.Steps()
	element := false
	for i := len(steps) - 1; i >= 0; i-- {
		name, ok := steps[i].(path.PathStepAttributeName)
		if !ok {
			element = true
			continue
		}
		words := strings.Split(string(name), "_")
		last := len(words) - 1
		if element {
			words[last] = singular(words[last])
		}
		for i, word := range words {
			if spelled, ok := spellings[word]; ok {
				words[i] = spelled
			}
		}
		return "Invalid " + strings.Join(words, " ")
	}
	return "Invalid value"
}

// spellings are words that are written differently in an attribute's name and in a sentence.
var spellings = map[string]string{
	"arn": "ARN", "id": "ID", "ids": "IDs", "ip": "IP", "kms": "KMS", "presigned": "pre-signed", "s3": "S3", "sts": "STS", "url": "URL", "voicebase": "VoiceBase",
}

func singular(word string) string {
	if stem, ok := strings.CutSuffix(word, "xes"); ok {
		return stem + "x"
	}
	return strings.TrimSuffix(word, "s")
}

// Codes lists an enumeration for a page or a message: `a`, `b`, `c`.
func Codes[T ~string](values []T) string {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = "`" + string(value) + "`"
	}
	return strings.Join(quoted, ", ")
}

// Parse parses an argument's value with a domain parser; null becomes the zero value. Use it for values that no
// validator has checked, such as the provider's defaults.
func Parse[T any](diags *diag.Diagnostics, argument string, value types.String, parse func(string) (T, error)) T {
	var zero T
	if value.IsNull() {
		return zero
	}
	result, err := parse(value.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root(argument), Invalid(path.Root(argument)), Sentence(err))
	}
	return result
}
