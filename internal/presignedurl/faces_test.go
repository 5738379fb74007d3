package presignedurl_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const urlType = "voicebase_presigned_callback_url"

// session are the settings of credentials that end, as their source says, and of those of which nobody knows.
func session(t *testing.T, ends time.Time) map[string]any {
	t.Helper()
	dir := t.TempDir()
	credentials, config := filepath.Join(dir, "credentials.json"), filepath.Join(dir, "config")
	for path, text := range map[string]string{
		credentials: fmt.Sprintf(`{"Version":1,"AccessKeyId":"ASIATEST","SecretAccessKey":"secret","SessionToken":"made-up-token","Expiration":%q}`, ends.Format(time.RFC3339)),
		config:      "[profile session]\ncredential_process = cat " + credentials + "\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return map[string]any{"access_key": nil, "secret_key": nil, "profile": "session", "shared_config_files": []any{config}}
}

func signer(t *testing.T, c *clock, settings map[string]any) acctest.Server {
	t.Helper()
	block := map[string]any{"access_key": "AKIATEST", "secret_key": "secret"}
	maps.Copy(block, settings)
	return acctest.NewServerAt(t, c.now, block)
}

// face is one of the objects that sign: what it says of a configuration.
type face func(t *testing.T, s acctest.Server, config map[string]any) (attributes map[string]string, warnings, errs string)

var faces = map[string]face{
	"data source": func(t *testing.T, s acctest.Server, config map[string]any) (map[string]string, string, string) {
		t.Helper()
		attributes, warnings, errs := s.ReadWarned(t, urlType, config)
		return acctest.Texts(attributes), warnings, errs
	},
	"ephemeral resource": func(t *testing.T, s acctest.Server, config map[string]any) (map[string]string, string, string) {
		t.Helper()
		return s.Open(t, urlType, config)
	},
	"resource": func(t *testing.T, s acctest.Server, config map[string]any) (map[string]string, string, string) {
		t.Helper()
		object := s.NewObject(t, urlType)
		errs := object.Become(t, config)
		return acctest.Texts(object.State(t)), object.Warnings, errs
	},
}

func merged(all ...map[string]string) map[string]string {
	out := map[string]string{}
	for _, one := range all {
		maps.Copy(out, one)
	}
	return out
}

// TestFaces compares what each object that signs says of the same request: all attributes, the URL, and the warnings.
func TestFaces(t *testing.T) {
	t.Parallel()
	const plain, later, dayLater = "2026-01-02T03:00:00Z", "2026-01-02T05:00:00Z", "2026-01-03T03:00:00Z"
	ends := start.AddDate(40, 0, 0) // The SDK asks anew for credentials that have ended by the machine's clock.
	none := map[string]string{"type": ""}
	basic := map[string]string{
		"bucket": "acme-results", "key": "calls/1.json", "region": "us-east-1", "type": "analytics", "content_type": "application/json", "method": "PUT",
		"headers": "{Content-Type=application/json}", "signed_at": plain, "expires_at": dayLater, "effective_expires_at": dayLater,
	}
	for name, test := range map[string]struct {
		settings       map[string]any
		now            time.Time
		config         map[string]any
		want           map[string]string
		ofResource     map[string]string
		url            []string
		warns, ofState []string
	}{
		"plain": {want: basic, url: []string{
			"https://acme-results.s3.us-east-1.amazonaws.com/calls/1.json?", "X-Amz-Date=20260102T030000Z", "X-Amz-Expires=86400", "content-type=application%2Fjson",
			"X-Amz-Credential=AKIATEST%2F20260102%2Fus-east-1%2Fs3%2Faws4_request", "X-Amz-SignedHeaders=content-type%3Bhost",
		}},
		"a transcript elsewhere": {
			config: map[string]any{"region": "eu-west-1", "type": "transcript", "format": "webvtt", "expires_in": 57_600, "content_type_query": false},
			want: map[string]string{
				"region": "eu-west-1", "type": "transcript", "format": "webvtt", "content_type": "text/vtt", "headers": "{Content-Type=text/vtt}", "expires_in": "57600",
				"content_type_query": "false", "expires_at": "2026-01-02T19:00:00Z", "effective_expires_at": "2026-01-02T19:00:00Z",
			},
			url: []string{"https://acme-results.s3.eu-west-1.amazonaws.com/", "%2Feu-west-1%2Fs3%2F", "X-Amz-Expires=57600", "!content-type=", "X-Amz-SignedHeaders=content-type%3Bhost"},
		},
		"an access point": {
			config: map[string]any{"bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint/results"},
			want:   map[string]string{"bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint/results", "region": "us-west-2"},
			url:    []string{"https://results-123456789012.s3-accesspoint.us-west-2.amazonaws.com/", "%2Fus-west-2%2Fs3%2F"},
		},
		"a content type": {
			config: map[string]any{"type": nil, "content_type": "text/csv"}, ofResource: none,
			want: map[string]string{"type": "null", "content_type": "text/csv", "headers": "{Content-Type=text/csv}"}, url: []string{"content-type=text%2Fcsv"},
		},
		"the provider's region": {
			settings: map[string]any{"region": "ap-south-1"}, want: map[string]string{"region": "ap-south-1"}, url: []string{".s3.ap-south-1.amazonaws.com/", "%2Fap-south-1%2Fs3%2F"},
		},
		"short": {
			config: map[string]any{"expires_in": 7200},
			want:   map[string]string{"expires_in": "7200", "expires_at": later, "effective_expires_at": later}, url: []string{"X-Amz-Expires=7200"},
			warns:   []string{`"expires_in"`, "Callback URL expires before VoiceBase's last retry", "The URL expires at " + later, "56700 seconds", "until 2026-01-02T18:45:00Z or later"},
			ofState: []string{`"expires_in"`, "Callback URL expires before VoiceBase's last retry"},
		},
		"a session": {
			settings: session(t, ends.Add(2*time.Hour)), now: ends,
			want: map[string]string{
				"signed_at": "2066-01-02T03:00:00Z", "expires_at": "2066-01-03T03:00:00Z", "credentials_expire_at": "2066-01-02T05:00:00Z", "effective_expires_at": "2066-01-02T05:00:00Z",
			},
			url:     []string{"X-Amz-Security-Token=made-up-token", "X-Amz-Credential=ASIATEST%2F"},
			warns:   []string{"Callback URL expires with its credentials", "expire at 2066-01-02T05:00:00Z. It stops working then, not at 2066-01-03T03:00:00Z. VoiceBase's last retry comes at 2066-01-02T18:45:00Z"},
			ofState: []string{"Callback URL expires with its credentials", "expire at 2066-01-02T05:00:00Z. It stops working then"},
		},
		"a session that lasts": {
			settings: session(t, ends.Add(48*time.Hour)), now: ends,
			want: map[string]string{
				"signed_at": "2066-01-02T03:00:00Z", "expires_at": "2066-01-03T03:00:00Z", "credentials_expire_at": "2066-01-04T03:00:00Z", "effective_expires_at": "2066-01-03T03:00:00Z",
			}, url: []string{"X-Amz-Security-Token=made-up-token"},
		},
		"a session of unknown end": {
			settings: map[string]any{"token": "made-up-token"}, want: map[string]string{}, url: []string{"X-Amz-Security-Token=made-up-token"},
			ofResource: map[string]string{"effective_expires_at": "2026-01-02T04:00:00Z"},
			warns:      []string{"Callback URL may expire with its credentials", "which may be long before " + dayLater},
			ofState:    []string{`"credentials_lifetime"`, "Assumed expiry of the credentials", "assumes that this is at 2026-01-02T04:00:00Z"},
		},
	} {
		for of, face := range faces {
			t.Run(name+"/"+of, func(t *testing.T) {
				t.Parallel()
				now := test.now
				if now.IsZero() {
					now = start
				}
				config := map[string]any{"bucket": "acme-results", "key": "calls/1.json", "type": "analytics"}
				maps.Copy(config, test.config)
				want, warns := merged(basic, test.want), test.warns
				if of == "resource" {
					want, warns = merged(basic, map[string]string{"expires_in": "86400", "content_type_query": "true"}, test.want, test.ofResource), test.ofState
				}
				maps.DeleteFunc(want, func(_, text string) bool { return text == "null" })
				got, warnings, errs := face(t, signer(t, &clock{at: now}, test.settings), config)
				if errs != "" || len(warns) == 0 && warnings != "" {
					t.Fatal(errs, warnings)
				}
				for _, part := range warns {
					if !strings.Contains(warnings, part) {
						t.Errorf("warned %q, want %q", warnings, part)
					}
				}
				if strings.Contains(warnings, "X-Amz-") || strings.Contains(warnings, "made-up-token") {
					t.Error("the URL is in the warnings")
				}
				for _, part := range test.url {
					part, not := strings.CutPrefix(part, "!")
					if strings.Contains(got["url"], part) == not {
						t.Errorf("the URL has %q: %t", part, not)
					}
				}
				delete(got, "url")
				if !maps.Equal(got, want) {
					t.Errorf("got  %v\nwant %v", got, want)
				}
			})
		}
	}
}

// TestFaces_refused gives each object the same bad requests: the error is the same, at the same argument.
func TestFaces_refused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings, config map[string]any
		at, want         string
		but              string // A face without the argument.
	}{
		"region":           {nil, map[string]any{"region": "eu-west-99"}, "region", "Invalid region", ""},
		"partition":        {nil, map[string]any{"region": "cn-north-1"}, "region", "in partition aws-cn", ""},
		"point's region":   {nil, map[string]any{"bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint/results", "region": "eu-west-1"}, "region", "The access point is in us-west-2, but region is eu-west-1", ""},
		"point abroad":     {nil, map[string]any{"bucket": "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/results"}, "region", "in partition aws-cn", ""},
		"point nowhere":    {nil, map[string]any{"bucket": "arn:aws:s3:eu-west-99:123456789012:accesspoint/results"}, "region", "Invalid region", ""},
		"no format":        {nil, map[string]any{"type": "transcript"}, "format", "Invalid combination of type and format", ""},
		"a format":         {nil, map[string]any{"format": "webvtt"}, "format", "Invalid combination of type and format", ""},
		"both":             {nil, map[string]any{"content_type": "text/csv"}, "type", "2 attributes specified when one (and only one) of [type,content_type] is required", ""},
		"neither":          {nil, map[string]any{"type": nil}, "type", "No attribute specified when one (and only one) of [type,content_type] is required", ""},
		"bucket":           {nil, map[string]any{"bucket": "a b"}, "bucket", "\"a b\" is not a valid bucket name.\n\nAllowed: the name of a general purpose bucket, or the ARN of an access point in one region\n", ""},
		"key":              {nil, map[string]any{"key": "/a"}, "key", "The key \"/a\" starts with a slash.\n\nAllowed: 1–1024 bytes of UTF-8. Must not start with / or contain empty, . or .. path segments\n", ""},
		"region's form":    {nil, map[string]any{"region": "EU"}, "region", "\"EU\" is not a region.\n\nAllowed: the name of an AWS region, such as us-east-1\n", ""},
		"too long":         {nil, map[string]any{"expires_in": 604_801}, "expires_in", "between 1 and 604800", ""},
		"no time":          {nil, map[string]any{"expires_in": 0}, "expires_in", "between 1 and 604800", ""},
		"content type":     {nil, map[string]any{"type": nil, "content_type": "no type"}, "content_type", "\"no type\" is not a content type.\n\nAllowed: a content type in printable ASCII, such as application/json\n", ""},
		"window":           {nil, map[string]any{"expires_in": 3600, "signing_window": "1h"}, "signing_window", "Invalid signing window", "resource"},
		"half a second":    {nil, map[string]any{"signed_at": "2026-01-02T03:04:05.5Z"}, "signed_at", "has a fraction of a second.\n\nAllowed: a time in whole seconds, such as 2026-01-02T03:04:05Z\n", "resource"},
		"no region of S3":  {map[string]any{"skip_region_validation": true}, map[string]any{"region": "aws-global"}, "region", "S3 would redirect", ""},
		"another type":     {nil, map[string]any{"type": "video"}, "type", "must be one of \"analytics\", \"transcript\", \"media\".\n\nAllowed: `analytics`, `transcript`, `media`\n", ""},
		"another format":   {nil, map[string]any{"type": "transcript", "format": "pdf"}, "format", "must be one of \"json\", \"text\", \"webvtt\", \"srt\", \"dfxp\".\n\nAllowed: `json`, `text`, `webvtt`, `srt`, `dfxp`\n", ""},
		"format of a type": {nil, map[string]any{"type": nil, "format": "srt", "content_type": "text/srt"}, "format", `Attribute "content_type" cannot be specified when "format" is specified`, ""},
		"a day's window":   {nil, map[string]any{"signing_window": "24h"}, "signing_window", "Invalid signing window", "resource"},
		"two times":        {nil, map[string]any{"signed_at": "2026-01-02T03:04:05Z", "signing_window": "1h"}, "signing_window", `Attribute "signed_at" cannot be specified when "signing_window" is specified`, "resource"},
		"no credentials":   {map[string]any{"access_key": acctest.Unknown}, nil, "", "known only after apply: access_key", ""},
		"no region":        {map[string]any{"region": nil}, nil, "", "No AWS region is set", ""},
	} {
		for of, face := range faces {
			if of == test.but {
				continue
			}
			t.Run(name+"/"+of, func(t *testing.T) {
				t.Parallel()
				config := map[string]any{"bucket": "acme-results", "key": "calls/1.json", "type": "analytics"}
				maps.Copy(config, test.config)
				got, warnings, errs := face(t, signer(t, &clock{at: start}, test.settings), config)
				if warnings != "" {
					t.Errorf("warned %q of what is not there", warnings)
				}
				if len(got) > 0 || !strings.Contains(errs, test.want) || errs == "" || test.at != "" && !strings.Contains(errs, `"`+test.at+`"`) {
					t.Errorf("got %v, %q, want %q at %s", got, errs, test.want, test.at)
				}
			})
		}
	}
}

// TestKept leads a URL through its renewals: by the clock at a read, by arguments, and by an argument at whose apply it
// is due.
func TestKept(t *testing.T) {
	t.Parallel()
	c := &clock{at: start}
	server := signer(t, c, map[string]any{"token": "made-up-token"})
	object := server.NewObject(t, urlType)
	config := map[string]any{"bucket": "acme-results", "key": "calls/1.json", "type": "analytics", "credentials_lifetime": "12h", "renew_before": "2h"}
	unsigned := map[string]string{
		"bucket": "acme-results", "key": "calls/1.json", "type": "analytics", "region": "us-east-1", "content_type": "application/json", "method": "PUT",
		"headers": "{Content-Type=application/json}", "expires_in": "86400", "content_type_query": "true", "credentials_lifetime": "12h", "renew_before": "2h",
		"url": "?", "signed_at": "?", "expires_at": "?", "credentials_expire_at": "?", "effective_expires_at": "?",
	}
	expect := func(what string, got, want map[string]string, changes map[string]string) {
		t.Helper()
		if want = merged(want, changes); !maps.Equal(got, want) {
			t.Errorf("%s: got  %v\nwant %v", what, got, want)
		}
	}
	planned := object.Plan(t, config)
	expect("the first plan", acctest.Texts(planned.Value), unsigned, nil)
	if errs := object.Apply(t, config, planned); errs != "" {
		t.Fatal(errs)
	}
	state := acctest.Texts(object.State(t))
	signed := map[string]string{"url": state["url"], "signed_at": "2026-01-02T03:00:00Z", "expires_at": "2026-01-03T03:00:00Z", "effective_expires_at": "2026-01-02T15:00:00Z"}
	unend := func(all map[string]string) map[string]string {
		all = maps.Clone(all)
		delete(all, "credentials_expire_at")
		return all
	}
	expect("the create", state, unend(unsigned), signed)

	read := func(at time.Time) {
		t.Helper()
		c.at = at
		if warnings, errs := object.Read(t); warnings+errs != "" {
			t.Error(warnings, errs)
		}
		expect("a read", acctest.Texts(object.State(t)), state, nil)
	}
	due := start.Add(10 * time.Hour)
	for _, step := range []struct {
		at   time.Time
		want string
	}{{due.Add(-time.Second), ""}, {due, "effective_expires_at"}, {due.Add(-time.Second), ""}, {due.AddDate(1, 0, 0), "effective_expires_at"}} {
		read(step.at)
		planned := object.Plan(t, config)
		if got := strings.Join(planned.Replaces, " "); got != step.want || planned.Errors != "" {
			t.Errorf("%s: replaces for %q, %s", step.at, got, planned.Errors)
		}
		if step.want == "" {
			expect("a plan", acctest.Texts(planned.Value), state, nil)
		}
	}
	read(due)
	ignored := object.On(signer(t, c, map[string]any{"region": "eu-west-1"})).PlanIgnored(t)
	expect("a plan that ignores all changes", acctest.Texts(ignored.Value), state, nil)
	if len(ignored.Replaces) > 0 || ignored.Errors != "" {
		t.Errorf("with all changes ignored: replaces for %v, %s", ignored.Replaces, ignored.Errors)
	}
	config["renew_before"] = "1h"
	planned = object.Plan(t, config)
	expect("a change of the renewal", acctest.Texts(planned.Value), unsigned, map[string]string{"renew_before": "1h"})
	if errs := object.Apply(t, config, planned); errs != "" || object.Warnings != "" || len(planned.Replaces) > 0 {
		t.Errorf("%s %s, replaces for %v", errs, object.Warnings, planned.Replaces)
	}
	expect("its apply", acctest.Texts(object.State(t)), state, map[string]string{"renew_before": "1h"})
	// It was due before the apply, and is not since.
	if planned := object.Plan(t, config); len(planned.Replaces) > 0 || planned.Errors != "" {
		t.Errorf("after the apply: replaces for %v, %s", planned.Replaces, planned.Errors)
	}

	config["credentials_lifetime"] = "2h"
	planned = object.Plan(t, config)
	c.at = start.Add(time.Hour - time.Second)
	if errs := object.Apply(t, config, planned); errs != "" {
		t.Error(errs)
	}
	state = acctest.Texts(object.State(t))
	expect("a shorter life", state, unend(unsigned), merged(signed, map[string]string{"renew_before": "1h", "credentials_lifetime": "2h", "effective_expires_at": "2026-01-02T05:00:00Z"}))

	config["renew_before"] = "3h"
	planned = object.Plan(t, config)
	if errs := object.Apply(t, config, planned); errs != "" || !strings.Contains(object.Warnings, "Callback URL is due for renewal from the start") {
		t.Errorf("%s, warned %q", errs, object.Warnings)
	}
	renewed := acctest.Texts(object.State(t))
	if renewed["url"] == signed["url"] {
		t.Error("the URL that is due stays")
	}
	expect("a renewal in place", renewed, unend(unsigned), map[string]string{
		"url": renewed["url"], "renew_before": "3h", "credentials_lifetime": "2h", "signed_at": "2026-01-02T03:59:59Z", "expires_at": "2026-01-03T03:59:59Z", "effective_expires_at": "2026-01-02T05:59:59Z",
	})
	if errs := object.Delete(t); errs != "" || object.Exists(t) {
		t.Error(errs)
	}
}

// TestKept_replaces names each argument that cannot change in place, and what follows from it.
func TestKept_replaces(t *testing.T) {
	t.Parallel()
	base := map[string]any{"bucket": "acme-results", "key": "calls/1.srt", "type": "transcript", "format": "srt"}
	object := signer(t, &clock{at: start}, nil).NewObject(t, urlType)
	if errs := object.Become(t, base); errs != "" {
		t.Fatal(errs)
	}
	for name, test := range map[string]struct {
		change map[string]any
		want   []string
	}{
		"nothing":        {nil, nil},
		"the defaults":   {map[string]any{"region": "us-east-1", "expires_in": 86_400, "content_type_query": true}, nil},
		"another format": {map[string]any{"format": "webvtt"}, []string{"content_type", "format"}},
		"another type":   {map[string]any{"type": "media", "format": nil}, []string{"content_type", "format", "type"}},
		"its own":        {map[string]any{"type": nil, "format": nil, "content_type": "text/srt"}, []string{"format", "type"}},
		"region":         {map[string]any{"region": "eu-west-1"}, []string{"region"}},
		"key":            {map[string]any{"key": "calls/2.srt"}, []string{"key"}},
		"bucket":         {map[string]any{"bucket": "acme-other"}, []string{"bucket"}},
		"expires_in":     {map[string]any{"expires_in": 86_401}, []string{"expires_in"}},
		"no query":       {map[string]any{"content_type_query": false}, []string{"content_type_query"}},
	} {
		config := maps.Clone(base)
		maps.Copy(config, test.change)
		planned := object.Plan(t, config)
		slices.Sort(planned.Replaces)
		if got := slices.Compact(planned.Replaces); !slices.Equal(got, test.want) || planned.Errors != "" {
			t.Errorf("%s: replaces for %v, want %v; %s", name, got, test.want, planned.Errors)
		}
	}
}

// TestKept_refused renews a URL in place by a provider that cannot sign: what there was stays in the state.
func TestKept_refused(t *testing.T) {
	t.Parallel()
	c := &clock{at: start}
	object := signer(t, c, nil).NewObject(t, urlType)
	config := map[string]any{"bucket": "acme-results", "key": "calls/1.json", "type": "analytics", "renew_before": "1h"}
	if errs := object.Become(t, config); errs != "" {
		t.Fatal(errs)
	}
	before := acctest.Texts(object.State(t))
	c.at = start.Add(20 * time.Hour)
	config["renew_before"] = "12h"
	unable := object.On(signer(t, c, map[string]any{"access_key": acctest.Unknown}))
	errs := unable.Apply(t, config, unable.Plan(t, config))
	if got := acctest.Texts(unable.State(t)); !strings.Contains(errs, "known only after apply: access_key") || !maps.Equal(got, before) {
		t.Errorf("%s\ngot  %v\nwant %v", errs, got, before)
	}
	config["expires_in"], config["renew_before"] = 3600, "2h"
	const want = "renew_before is 2h0m0s, but must be at least 0s and less than expires_in, which is 1h0m0s."
	if errs := object.Plan(t, config).Errors; !strings.Contains(errs, want) || !strings.Contains(errs, `"renew_before"`) {
		t.Errorf("got %q, want %q", errs, want)
	}
}

// TestFaces_edges has the least and the most of each number, time and duration, and what is just outside.
func TestFaces_edges(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		argument string
		value    any
		only     string // "resource" or "others", "" for all faces.
		refused  bool
	}{
		{"expires_in", 0, "", true},
		{"expires_in", 1, "", false},
		{"expires_in", 604_800, "", false},
		{"expires_in", 604_801, "", true},
		{"signed_at", "2026-01-02T03:00:01+01:00", "others", false},
		{"signed_at", "2026-01-02T03:00:00.001Z", "others", true},
		{"signing_window", "0s", "others", false},
		{"signing_window", "23h59m59s", "others", false},
		{"signing_window", "24h", "others", true},
		{"signing_window", "500ms", "others", true},
		{"renew_before", "-1s", "resource", true},
		{"renew_before", "0s", "resource", false},
		{"renew_before", "23h59m59s", "resource", false},
		{"renew_before", "24h", "resource", true},
		{"credentials_lifetime", "0s", "resource", true},
		{"credentials_lifetime", "1s", "resource", false},
		{"credentials_lifetime", "1500ms", "resource", true},
	} {
		for of, face := range faces {
			if test.only != "" && (test.only == "resource") != (of == "resource") {
				continue
			}
			t.Run(fmt.Sprintf("%s %v/%s", test.argument, test.value, of), func(t *testing.T) {
				t.Parallel()
				config := map[string]any{"bucket": "acme-results", "key": "calls/1.json", "type": "analytics", test.argument: test.value}
				_, _, errs := face(t, signer(t, &clock{at: start}, nil), config)
				if (errs != "") != test.refused || test.refused && !strings.Contains(errs, `"`+test.argument+`"`) {
					t.Errorf("refused for %q", errs)
				}
			})
		}
	}
}

// TestFaces_unknown validates and plans with an argument that is not known yet: nothing is held against it.
func TestFaces_unknown(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings, config map[string]any
		want             map[string]string
	}{
		"expires_in":           {nil, map[string]any{"expires_in": acctest.Unknown, "renew_before": "48h"}, map[string]string{"expires_in": "?", "renew_before": "48h"}},
		"renew_before":         {nil, map[string]any{"renew_before": acctest.Unknown}, map[string]string{"renew_before": "?"}},
		"credentials_lifetime": {nil, map[string]any{"credentials_lifetime": acctest.Unknown}, map[string]string{"credentials_lifetime": "?"}},
		"bucket":               {nil, map[string]any{"bucket": acctest.Unknown, "region": "eu-west-1"}, map[string]string{"bucket": "?", "region": "eu-west-1"}},
		"bucket and region":    {nil, map[string]any{"bucket": acctest.Unknown}, map[string]string{"bucket": "?", "region": "?"}},
		"region": {
			map[string]any{"region": "eu-west-1", "use_fips_endpoint": true}, map[string]any{"region": acctest.Unknown}, map[string]string{"region": "?"},
		},
		"format": {
			nil,
			map[string]any{"type": "transcript", "format": acctest.Unknown},
			map[string]string{"type": "transcript", "format": "?", "content_type": "?", "headers": "?", "method": "?"},
		},
		"type": {
			nil,
			map[string]any{"type": acctest.Unknown, "format": "srt"},
			map[string]string{"type": "?", "format": "srt", "content_type": "?", "headers": "?", "method": "?"},
		},
		"nothing": {nil, nil, nil},
		"nothing, with a content type": {
			nil,
			map[string]any{"type": nil, "content_type": "text/csv"},
			map[string]string{"type": "", "content_type": "text/csv", "headers": "{Content-Type=text/csv}"},
		},
		"type beside content_type": {
			nil,
			map[string]any{"type": acctest.Unknown, "content_type": "text/csv"},
			map[string]string{"type": "?", "content_type": "text/csv", "headers": "?", "method": "?"},
		},
		"content_type": {
			nil,
			map[string]any{"type": nil, "content_type": acctest.Unknown},
			map[string]string{"type": "", "content_type": "?", "headers": "?", "method": "?"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := map[string]any{"bucket": "acme-results", "key": "calls/1.json", "type": "analytics"}
			maps.Copy(config, test.config)
			planned := signer(t, &clock{at: start}, test.settings).NewObject(t, urlType).Plan(t, config)
			want := merged(map[string]string{
				"bucket": "acme-results", "key": "calls/1.json", "type": "analytics", "region": "us-east-1", "content_type": "application/json", "method": "PUT",
				"headers": "{Content-Type=application/json}", "expires_in": "86400", "content_type_query": "true",
				"url": "?", "signed_at": "?", "expires_at": "?", "credentials_expire_at": "?", "effective_expires_at": "?",
			}, test.want)
			if got := acctest.Texts(planned.Value); planned.Errors != "" || !maps.Equal(got, want) {
				t.Errorf("%s\ngot  %v\nwant %v", planned.Errors, got, want)
			}
		})
	}
}
