package framework_test

import (
	"context"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// refused returns the one text that an attribute of the type gives for a value; "" when it takes it.
func refused(t *testing.T, typ basetypes.StringTypable, text string) string {
	t.Helper()
	value, err := typ.ValueFromTerraform(context.Background(), tftypes.NewValue(tftypes.String, text))
	if err != nil {
		t.Fatal(err)
	}
	var resp xattr.ValidateAttributeResponse
	validateable, ok := value.(xattr.ValidateableAttribute)
	if !ok {
		t.Fatalf("%T is never validated", value)
	}
	validateable.ValidateAttribute(context.Background(), xattr.ValidateAttributeRequest{Path: path.Root("a")}, &resp)
	return texts(t, resp.Diagnostics)
}

func texts(t *testing.T, diags diag.Diagnostics) string {
	t.Helper()
	var all []string
	for _, d := range diags {
		if at, ok := d.(diag.DiagnosticWithPath); !ok || !at.Path().Equal(path.Root("a")) {
			t.Errorf("not on the attribute: %v", d)
		}
		all = append(all, d.Summary()+": "+d.Detail())
	}
	return strings.Join(all, "\n")
}

func TestDurationType(t *testing.T) {
	const form = "must be numbers with the units h, m and s, such as 90s, 30m or 1h30m."
	for text, want := range map[string]string{
		"24h":    "",
		"0s":     "",
		"1h30m":  "",
		"8d":     `Invalid duration: "8d" is not a valid duration: ` + form + " There is no unit for days: write 192h.",
		"9999d":  `Invalid duration: "9999d" is not a valid duration: ` + form + " There is no unit for days: write 239976h.",
		"12345d": `Invalid duration: "12345d" is not a valid duration: ` + form,
		"1d 2h":  `Invalid duration: "1d 2h" is not a valid duration: ` + form,
		"-1d":    `Invalid duration: "-1d" is not a valid duration: ` + form,
		"1 hour": `Invalid duration: "1 hour" is not a valid duration: ` + form,
		"3600":   `Invalid duration: "3600" is not a valid duration: ` + form,
		"":       `Invalid duration: "" is not a valid duration: ` + form,
	} {
		if got := refused(t, framework.DurationType{}, text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestDuration_sameLength(t *testing.T) {
	minutes := framework.Duration{GoDuration: framework.NullDuration().GoDuration}
	minutes.StringValue = basetypes.NewStringValue("1440m")
	same, diags := minutes.StringSemanticEquals(context.Background(), framework.DurationValue(24*time.Hour))
	if !same || diags.HasError() {
		t.Errorf("1440m and 24h differ: %v", diags)
	}
	if same, _ := minutes.StringSemanticEquals(context.Background(), framework.DurationValue(25*time.Hour)); same {
		t.Error("1440m and 25h are the same")
	}
}

func TestTimeType(t *testing.T) {
	const form = " is not a valid time: must be a date and time with an offset (RFC 3339), such as 2026-01-02T03:04:05Z."
	for text, want := range map[string]string{
		"2026-01-02T03:04:05Z":      "",
		"2026-01-02T03:04:05+02:00": "",
		"2026-01-01":                `Invalid time: "2026-01-01"` + form,
		"2026-01-02 03:04:05":       `Invalid time: "2026-01-02 03:04:05"` + form,
		"yesterday":                 `Invalid time: "yesterday"` + form,
	} {
		if got := refused(t, framework.TimeType{}, text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestWholeNumberTypes(t *testing.T) {
	for text, want := range map[string][2]string{
		"86400":      {"", ""},
		"-1":         {"", ""},
		"86400.5":    {"The value must be a whole number, and is 86400.5.", "The value must be a whole number, and is 86400.5."},
		"1e30":       {"The value must be between -9223372036854775808 and 9223372036854775807, and is 1e+30.", "The value must be between -2147483648 and 2147483647, and is 1e+30."},
		"2147483648": {"", "The value must be between -2147483648 and 2147483647, and is 2147483648."},
		"12345678901234567891": {
			"The value must be between -9223372036854775808 and 9223372036854775807, and is 12345678901234567891.", "The value must be between -2147483648 and 2147483647, and is 12345678901234567891.",
		},
		"0.000000000000000001": {"The value must be a whole number, and is 1e-18.", "The value must be a whole number, and is 1e-18."},
	} {
		number, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		value := tftypes.NewValue(tftypes.Number, number)
		if _, err := (framework.WholeNumberType{}).ValueFromTerraform(context.Background(), value); err != nil {
			t.Errorf("%s: the framework would blame the provider: %v", text, err)
		}
		if _, err := (framework.WholeNumber32Type{}).ValueFromTerraform(context.Background(), value); err != nil {
			t.Errorf("%s: the framework would blame the provider: %v", text, err)
		}
		for i, diags := range []diag.Diagnostics{
			framework.WholeNumberType{}.Validate(context.Background(), value, path.Root("a")),
			framework.WholeNumber32Type{}.Validate(context.Background(), value, path.Root("a")),
		} {
			if got := strings.TrimPrefix(texts(t, diags), "Invalid number: "); got != want[i] {
				t.Errorf("%s, type %d: got %s, want %s", text, i, got, want[i])
			}
		}
	}
}

// TestValueTypes holds for each type of our own: what it decodes, what is the same, and what is only equivalent.
func TestValueTypes(t *testing.T) {
	t.Parallel()
	later := settled.Add(time.Minute)
	for name, test := range map[string]struct {
		typ           basetypes.StringTypable
		null, unknown attr.Value
		// first and second are two values; respelled is first in another spelling.
		first, second attr.Value
		text          string
		respelled     string
	}{
		"framework.DurationType": {framework.DurationType{}, framework.NullDuration(), framework.UnknownDuration(), framework.DurationValue(time.Hour), framework.DurationValue(time.Minute), "1h", "60m"},
		"framework.TimeType":     {framework.TimeType{}, framework.NullTime(), framework.UnknownTime(), framework.TimeValue(settled), framework.TimeValue(later), "2026-11-26T12:00:00Z", "2026-11-26T12:00:00+00:00"},
		"framework.PolicyType":   {framework.PolicyType{}, framework.PolicyNull(), framework.PolicyUnknown(), framework.PolicyValue(`{"Version":"a"}`), framework.PolicyValue(`{"Version":"b"}`), `{"Version":"a"}`, `{ "Version": "a" }`},
	} {
		ctx := t.Context()
		decode := func(value any) attr.Value {
			t.Helper()
			got, err := test.typ.ValueFromTerraform(ctx, tftypes.NewValue(tftypes.String, value))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return got
		}
		for what, pair := range map[string][2]attr.Value{
			"null": {decode(nil), test.null}, "unknown": {decode(tftypes.UnknownValue), test.unknown}, "first": {decode(test.text), test.first},
		} {
			if !pair[0].Equal(pair[1]) || pair[0].IsNull() != (what == "null") || pair[0].IsUnknown() != (what == "unknown") {
				t.Errorf("%s: %s is %s, want %s", name, what, pair[0], pair[1])
			}
		}
		plain, diags := test.typ.ValueFromString(ctx, basetypes.NewStringValue(test.text))
		if diags.HasError() || !plain.Equal(test.first) {
			t.Errorf("%s: from a string %s, %v", name, plain, diags)
		}
		if test.first.Equal(test.second) || test.first.Equal(basetypes.NewStringValue(test.text)) || test.first.Equal(test.null) || test.first.Equal(decode(test.respelled)) {
			t.Errorf("%s: equal to what it isn't", name)
		}
		if plainNull := basetypes.NewStringNull(); test.null.Equal(plainNull) {
			t.Errorf("%s: null is equal to that of another type", name)
		} else if null, ok := test.null.(basetypes.StringValuableWithSemanticEquals); ok {
			if same, _ := null.StringSemanticEquals(ctx, plainNull); same {
				t.Errorf("%s: null is the same as that of another type", name)
			}
		}
		if !test.typ.Equal(test.first.Type(ctx)) || test.typ.Equal(basetypes.StringType{}) || test.typ.String() != name || test.typ.ValueType(ctx).Type(ctx).String() != name {
			t.Errorf("%s: type %s of %s", name, test.first.Type(ctx), test.typ)
		}
		if _, err := test.typ.ValueFromTerraform(ctx, tftypes.NewValue(tftypes.Bool, true)); err == nil {
			t.Errorf("%s: took a truth value", name)
		}
		semantic, ok := test.first.(basetypes.StringValuableWithSemanticEquals)
		if !ok {
			t.Fatalf("%s: %T", name, test.first)
		}
		for what, pair := range map[string]struct {
			other attr.Value
			want  bool
		}{"itself": {test.first, true}, "respelled": {decode(test.respelled), true}, "another": {test.second, false}} {
			other, _ := pair.other.(basetypes.StringValuable)
			if same, diags := semantic.StringSemanticEquals(ctx, other); same != pair.want || diags.HasError() {
				t.Errorf("%s: %s: %t, %v", name, what, same, diags)
			}
		}
		if same, _ := semantic.StringSemanticEquals(ctx, basetypes.NewStringValue(test.text)); same {
			t.Errorf("%s: the same as a plain string", name)
		}
		// What is not there yet is not refused.
		for _, value := range []any{nil, tftypes.UnknownValue} {
			validatable, ok := decode(value).(xattr.ValidateableAttribute)
			if !ok {
				continue // A policy has no form of its own.
			}
			var resp xattr.ValidateAttributeResponse
			if validatable.ValidateAttribute(ctx, xattr.ValidateAttributeRequest{Path: path.Root("a")}, &resp); len(resp.Diagnostics) > 0 {
				t.Errorf("%s: %v", name, resp.Diagnostics)
			}
		}
	}
}

// TestPolicy_unknown compares nothing with what is not known.
func TestPolicy_unknown(t *testing.T) {
	t.Parallel()
	known, null, unknown := framework.PolicyValue("{}"), framework.PolicyNull(), framework.PolicyUnknown()
	for _, test := range []struct {
		a, b framework.Policy
		want bool
	}{
		{known, null, false},
		{null, known, false},
		{known, unknown, false},
		{unknown, known, false},
		{null, unknown, false},
		{null, null, true},
		{unknown, unknown, true},
		{framework.PolicyValue(""), null, false},
		{framework.PolicyValue(""), unknown, false},
		{unknown, framework.PolicyValue(""), false},
	} {
		if same, diags := test.a.StringSemanticEquals(t.Context(), test.b); same != test.want || diags.HasError() {
			t.Errorf("%s and %s: %t, %v", test.a, test.b, same, diags)
		}
	}
}

// TestWholeNumberTypes_values decodes as the framework's own types do, up to the edges, and takes the place of 0 for
// what Validate refuses.
func TestWholeNumberTypes_values(t *testing.T) {
	t.Parallel()
	number := func(text string) tftypes.Value {
		n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		return tftypes.NewValue(tftypes.Number, n)
	}
	for text, want := range map[string]struct {
		long    int64
		short   int32
		refused [2]bool
	}{
		"0": {}, "1": {1, 1, [2]bool{}}, "-1": {-1, -1, [2]bool{}}, "0.5": {0, 0, [2]bool{true, true}},
		"2147483647": {math.MaxInt32, math.MaxInt32, [2]bool{}}, "2147483648": {math.MaxInt32 + 1, 0, [2]bool{false, true}},
		"-2147483648": {math.MinInt32, math.MinInt32, [2]bool{}}, "-2147483649": {math.MinInt32 - 1, 0, [2]bool{false, true}},
		"9223372036854775807": {math.MaxInt64, 0, [2]bool{false, true}}, "9223372036854775808": {0, 0, [2]bool{true, true}},
		"-9223372036854775808": {math.MinInt64, 0, [2]bool{false, true}}, "-9223372036854775809": {0, 0, [2]bool{true, true}},
	} {
		long, err := framework.WholeNumberType{}.ValueFromTerraform(t.Context(), number(text))
		short, err32 := framework.WholeNumber32Type{}.ValueFromTerraform(t.Context(), number(text))
		if err != nil || err32 != nil || !long.Equal(basetypes.NewInt64Value(want.long)) || !short.Equal(basetypes.NewInt32Value(want.short)) {
			t.Errorf("%s: %s and %s, %v, %v", text, long, short, err, err32)
		}
		for i, diags := range []diag.Diagnostics{
			framework.WholeNumberType{}.Validate(t.Context(), number(text), path.Root("a")), framework.WholeNumber32Type{}.Validate(t.Context(), number(text), path.Root("a")),
		} {
			if diags.HasError() != want.refused[i] {
				t.Errorf("%s, type %d: %v", text, i, diags)
			}
		}
	}
	for _, value := range []any{nil, tftypes.UnknownValue} {
		raw := tftypes.NewValue(tftypes.Number, value)
		long, err := framework.WholeNumberType{}.ValueFromTerraform(t.Context(), raw)
		short, err32 := framework.WholeNumber32Type{}.ValueFromTerraform(t.Context(), raw)
		if err != nil || err32 != nil || long.IsNull() != (value == nil) || short.IsNull() != (value == nil) || long.IsUnknown() == (value == nil) || short.IsUnknown() == (value == nil) {
			t.Errorf("%v: %s and %s, %v, %v", value, long, short, err, err32)
		}
		if diags := append(framework.WholeNumberType{}.Validate(t.Context(), raw, path.Root("a")), framework.WholeNumber32Type{}.Validate(t.Context(), raw, path.Root("a"))...); len(diags) > 0 {
			t.Errorf("%v: %v", value, diags)
		}
	}
	for name, typ := range map[string]attr.Type{"framework.WholeNumberType": framework.WholeNumberType{}, "framework.WholeNumber32Type": framework.WholeNumber32Type{}} {
		if typ.String() != name || !typ.Equal(typ) || typ.Equal(basetypes.BoolType{}) {
			t.Errorf("%s: %s", name, typ)
		}
	}
	if !(framework.WholeNumberType{}).Equal(basetypes.Int64Type{}) || !(framework.WholeNumber32Type{}).Equal(basetypes.Int32Type{}) || (framework.WholeNumberType{}).Equal(framework.WholeNumber32Type{}) || (framework.WholeNumber32Type{}).Equal(framework.WholeNumberType{}) {
		t.Error("the types are equal to others than their own kind")
	}
}
