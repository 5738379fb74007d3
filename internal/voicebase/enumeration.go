package voicebase

import (
	"fmt"
	"slices"
	"strings"
)

// ResultType is what a callback delivers.
type ResultType string

// Format is the format of a transcript.
type Format string

// Stream is the recording that a callback of type media delivers.
type Stream string

// Method is the HTTP method of a delivery.
type Method string

// Section is a part of the analytics.
type Section string

// The values of VoiceBase's page "Callbacks".
const (
	Analytics  ResultType = "analytics"
	Transcript ResultType = "transcript"
	Media      ResultType = "media"

	JSON   Format = "json"
	Text   Format = "text"
	WebVTT Format = "webvtt"
	SRT    Format = "srt"
	DFXP   Format = "dfxp"

	Original      Stream = "original"
	RedactedAudio Stream = "redacted-audio"

	POST Method = "POST"
	PUT  Method = "PUT"
)

// ResultTypes are all types; VoiceBase's default comes first.
func ResultTypes() []ResultType { return []ResultType{Analytics, Transcript, Media} }

// Formats are all formats of a transcript.
func Formats() []Format { return []Format{JSON, Text, WebVTT, SRT, DFXP} }

// Streams are all streams of media.
func Streams() []Stream { return []Stream{Original, RedactedAudio} }

// Methods are all methods; VoiceBase's default comes first.
func Methods() []Method { return []Method{POST, PUT} }

// Sections are all sections of analytics, in the order of VoiceBase's page.
func Sections() []Section {
	return []Section{
		"metadata", "transcript", "knowledge", "prediction", "spotting", "streams", "metrics", "speakerSentiments",
		"conversation", "categories", "messages",
	}
}

// ParseResultType returns the type of that name. The error lists all types.
func ParseResultType(name string) (ResultType, error) { return parse("type", name, ResultTypes()) }

// ParseFormat returns the format of that name. The error lists all formats.
func ParseFormat(name string) (Format, error) { return parse("format", name, Formats()) }

// ParseStream returns the stream of that name. The error lists all streams.
func ParseStream(name string) (Stream, error) { return parse("stream", name, Streams()) }

// ParseMethod returns the method of that name. The error lists all methods.
func ParseMethod(name string) (Method, error) { return parse("method", name, Methods()) }

// ParseSection returns the section of that name. The error lists all sections.
func ParseSection(name string) (Section, error) { return parse("section", name, Sections()) }

func parse[T ~string](kind, name string, all []T) (T, error) {
	if value := T(name); slices.Contains(all, value) {
		return value, nil
	}
	return "", fmt.Errorf("invalid %s %q: must be one of %s", kind, name, list(all))
}

// list formats values as users type them: "a", "b", "c".
func list[T ~string](values []T) string {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = fmt.Sprintf("%q", string(value))
	}
	return strings.Join(quoted, ", ")
}
