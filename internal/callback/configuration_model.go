package callback

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

type configurationModel struct {
	Callbacks         types.List   `tfsdk:"callbacks"`
	BaseConfiguration types.String `tfsdk:"base_configuration"`
	JSON              types.String `tfsdk:"json"`
}

// callbackType is the type of an element of callbacks.
var callbackType = types.ObjectType{AttrTypes: map[string]attr.Type{
	string(voicebase.AttributeURL):           types.StringType,
	string(voicebase.AttributeMethod):        types.StringType,
	string(voicebase.AttributeType):          types.StringType,
	string(voicebase.AttributeFormat):        types.StringType,
	string(voicebase.AttributeStream):        types.StringType,
	string(voicebase.AttributeInclude):       types.ListType{ElemType: types.StringType},
	string(voicebase.AttributeS3Delivery):    types.BoolType,
	string(voicebase.AttributeRole):          types.StringType,
	string(voicebase.AttributePrependFolder): types.StringType,
}}

// configuration is the content of the model, as far as it is known. Unknown lists and JSON are empty, which causes no
// errors.
type configuration struct {
	base voicebase.Base
	// before are the callbacks that base_configuration already contains, drafts those that are added.
	before, drafts []voicebase.Draft
}

var (
	callbacksPath = path.Root("callbacks")
	basePath      = path.Root("base_configuration")
)

func (m configurationModel) read() (configuration, diag.Diagnostics) {
	var diags diag.Diagnostics
	var c configuration
	var err error
	if c.before, err = c.readBase(m.BaseConfiguration); err != nil {
		diags.AddAttributeError(basePath, "Invalid base configuration", "In base_configuration, "+err.Error()+".")
	}
	if c.drafts, err = readDrafts(m.Callbacks); err != nil {
		diags.AddAttributeError(callbacksPath, "Invalid callbacks", err.Error()+".")
	}
	return c, diags
}

func (c *configuration) readBase(text types.String) ([]voicebase.Draft, error) {
	if text.IsNull() || text.IsUnknown() {
		return nil, nil
	}
	var err error
	if c.base, err = voicebase.ParseBase(text.ValueString()); err != nil {
		return nil, err
	}
	var before []voicebase.Draft
	for i, callback := range c.base.Callbacks() {
		before = append(before, voicebase.Draft{Callback: callback, Place: fmt.Sprintf("publish.callbacks[%d]", i)})
	}
	return before, nil
}

func (c configuration) all() []voicebase.Draft {
	return append(append([]voicebase.Draft{}, c.before...), c.drafts...)
}

// path finds the attribute that a problem of all() refers to.
func (c configuration) path(problem voicebase.Problem) path.Path {
	index := problem.Index - len(c.before)
	switch {
	case problem.Index == voicebase.WholeList:
		return callbacksPath
	case index < 0:
		return basePath
	}
	return callbacksPath.AtListIndex(index).AtName(string(problem.Attribute))
}

func callbacks(drafts []voicebase.Draft) []voicebase.Callback {
	callbacks := make([]voicebase.Callback, len(drafts))
	for i, draft := range drafts {
		callbacks[i] = draft.Callback
	}
	return callbacks
}

// setResult sets the results for callbacks that are known: their JSON, and the callbacks with the defaults.
func (m *configurationModel) setResult(c configuration) {
	m.JSON = types.StringValue(c.base.Merge(callbacks(c.drafts)))
	resolved := make([]attr.Value, len(c.drafts))
	for i, draft := range c.drafts {
		resolved[i] = callbackValue(draft.Resolved())
	}
	m.Callbacks = types.ListValueMust(callbackType, resolved)
}

func callbackValue(c voicebase.Callback) attr.Value {
	include := types.ListNull(types.StringType)
	if c.Include != nil {
		sections := make([]attr.Value, len(c.Include))
		for i, section := range c.Include {
			sections[i] = types.StringValue(section)
		}
		include = types.ListValueMust(types.StringType, sections)
	}
	return types.ObjectValueMust(callbackType.AttrTypes, map[string]attr.Value{
		string(voicebase.AttributeURL):           types.StringPointerValue(c.URL),
		string(voicebase.AttributeMethod):        types.StringPointerValue(c.Method),
		string(voicebase.AttributeType):          types.StringPointerValue(c.Type),
		string(voicebase.AttributeFormat):        types.StringPointerValue(c.Format),
		string(voicebase.AttributeStream):        types.StringPointerValue(c.Stream),
		string(voicebase.AttributeInclude):       include,
		string(voicebase.AttributeS3Delivery):    types.BoolPointerValue(c.S3Delivery),
		string(voicebase.AttributeRole):          types.StringPointerValue(c.Role),
		string(voicebase.AttributePrependFolder): types.StringPointerValue(c.PrependFolder),
	})
}
