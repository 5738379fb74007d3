package callback

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

var _ function.Function = (*parsePresignedURLFunction)(nil)

// NewParsePresignedURLFunction returns parse_presigned_url.
func NewParsePresignedURLFunction() function.Function { return &parsePresignedURLFunction{} }

type parsePresignedURLFunction struct{}

var presignedURLTypes = map[string]attr.Type{
	"bucket":            types.StringType,
	"key":               types.StringType,
	"region":            types.StringType,
	"signature_version": types.StringType,
	"signed_at":         types.StringType,
	"expires_at":        types.StringType,
	"content_type":      types.StringType,
	"signed_headers":    types.ListType{ElemType: types.StringType},
	"access_key_id":     types.StringType,
}

func (*parsePresignedURLFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_presigned_url"
}

func (*parsePresignedURLFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "What a pre-signed S3 URL says",
		MarkdownDescription: "Returns an object with what can be read in a pre-signed URL of S3, of any of AWS's host styles or of a custom " +
			"endpoint with the bucket first in its path. The signature itself is not checked.\n\n" +
			"- `bucket`: bucket, or the access point with its account ID\n" +
			"- `key`: key of the object, decoded; `null` for the bucket itself\n" +
			"- `region`: region of the host, else of the signature; `null` when neither says\n" +
			"- `signature_version`: `SigV4`, `SigV4A` (multi-region access points) or `SigV2`, which AWS refuses for buckets created after 24 June 2020\n" +
			"- `signed_at`: time of signing (RFC 3339); `null` for SigV2, which does not say\n" +
			"- `expires_at`: end of the URL (RFC 3339); it ends earlier when temporary credentials do\n" +
			"- `content_type`: value of the `content-type` query parameter, which VoiceBase looks at; `null` when absent\n" +
			"- `signed_headers`: headers that must be sent as they were signed; `null` for SigV2\n" +
			"- `access_key_id`: ID of the access key that signed",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "url", MarkdownDescription: "A pre-signed URL."},
		},
		Return: function.ObjectReturn{AttributeTypes: presignedURLTypes},
	}
}

func (*parsePresignedURLFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var raw string
	if resp.Error = req.Arguments.Get(ctx, &raw); resp.Error != nil {
		return
	}
	parsed, err := s3url.ParsePresigned(raw)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, presignedURLValue(parsed))
}

func presignedURLValue(parsed s3url.URL) types.Object {
	signature := parsed.Signature
	signedAt, headers := types.StringNull(), types.ListNull(types.StringType)
	if !signature.SignedAt.IsZero() {
		signedAt = types.StringValue(signature.SignedAt.Format(time.RFC3339))
	}
	if signature.SignedHeaders != nil {
		names := make([]attr.Value, len(signature.SignedHeaders))
		for i, name := range signature.SignedHeaders {
			names[i] = types.StringValue(name)
		}
		headers = types.ListValueMust(types.StringType, names)
	}
	return types.ObjectValueMust(presignedURLTypes, map[string]attr.Value{
		"bucket":            types.StringValue(parsed.Bucket),
		"key":               given(parsed.Key),
		"region":            given(parsed.Region),
		"signature_version": types.StringValue(string(signature.Version)),
		"signed_at":         signedAt,
		"expires_at":        types.StringValue(signature.ExpiresAt.Format(time.RFC3339)),
		"content_type":      given(parsed.ContentType),
		"signed_headers":    headers,
		"access_key_id":     types.StringValue(signature.AccessKeyID),
	})
}
