package callback

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// underlying unwraps the dynamic value that a function receives. Inside of it, only null and unknown values are dynamic.
func underlying(value attr.Value) attr.Value {
	if dynamic, ok := value.(types.Dynamic); ok && dynamic.UnderlyingValue() != nil {
		return dynamic.UnderlyingValue()
	}
	return value
}

// elements returns the elements of a list, whatever Terraform's type for it is: a literal list of different objects is
// a tuple.
func elements(value attr.Value) ([]attr.Value, bool) {
	switch value := underlying(value).(type) {
	case types.List:
		return value.Elements(), true
	case types.Tuple:
		return value.Elements(), true
	case types.Set:
		return value.Elements(), true
	}
	return nil, false
}

func members(value attr.Value) (map[string]attr.Value, bool) {
	switch value := value.(type) {
	case types.Object:
		return value.Attributes(), true
	case types.Map:
		return value.Elements(), true
	}
	return nil, false
}
