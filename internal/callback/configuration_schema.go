package callback

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

func configurationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The configuration to send with `POST /v3/media`, so that VoiceBase delivers results to S3: by " +
			"pre-signed URLs, by a role, or by both. Whatever VoiceBase would reject is an error of the plan that names " +
			"VoiceBase's code, and what would fail at delivery is an error or a warning. Works without AWS credentials.\n\n" +
			"`s3_delivery` alone decides between the approaches: with it VoiceBase assumes the `role`, without it VoiceBase " +
			"sends to the `url` as it is.",
		Attributes: map[string]schema.Attribute{
			"callbacks": schema.ListNestedAttribute{
				Required: true,
				MarkdownDescription: "The deliveries to be made, one each. Once read, it has VoiceBase's defaults where nothing was given. " +
					"A list without a callback of type `analytics` gives a warning: when processing fails, VoiceBase sends no others.",
				NestedObject: schema.NestedAttributeObject{Attributes: callbackAttributes()},
			},
			"base_configuration": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "JSON to add the callbacks to, such as `jsonencode({ transcript = { … } })`. All of it is kept; the callbacks " +
					"go to the end of its `publish.callbacks`, which are held against the same rules.",
			},
			"json": schema.StringAttribute{
				Computed:            true,
				Sensitive:           true,
				MarkdownDescription: "The configuration as JSON, ready to be sent. Sensitive, because pre-signed URLs are in it.",
			},
		},
	}
}

func callbackAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		string(voicebase.AttributeURL): schema.StringAttribute{
			Optional:  true,
			Sensitive: true,
			MarkdownDescription: "Where to deliver, by https; VoiceBase needs it. A pre-signed URL must be signed by SigV4 for the content type " +
				"of `type` and `format`, which it must say in its `content-type` query parameter. With `s3_delivery` it is the bucket's " +
				"base URL, without a trailing slash. Sensitive, because a pre-signed URL is a credential.",
		},
		string(voicebase.AttributeMethod): schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: fmt.Sprintf("HTTP method: %s. Default: `%s` for a pre-signed `url`, which takes no other, else `%s`.",
				framework.Codes(voicebase.Methods()), voicebase.PUT, voicebase.POST),
		},
		string(voicebase.AttributeType): schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: fmt.Sprintf("What to deliver: %s. Default: `%s`.",
				framework.Codes(voicebase.ResultTypes()), voicebase.Analytics),
		},
		string(voicebase.AttributeFormat): schema.StringAttribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Format of a transcript: %s. Required for type `%s`, allowed on no other.",
				framework.Codes(voicebase.Formats()), voicebase.Transcript),
		},
		string(voicebase.AttributeStream): schema.StringAttribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Recording to deliver: %s. Required for type `%s`, allowed on no other.",
				framework.Codes(voicebase.Streams()), voicebase.Media),
		},
		string(voicebase.AttributeInclude): schema.ListAttribute{
			ElementType: types.StringType,
			Optional:    true,
			Computed:    true,
			MarkdownDescription: fmt.Sprintf("Sections of the analytics: %s. Default: all. Allowed only for type `%s`.",
				framework.Codes(voicebase.Sections()), voicebase.Analytics),
		},
		string(voicebase.AttributeS3Delivery): schema.BoolAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Whether VoiceBase assumes `role` and writes to the bucket of `url`. Default: `false`.",
		},
		string(voicebase.AttributeRole): schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "ARN of the role that VoiceBase assumes, in the bucket's partition. Required with `s3_delivery`, and not used " +
				"without it.",
		},
		string(voicebase.AttributePrependFolder): schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Folder below the bucket that objects are put into with `s3_delivery`; not used without it.",
		},
	}
}
