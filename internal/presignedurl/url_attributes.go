package presignedurl

import (
	"fmt"
	"maps"

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

// urlAttributes are the attributes that all three objects share.
func urlAttributes() map[string]schema.Attribute {
	attributes := targetAttributes()
	maps.Copy(attributes, contentAttributes())
	maps.Copy(attributes, signedAttributes())
	return attributes
}

// windowAttributes are those of a URL that is signed again with each read.
func windowAttributes() map[string]schema.Attribute {
	attributes := urlAttributes()
	attributes["signing_window"] = schema.StringAttribute{
		Optional:   true,
		CustomType: framework.DurationType{},
		MarkdownDescription: "How long repeated reads return the same URL, as a duration such as `30m`. The signing time is rounded down to a " +
			"multiple of it, so the URL is valid for at least `expires_in` minus `signing_window`. Must be whole seconds and less than " +
			"`expires_in`. `0s` signs for the current second. Default: `1h`, or a quarter of `expires_in` if that is shorter.",
		Validators: []validator.String{
			stringvalidator.ConflictsWith(path.MatchRoot("signed_at")),
			windowValidator{},
		},
	}
	attributes["signed_at"] = schema.StringAttribute{
		Optional:   true,
		Computed:   true,
		CustomType: framework.TimeType{},
		MarkdownDescription: "When the URL is signed for (RFC 3339, whole seconds), such as `2026-01-02T03:04:05Z`. With a fixed time, the URL never " +
			"changes and expires `expires_in` seconds after it. S3 refuses a URL before its signing time. Conflicts with `signing_window`. " +
			"Default: the current time, rounded down to `signing_window`.",
		Validators: []validator.String{framework.Parsed(parseSecond, "a time in whole seconds, such as 2026-01-02T03:04:05Z")},
	}
	return attributes
}

func targetAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"bucket": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "Name of the receiving bucket, or the ARN of one of its access points.",
			Validators:          []validator.String{framework.Parsed(s3presign.ParseBucket, "the name of a general purpose bucket, or the ARN of an access point in one region")},
		},
		"key": schema.StringAttribute{
			Required: true,
			MarkdownDescription: fmt.Sprintf("Key of the object to write. At most %d bytes in UTF-8. Must not start with `/` or contain empty, `.` or `..` path "+
				"segments, because HTTP clients normalize them and break the signature.", awsname.MaxKeyBytes),
			Validators: []validator.String{framework.Parsed(awsname.ParseKey, fmt.Sprintf("1–%d bytes of UTF-8. Must not start with / or contain empty, . or .. path segments", awsname.MaxKeyBytes))},
		},
		"region": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "AWS region of the bucket. Pass the `region` of the bucket's own resource or data source. A URL signed for another region " +
				"is only refused at delivery, because the provider signs without asking S3 where the bucket is. Default: the region in `bucket` " +
				"if it is an access point's ARN, otherwise the provider's region.",
			Validators: []validator.String{
				framework.Parsed(awsname.ParseRegionName, awsname.RegionForms),
				regionValidator{},
			},
		},
		"expires_in": schema.Int64Attribute{
			CustomType: framework.WholeNumberType{},
			Optional:   true,
			MarkdownDescription: fmt.Sprintf("Seconds from the signing time until the URL expires, 1 to %d. VoiceBase's last retry comes %[3]d seconds after its "+
				"first attempt, so allow for that and the processing time. If the bucket has a `presigned_url_max_age`, S3 refuses the URL at that "+
				"age, even if `expires_in` is longer. Default: `%[2]d`.", maxExpiresIn, defaultExpiresIn, int64(voicebase.LastRetry.Seconds())),
			Validators: []validator.Int64{int64validator.Between(1, maxExpiresIn)},
		},
	}
}

func contentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"type": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "`type` of the callback that uses the URL. Must be one of " + framework.Codes(voicebase.ResultTypes()) + ". Determines the content type, together with `format`. Exactly one of `type` and `content_type` must be set.",
			Validators: []validator.String{
				stringvalidator.ExactlyOneOf(path.MatchRoot("type"), path.MatchRoot("content_type")),
				framework.Parsed(voicebase.ParseResultType, framework.Codes(voicebase.ResultTypes())),
				formatValidator{},
			},
		},
		"format": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "`format` of that callback. Must be one of " + framework.Codes(voicebase.Formats()) + ". Required with type `transcript`, and not valid with any other type.",
			Validators: []validator.String{
				stringvalidator.ConflictsWith(path.MatchRoot("content_type")),
				framework.Parsed(voicebase.ParseFormat, framework.Codes(voicebase.Formats())),
			},
		},
		"content_type": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Content type that the URL is signed for, and that the request must send. Set it only if no VoiceBase `type` fits. Default: the one that VoiceBase sends for `type` and `format`.",
			Validators:          []validator.String{framework.Parsed(s3presign.ParseContentType, "a content type in printable ASCII, such as application/json")},
		},
		"content_type_query": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether to add the content type as a signed query parameter, `content-type`, where VoiceBase looks for it (error codes " +
				"60012 and 60013). S3 ignores the parameter. Default: `true`.",
		},
	}
}

func signedAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"url": schema.StringAttribute{
			Computed:            true,
			Sensitive:           true,
			MarkdownDescription: "The pre-signed URL. Anyone who has it can write the object until it expires.",
		},
		"method": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "HTTP method that the URL is signed for, always `PUT`.",
		},
		"headers": schema.MapAttribute{
			ElementType:         types.StringType,
			Computed:            true,
			MarkdownDescription: "Headers that the request must send, as signed.",
		},
		"signed_at":  timeAttribute("When the URL was signed (RFC 3339)."),
		"expires_at": timeAttribute("When the URL expires (RFC 3339): `expires_in` after `signed_at`."),
		"credentials_expire_at": timeAttribute("When the credentials that signed the URL expire, and the URL with them (RFC 3339). Null for long-term " +
			"credentials, and for a session token of unknown expiry, such as one from environment variables."),
		"effective_expires_at": timeAttribute("When the URL stops working (RFC 3339): the earlier of `expires_at` and `credentials_expire_at`."),
	}
}

func timeAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, CustomType: framework.TimeType{}, MarkdownDescription: description}
}
