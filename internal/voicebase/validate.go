package voicebase

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// Validate checks callbacks against VoiceBase's rules, and against what AWS is known to refuse. It leaves out a rule
// that reads an attribute that is not known yet. Rules about the lifetime of a URL use now as the start of the
// delivery. The zero time, long before the end of any URL, stands for a clock that is not available yet.
//
// Problems come in the order of the callbacks, with those of the whole list last.
func Validate(drafts []Draft, now time.Time) []Problem {
	var problems []Problem
	for index, draft := range drafts {
		subject := newCandidate(draft.Callback, now)
		for _, rule := range rules {
			if slices.ContainsFunc(rule.reads, func(a Attribute) bool { return draft.Unknown[a] }) {
				continue
			}
			for _, problem := range rule.check(subject) {
				problems = append(problems, problem.at(drafts, index))
			}
		}
	}
	problems = append(problems, checkSameObject(drafts)...)
	return append(problems, checkAnalytics(drafts)...)
}

func (p Problem) at(drafts []Draft, index int) Problem {
	p.Index, p.Place = index, place(drafts, index)
	return p
}

func place(drafts []Draft, index int) string {
	if named := drafts[index].Place; named != "" {
		return named
	}
	return fmt.Sprintf("callbacks[%d]", index)
}

// rule checks one callback. reads are all attributes that its result depends on.
type rule struct {
	reads []Attribute
	check func(candidate) []Problem
}

func reads(attributes ...Attribute) []Attribute { return attributes }

var rules = slices.Concat(urlRules, typeRules, contentTypeRules, presignedRules, requestRules, roleRules)

// candidate is a callback with its parsed URL.
type candidate struct {
	Callback
	now time.Time
	// endpoint is the URL as any HTTP client parses it; nil if it is absent or invalid.
	endpoint *url.URL
	// s3 is the parsed S3 URL, or s3Err why it cannot be parsed. They are set only for a URL that is meant as one.
	s3     s3url.URL
	s3Err  error
	meant  bool
	reason string
}

func newCandidate(callback Callback, now time.Time) candidate {
	c := candidate{Callback: callback, now: now}
	if c.URL == nil || *c.URL == "" {
		return c
	}
	c.endpoint, c.reason = parseEndpoint(*c.URL)
	if c.meant = c.s3Delivery() || s3url.Is(*c.URL); c.meant {
		c.s3, c.s3Err = s3url.Parse(*c.URL)
	}
	return c
}

// parseEndpoint parses the URL, or says why it is invalid.
func parseEndpoint(raw string) (*url.URL, string) {
	parsed, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, "The value is not a valid URL."
	case parsed.Scheme == "":
		return nil, "The URL has no protocol."
	case parsed.Hostname() == "" && web(parsed.Scheme):
		return nil, "The URL has no host."
	}
	return parsed, ""
}

func web(scheme string) bool { return scheme == "https" || scheme == "http" }

// presigned reports whether a URL has a signature and can be parsed.
func (c candidate) presigned() bool { return c.meant && c.s3Err == nil && c.s3.Presigned() }

// fault is an error with a VoiceBase code.
func fault(code Code, attribute Attribute, reason, given, allowed string) []Problem {
	return []Problem{{Code: code, Attribute: attribute, Reason: reason, Given: given, Allowed: allowed}}
}

// failure is an error that VoiceBase only reports when it delivers.
func failure(attribute Attribute, reason, given, allowed string) []Problem {
	return fault(NoCode, attribute, reason, given, allowed)
}

func warning(heading string, attribute Attribute, reason, given, allowed string) []Problem {
	return []Problem{{Severity: Warning, Heading: heading, Attribute: attribute, Reason: reason, Given: given, Allowed: allowed}}
}
