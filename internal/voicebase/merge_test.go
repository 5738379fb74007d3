package voicebase_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

func TestMergeKeepsWhatIsTheUsers(t *testing.T) {
	base := `{"zeta": 1.10, "big": 123456789012345678901234567890.5, "exp":1E400, "text": "\u00e9\ud800 <&>",
		"publish": {"before": null, "callbacks": [{"url": "https://example.org/a", "headers": {"b": 1, "a": 2.0}}], "after": [1, 2]},
		"alpha": {"b": {}, "a": []}}`
	want := `{
  "zeta": 1.10,
  "big": 123456789012345678901234567890.5,
  "exp": 1E400,
  "text": "\u00e9\ud800 <&>",
  "publish": {
    "before": null,
    "callbacks": [
      {
        "url": "https://example.org/a",
        "headers": {
          "b": 1,
          "a": 2.0
        }
      },
      {
        "url": "https://example.org/b"
      }
    ],
    "after": [
      1,
      2
    ]
  },
  "alpha": {
    "b": {},
    "a": []
  }
}`
	if got := merge(t, base); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func merge(t *testing.T, text string) string {
	t.Helper()
	base, err := voicebase.ParseBase(text)
	if err != nil {
		t.Fatal(err)
	}
	url := "https://example.org/b"
	return base.Merge([]voicebase.Callback{{URL: &url}})
}

func TestMergePlaces(t *testing.T) {
	const added = `{"url": "https://example.org/b"}`
	cases := map[string]string{
		`{}`:                                    `{"publish": {"callbacks": [` + added + `]}}`,
		`{"publish": null}`:                     `{"publish": {"callbacks": [` + added + `]}}`,
		`{"publish": {}}`:                       `{"publish": {"callbacks": [` + added + `]}}`,
		`{"publish": {"callbacks": null}}`:      `{"publish": {"callbacks": [` + added + `]}}`,
		`{"publish": {"callbacks": []}}`:        `{"publish": {"callbacks": [` + added + `]}}`,
		`{"publish": {"enableAnalytic": 1}}`:    `{"publish": {"enableAnalytic": 1, "callbacks": [` + added + `]}}`,
		` { "pub\u006cish" : {"callbacks":[]}}`: `{"publish": {"callbacks": [` + added + `]}}`,
	}
	for base, want := range cases {
		equalJSON(t, merge(t, base), want)
	}
}

func TestMergeTwiceIsStable(t *testing.T) {
	base, err := voicebase.ParseBase(`{"publish": {"callbacks": [{"url": "https://example.org/a"}]}}`)
	if err != nil {
		t.Fatal(err)
	}
	url := "https://example.org/b"
	callbacks := []voicebase.Callback{{URL: &url}}
	if first, second := base.Merge(callbacks), base.Merge(callbacks); first != second {
		t.Errorf("first\n%s\nthen\n%s", first, second)
	}
}

func TestParseBaseErrors(t *testing.T) {
	const secret = "https://acme.s3.amazonaws.com/k?X-Amz-Signature=abc"
	cases := map[string]string{
		``:          "the value is not valid JSON: unexpected end of JSON input at byte 0",
		`{"a": 1,}`: "the value is not valid JSON: invalid character '}' looking for beginning of object key string at byte 9",
		`{} {}`:     "the value is not valid JSON: invalid character '{' after top-level value at byte 4",
		`[]`:        "the value is an array, but must be an object",
		`{"publish": {"callbacks": [{"s3_delivery": true}]}}`:               `publish.callbacks[0] has the key "s3_delivery", which VoiceBase spells "s3Delivery"`,
		`{"publish": {"callbacks": [{"url": "x", "prepend_folder": "f"}]}}`: `publish.callbacks[0] has the key "prepend_folder", which VoiceBase spells "prependFolder"`,
		`true`:                           "the value is a boolean, but must be an object",
		`false`:                          "the value is a boolean, but must be an object",
		`{"publish": {"callbacks": ""}}`: "publish.callbacks is a string, but must be an array",
		`null`:                           "the value is null, but must be an object",
		`"` + secret + `"`:               "the value is a string, but must be an object",
		`{"a": 1, "a": 2}`:               `the value has the key "a" more than once`,
		`{"publish": "` + secret + `"}`:  "publish is a string, but must be an object",
		`{"publish": {"callbacks": {}}}`: "publish.callbacks is an object, but must be an array",
		`{"publish": {"callbacks": [], "callbacks": []}}`:       `publish has the key "callbacks" more than once`,
		`{"publish": {"callbacks": [{}, null]}}`:                "publish.callbacks[1] is null, but must be an object",
		`{"publish": {"callbacks": [{"url": 5}]}}`:              "publish.callbacks[0].url is a number, but must be a string",
		`{"publish": {"callbacks": [{"include": "metadata"}]}}`: "publish.callbacks[0].include is a string, but must be an array of strings",
		`{"publish": {"callbacks": [{"include": [1]}]}}`:        "publish.callbacks[0].include is an array, but must be an array of strings",
		`{"publish": {"callbacks": [{"s3Delivery": "true"}]}}`:  "publish.callbacks[0].s3Delivery is a string, but must be a boolean",
		`{"publish": {"callbacks": [{"url": "", "url": ""}]}}`:  `publish.callbacks[0] has the key "url" more than once`,
	}
	for text, want := range cases {
		if _, err := voicebase.ParseBase(text); err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

// FuzzMerge checks that no base makes a merge panic, and that a merge only appends: what was there is there
// still, and the result is itself a base. Its corpus is in testdata/fuzz.
func FuzzMerge(f *testing.F) {
	f.Add(`{"publish": {"callbacks": [{"url": "https://example.org/a"}], "x": 1.0}, "y": [1e400]}`)
	f.Fuzz(func(t *testing.T, text string) {
		base, err := voicebase.ParseBase(text)
		if err != nil {
			return
		}
		url := "https://example.org/b?x=1&y=2"
		merged := base.Merge([]voicebase.Callback{{URL: &url}})
		again, err := voicebase.ParseBase(merged)
		if err != nil {
			t.Fatalf("%q gives %q: %v", text, merged, err)
		}
		if got, want := len(again.Callbacks()), len(base.Callbacks())+1; got != want {
			t.Errorf("%q: %d callbacks, want %d", text, got, want)
		}
		if kept, want := values(t, merged), values(t, text); len(kept) < len(want) {
			t.Errorf("%q lost a key: %q", text, merged)
		} else {
			for key, value := range want {
				if key != "publish" && kept[key] != value {
					t.Errorf("%q: %q became %q", key, value, kept[key])
				}
			}
		}
	})
}

// values are the values of an object, without blanks.
func values(t *testing.T, text string) map[string]string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		t.Fatal(err)
	}
	compact := map[string]string{}
	for key, value := range members {
		compact[key] = strings.Join(strings.FieldsFunc(string(value), func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), "")
	}
	return compact
}
