package bucket

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int32validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int32default"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// abortUploadsDays is the default for how long S3 keeps, and charges for, the parts of an incomplete upload.
const abortUploadsDays = 7

func lifecycleAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"retention": retentionAttribute(),
		"manage_lifecycle": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether the resource manages the lifecycle configuration, all rules of the bucket. If `false`, it neither reads nor writes it, and does not allow `retention`: " +
				"use `aws_s3_bucket_lifecycle_configuration` for rules that `retention` cannot express. Rules that exist stay as they are. Default: `true`, or `false` on a bucket that was imported or moved with rules that `retention` cannot express, until you set `retention`.",
		},
	}
}

func retentionAttribute() schema.Attribute {
	abort := atLeast(1, fmt.Sprintf("Days after which incomplete multipart uploads are deleted. Default: `%d`.", abortUploadsDays))
	abort.Computed, abort.Default = true, int32default.StaticInt32(abortUploadsDays)
	return schema.SingleNestedAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: "Retention in days, applied as lifecycle rules to the whole bucket. By default only incomplete multipart uploads expire. Rules that a bucket had when it was imported or moved stay until you set `retention` or `manage_lifecycle`; if they do what you set, they stay under their own IDs. Not allowed with `manage_lifecycle = false`.",
		Attributes: map[string]schema.Attribute{
			"expire_after_days": atLeast(1, "Days after which objects expire. With versioning, their versions are kept. Default: never."),
			"noncurrent_expire_after_days": atLeast(1, "Days after which replaced or deleted versions are deleted permanently. "+
				"Delete markers that no version is left under go with them. Default: never."),
			"abort_incomplete_uploads_after_days": abort,
			"transitions":                         transitionsAttribute("objects", "their creation", "expire_after_days"),
			"noncurrent_transitions":              transitionsAttribute("noncurrent versions", "they were replaced or deleted", "noncurrent_expire_after_days"),
		},
	}
}

// transitionsAttribute describes the constraints of s3bucket.CheckTransitions.
func transitionsAttribute(what, since, expire string) schema.Attribute {
	days := atLeast(0, fmt.Sprintf("Days since %s, at least %d for `STANDARD_IA` and `ONEZONE_IA`, and less than `%s`.", since, s3bucket.InfrequentAccessDays, expire))
	days.Optional, days.Required = false, true
	return schema.ListNestedAttribute{
		Optional: true,
		MarkdownDescription: fmt.Sprintf("Moves of %s to other storage classes, in the order in which they happen. S3 moves on from `STANDARD_IA` and `ONEZONE_IA` after 30 more days at the earliest, "+
			"and from `GLACIER_IR` and `GLACIER` after 90. By default, S3 leaves objects below 128 KB where they are; the bucket's setting for that is kept. Default: none.", what),
		Validators: []validator.List{listvalidator.SizeAtLeast(1)},
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"after_days": days,
			"storage_class": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Storage class to move to: `" + strings.Join(s3bucket.StorageClasses, "`, `") + "`. VoiceBase only writes, but who reads objects in `GLACIER` and `DEEP_ARCHIVE` has to restore them first.",
				Validators:          []validator.String{stringvalidator.OneOf(s3bucket.StorageClasses...)},
			},
		}},
	}
}

func atLeast(least int32, description string) schema.Int32Attribute {
	return schema.Int32Attribute{
		Optional: true, CustomType: framework.WholeNumber32Type{}, MarkdownDescription: description,
		Validators: []validator.Int32{int32validator.AtLeast(least)},
	}
}
