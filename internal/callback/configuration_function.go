package callback

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

var _ function.Function = (*configurationFunction)(nil)

// NewCallbackConfigurationFunction returns callback_configuration. A function doesn't receive the provider's
// configuration, so the clock is an argument.
func NewCallbackConfigurationFunction(now func() time.Time) function.Function {
	return &configurationFunction{now: now}
}

type configurationFunction struct {
	now func() time.Time
}

func (f *configurationFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "callback_configuration"
}

// Definition takes a dynamic value, because an object of a fixed type must set every attribute. It allows unknown
// values, so that the rest can be checked before they are known.
func (f *configurationFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Callback configuration as JSON",
		MarkdownDescription: "Builds the `configuration` that you send with `POST /v3/media`, like the data source `voicebase_callback_configuration`, " +
			"and also accepts ephemeral values. Errors are the same as in the data source; functions cannot return warnings. The result is " +
			"sensitive or ephemeral if a value in the argument is. An attribute in VoiceBase's own spelling, such as `s3Delivery`, is an error " +
			"that names the attribute to use.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name:               "callbacks",
				AllowUnknownValues: true,
				MarkdownDescription: "A list of objects with the attributes " + framework.Codes(voicebase.Attributes()) +
					". All are optional, and have the same meaning as in the data source.",
			},
		},
		Return: function.StringReturn{},
	}
}

func (f *configurationFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &argument); resp.Error != nil {
		return
	}
	if underlying(argument).IsUnknown() {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown())
		return
	}
	result, err := f.configuration(argument)
	if err != nil {
		resp.Error = err
		return
	}
	resp.Error = resp.Result.Set(ctx, result)
}

func (f *configurationFunction) configuration(argument attr.Value) (types.String, *function.FuncError) {
	drafts, err := readDrafts(argument)
	if err != nil {
		return types.StringNull(), function.NewArgumentFuncError(0, err.Error())
	}
	var texts []string
	for _, problem := range voicebase.Validate(drafts, f.now()) {
		if problem.Severity == voicebase.Error {
			texts = append(texts, problem.Title()+"\n"+problem.Text())
		}
	}
	if texts != nil {
		return types.StringNull(), function.NewArgumentFuncError(0, strings.Join(texts, "\n\n"))
	}
	for _, draft := range drafts {
		if len(draft.Unknown) > 0 {
			return types.StringUnknown(), nil
		}
	}
	return types.StringValue(voicebase.Configuration(callbacks(drafts))), nil
}
