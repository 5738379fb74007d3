package framework

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.StringTypable                    = TimeType{}
	_ basetypes.StringValuableWithSemanticEquals = Time{}
	_ xattr.ValidateableAttribute                = Time{}
)

// TimeType is timetypes.RFC3339Type with another error, which shows the expected form: that of timetypes shows Go's
// layout.
type TimeType struct{ timetypes.RFC3339Type }

// String names the type in the framework's own messages.
func (TimeType) String() string { return "framework.TimeType" }

// Equal reports whether other is the same type.
func (TimeType) Equal(other attr.Type) bool {
	_, ok := other.(TimeType)
	return ok
}

// ValueType returns an empty value of the type.
func (TimeType) ValueType(context.Context) attr.Value { return Time{} }

// ValueFromString wraps a plain string value.
func (TimeType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return Time{timetypes.RFC3339{StringValue: in}}, nil
}

// ValueFromTerraform decodes the value that Terraform sent.
func (t TimeType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.RFC3339Type.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	at, ok := value.(timetypes.RFC3339)
	if !ok {
		return nil, fmt.Errorf("unexpected value type %T", value)
	}
	return Time{at}, nil
}

// Time is a time in RFC 3339. Offsets make no difference.
type Time struct{ timetypes.RFC3339 }

// NullTime is the null time.
func NullTime() Time { return Time{timetypes.NewRFC3339Null()} }

// UnknownTime is a time that is not known yet.
func UnknownTime() Time { return Time{timetypes.NewRFC3339Unknown()} }

// TimeValue is a known time.
func TimeValue(at time.Time) Time { return Time{timetypes.NewRFC3339TimeValue(at)} }

// Type returns TimeType.
func (Time) Type(context.Context) attr.Type { return TimeType{} }

// Equal reports whether other is the same value in the same spelling.
func (t Time) Equal(other attr.Value) bool {
	o, ok := other.(Time)
	return ok && t.RFC3339.Equal(o.RFC3339)
}

// StringSemanticEquals reports whether other is the same moment.
func (t Time) StringSemanticEquals(ctx context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(Time)
	if !ok {
		return false, nil
	}
	return t.RFC3339.StringSemanticEquals(ctx, o.RFC3339)
}

// ValidateAttribute refuses what is not a time.
func (t Time) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if t.IsUnknown() || t.IsNull() {
		return
	}
	if _, err := time.Parse(time.RFC3339, t.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid time",
			fmt.Sprintf("%q is not a valid time: must be a date and time with an offset (RFC 3339), such as 2026-01-02T03:04:05Z.", t.ValueString()))
	}
}
