package voicebase_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// TestValidateWaitsForWhatIsUnknown takes a callback that breaks many rules, hides one attribute at a time,
// and expects that no rule about it, or about what follows from it, is heard.
func TestValidateWaitsForWhatIsUnknown(t *testing.T) {
	broken := callback(t, `{"url": "http://acme.s3.us-east-1.amazonaws.com/?content-type=text%2Fvtt&`+v2+`", "method": "GET", "type": "media",
		"format": "x", "stream": "x", "include": ["x"], "s3Delivery": true, "prependFolder": "f"}`)
	for _, hidden := range voicebase.Attributes() {
		t.Run(string(hidden), func(t *testing.T) {
			draft := voicebase.Draft{Callback: without(t, broken, hidden), Unknown: map[voicebase.Attribute]bool{hidden: true}}
			for _, problem := range voicebase.Validate([]voicebase.Draft{draft}, signedAt) {
				if problem.Attribute == hidden {
					t.Errorf("%s is unknown, and yet: %s", hidden, problem.Text())
				}
			}
		})
	}
	if problems := voicebase.Validate([]voicebase.Draft{voicebase.UnknownDraft()}, signedAt); problems != nil {
		t.Errorf("of an unknown callback it says %+v", problems)
	}
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

func without(t *testing.T, c voicebase.Callback, hidden voicebase.Attribute) voicebase.Callback {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal(text, &members); err != nil {
		t.Fatal(err)
	}
	delete(members, map[voicebase.Attribute]string{
		voicebase.AttributeS3Delivery: "s3Delivery", voicebase.AttributePrependFolder: "prependFolder",
	}[hidden])
	delete(members, string(hidden))
	text, err = json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return callback(t, string(text))
}
