package framework_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func parseEven(text string) (int, error) {
	number, err := strconv.Atoi(text)
	if err != nil || number%2 != 0 {
		return 0, fmt.Errorf("%q is odd", text)
	}
	return number, nil
}

func TestParsed(t *testing.T) {
	t.Parallel()
	even := framework.Parsed(parseEven, "an even number")
	for _, test := range []struct {
		value types.String
		want  string
	}{
		{types.StringValue("4"), ""},
		{types.StringValue("3"), "\"3\" is odd.\n\nAllowed: an even number"},
		{types.StringValue(""), "\"\" is odd.\n\nAllowed: an even number"},
		{types.StringNull(), ""},
		{types.StringUnknown(), ""},
	} {
		var resp validator.StringResponse
		even.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("count"), ConfigValue: test.value}, &resp)
		if test.want == "" {
			if resp.Diagnostics.HasError() {
				t.Errorf("%s: %v", test.value, resp.Diagnostics)
			}
			continue
		}
		if len(resp.Diagnostics) != 1 || resp.Diagnostics[0].Summary() != "Invalid count" || resp.Diagnostics[0].Detail() != test.want {
			t.Errorf("%s: %v, want %q", test.value, resp.Diagnostics, test.want)
		}
	}
	if even.Description(t.Context()) != "an even number" || even.MarkdownDescription(t.Context()) != "an even number" {
		t.Error("the description is what is allowed")
	}
}

func TestInvalid(t *testing.T) {
	t.Parallel()
	for want, at := range map[string]path.Path{
		"Invalid bucket":                   path.Root("bucket"),
		"Invalid VoiceBase ARN":            path.Root("voicebase_arn"),
		"Invalid KMS key ARN":              path.Root("kms_key_arn"),
		"Invalid key prefix":               path.Root("key_prefixes").AtSetValue(types.StringValue("x")),
		"Invalid pre-signed URL source IP": path.Root("presigned_url_source_ips").AtSetValue(types.StringValue("x")),
		"Invalid allowed account ID":       path.Root("allowed_account_ids").AtSetValue(types.StringValue("x")),
		"Invalid policy ARN":               path.Root("assume_role").AtListIndex(0).AtName("policy_arns").AtSetValue(types.StringValue("x")),
		"Invalid session name":             path.Root("assume_role").AtListIndex(0).AtName("session_name"),
		"Invalid allowed account IDs":      path.Root("allowed_account_ids"),
		"Invalid S3 path style":            path.Root("s3_path_style"),
		"Invalid STS region":               path.Root("sts_region"),
		"Invalid key prefixes":             path.Root("key_prefixes"),
		"Invalid value":                    path.Empty(),
	} {
		if got := framework.Invalid(at); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

func TestShortDuration(t *testing.T) {
	t.Parallel()
	for duration, want := range map[time.Duration]string{
		24 * time.Hour: "24h", 10 * time.Minute: "10m", 90 * time.Minute: "1h30m", 1500 * time.Millisecond: "1.5s",
		time.Hour + time.Second: "1h0m1s", 10 * time.Second: "10s", 0: "0s",
	} {
		if got := framework.ShortDuration(duration); got != want {
			t.Errorf("%s: %s, want %s", duration, got, want)
		}
	}
}
