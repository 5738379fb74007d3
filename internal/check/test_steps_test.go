package check_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// answer is one of S3's.
type answer struct {
	status        int
	code, message string
	version       string
	// do is done before the answer.
	do func()
}

// scripted is an S3 that gives the answers in turn, by method, and writes down what it got.
type scripted struct {
	*httptest.Server
	answers map[string][]answer
	got     []string
}

func newScripted(t *testing.T, answers map[string][]answer) *scripted {
	t.Helper()
	s := &scripted{answers: answers}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	request := r.Method + " " + r.URL.EscapedPath()
	if version := r.URL.Query().Get("versionId"); version != "" {
		request += " version " + version
	}
	if r.Method == http.MethodPut {
		query := r.URL.Query()
		scope := strings.Split(query.Get("X-Amz-Credential"), "/")
		request += fmt.Sprintf(" %s, query %s, %ss from %s in %s: %d bytes %.12q", r.Header.Get("Content-Type"), query.Get("content-type"),
			query.Get("X-Amz-Expires"), query.Get("X-Amz-Date"), strings.Join(scope[min(2, len(scope)):], "/"), len(body), body)
	}
	s.got = append(s.got, request)
	given := s.answers[r.Method]
	if len(given) == 0 {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	s.answers[r.Method] = given[1:]
	if given[0].do != nil {
		given[0].do()
	}
	w.Header().Set("X-Amz-Request-Id", "REQUEST")
	if given[0].version != "" {
		w.Header().Set("X-Amz-Version-Id", given[0].version)
	}
	w.WriteHeader(given[0].status)
	if given[0].code != "" && r.Method != http.MethodHead {
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", given[0].code, given[0].message)
	}
}

// expectLines compares texts line by line. An … stands for what the SDK or the system says.
func expectLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	same := slices.EqualFunc(got, want, func(got, want string) bool {
		beginning, end, cut := strings.Cut(want, "…")
		return got == want || cut && len(got) > len(beginning+end) && strings.HasPrefix(got, beginning) && strings.HasSuffix(got, end)
	})
	if !same || strings.Contains(strings.Join(got, "\n"), "X-Amz-Signature") {
		t.Errorf("%s: got\n  %s\nwant\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

var at = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func serverOf(t *testing.T, s3 string) acctest.Server {
	t.Helper()
	return acctest.NewServerAt(t, func() time.Time { return at }, map[string]any{
		"access_key": "AKIATEST", "secret_key": "secret", "s3_use_path_style": true, "max_retries": 1, "endpoints": []any{map[string]any{"s3": s3}},
	})
}

const (
	sent    = "PUT /acme/calls/1.json application/json, query application/json, 300s from 20261126T120000Z in us-east-1/s3/aws4_request: 55 bytes \"{\\\"status\\\":\\\"f\""
	sending = "Sending 55 bytes of application/json to s3://acme/calls/1.json with a pre-signed PUT"
	works   = "S3 answered 200: the delivery works (request ID REQUEST)"
	byHand  = "\n\nTo remove it, with credentials that may:\n\n    aws s3api delete-object --bucket acme --key 'calls/1.json'%s\n\nObject: s3://acme/calls/1.json"
)

// TestTestDelivery_steps has each answer that S3 can give to each step: what is asked next, and what the user reads.
func TestTestDelivery_steps(t *testing.T) {
	t.Parallel()
	ok, gone, denied := answer{status: 200}, answer{status: 204}, answer{status: 403, code: "AccessDenied", message: "not allowed"}
	missing, broken := answer{status: 404, code: "NoSuchKey"}, answer{status: 400, code: "InvalidRequest", message: "made to fail"}
	stored := answer{status: 200, version: "v1"}
	const head, removed, hidden = "HEAD /acme/calls/1.json", "DELETE /acme/calls/1.json", "Removed the test object"
	const lookFailed = "Unable to look for test object: Operation error S3: HeadObject, …\n\nName: s3://acme/calls/1.json\nAWS error code: BadRequest\nRequest ID: REQUEST"
	for name, test := range map[string]struct {
		head, put, remove []answer
		keep              bool
		requests          []string
		progress          []string
		errors, warnings  []string
	}{
		"all is well": {
			head: []answer{missing}, put: []answer{ok}, remove: []answer{gone},
			requests: []string{head, sent, removed}, progress: []string{sending, works, hidden},
		},
		"all is well, by version": {
			head: []answer{missing}, put: []answer{stored}, remove: []answer{gone},
			requests: []string{head, sent, removed + " version v1"}, progress: []string{sending, works, hidden},
		},
		"kept": {
			head: []answer{missing}, put: []answer{stored}, keep: true,
			requests: []string{head, sent}, progress: []string{sending, works, "Kept s3://acme/calls/1.json"},
		},
		"taken": {
			head: []answer{ok}, requests: []string{head},
			errors: []string{"Object exists: There is an object at s3://acme/calls/1.json, which the test would replace. Choose another key, or leave key out for a new one."},
		},
		"no answer to the look": {head: []answer{broken}, requests: []string{head}, errors: []string{lookFailed}},
		"not to look": {
			head: []answer{denied}, put: []answer{ok}, requests: []string{head, sent}, progress: []string{sending, works},
			warnings: []string{"Test object left behind: The credentials may not look at the key, so the test object may have replaced another one. It was not removed." + fmt.Sprintf(byHand, "")},
		},
		"not to look, by version": {
			head: []answer{denied}, put: []answer{stored}, remove: []answer{gone},
			requests: []string{head, sent, removed + " version v1"}, progress: []string{sending, works, hidden},
		},
		"not to look, kept": {
			head: []answer{denied}, put: []answer{ok}, keep: true, requests: []string{head, sent}, progress: []string{sending, works, "Kept s3://acme/calls/1.json"},
		},
		"refused": {
			head: []answer{missing}, put: []answer{{status: 403, code: "AccessDenied", message: "Access Denied."}}, requests: []string{head, sent}, progress: []string{sending},
			errors: []string{"Test delivery refused: S3 refused the PUT of s3://acme/calls/1.json: 403 AccessDenied Access Denied.\n\nTroubleshooting, \"403 AccessDenied\": The signature is correct, but the signer may not write the object. " +
				"Check the signer's policies, the bucket policy and the KMS key policy; voicebase_delivery_check names the statement of the bucket policy. A guard of " +
				"voicebase_delivery_bucket gives the same answer: the URL is older than presigned_url_max_age, or the request comes from an address outside " +
				"presigned_url_source_ips.\n\nVoiceBase would get the same answer, and report error 90000.\n\nObject: s3://acme/calls/1.json\nAWS error code: AccessDenied\nRequest ID: REQUEST"},
		},
		"refused without a word": {
			head: []answer{missing}, put: []answer{{status: 502}}, requests: []string{head, sent}, progress: []string{sending},
			errors: []string{"Test delivery refused: S3 refused the PUT of s3://acme/calls/1.json: 502.\n\nVoiceBase would get the same answer, and report error 90000.\n\nObject: s3://acme/calls/1.json\nAWS error code: none\nRequest ID: REQUEST"},
		},
		"not removed": {
			head: []answer{missing}, put: []answer{ok}, remove: []answer{broken}, requests: []string{head, sent, removed}, progress: []string{sending, works},
			warnings: []string{"Test object left behind: It could not be removed: …"},
		},
		"not removed, by version": {
			head: []answer{missing}, put: []answer{stored}, remove: []answer{broken}, requests: []string{head, sent, removed + " version v1"}, progress: []string{sending, works},
			warnings: []string{"Test object left behind: It could not be removed: …"},
		},
		"not to remove": {
			head: []answer{missing}, put: []answer{ok}, remove: []answer{denied}, requests: []string{head, sent, removed}, progress: []string{sending, works},
			warnings: []string{"Test object left behind: It could not be removed: …"},
		},
		"only hidden": {
			head: []answer{missing}, put: []answer{stored}, remove: []answer{denied, gone},
			requests: []string{head, sent, removed + " version v1", removed}, progress: []string{sending, works},
			warnings: []string{"Test object left behind: A delete marker hides the object, but its version is still there, because the credentials lack s3:DeleteObjectVersion." + fmt.Sprintf(byHand, " --version-id v1")},
		},
		"not even hidden": {
			head: []answer{missing}, put: []answer{stored}, remove: []answer{denied, denied},
			requests: []string{head, sent, removed + " version v1", removed}, progress: []string{sending, works},
			warnings: []string{"Test object left behind: It could not be removed: …"},
		},
	} {
		s3 := newScripted(t, map[string][]answer{http.MethodHead: test.head, http.MethodPut: test.put, http.MethodDelete: test.remove})
		got := serverOf(t, s3.URL).Invoke(t.Context(), t, testDelivery, map[string]any{"bucket": "acme", "key": "calls/1.json", "keep": test.keep})
		expectLines(t, name+", requests", s3.got, test.requests)
		expectLines(t, name+", progress", got.Progress, test.progress)
		expectLines(t, name+", errors", got.Errors, test.errors)
		expectLines(t, name+", warnings", got.Warnings, test.warnings)
		for _, warning := range got.Warnings {
			version := ""
			if test.put[0].version != "" {
				version = " --version-id v1"
			}
			if !strings.HasSuffix(warning, fmt.Sprintf(byHand, version)) {
				t.Errorf("%s: no command in %q", name, warning)
			}
		}
	}
}

// TestTestDelivery_unanswered breaks the upload off, by an interruption or by the connection: whatever arrived goes, and
// what cannot be told is said.
func TestTestDelivery_unanswered(t *testing.T) {
	t.Parallel()
	missing, denied := answer{status: 404}, answer{status: 403}
	const put, head, removed = "PUT", "HEAD /acme/calls/1.json", "DELETE /acme/calls/1.json"
	for name, test := range map[string]struct {
		heads, removes []answer
		keep           bool
		requests       []string
		progress       string
		warning        string
	}{
		"arrived":             {heads: []answer{missing, {status: 200, version: "v1"}}, removes: []answer{{status: 204}}, requests: []string{head, put, head, removed + " version v1"}, progress: "Removed the test object"},
		"arrived, to be kept": {heads: []answer{missing, {status: 200, version: "v1"}}, keep: true, requests: []string{head, put, head}},
		"not arrived":         {heads: []answer{missing, missing}, requests: []string{head, put, head}},
		"not to look":         {heads: []answer{missing, denied}, requests: []string{head, put, head}, warning: "Test object left behind: Whether the test object arrived cannot be told." + fmt.Sprintf(byHand, "")},
		"not to remove":       {heads: []answer{missing, {status: 200}}, removes: []answer{{status: 400, code: "InvalidRequest"}}, requests: []string{head, put, head, removed}, warning: "Test object left behind: It could not be removed: …"},
	} {
		for _, interrupted := range []bool{true, false} {
			ctx, cancel := context.WithCancel(t.Context())
			var s3 *scripted
			breakOff := func() {
				if interrupted {
					cancel()
					return
				}
				s3.CloseClientConnections()
			}
			s3 = newScripted(t, map[string][]answer{http.MethodHead: slices.Clone(test.heads), http.MethodPut: {{status: 200, do: breakOff}}, http.MethodDelete: slices.Clone(test.removes)})
			got := serverOf(t, s3.URL).Invoke(ctx, t, testDelivery, map[string]any{"bucket": "acme", "key": "calls/1.json", "keep": test.keep})
			cancel()
			for i, request := range s3.got {
				if strings.HasPrefix(request, "PUT ") {
					s3.got[i] = put
				}
			}
			expectLines(t, name+", requests", s3.got, test.requests)
			want := "Test delivery failed: No answer came from S3: …\n\nCheck the network, and the proxy and certificate settings of the provider block.\n\nObject: s3://acme/calls/1.json"
			if interrupted {
				want = "Test delivery interrupted: The test was interrupted before S3 answered: context canceled.\n\nObject: s3://acme/calls/1.json"
			}
			expectLines(t, name+", errors", got.Errors, []string{want})
			expectLines(t, name+", warnings", got.Warnings, lines(test.warning))
			expectLines(t, name+", progress", got.Progress, slices.Concat([]string{sending}, lines(test.progress)))
		}
	}
}

// TestTestDelivery_command quotes the key in the command that removes the object.
func TestTestDelivery_command(t *testing.T) {
	t.Parallel()
	s3 := newScripted(t, map[string][]answer{
		http.MethodHead: {{status: 404, code: "NoSuchKey"}}, http.MethodPut: {{status: 200}}, http.MethodDelete: {{status: 400, code: "InvalidRequest"}},
	})
	got := serverOf(t, s3.URL).Invoke(t.Context(), t, testDelivery, map[string]any{"bucket": "acme", "key": "it's $(here).json"})
	if want := `--key 'it'\''s $(here).json'` + "\n"; len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], want) {
		t.Errorf("got %q, want %s", got.Warnings, want)
	}
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// TestTestDelivery_samples sends a sample of each type and format, with the content type that VoiceBase has for it.
func TestTestDelivery_samples(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ resultType, format, contentType, bytes string }{
		{"", "", "application/json", `55 bytes "{\"status\":\"f"`},
		{"analytics", "", "application/json", `55 bytes "{\"status\":\"f"`},
		{"transcript", "json", "application/json", `51 bytes "{\"transcript"`},
		{"transcript", "text", "text/plain", `7 bytes "Hello.\n"`},
		{"transcript", "srt", "text/srt", `39 bytes "1\n00:00:00,0"`},
		{"transcript", "webvtt", "text/vtt", `39 bytes "WEBVTT\n\n00:0"`},
		{"transcript", "dfxp", "application/ttaf+xml", `142 bytes "<?xml versio"`},
		{"media", "", "application/octet-stream", `1024 bytes "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"`},
	} {
		s3 := newScripted(t, map[string][]answer{http.MethodPut: {{status: 200}}, http.MethodDelete: {{status: 204}}})
		config := map[string]any{"bucket": "acme"}
		for name, value := range map[string]string{"type": test.resultType, "format": test.format} {
			if value != "" {
				config[name] = value
			}
		}
		got := serverOf(t, s3.URL).Invoke(t.Context(), t, testDelivery, config)
		if len(got.Errors)+len(got.Warnings) > 0 || len(s3.got) != 2 {
			t.Errorf("%s %s: %+v, %q", test.resultType, test.format, got, s3.got)
			continue
		}
		if !strings.Contains(s3.got[0], " "+test.contentType+", query "+test.contentType+", ") || !strings.HasSuffix(s3.got[0], ": "+test.bytes) {
			t.Errorf("%s %s: %s, want %s", test.resultType, test.format, s3.got[0], test.bytes)
		}
	}
}

// TestTestDelivery_place says where the test object goes: the key that is configured, or a new one each time, in the
// region that is given, that an access point names, or that is the provider's.
func TestTestDelivery_place(t *testing.T) {
	t.Parallel()
	const generated = `voicebase-test-delivery-[a-z2-7]{20,}`
	for name, test := range map[string]struct {
		config map[string]any
		want   string
	}{
		"a new key":           {map[string]any{"bucket": "acme"}, `^PUT /acme/` + generated + ` .* in us-east-1/`},
		"a new key, prefixed": {map[string]any{"bucket": "acme", "key_prefix": "calls/"}, `^PUT /acme/calls/` + generated + ` .* in us-east-1/`},
		"another region":      {map[string]any{"bucket": "acme", "region": "eu-west-1"}, `^PUT /acme/` + generated + ` .* in eu-west-1/`},
	} {
		s3 := newScripted(t, map[string][]answer{http.MethodPut: {{status: 200}, {status: 200}}, http.MethodDelete: {{status: 204}, {status: 204}}})
		server := serverOf(t, s3.URL)
		for range 2 {
			if got := server.Invoke(t.Context(), t, testDelivery, test.config); len(got.Errors)+len(got.Warnings) > 0 {
				t.Errorf("%s: %+v", name, got)
			}
		}
		// Nothing is looked for at a new key, and the second key is another one.
		if len(s3.got) != 4 || !regexp.MustCompile(test.want).MatchString(s3.got[0]) || s3.got[0] == s3.got[2] || s3.got[1] == s3.got[3] {
			t.Errorf("%s: %q", name, s3.got)
		}
	}
}

// TestTestDelivery_input refuses what VoiceBase would refuse, before anything is signed, and waits for what is not known.
func TestTestDelivery_input(t *testing.T) {
	t.Parallel()
	const noAudio = "Invalid type: Invalid type \"audio\": must be one of \"analytics\", \"transcript\", \"media\".\n\nAllowed: `analytics`, `transcript`, `media`"
	const noPDF = "Invalid format: Invalid format \"pdf\": must be one of \"json\", \"text\", \"webvtt\", \"srt\", \"dfxp\".\n\nAllowed: `json`, `text`, `webvtt`, `srt`, `dfxp`"
	s3 := newScripted(t, nil)
	server := serverOf(t, s3.URL)
	for name, test := range map[string]struct {
		config map[string]any
		want   []string
	}{
		"a transcript without a format": {map[string]any{"bucket": "acme", "type": "transcript"}, []string{`Invalid format: Type "transcript" requires a format: one of "json", "text", "webvtt", "srt", "dfxp".`}},
		"media with a format":           {map[string]any{"bucket": "acme", "type": "media", "format": "srt"}, []string{`Invalid format: Format is not valid with type "media", only with type "transcript".`}},
		"no type with a format":         {map[string]any{"bucket": "acme", "format": "srt"}, []string{`Invalid format: Format is not valid with type "analytics", only with type "transcript".`}},
		"no such type":                  {map[string]any{"bucket": "acme", "type": "audio"}, []string{noAudio}},
		"no such type, with a format":   {map[string]any{"bucket": "acme", "type": "audio", "format": "srt"}, []string{noAudio}},
		"no such format":                {map[string]any{"bucket": "acme", "type": "transcript", "format": "pdf"}, []string{noPDF}},
		"no such format of no type":     {map[string]any{"bucket": "acme", "format": "pdf"}, []string{noPDF}},
		"neither":                       {map[string]any{"bucket": "acme", "type": "audio", "format": "pdf"}, []string{noAudio, noPDF}},
		"an empty type":                 {map[string]any{"bucket": "acme", "type": ""}, []string{strings.Replace(noAudio, "audio", "", 1)}},
		"no bucket's name":              {map[string]any{"bucket": "a b"}, []string{"Invalid bucket: \"a b\" is not a valid bucket name.\n\nAllowed: the name of a general purpose bucket, or the ARN of an access point in one region"}},
		"no region":                     {map[string]any{"bucket": "acme", "region": "EU"}, []string{"Invalid region: \"EU\" is not a region.\n\nAllowed: the name of an AWS region, such as us-east-1"}},
		"no key":                        {map[string]any{"bucket": "acme", "key": "/a"}, []string{"Invalid key: The key \"/a\" starts with a slash.\n\nAllowed: 1–1024 bytes of UTF-8. Must not start with / or contain empty, . or .. path segments"}},
		"no prefix":                     {map[string]any{"bucket": "acme", "key_prefix": "calls"}, []string{"Invalid key prefix: The key prefix \"calls\" does not end with a slash, so it would also match other folders, such as \"calls-other/\".\n\nAllowed: a key prefix such as voicebase/, at most 1023 bytes. Must end with / and not start with it, and must not contain *, ?, ${ or empty, . or .. path segments"}},
		"a key and a prefix":            {map[string]any{"bucket": "acme", "key": "a", "key_prefix": "b/"}, []string{`Invalid Attribute Combination: Attribute "key_prefix" cannot be specified when "key" is specified`}},
	} {
		got := server.Invoke(t.Context(), t, testDelivery, test.config)
		slices.Sort(got.Errors)
		slices.Sort(test.want)
		expectLines(t, name, got.Errors, test.want)
		if len(got.Progress) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for name, config := range map[string]map[string]any{
		"a type yet to come":   {"bucket": "acme", "type": acctest.Unknown},
		"a format yet to come": {"bucket": "acme", "type": "transcript", "format": acctest.Unknown},
		"both yet to come":     {"bucket": "acme", "type": acctest.Unknown, "format": acctest.Unknown},
		"media yet to come":    {"bucket": "acme", "type": acctest.Unknown, "format": "srt"},
	} {
		if errs := server.ValidateAction(t, testDelivery, config); errs != "" {
			t.Errorf("%s: %s", name, errs)
		}
	}
	if len(s3.got) > 0 {
		t.Errorf("called %q", s3.got)
	}
}

// TestTestDelivery_noClient says why nothing could be signed.
func TestTestDelivery_noClient(t *testing.T) {
	t.Parallel()
	server := acctest.NewServer(t, map[string]any{"access_key": "AKIATEST", "secret_key": "secret", "custom_ca_bundle": "/nowhere/ca.pem"})
	got := server.Invoke(t.Context(), t, testDelivery, map[string]any{"bucket": "acme"})
	if len(got.Errors) != 1 || !strings.HasPrefix(got.Errors[0], "Unable to prepare test delivery: ") || !strings.Contains(got.Errors[0], "Name: acme") || len(got.Progress) > 0 {
		t.Errorf("%+v", got)
	}
}
