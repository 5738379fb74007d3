package voicebase

import (
	"fmt"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// Attribute is an attribute of a callback by its name in Terraform, in snake case.
type Attribute string

// The attributes of a callback.
const (
	AttributeURL           Attribute = "url"
	AttributeMethod        Attribute = "method"
	AttributeType          Attribute = "type"
	AttributeFormat        Attribute = "format"
	AttributeStream        Attribute = "stream"
	AttributeInclude       Attribute = "include"
	AttributeS3Delivery    Attribute = "s3_delivery"
	AttributeRole          Attribute = "role"
	AttributePrependFolder Attribute = "prepend_folder"
)

// Attributes are all attributes, in the order in which they are written.
func Attributes() []Attribute {
	return []Attribute{
		AttributeURL, AttributeMethod, AttributeType, AttributeFormat, AttributeStream, AttributeInclude,
		AttributeS3Delivery, AttributeRole, AttributePrependFolder,
	}
}

// spellings are VoiceBase's names where they differ.
var spellings = map[Attribute]string{AttributeS3Delivery: "s3Delivery", AttributePrependFolder: "prependFolder"}

// Spelling is the name of the attribute in VoiceBase's JSON.
func (a Attribute) Spelling() string {
	if spelling, ok := spellings[a]; ok {
		return spelling
	}
	return string(a)
}

// ParseAttribute returns the attribute of that name. The error suggests the one that was probably meant, if the name is
// VoiceBase's spelling, or lists all of them.
func ParseAttribute(name string) (Attribute, error) {
	if attribute := Attribute(name); slices.Contains(Attributes(), attribute) {
		return attribute, nil
	}
	for _, attribute := range Attributes() {
		if fold(name) == fold(string(attribute)) {
			return "", fmt.Errorf("unsupported attribute %q: did you mean %q?", name, attribute)
		}
	}
	return "", fmt.Errorf("unsupported attribute %q: must be one of %s", name, list(Attributes()))
}

// fold makes s3Delivery, S3-Delivery and s3_delivery equal.
func fold(name string) string { return strings.ToLower(separators.Replace(name)) }

var separators = strings.NewReplacer("_", "", "-", "")

// Callback is one element of publish.callbacks, valid or not. A nil attribute is absent.
type Callback struct {
	URL           *string  `json:"url,omitempty"`
	Method        *string  `json:"method,omitempty"`
	Type          *string  `json:"type,omitempty"`
	Format        *string  `json:"format,omitempty"`
	Stream        *string  `json:"stream,omitempty"`
	Include       []string `json:"include,omitzero"`
	S3Delivery    *bool    `json:"s3Delivery,omitempty"`
	Role          *string  `json:"role,omitempty"`
	PrependFolder *string  `json:"prependFolder,omitempty"`
}

// Draft is a callback with attributes that are not known yet. Unknown attributes are absent in Callback.
type Draft struct {
	Callback
	Unknown map[Attribute]bool
	// Place is the callback's position in the text of a problem; "" for callbacks[n].
	Place string
}

// UnknownDraft is a callback about which nothing is known.
func UnknownDraft() Draft {
	draft := Draft{Unknown: map[Attribute]bool{}}
	for _, attribute := range Attributes() {
		draft.Unknown[attribute] = true
	}
	return draft
}

// Resolved returns the callback with VoiceBase's defaults for absent attributes.
func (c Callback) Resolved() Callback {
	c = c.withMethod()
	if c.Method == nil {
		c.Method = ptr(string(POST))
	}
	if c.Type == nil {
		c.Type = ptr(string(Analytics))
	}
	if c.Include == nil && *c.Type == string(Analytics) {
		for _, section := range Sections() {
			c.Include = append(c.Include, string(section))
		}
	}
	if c.S3Delivery == nil {
		c.S3Delivery = ptr(false)
	}
	return c
}

// withMethod sets the only method that a pre-signed URL can have been signed for. VoiceBase's default is POST.
func (c Callback) withMethod() Callback {
	if c.Method == nil && !c.s3Delivery() && c.URL != nil {
		if parsed, err := s3url.Parse(*c.URL); err == nil && parsed.Presigned() {
			c.Method = ptr(string(PUT))
		}
	}
	return c
}

func (c Callback) resultType() ResultType {
	if c.Type == nil {
		return Analytics
	}
	return ResultType(*c.Type)
}

func (c Callback) s3Delivery() bool { return c.S3Delivery != nil && *c.S3Delivery }

func ptr[T any](value T) *T { return &value }
