package framework

import (
	"context"
	"fmt"
	"math"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.Int64Typable = WholeNumberType{}
	_ basetypes.Int32Typable = WholeNumber32Type{}
)

// WholeNumberType and WholeNumber32Type are the types of all numbers in our schemas. They have the values of the
// framework's own types, which report a number with a fraction as an error in the provider.
type WholeNumberType struct{ basetypes.Int64Type }

// WholeNumber32Type is WholeNumberType for values of 32 bits.
type WholeNumber32Type struct{ basetypes.Int32Type }

// String names the type in the framework's own messages.
func (WholeNumberType) String() string { return "framework.WholeNumberType" }

// String names the type in the framework's own messages.
func (WholeNumber32Type) String() string { return "framework.WholeNumber32Type" }

// Equal reports whether other has the same values as the framework's own type.
func (t WholeNumberType) Equal(other attr.Type) bool {
	_, ok := other.(WholeNumberType)
	return ok || t.Int64Type.Equal(other)
}

// Equal is like that of WholeNumberType.
func (t WholeNumber32Type) Equal(other attr.Type) bool {
	_, ok := other.(WholeNumber32Type)
	return ok || t.Int32Type.Equal(other)
}

// ValueFromTerraform decodes the value that Terraform sent. A value that is not a whole number becomes 0. Validate,
// which the framework calls next on the same value, refuses it.
func (t WholeNumberType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	if len(notWhole(in, math.MinInt64, math.MaxInt64, path.Empty())) > 0 {
		return basetypes.NewInt64Value(0), nil
	}
	return t.Int64Type.ValueFromTerraform(ctx, in)
}

// ValueFromTerraform is like that of WholeNumberType.
func (t WholeNumber32Type) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	if len(notWhole(in, math.MinInt32, math.MaxInt32, path.Empty())) > 0 {
		return basetypes.NewInt32Value(0), nil
	}
	return t.Int32Type.ValueFromTerraform(ctx, in)
}

// Validate refuses what is not a 64-bit whole number.
func (WholeNumberType) Validate(_ context.Context, in tftypes.Value, at path.Path) diag.Diagnostics {
	return notWhole(in, math.MinInt64, math.MaxInt64, at)
}

// Validate refuses what is not a 32-bit whole number.
func (WholeNumber32Type) Validate(_ context.Context, in tftypes.Value, at path.Path) diag.Diagnostics {
	return notWhole(in, math.MinInt32, math.MaxInt32, at)
}

func notWhole(in tftypes.Value, least, greatest int64, at path.Path) diag.Diagnostics {
	number := new(big.Float)
	if !in.IsKnown() || in.IsNull() || in.As(&number) != nil {
		return nil
	}
	whole, accuracy := number.Int64()
	var allowed string
	switch {
	case !number.IsInt():
		allowed = "a whole number"
	case accuracy != big.Exact || whole < least || whole > greatest:
		allowed = fmt.Sprintf("between %d and %d", least, greatest)
	default:
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Invalid number",
		fmt.Sprintf("The value must be %s, and is %s.", allowed, number.Text('g', 20)))}
}
