package voicebase_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// broken breaks each rule in one of its callbacks.
func broken() []string {
	signed := typed("text/vtt")
	return []string{
		`{"url": "http://acme.s3.us-east-1.amazonaws.com/?content-type=text%2Fvtt&` + v2 + `", "method": "GET", "type": "media",
			"format": "x", "stream": "x", "include": ["x"], "s3Delivery": true, "prependFolder": "/f"}`,
		presigned(signed, `, "method": "POST", "role": "`+role+`", "prependFolder": "f"`),
		presigned(host+v4For("us-east-1", "host%3Bx-amz-acl")+"&x-id=GetObject&x-amz-checksum-crc32=AA", `, "type": "transcript", "format": "srt"`),
		presigned(strings.Replace(signed, "1.json", "../1", 1), `, "s3Delivery": true, "role": "`+role+`"`),
		presigned("https://acme.calls.s3.amazonaws.com//1?"+v4For("eu-west-1", "content-type%3Bhost"), `, "type": "transcript"`),
		`{"url": "` + base + `/", "role": "` + role + `", "type": "media"}`,
		`{"url": "` + base + `/calls/", "s3Delivery": true, "role": "` + govRole + `", "stream": "original", "include": []}`,
		`{"url": "https://storage.example.com", "s3Delivery": true, "role": "r"}`,
		`{"url": "", "type": "speech"}`,
		`{"type": "transcript", "format": "x", "include": ["metadata"]}`,
		`{"url": "ftp://example.org"}`,
		`{"url": "example.org"}`,
		presigned(host+v4For("us-east-1", "host"), ""),
	}
}

// TestValidateWaitsForWhatIsUnknown hides one attribute at a time. What is still said holds for each value that the
// attribute may yet have; the golden file has all that is said.
func TestValidateWaitsForWhatIsUnknown(t *testing.T) {
	later := map[voicebase.Attribute][]string{
		voicebase.AttributeURL:           {`"https://example.org/c"`, `"` + typed("application/json") + `"`, `"` + base + `"`, `"` + host + v2 + `"`},
		voicebase.AttributeMethod:        {`"POST"`, `"PUT"`, `"x"`},
		voicebase.AttributeType:          {`"analytics"`, `"transcript"`, `"media"`, `"x"`},
		voicebase.AttributeFormat:        {`"json"`, `"srt"`, `"webvtt"`, `"x"`},
		voicebase.AttributeStream:        {`"original"`, `"x"`},
		voicebase.AttributeInclude:       {`["metadata"]`, `["x"]`},
		voicebase.AttributeS3Delivery:    {`true`, `false`},
		voicebase.AttributeRole:          {`"` + role + `"`, `"` + govRole + `"`, `"x"`},
		voicebase.AttributePrependFolder: {`"calls"`, `"/calls"`},
	}
	var said strings.Builder
	for i, text := range broken() {
		for _, hidden := range voicebase.Attributes() {
			absent := without(t, text, hidden, "")
			draft := voicebase.Draft{Callback: absent, Unknown: map[voicebase.Attribute]bool{hidden: true}}
			got := say(draft)
			fmt.Fprintf(&said, "%d without %s: %s\n", i, hidden, strings.Join(got, ", "))
			known := []voicebase.Callback{absent, callback(t, text)}
			for _, value := range later[hidden] {
				known = append(known, without(t, text, hidden, value))
			}
			for _, c := range known {
				all := say(voicebase.Draft{Callback: c})
				for _, problem := range got {
					if !slices.Contains(all, problem) {
						t.Errorf("%d: %s is unknown, and yet %q, which is not so of %+v", i, hidden, problem, c)
					}
				}
			}
		}
	}
	golden.Compare(t, "problems/"+t.Name()+".txt", said.String())
	if problems := voicebase.Validate([]voicebase.Draft{voicebase.UnknownDraft()}, signedAt); problems != nil {
		t.Errorf("of an unknown callback it says %+v", problems)
	}
}

// say has the problems of one callback in the short form, those of the whole list apart.
func say(draft voicebase.Draft) []string {
	var said []string
	for _, problem := range voicebase.Validate([]voicebase.Draft{draft}, signedAt) {
		if problem.Index != voicebase.WholeList {
			said = append(said, short(problem)+" "+strings.Join(strings.Fields(problem.Reason)[:5], " "))
		}
	}
	return said
}

// TestValidateSpeaksOfWhatIsKnown is the contrary: with the URL unknown, the rest is judged.
func TestValidateSpeaksOfWhatIsKnown(t *testing.T) {
	draft := voicebase.Draft{Unknown: map[voicebase.Attribute]bool{voicebase.AttributeURL: true}}
	draft.Callback = callback(t, `{"method": "GET", "type": "transcript"}`)
	var got []string
	for _, problem := range voicebase.Validate([]voicebase.Draft{draft, voicebase.UnknownDraft()}, signedAt) {
		got = append(got, short(problem))
	}
	if want := []string{"60011 error method", "60009 error format"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestValidateListWaitsForWhatIsUnknown has two PUTs to one URL that may yet turn out to be deliveries by role.
func TestValidateListWaitsForWhatIsUnknown(t *testing.T) {
	put := callback(t, `{"url": "`+base+`", "method": "PUT", "role": "`+role+`"}`)
	draft := voicebase.Draft{Callback: put, Unknown: map[voicebase.Attribute]bool{voicebase.AttributeS3Delivery: true}}
	if problems := voicebase.Validate([]voicebase.Draft{draft, draft}, signedAt); len(problems) > 0 {
		t.Errorf("got %+v", problems)
	}
}

// without is a callback with another value of an attribute; "" leaves it out.
func without(t *testing.T, text string, hidden voicebase.Attribute, value string) voicebase.Callback {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		t.Fatal(err)
	}
	delete(members, hidden.Spelling())
	if value != "" {
		members[hidden.Spelling()] = json.RawMessage(value)
	}
	changed, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return callback(t, string(changed))
}
