package presignedurl

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// parseSecond parses a time that becomes X-Amz-Date, which has no fraction of a second.
func parseSecond(value string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a valid time", value)
	}
	if !at.Equal(at.Truncate(time.Second)) {
		return time.Time{}, fmt.Errorf("%q has a fraction of a second", value)
	}
	return at, nil
}

// parseCredentialsLifetime parses a duration from which a time in whole seconds follows.
func parseCredentialsLifetime(value string) (time.Duration, error) {
	duration, err := time.ParseDuration(value)
	if err != nil {
		return 0, fmt.Errorf("%q is not a valid duration", value)
	}
	if duration < time.Second || duration%time.Second != 0 {
		return 0, fmt.Errorf("%q is less than a second or has a fraction of a second", value)
	}
	return duration, nil
}

// configuredLifetime returns expires_in or its default. It returns false while expires_in is unknown.
func configuredLifetime(ctx context.Context, config tfsdk.Config) (time.Duration, bool) {
	var expiresIn types.Int64
	if config.GetAttribute(ctx, path.Root("expires_in"), &expiresIn).HasError() || expiresIn.IsUnknown() {
		return 0, false
	}
	return lifetime(expiresIn), true
}

// windowValidator checks signing_window against expires_in.
type windowValidator struct{}

func (windowValidator) Description(context.Context) string {
	return "a duration in whole seconds, less than expires_in"
}

func (v windowValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (windowValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	expiresIn, ok := configuredLifetime(ctx, req.Config)
	if !ok || !framework.IsKnown(req.ConfigValue) {
		return
	}
	window, err := time.ParseDuration(req.ConfigValue.ValueString())
	if err != nil {
		return // the attribute's type reports it
	}
	if err := s3presign.CheckWindow(window, expiresIn); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid signing window", framework.Sentence(err))
	}
}

// renewBeforeValidator checks renew_before against expires_in.
type renewBeforeValidator struct{}

func (renewBeforeValidator) Description(context.Context) string {
	return "a duration of at least 0s, less than expires_in"
}

func (v renewBeforeValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (renewBeforeValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	expiresIn, ok := configuredLifetime(ctx, req.Config)
	if !ok || !framework.IsKnown(req.ConfigValue) {
		return
	}
	before, err := time.ParseDuration(req.ConfigValue.ValueString())
	if err == nil && (before < 0 || before >= expiresIn) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid renew_before",
			fmt.Sprintf("renew_before is %s, but must be at least 0s and less than expires_in, which is %s.", before, expiresIn))
	}
}

// regionValidator checks that region matches that of an access point.
type regionValidator struct{}

func (regionValidator) Description(context.Context) string {
	return "the access point's own region, where bucket is an access point's ARN"
}

func (v regionValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (regionValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var reference types.String
	if req.Config.GetAttribute(ctx, path.Root("bucket"), &reference).HasError() || !framework.IsKnown(req.ConfigValue) {
		return
	}
	bucket, err := s3presign.ParseBucket(reference.ValueString()) // An unknown bucket is "", and an error.
	if err != nil || bucket.Region == "" || bucket.Region == req.ConfigValue.ValueString() {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Region does not match the access point",
		fmt.Sprintf("The access point is in %s, but region is %s. Remove region, or set it to the access point's region.", bucket.Region, req.ConfigValue.ValueString()))
}

// formatValidator, on type, checks the combination of type and format as VoiceBase does.
type formatValidator struct{}

func (formatValidator) Description(context.Context) string {
	return "a transcript has a format, the other types have none"
}

func (v formatValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (formatValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var format types.String
	if req.Config.GetAttribute(ctx, path.Root("format"), &format).HasError() || !framework.IsKnown(req.ConfigValue) {
		return
	}
	if _, err := voicebase.ParseResultType(req.ConfigValue.ValueString()); err != nil {
		return // the attribute's own validator reports it
	}
	if _, err := voicebase.ParseFormat(format.ValueString()); err != nil && !format.IsNull() {
		return // the same, or it is not known yet
	}
	if _, err := contentType(req.ConfigValue, format); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("format"), "Invalid combination of type and format", framework.Sentence(err))
	}
}
