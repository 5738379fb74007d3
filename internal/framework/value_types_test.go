package framework_test

import (
	"context"
	"math/big"
	"strings"
	"testing"
	"time"

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
		"86400":                {"", ""},
		"-1":                   {"", ""},
		"86400.5":              {"The value must be a whole number, and is 86400.5.", "The value must be a whole number, and is 86400.5."},
		"1e30":                 {"The value must be between -9223372036854775808 and 9223372036854775807, and is 1e+30.", "The value must be between -2147483648 and 2147483647, and is 1e+30."},
		"2147483648":           {"", "The value must be between -2147483648 and 2147483647, and is 2147483648."},
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
