package voicebase

import (
	"fmt"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// checkSameObject finds deliveries that overwrite each other: two pre-signed URLs of one object, however they are
// written and signed, or two PUTs to one URL. A URL for POST, or one that names a bucket for role delivery, may occur
// twice, as VoiceBase's page shows.
func checkSameObject(drafts []Draft) []Problem {
	var problems []Problem
	first := map[string]int{}
	for index, draft := range drafts {
		target := draft.overwrites()
		if target == "" || draft.Unknown[AttributeS3Delivery] {
			continue
		}
		earlier, seen := first[target]
		if !seen {
			first[target] = index
			continue
		}
		problem := failure(AttributeURL, "Two callbacks PUT to the same URL, so the later delivery overwrites the earlier one.",
			"the same target as "+place(drafts, earlier), "a different target for each callback")[0]
		problems = append(problems, problem.at(drafts, index))
	}
	return problems
}

// overwrites names what a delivery replaces; "" if it replaces nothing.
func (c Callback) overwrites() string {
	if c.URL == nil || c.s3Delivery() {
		return ""
	}
	parsed, err := s3url.Parse(*c.URL)
	switch {
	case err == nil && parsed.Presigned() && parsed.Style == s3url.CustomEndpoint:
		return fmt.Sprintf("%s/%s/%s", strings.ToLower(parsed.Host), parsed.Bucket, parsed.Key)
	case err == nil && parsed.Presigned():
		return fmt.Sprintf("s3://%s/%s", parsed.Bucket, parsed.Key)
	case c.Method != nil && *c.Method == string(PUT):
		return *c.URL
	}
	return ""
}

// checkAnalytics warns about a configuration that cannot report a failure: when processing fails, VoiceBase sends only
// callbacks of type analytics. A type that is not known yet may be that one. An empty list delivers nothing; a module
// may intend that for some of its users.
func checkAnalytics(drafts []Draft) []Problem {
	for _, draft := range drafts {
		if draft.resultType() == Analytics {
			return nil
		}
	}
	problem := warning("No analytics callback", "", "When processing fails, VoiceBase sends only the callbacks of type \"analytics\". Without one, you "+
		"don't learn of the failure.", "", "a callback of type \"analytics\" beside the others")[0]
	if len(drafts) == 0 {
		problem = warning("No callbacks", "", "The list is empty, so VoiceBase delivers nothing.", "", "at least one callback")[0]
	}
	problem.Index, problem.Place = WholeList, "callbacks"
	return []Problem{problem}
}
