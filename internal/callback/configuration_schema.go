package callback

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

func configurationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Builds the `configuration` that you send with `POST /v3/media`, so that VoiceBase delivers results to S3 with " +
			"pre-signed URLs, with a role, or with both. What VoiceBase would reject when you submit media is an error in the plan that " +
			"names VoiceBase's error code. What would fail hours later, at delivery, is an error, or a warning where it is not certain. " +
			"The data source needs no AWS credentials.\n\n" +
			"`s3_delivery` selects the approach: with it, VoiceBase assumes `role`; without it, VoiceBase sends the result to `url` as it stands.\n\n" +
			spellingTable(),
		Attributes: map[string]schema.Attribute{
			"callbacks": schema.ListNestedAttribute{
				Required: true,
				MarkdownDescription: "The deliveries to make, one object each. When read, the list contains VoiceBase's defaults for attributes that you leave " +
					"out. A list without a callback of type `analytics` gives a warning, because VoiceBase reports a failure only in callbacks of " +
					"that type. So does an empty list.",
				NestedObject: schema.NestedAttributeObject{Attributes: callbackAttributes()},
			},
			"base_configuration": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "JSON to add the callbacks to, such as `jsonencode({ transcript = { … } })`, in VoiceBase's own spelling. Everything in it " +
					"is kept. The callbacks are appended to its `publish.callbacks`, which are checked by the same rules.",
			},
			"json": schema.StringAttribute{
				Computed:            true,
				Sensitive:           true,
				MarkdownDescription: "The configuration as JSON, ready to send. Sensitive, because it contains pre-signed URLs.",
			},
		},
	}
}

// spellingTable helps users who copy VoiceBase's JSON: Terraform drops attributes that the schema doesn't have, so the
// data source cannot report them.
func spellingTable() string {
	var b strings.Builder
	b.WriteString("~> **Spelling** Attributes are in snake case here. Terraform silently drops an attribute that the data source doesn't have, such as a " +
		"misspelled one or one in VoiceBase's own spelling. The function [`callback_configuration`](../functions/callback_configuration.md) " +
		"reports it as an error.\n\n" +
		"| VoiceBase | this data source |\n| --- | --- |\n")
	for _, attribute := range voicebase.Attributes() {
		if spelling := attribute.Spelling(); spelling != string(attribute) {
			fmt.Fprintf(&b, "| `%s` | `%s` |\n", spelling, attribute)
		}
	}
	b.WriteString("\nAll other attributes have the same name in both.")
	return b.String()
}

func callbackAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		string(voicebase.AttributeURL): schema.StringAttribute{
			Optional:  true,
			Sensitive: true,
			MarkdownDescription: "The `https://` URL to deliver to. VoiceBase requires it. A pre-signed URL must be signed for a PUT with the content " +
				"type of `type` and `format`, must have that content type in its `content-type` query parameter, and must sign no headers " +
				"other than `host` and `content-type`. Signature Version 2 gives a warning, or an error in a region where S3 doesn't support " +
				"it. With `s3_delivery`, the URL is the bucket's base URL, with no trailing slash. Sensitive, because a pre-signed URL is a " +
				"credential.",
		},
		string(voicebase.AttributeMethod): schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: fmt.Sprintf("HTTP method. Must be one of %s. A pre-signed `url` accepts only `%[2]s`. Default: `%[2]s` for a pre-signed `url`, `%[3]s` otherwise.",
				framework.Codes(voicebase.Methods()), voicebase.PUT, voicebase.POST),
		},
		string(voicebase.AttributeType): schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: fmt.Sprintf("What to deliver. Must be one of %s. Default: `%s`.",
				framework.Codes(voicebase.ResultTypes()), voicebase.Analytics),
		},
		string(voicebase.AttributeFormat): schema.StringAttribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Format of the transcript. Must be one of %s. Required with type `%s`, and not valid with any other type.",
				framework.Codes(voicebase.Formats()), voicebase.Transcript),
		},
		string(voicebase.AttributeStream): schema.StringAttribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Recording to deliver. Must be one of %s. Required with type `%s`, and not valid with any other type.",
				framework.Codes(voicebase.Streams()), voicebase.Media),
		},
		string(voicebase.AttributeInclude): schema.ListAttribute{
			ElementType: types.StringType,
			Optional:    true,
			Computed:    true,
			MarkdownDescription: fmt.Sprintf("Sections of the analytics to deliver: any of %s. Valid only with type `%s`. Default: all sections.",
				framework.Codes(voicebase.Sections()), voicebase.Analytics),
		},
		string(voicebase.AttributeS3Delivery): schema.BoolAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Whether VoiceBase assumes `role` and writes to the bucket that `url` names. Default: `false`.",
		},
		string(voicebase.AttributeRole): schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "ARN of the IAM role that VoiceBase assumes, in the bucket's AWS partition. Required with `s3_delivery`, and ignored " +
				"without it.",
		},
		string(voicebase.AttributePrependFolder): schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Folder in the bucket that VoiceBase puts the objects into, without a slash at either end. Must be below one of the role's " +
				"`key_prefixes`. Ignored without `s3_delivery`.",
		},
	}
}
