package main

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3refusal"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// facts are what a template may ask for.
var facts = template.FuncMap{
	"contentTypes":   contentTypes,
	"types":          func() string { return either(voicebase.ResultTypes()) },
	"formats":        func() string { return either(voicebase.Formats()) },
	"streams":        func() string { return either(voicebase.Streams()) },
	"methods":        func() string { return either(voicebase.Methods()) },
	"lastRetry":      lastRetry,
	"uploadRefusals": uploadRefusals,
}

func render(text string) (string, error) {
	parsed, err := template.New("").Delims("[[", "]]").Funcs(facts).Parse(text)
	if err != nil {
		return "", err
	}
	var filled strings.Builder
	err = parsed.Execute(&filled, nil)
	return filled.String(), err
}

// contentTypes is a table with a row for each type and format that go together.
func contentTypes() (string, error) {
	lines := []string{"| type | format | Content-Type |", "| --- | --- | --- |"}
	for _, resultType := range voicebase.ResultTypes() {
		for _, format := range formatsOf(resultType) {
			contentType, err := voicebase.ContentType(resultType, format)
			if err != nil {
				return "", err
			}
			lines = append(lines, fmt.Sprintf("| %s | %s | %s |", code(resultType), code(format), code(contentType)))
		}
	}
	return strings.Join(lines, "\n"), nil
}

// formatsOf is the one empty format of a type that takes none.
func formatsOf(resultType voicebase.ResultType) []voicebase.Format {
	if _, err := voicebase.ContentType(resultType, ""); err == nil {
		return []voicebase.Format{""}
	}
	return voicebase.Formats()
}

// either writes an enumeration of two or more into a sentence: `a`, `b` or `c`.
func either[T ~string](values []T) string {
	codes := make([]string, len(values))
	for i, value := range values {
		codes[i] = code(value)
	}
	last := len(codes) - 1
	return strings.Join(codes[:last], ", ") + " or " + codes[last]
}

func code[T ~string](value T) string {
	if value == "" {
		return ""
	}
	return "`" + string(value) + "`"
}

// lastRetry is in hours and minutes, and in the seconds that expires_in takes.
func lastRetry() string {
	minutes := int(voicebase.LastRetry.Minutes())
	seconds := int(voicebase.LastRetry.Seconds())
	return fmt.Sprintf("%d h %d min (%d,%03d s)", minutes/60, minutes%60, seconds/1000, seconds%1000)
}

// uploadRefusals is a paragraph for each answer of S3's to a pre-signed PUT.
func uploadRefusals() string {
	var paragraphs []string
	for _, refusal := range s3refusal.All() {
		paragraphs = append(paragraphs, "**"+refusal.Title+".** "+refusal.Advice)
	}
	return strings.Join(paragraphs, "\n\n")
}
