package voicebase_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// signedAt is when the URLs in testdata/accepted were signed; they live for a day.
var signedAt = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func TestConfigurationGivesDocumentedExamplesBack(t *testing.T) {
	paths, err := filepath.Glob("testdata/*/*.json")
	if err != nil || len(paths) != 8 {
		t.Fatalf("%d files: %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			golden, callbacks := read(t, path)
			if got := voicebase.Configuration(callbacks) + "\n"; got != golden {
				t.Errorf("got\n%s\nwant\n%s", got, golden)
			}
		})
	}
}

func TestAcceptedExamplesHaveNoErrors(t *testing.T) {
	warnings := map[string]int{"presigned_with_role.json": 2}
	paths, _ := filepath.Glob("testdata/accepted/*.json")
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			_, callbacks := read(t, path)
			problems := voicebase.Validate(drafts(callbacks...), signedAt)
			for _, problem := range problems {
				if problem.Severity == voicebase.Error {
					t.Errorf("%s\n%s", problem.Title(), problem.Text())
				}
			}
			if want := warnings[filepath.Base(path)]; len(problems) != want {
				t.Errorf("%d problems, want %d warnings: %+v", len(problems), want, problems)
			}
		})
	}
}

func read(t *testing.T, path string) (string, []voicebase.Callback) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	base, err := voicebase.ParseBase(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return string(text), base.Callbacks()
}

func drafts(callbacks ...voicebase.Callback) []voicebase.Draft {
	drafts := make([]voicebase.Draft, len(callbacks))
	for i, callback := range callbacks {
		drafts[i].Callback = callback
	}
	return drafts
}

func TestConfigurationWritesWhatVoiceBaseWouldNotAssume(t *testing.T) {
	presigned, plain, no, folder := acceptedURL(t), "https://example.org/c?a=1&b=<2>", false, "voicebase"
	cases := map[string]struct {
		callback voicebase.Callback
		want     string
	}{
		"PUT for a pre-signed URL":    {voicebase.Callback{URL: &presigned}, `{"url": "` + presigned + `", "method": "PUT"}`},
		"nothing for another URL":     {voicebase.Callback{URL: &plain}, `{"url": "https://example.org/c?a=1&b=<2>"}`},
		"no s3Delivery that is false": {voicebase.Callback{URL: &plain, S3Delivery: &no, PrependFolder: &folder}, `{"url": "` + plain + `", "prependFolder": "voicebase"}`},
		"a list that is empty":        {voicebase.Callback{URL: &plain, Include: []string{}}, `{"url": "` + plain + `", "include": []}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			equalJSON(t, voicebase.Configuration([]voicebase.Callback{c.callback}), `{"publish": {"callbacks": [`+c.want+`]}}`)
		})
	}
}

func TestConfigurationKeepsURLsReadable(t *testing.T) {
	url := "https://example.org/c?a=1&b=<2>"
	want := "{\n  \"publish\": {\n    \"callbacks\": [\n      {\n        \"url\": \"https://example.org/c?a=1&b=<2>\"\n      }\n    ]\n  }\n}"
	if got := voicebase.Configuration([]voicebase.Callback{{URL: &url}}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func equalJSON(t *testing.T, got, want string) {
	t.Helper()
	var gotValue, wantValue any
	if err := json.Unmarshal([]byte(got), &gotValue); err != nil {
		t.Fatalf("%v in %s", err, got)
	}
	if err := json.Unmarshal([]byte(want), &wantValue); err != nil {
		t.Fatalf("%v in %s", err, want)
	}
	if !reflect.DeepEqual(gotValue, wantValue) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func acceptedURL(t *testing.T) string {
	t.Helper()
	_, callbacks := read(t, "testdata/accepted/presigned.json")
	return *callbacks[0].URL
}
