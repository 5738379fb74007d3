package presignedurl

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

const typeName = "presigned_callback_url"

var (
	defaultExpiresIn = int64(s3presign.DefaultExpiresIn.Seconds())
	maxExpiresIn     = int64(awsname.MaxPresignedLife.Seconds())
)

// urlAttributes are what the three faces have in common.
func urlAttributes() map[string]schema.Attribute {
	attributes := targetAttributes()
	maps.Copy(attributes, contentAttributes())
	maps.Copy(attributes, signedAttributes())
	return attributes
}

// windowAttributes are those of a URL that is signed anew at each reading.
func windowAttributes() map[string]schema.Attribute {
	attributes := urlAttributes()
	attributes["signing_window"] = schema.StringAttribute{
		Optional:   true,
		CustomType: timetypes.GoDurationType{},
		MarkdownDescription: "How long the URL stays the same, byte for byte, as a Go duration (`30m`): the signing time is rounded down to it. " +
			"Default: `1h`, or a quarter of `expires_in` where that is less. `0s` signs for the very second. Must be less than `expires_in`; " +
			"the URL lives for at least `expires_in` less this window.",
		Validators: []validator.String{
			stringvalidator.ConflictsWith(path.MatchRoot("signed_at")),
			windowValidator{},
		},
	}
	attributes["signed_at"] = schema.StringAttribute{
		Optional:   true,
		Computed:   true,
		CustomType: timetypes.RFC3339Type{},
		MarkdownDescription: "The signing time (RFC 3339, whole seconds). Default: now, rounded down to `signing_window`. A fixed time gives " +
			"a URL that never changes and ends `expires_in` after it.",
		Validators: []validator.String{framework.Parsed(parseSecond, "a time in RFC 3339 with whole seconds, such as 2026-01-02T03:04:05Z")},
	}
	return attributes
}

func targetAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"bucket": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "The name of the receiving bucket, or the ARN of an access point to it.",
			Validators:          []validator.String{framework.Parsed(s3presign.ParseBucket, "the name of a general purpose bucket, or the ARN of an access point in one region")},
		},
		"key": schema.StringAttribute{
			Required: true,
			MarkdownDescription: fmt.Sprintf("The key that the result is stored under. At most %d bytes; no slash first, and no empty, `.` or `..` segment, "+
				"which HTTP clients would not send as signed.", awsname.MaxKeyBytes),
			Validators: []validator.String{framework.Parsed(awsname.ParseKey, fmt.Sprintf("1 to %d bytes of UTF-8; no slash first, no empty segment, none that is . or ..", awsname.MaxKeyBytes))},
		},
		"region": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "The bucket's region. Default: the access point's, if `bucket` is one, else the provider's.",
			Validators: []validator.String{
				framework.Parsed(awsname.ParseRegionName, awsname.RegionForms),
				regionValidator{},
			},
		},
		"expires_in": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Seconds from the signing time to the URL's end, 1 to %d. Default: `%d`. VoiceBase tries a failed delivery again "+
				"for %d seconds after the first attempt, so a shorter life than that, plus the processing time, can lose a result.", maxExpiresIn, defaultExpiresIn, int64(voicebase.LastRetry.Seconds())),
			Validators: []validator.Int64{int64validator.Between(1, maxExpiresIn)},
		},
	}
}

func contentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"type": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "The `type` of the callback that will use the URL: " + framework.Codes(voicebase.ResultTypes()) + ". The content type follows from it. Exactly one of `type` and `content_type` is to be set.",
			Validators: []validator.String{
				stringvalidator.ExactlyOneOf(path.MatchRoot("type"), path.MatchRoot("content_type")),
				framework.Parsed(voicebase.ParseResultType, framework.Codes(voicebase.ResultTypes())),
				formatValidator{},
			},
		},
		"format": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "The `format` of that callback: " + framework.Codes(voicebase.Formats()) + ". Required for `transcript`, and taken by no other `type`.",
			Validators: []validator.String{
				stringvalidator.ConflictsWith(path.MatchRoot("content_type")),
				framework.Parsed(voicebase.ParseFormat, framework.Codes(voicebase.Formats())),
			},
		},
		"content_type": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "The content type that the URL is signed for, and that must be sent. Set it only where no `type` of VoiceBase's fits.",
			Validators:          []validator.String{framework.Parsed(s3presign.ParseContentType, "a content type in printable ASCII, such as application/json")},
		},
		"content_type_query": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether the URL names its content type in a further, signed query parameter, `content-type`, where VoiceBase reads it " +
				"(its codes 60012 and 60013). S3 ignores the parameter. Default: `true`.",
		},
	}
}

func signedAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"url": schema.StringAttribute{
			Computed:            true,
			Sensitive:           true,
			MarkdownDescription: "The pre-signed URL. Whoever has it can write the object until it ends.",
		},
		"method": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "The HTTP method that the URL is signed for, always `PUT`. The callback's own default is another, so set it there.",
		},
		"headers": schema.MapAttribute{
			ElementType:         types.StringType,
			Computed:            true,
			MarkdownDescription: "The headers that must be sent with the request, as signed.",
		},
		"signed_at":  timeAttribute("When the URL was signed (RFC 3339)."),
		"expires_at": timeAttribute("The URL's own end (RFC 3339): `expires_in` after `signed_at`."),
		"credentials_expire_at": timeAttribute("When the credentials that signed the URL expire, and the URL with them (RFC 3339). Null for long-lived " +
			"credentials, and for a session token whose end is not known, as one from the environment."),
		"effective_expires_at": timeAttribute("When the URL stops working (RFC 3339): the earlier of `expires_at` and `credentials_expire_at`."),
	}
}

func timeAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
}
