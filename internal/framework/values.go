package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// StringOrNull returns null for "", which is how AWS and plain Go values represent a missing value.
func StringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// StringSet returns null for no strings.
func StringSet[T ~string](texts []T) types.Set {
	if len(texts) == 0 {
		return types.SetNull(types.StringType)
	}
	elements := make([]attr.Value, 0, len(texts))
	for _, text := range texts {
		elements = append(elements, types.StringValue(string(text)))
	}
	return types.SetValueMust(types.StringType, elements)
}

// IsKnown reports whether a value is set and known.
func IsKnown(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

// AllKnown reports whether each value, and each element of a set, is known. A null value is.
func AllKnown(values ...attr.Value) bool {
	for _, value := range values {
		if value.IsUnknown() {
			return false
		}
		collection, ok := value.(interface{ Elements() []attr.Value })
		if ok && !AllKnown(collection.Elements()...) {
			return false
		}
	}
	return true
}

// Strings returns the known strings of a list or set: nil for null, and for an unknown one.
func Strings(collection interface {
	attr.Value
	Elements() []attr.Value
},
) []string {
	if !IsKnown(collection) {
		return nil
	}
	out := []string{}
	for _, element := range collection.Elements() {
		if text, ok := element.(types.String); ok && IsKnown(text) {
			out = append(out, text.ValueString())
		}
	}
	return out
}

// ArgumentErrors adds errors about the arguments of a policy to these arguments.
func ArgumentErrors(errs []iampolicy.ArgumentError) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, err := range errs {
		diags.AddAttributeError(path.Root(err.Argument), err.Summary, Sentence(err.Err))
	}
	return diags
}
