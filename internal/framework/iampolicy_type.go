package framework

import (
	"context"
	"fmt"

	awspolicy "github.com/hashicorp/awspolicyequivalence"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.StringTypable                    = PolicyType{}
	_ basetypes.StringValuableWithSemanticEquals = Policy{}
)

// PolicyEquivalent reports whether two policy documents are equivalent. Order, white space, a list of one and an
// account ID instead of its root ARN make no difference. A text that is not JSON is equal only to itself.
func PolicyEquivalent(a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	equivalent, err := awspolicy.PoliciesAreEquivalent(a, b)
	return err == nil && equivalent
}

// PolicyType is the type of an attribute that holds a policy document as JSON.
type PolicyType struct {
	basetypes.StringType
}

// String names the type in the framework's own messages.
func (PolicyType) String() string { return "framework.PolicyType" }

// Equal reports whether other is the same type.
func (PolicyType) Equal(other attr.Type) bool {
	_, ok := other.(PolicyType)
	return ok
}

// ValueType returns an empty value of the type.
func (PolicyType) ValueType(context.Context) attr.Value { return Policy{} }

// ValueFromString wraps a plain string value.
func (PolicyType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return Policy{StringValue: in}, nil
}

// ValueFromTerraform decodes the value that Terraform sent.
func (t PolicyType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("expected a string value, got %T", value)
	}
	return Policy{StringValue: text}, nil
}

// Policy is a policy document. A document that AWS has only written differently is no change.
type Policy struct {
	basetypes.StringValue
}

// PolicyValue is a known policy document.
func PolicyValue(document string) Policy { return Policy{basetypes.NewStringValue(document)} }

// PolicyNull is the null policy document.
func PolicyNull() Policy { return Policy{basetypes.NewStringNull()} }

// PolicyUnknown is a policy document that is known after the apply.
func PolicyUnknown() Policy { return Policy{basetypes.NewStringUnknown()} }

// Type returns PolicyType.
func (Policy) Type(context.Context) attr.Type { return PolicyType{} }

// Equal reports whether other is the same policy byte for byte.
func (p Policy) Equal(other attr.Value) bool {
	o, ok := other.(Policy)
	return ok && p.StringValue.Equal(o.StringValue)
}

// StringSemanticEquals reports whether the new value is equivalent to this one.
func (p Policy) StringSemanticEquals(_ context.Context, newValue basetypes.StringValuable) (bool, diag.Diagnostics) {
	var diags diag.Diagnostics
	other, ok := newValue.(Policy)
	if !ok {
		diags.AddError("Unexpected value type",
			fmt.Sprintf("Expected %T, got %T. Please report this to the developers of the provider.", p, newValue))
		return false, diags
	}
	if p.IsNull() || p.IsUnknown() || other.IsNull() || other.IsUnknown() {
		return p.Equal(other), diags
	}
	return PolicyEquivalent(p.ValueString(), other.ValueString()), diags
}
