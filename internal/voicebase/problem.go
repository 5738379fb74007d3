package voicebase

import (
	"fmt"
	"strings"
)

// Code is the number under which VoiceBase rejects a configuration; NoCode stands for rules of AWS's, or of
// what would fail only at delivery.
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

// An Error would be rejected, or can never be delivered; a Warning may be meant.
const (
	Error Severity = iota
	Warning
)

// WholeList is the index of a problem that no single callback has.
const WholeList = -1

// Problem is one thing that is wrong. No text of it quotes more of a URL than its protocol, and the content
// type that it is signed for.
type Problem struct {
	Code Code
	// Index is the place in the list that was validated, or WholeList.
	Index    int
	Severity Severity
	// Attribute is the one at fault; "" for the whole list.
	Attribute Attribute
	// Place names the callback, as its draft does.
	Place string
	// Heading is the title of a warning. Terraform shows only one of the warnings that share a title.
	Heading string
	// Reason is a sentence.
	Reason string
	// Given is what was found, Allowed what would be right; "" where Reason says all.
	Given, Allowed string
}

// Title is the heading of a warning; of an error it names VoiceBase's code, where there is one.
func (p Problem) Title() string {
	switch {
	case p.Severity == Warning:
		return p.Heading
	case p.Code == NoCode:
		return "Callback cannot be delivered"
	}
	return fmt.Sprintf("VoiceBase rejects this callback (error %d)", p.Code)
}

// Text says where and why, and below it what was given and what is allowed.
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
