package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// StringOrNull is null for "", which is how AWS, and plain Go values, say that there is none.
func StringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// StringSet is null for no strings.
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

// IsKnown reports a value that is there and known.
func IsKnown(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

// AllKnown reports that each value, and each element of a set, is known; null is.
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

// ArgumentErrors puts what is wrong with the arguments of a policy on the arguments.
func ArgumentErrors(errs []iampolicy.ArgumentError) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, err := range errs {
		diags.AddAttributeError(path.Root(err.Argument), err.Summary, Sentence(err.Err))
	}
	return diags
}
