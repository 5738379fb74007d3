package callback

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// readDrafts reads a list of callbacks, from the data source's schema or from the function's argument. Its errors are
// only about types, and start with the place.
func readDrafts(callbacks attr.Value) ([]voicebase.Draft, error) {
	list, ok := elements(callbacks)
	if !ok {
		return nil, errors.New("callbacks must be a list of objects")
	}
	drafts := make([]voicebase.Draft, len(list))
	for i, value := range list {
		place := fmt.Sprintf("callbacks[%d]", i)
		var err error
		if drafts[i], err = readDraft(value); err != nil {
			return nil, fmt.Errorf("%s%w", place, err)
		}
		drafts[i].Place = place
	}
	return drafts, nil
}

func readDraft(value attr.Value) (voicebase.Draft, error) {
	if value.IsUnknown() {
		return voicebase.UnknownDraft(), nil
	}
	attributes, ok := members(value)
	if !ok || value.IsNull() {
		return voicebase.Draft{}, errors.New(" must be an object")
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if _, err := voicebase.ParseAttribute(name); err != nil {
			return voicebase.Draft{}, fmt.Errorf(": %w", err)
		}
	}
	reader := reader{attributes: attributes, draft: voicebase.Draft{Unknown: map[voicebase.Attribute]bool{}}}
	return reader.read()
}

// reader reads a callback from the attributes of an object. It keeps the first error.
type reader struct {
	attributes map[string]attr.Value
	draft      voicebase.Draft
	err        error
}

func (r *reader) read() (voicebase.Draft, error) {
	r.draft.URL = r.text(voicebase.AttributeURL)
	r.draft.Method = r.text(voicebase.AttributeMethod)
	r.draft.Type = r.text(voicebase.AttributeType)
	r.draft.Format = r.text(voicebase.AttributeFormat)
	r.draft.Stream = r.text(voicebase.AttributeStream)
	r.draft.Include = r.texts(voicebase.AttributeInclude)
	r.draft.S3Delivery = r.flag(voicebase.AttributeS3Delivery)
	r.draft.Role = r.text(voicebase.AttributeRole)
	r.draft.PrependFolder = r.text(voicebase.AttributePrependFolder)
	return r.draft, r.err
}

// known returns the value of an attribute, or nil if it is absent or not known yet.
func (r *reader) known(attribute voicebase.Attribute) attr.Value {
	value := r.attributes[string(attribute)]
	switch {
	case value == nil, value.IsNull():
		return nil
	case value.IsUnknown():
		r.draft.Unknown[attribute] = true
		return nil
	}
	return value
}

func (r *reader) text(attribute voicebase.Attribute) *string {
	value := r.known(attribute)
	if value == nil {
		return nil
	}
	text, ok := value.(types.String)
	if !ok {
		r.fail(attribute, "a string")
	}
	return text.ValueStringPointer()
}

// flag also accepts "true" and "false", as Terraform does for a boolean: a map of strings cannot contain a boolean.
func (r *reader) flag(attribute voicebase.Attribute) *bool {
	switch value := r.known(attribute).(type) {
	case nil:
	case types.Bool:
		return value.ValueBoolPointer()
	case types.String:
		if text := value.ValueString(); text == "true" || text == "false" {
			flag := text == "true"
			return &flag
		}
		r.fail(attribute, "true or false")
	default:
		r.fail(attribute, "true or false")
	}
	return nil
}

// texts returns a list that is not nil if the attribute is given. A list with an unknown element is unknown as a whole.
func (r *reader) texts(attribute voicebase.Attribute) []string {
	value := r.known(attribute)
	if value == nil {
		return nil
	}
	list, ok := elements(value)
	if !ok {
		r.fail(attribute, "a list of strings")
		return nil
	}
	texts := make([]string, 0, len(list))
	for _, element := range list {
		if element.IsUnknown() {
			r.draft.Unknown[attribute] = true
			return nil
		}
		text, ok := element.(types.String)
		if !ok || text.IsNull() {
			r.fail(attribute, "a list of strings")
			return nil
		}
		texts = append(texts, text.ValueString())
	}
	return texts
}

func (r *reader) fail(attribute voicebase.Attribute, kind string) {
	if r.err == nil {
		r.err = fmt.Errorf(".%s must be %s", attribute, kind)
	}
}
