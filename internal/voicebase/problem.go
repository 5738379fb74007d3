package voicebase

import (
	"fmt"
	"strings"
)

// Code is the number with which VoiceBase rejects a configuration. NoCode stands for AWS's rules, and for failures that
// only occur at delivery.
type Code int

// The codes of VoiceBase's page "Errors" that concern callbacks.
const (
	NoCode              Code = 0
	URLMissing          Code = 60001
	ProtocolUnsupported Code = 60002
	IncludeUnknown      Code = 60003
	URLMissingForType   Code = 60005
	URLInvalid          Code = 60006
	TypeUnknown         Code = 60007
	AttributeSurplus    Code = 60008
	AttributeMissing    Code = 60009
	FormatUnknown       Code = 60010
	MethodUnknown       Code = 60011
	ContentTypeMissing  Code = 60012
	ContentTypeWrong    Code = 60013
)

// Severity says whether a problem stops the configuration.
type Severity int

// An Error would be rejected, or can never be delivered. A Warning may be intended.
const (
	Error Severity = iota
	Warning
)

// WholeList is the index of a problem that belongs to no single callback.
const WholeList = -1

// Problem is one thing that is wrong. Its texts quote no more of a URL than its protocol and the content type that it
// is signed for.
type Problem struct {
	Code Code
	// Index is the place in the list that was validated, or WholeList.
	Index    int
	Severity Severity
	// Attribute is the attribute that is wrong; "" for the whole list.
	Attribute Attribute
	// Place names the callback, as its draft does.
	Place string
	// Heading is the title of a warning. Terraform shows only one of several warnings with the same title.
	Heading string
	// Reason is a sentence.
	Reason string
	// Given is what was found, Allowed what would be right; "" where Reason says all.
	Given, Allowed string
}

// Title is the heading of a warning. For an error, it includes VoiceBase's code, if there is one.
func (p Problem) Title() string {
	switch {
	case p.Severity == Warning:
		return p.Heading
	case p.Code == NoCode:
		return "Callback cannot be delivered"
	}
	return fmt.Sprintf("VoiceBase rejects this callback (error %d)", p.Code)
}

// Text says where and why, followed by what was given and what is allowed.
func (p Problem) Text() string {
	place := p.Place
	if p.Attribute != "" {
		place += "." + string(p.Attribute)
	}
	lines := []string{place + ": " + p.Reason}
	if p.Given != "" || p.Allowed != "" {
		lines = append(lines, "")
	}
	if p.Given != "" {
		lines = append(lines, "Given: "+p.Given)
	}
	if p.Allowed != "" {
		lines = append(lines, "Allowed: "+p.Allowed)
	}
	return strings.Join(lines, "\n")
}
