package callback

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
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
		Summary: "Parse a pre-signed S3 URL",
		MarkdownDescription: "Returns the parts of a pre-signed S3 URL as an object. Accepts all of S3's host styles, and custom endpoints with the " +
			"bucket first in the path. The function does not verify the signature.\n\n" +
			"- `bucket`: the bucket name, or the access point name with its account ID\n" +
			"- `key`: the object key, decoded; `null` for the bucket itself\n" +
			"- `region`: the region from the host, or from the signature if the host has none; `null` if the URL has neither\n" +
			"- `signature_version`: `SigV4`, `SigV4A` (Multi-Region Access Points) or `SigV2`, which AWS has deprecated and supports only in some older regions\n" +
			"- `signed_at`: when the URL was signed (RFC 3339); `null` for SigV2, which doesn't record it\n" +
			"- `expires_at`: when the URL expires (RFC 3339); if it was signed with temporary credentials, it stops working when they expire\n" +
			"- `content_type`: the value of the `content-type` query parameter, where VoiceBase looks for the content type; `null` if absent\n" +
			"- `signed_headers`: the headers that a request must send as signed; `null` for SigV2\n" +
			"- `access_key_id`: the ID of the access key that signed the URL",
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
		"key":               framework.StringOrNull(parsed.Key),
		"region":            framework.StringOrNull(parsed.Region),
		"signature_version": types.StringValue(string(signature.Version)),
		"signed_at":         signedAt,
		"expires_at":        types.StringValue(signature.ExpiresAt.Format(time.RFC3339)),
		"content_type":      framework.StringOrNull(parsed.ContentType),
		"signed_headers":    headers,
		"access_key_id":     types.StringValue(signature.AccessKeyID),
	})
}
