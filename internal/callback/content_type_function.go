package callback

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

var _ function.Function = (*contentTypeFunction)(nil)

// NewContentTypeFunction returns content_type.
func NewContentTypeFunction() function.Function { return &contentTypeFunction{} }

type contentTypeFunction struct{}

func (*contentTypeFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "content_type"
}

func (*contentTypeFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Content type of a delivery",
		MarkdownDescription: "Returns the `Content-Type` header that VoiceBase sends with a result. A pre-signed URL must be signed for it.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name:                "type",
				MarkdownDescription: "Type of the result. Must be one of " + framework.Codes(voicebase.ResultTypes()) + ".",
			},
			function.StringParameter{
				Name:                "format",
				AllowNullValue:      true,
				MarkdownDescription: "Format of a transcript. Must be one of " + framework.Codes(voicebase.Formats()) + "; `null` for other types.",
			},
		},
		Return: function.StringReturn{},
	}
}

func (*contentTypeFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var typeName string
	var formatName *string
	if resp.Error = req.Arguments.Get(ctx, &typeName, &formatName); resp.Error != nil {
		return
	}
	resultType, err := voicebase.ParseResultType(typeName)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	var format voicebase.Format
	if formatName != nil {
		if format, err = voicebase.ParseFormat(*formatName); err != nil {
			resp.Error = function.NewArgumentFuncError(1, err.Error())
			return
		}
	}
	contentType, err := voicebase.ContentType(resultType, format)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(1, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, contentType)
}
