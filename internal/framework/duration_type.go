package framework

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.StringTypable                    = DurationType{}
	_ basetypes.StringValuableWithSemanticEquals = Duration{}
	_ xattr.ValidateableAttribute                = Duration{}
)

// DurationType is timetypes.GoDurationType with another error, because that of timetypes shows a literal \n\n.
type DurationType struct{ timetypes.GoDurationType }

// String names the type in the framework's own messages.
func (DurationType) String() string { return "framework.DurationType" }

// Equal reports whether other is the same type.
func (DurationType) Equal(other attr.Type) bool {
	_, ok := other.(DurationType)
	return ok
}

// ValueType returns an empty value of the type.
func (DurationType) ValueType(context.Context) attr.Value { return Duration{} }

// ValueFromString wraps a plain string value.
func (DurationType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return Duration{timetypes.GoDuration{StringValue: in}}, nil
}

// ValueFromTerraform decodes the value that Terraform sent.
func (t DurationType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.GoDurationType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	duration, ok := value.(timetypes.GoDuration)
	if !ok {
		return nil, fmt.Errorf("unexpected value type %T", value)
	}
	return Duration{duration}, nil
}

// Duration is a Go duration; 1h and 60m are equal.
type Duration struct{ timetypes.GoDuration }

// NullDuration is the null duration.
func NullDuration() Duration { return Duration{timetypes.NewGoDurationNull()} }

// UnknownDuration is a duration that is not known yet.
func UnknownDuration() Duration { return Duration{timetypes.NewGoDurationUnknown()} }

// DurationValue is a known duration, in the short form (24h).
func DurationValue(d time.Duration) Duration {
	return Duration{timetypes.GoDuration{StringValue: basetypes.NewStringValue(ShortDuration(d))}}
}

// Type returns DurationType.
func (Duration) Type(context.Context) attr.Type { return DurationType{} }

// Equal reports whether other is the same value in the same spelling.
func (d Duration) Equal(other attr.Value) bool {
	o, ok := other.(Duration)
	return ok && d.GoDuration.Equal(o.GoDuration)
}

// StringSemanticEquals reports whether other is the same duration.
func (d Duration) StringSemanticEquals(ctx context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(Duration)
	if !ok {
		return false, nil
	}
	return d.GoDuration.StringSemanticEquals(ctx, o.GoDuration)
}

// ValidateAttribute refuses what is not a duration.
func (d Duration) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if d.IsUnknown() || d.IsNull() {
		return
	}
	if _, err := time.ParseDuration(d.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration", Sentence(notDuration(d.ValueString())))
	}
}

// inDays matches the days that users of other tools write, which Go's durations don't have.
var inDays = regexp.MustCompile(`^([0-9]{1,4})d$`)

func notDuration(text string) error {
	const form = "must be numbers with the units h, m and s, such as 90s, 30m or 1h30m"
	if match := inDays.FindStringSubmatch(text); match != nil {
		days, _ := strconv.Atoi(match[1]) // It has at most four digits.
		return fmt.Errorf("%q is not a valid duration: %s. There is no unit for days: write %dh", text, form, 24*days)
	}
	return fmt.Errorf("%q is not a valid duration: %s", text, form)
}
