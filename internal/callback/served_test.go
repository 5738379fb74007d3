package callback_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/arguments"
)

const configurationType = "voicebase_callback_configuration"

func served(t *testing.T, now time.Time) acctest.Server {
	t.Helper()
	return acctest.NewServerAt(t, func() time.Time { return now }, nil)
}

const (
	plain    = "https://example.org/c"
	sections = "[metadata transcript knowledge prediction spotting streams metrics speakerSentiments conversation categories messages]"
	byPUT    = `format=null include=` + sections + ` method=PUT prepend_folder=null role=null s3_delivery=false stream=null type=analytics url=`
	byPOST   = `format=null include=` + sections + ` method=POST prepend_folder=null role=null s3_delivery=false stream=null type=analytics url=`
)

// TestRead has the JSON that is sent and the callbacks with VoiceBase's defaults, whole, for each attribute.
func TestRead(t *testing.T) {
	t.Parallel()
	s := served(t, signedAt)
	for name, test := range map[string]struct {
		callback  map[string]any
		callbacks string
		json      string
	}{
		"url":          {map[string]any{"url": plain}, "{" + byPOST + plain + "}", `{"url":"` + plain + `"}`},
		"pre-signed":   {map[string]any{"url": signed}, "{" + byPUT + signed + "}", `{"url":"` + signed + `","method":"PUT"}`},
		"method":       {map[string]any{"url": plain, "method": "PUT"}, "{" + byPUT + plain + "}", `{"url":"` + plain + `","method":"PUT"}`},
		"type":         {map[string]any{"url": plain, "type": "analytics"}, "{" + byPOST + plain + "}", `{"url":"` + plain + `","type":"analytics"}`},
		"format":       {map[string]any{"url": plain, "type": "transcript", "format": "srt"}, "{format=srt include=null method=POST prepend_folder=null role=null s3_delivery=false stream=null type=transcript url=" + plain + "}", `{"url":"` + plain + `","type":"transcript","format":"srt"}`},
		"stream":       {map[string]any{"url": plain, "type": "media", "stream": "original"}, "{format=null include=null method=POST prepend_folder=null role=null s3_delivery=false stream=original type=media url=" + plain + "}", `{"url":"` + plain + `","type":"media","stream":"original"}`},
		"include":      {map[string]any{"url": plain, "include": []any{"streams", "metadata"}}, strings.Replace("{"+byPOST+plain+"}", sections, "[streams metadata]", 1), `{"url":"` + plain + `","include":["streams","metadata"]}`},
		"no delivery":  {map[string]any{"url": plain, "s3_delivery": false}, "{" + byPOST + plain + "}", `{"url":"` + plain + `"}`},
		"by a role":    {map[string]any{"url": baseURL, "s3_delivery": true, "role": role, "prepend_folder": "calls"}, "{format=null include=" + sections + " method=POST prepend_folder=calls role=" + role + " s3_delivery=true stream=null type=analytics url=" + baseURL + "}", `{"url":"` + baseURL + `","s3Delivery":true,"role":"` + role + `","prependFolder":"calls"}`},
		"include none": {map[string]any{"url": plain, "include": []any{}}, strings.Replace("{"+byPOST+plain+"}", sections, "[]", 1), `{"url":"` + plain + `","include":[]}`},
	} {
		got, warnings, errs := s.ReadWarned(t, configurationType, map[string]any{"callbacks": []any{test.callback}})
		texts := acctest.Texts(got)
		json := strings.Join(strings.Fields(texts["json"]), "")
		if want := `{"publish":{"callbacks":[` + test.json + `]}}`; errs != "" || json != want {
			t.Errorf("%s: %s%s\n%s, want\n%s", name, errs, warnings, json, want)
		}
		if texts["callbacks"] != "["+test.callbacks+"]" {
			t.Errorf("%s: callbacks\n%s, want\n%s", name, texts["callbacks"], test.callbacks)
		}
		if known := slices.Sorted(maps.Keys(texts)); !slices.Equal(known, []string{"callbacks", "json"}) {
			t.Errorf("%s: %v", name, known)
		}
	}
	got, _, errs := s.ReadWarned(t, configurationType, map[string]any{
		"callbacks": []any{map[string]any{"url": plain}}, "base_configuration": `{"search":{"topics":["a"]},"publish":{"callbacks":[{"url":"https://example.org/first"}]}}`,
	})
	if json := strings.Join(strings.Fields(acctest.Texts(got)["json"]), ""); errs != "" || json != `{"search":{"topics":["a"]},"publish":{"callbacks":[{"url":"https://example.org/first"},{"url":"`+plain+`"}]}}` {
		t.Errorf("with a base: %s%s", errs, json)
	}
}

// TestRead_warnings has each warning on the callback and the attribute that it is about.
func TestRead_warnings(t *testing.T) {
	t.Parallel()
	const first = `AttributeName("callbacks").ElementKeyInt(0)`
	folder := map[string]any{"url": baseURL, "s3_delivery": true, "role": role, "prepend_folder": "/calls/"}
	unused := map[string]any{"url": signed, "role": role}
	for name, test := range map[string]struct {
		config map[string]any
		at     []string
	}{
		"none":                 {map[string]any{"callbacks": []any{}}, []string{`AttributeName("callbacks"): No callbacks: `}},
		"no analytics":         {map[string]any{"callbacks": []any{map[string]any{"url": plain, "type": "transcript", "format": "srt"}}}, []string{`AttributeName("callbacks"): No analytics callback: `}},
		"an unusual folder":    {map[string]any{"callbacks": []any{folder}}, []string{first + `.AttributeName("prepend_folder"): Unusual prepend_folder: `}},
		"an unused role":       {map[string]any{"callbacks": []any{unused}}, []string{first + `.AttributeName("role"): Unused role: `}},
		"the second":           {map[string]any{"callbacks": []any{map[string]any{"url": plain}, unused}}, []string{`AttributeName("callbacks").ElementKeyInt(1).AttributeName("role"): Unused role: `}},
		"a base with a role":   {map[string]any{"callbacks": []any{map[string]any{"url": plain}}, "base_configuration": `{"publish":{"callbacks":[{"url":"https://example.org/d","role":"` + role + `"}]}}`}, []string{`AttributeName("base_configuration"): Unused role: `}},
		"one after a base":     {map[string]any{"callbacks": []any{folder}, "base_configuration": `{"publish":{"callbacks":[{"url":"https://example.org/d"}]}}`}, []string{first + `.AttributeName("prepend_folder"): Unusual prepend_folder: `}},
		"nothing to be warned": {map[string]any{"callbacks": []any{map[string]any{"url": plain}}}, nil},
	} {
		got, warnings, errs := served(t, signedAt).ReadWarned(t, configurationType, test.config)
		if errs != "" || got["json"].IsNull() {
			t.Errorf("%s: %s", name, errs)
		}
		for _, at := range test.at {
			if !strings.Contains(warnings, at) {
				t.Errorf("%s: %q, want %s", name, warnings, at)
			}
		}
		if test.at == nil && warnings != "" {
			t.Errorf("%s: %q", name, warnings)
		}
		if strings.Contains(warnings, "X-Amz-Signature=") {
			t.Errorf("%s: the URL is in %q", name, warnings)
		}
	}
}

// TestRead_places names the callback that a text is about, be it of the list or of the base.
func TestRead_places(t *testing.T) {
	t.Parallel()
	s := served(t, signedAt)
	config := map[string]any{
		"callbacks":          []any{map[string]any{"url": plain, "role": role}},
		"base_configuration": `{"publish":{"callbacks":[{"url":"https://example.org/d"},{"url":"https://example.org/e","prependFolder":"a"}]}}`,
	}
	_, warnings, errs := s.ReadWarned(t, configurationType, config)
	if errs != "" || !strings.Contains(warnings, ": callbacks[0].role: ") || !strings.Contains(warnings, ": publish.callbacks[1].prepend_folder: ") {
		t.Errorf("%q, %q", errs, warnings)
	}
}

// TestRead_unreadable has one error and nothing else for what cannot be read, be it validated before or not.
func TestRead_unreadable(t *testing.T) {
	t.Parallel()
	s := served(t, signedAt)
	typ := s.Schemas().DataSourceSchemas[configurationType].ValueType()
	for want, config := range map[string]map[string]any{
		`AttributeName("callbacks"): Invalid callbacks: callbacks[1] must be an object.`: {
			"callbacks": []any{map[string]any{"url": plain}, nil}, "base_configuration": `{"publish":{"callbacks":[{"type":"speech"}]}}`,
		},
		`AttributeName("base_configuration"): Invalid base configuration: In base_configuration, the value is not valid JSON: unexpected end of JSON input at byte 1.`: {
			"callbacks": []any{map[string]any{"type": "speech"}}, "base_configuration": "{",
		},
	} {
		if _, _, errs := s.ReadWarned(t, configurationType, config); errs != want+"\n" {
			t.Errorf("%q, want %q", errs, want)
		}
		value, err := tfprotov6.NewDynamicValue(typ, arguments.Value(typ, config))
		if err != nil {
			t.Fatal(err)
		}
		read, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: configurationType, Config: &value})
		if err != nil || len(read.Diagnostics) != 1 {
			t.Fatalf("%v, %v", err, read.Diagnostics)
		}
		if d := read.Diagnostics[0]; d.Severity != tfprotov6.DiagnosticSeverityError || d.Attribute.String()+": "+d.Summary+": "+d.Detail != want {
			t.Errorf("read without validation: %v, want %q", d, want)
		}
	}
}

// TestRead_late refuses by the clock of the provider what the validation could not know.
func TestRead_late(t *testing.T) {
	t.Parallel()
	config := map[string]any{"callbacks": []any{map[string]any{"url": signed}}}
	got, _, errs := served(t, signedAt.Add(25*time.Hour)).ReadWarned(t, configurationType, config)
	if !strings.Contains(errs, `AttributeName("callbacks").ElementKeyInt(0).AttributeName("url"): `) || !strings.Contains(errs, "has expired") || got != nil {
		t.Errorf("%q, %v", errs, got)
	}
}

func nothing(of tftypes.Type) tftypes.Value { return tftypes.NewValue(of, nil) }

func object(values map[string]tftypes.Value) tftypes.Value {
	types := map[string]tftypes.Type{}
	for name, value := range values {
		types[name] = value.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
}

func tupleOf(values ...tftypes.Value) tftypes.Value {
	types := make([]tftypes.Type, len(values))
	for i, value := range values {
		types[i] = value.Type()
	}
	return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, values)
}

// TestFunction_configuration reads each attribute in each of the types that Terraform has for it.
func TestFunction_configuration(t *testing.T) {
	t.Parallel()
	s := served(t, signedAt)
	url := text(plain)
	mapOf := func(values map[string]tftypes.Value) tftypes.Value {
		return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, values)
	}
	for name, test := range map[string]struct {
		callbacks tftypes.Value
		want      string
	}{
		"a tuple of objects":     {tupleOf(object(map[string]tftypes.Value{"url": url})), `{"url":"` + plain + `"}`},
		"a list of maps":         {tftypes.NewValue(tftypes.List{ElementType: tftypes.Map{ElementType: tftypes.String}}, []tftypes.Value{mapOf(map[string]tftypes.Value{"url": url})}), `{"url":"` + plain + `"}`},
		"a set of maps":          {tftypes.NewValue(tftypes.Set{ElementType: tftypes.Map{ElementType: tftypes.String}}, []tftypes.Value{mapOf(map[string]tftypes.Value{"url": url})}), `{"url":"` + plain + `"}`},
		"delivery, in a map":     {tupleOf(mapOf(map[string]tftypes.Value{"url": text(baseURL), "s3_delivery": text("true"), "role": text(role)})), `{"url":"` + baseURL + `","s3Delivery":true,"role":"` + role + `"}`},
		"no delivery":            {tupleOf(object(map[string]tftypes.Value{"url": url, "s3_delivery": flag(false)})), `{"url":"` + plain + `"}`},
		"no delivery, in a map":  {tupleOf(mapOf(map[string]tftypes.Value{"url": url, "s3_delivery": text("false")})), `{"url":"` + plain + `"}`},
		"all":                    {tupleOf(object(map[string]tftypes.Value{"url": text(baseURL), "s3_delivery": flag(true), "role": text(role), "prepend_folder": text("calls"), "method": text("PUT"), "type": text("analytics"), "include": tupleOf(text("streams"), text("metadata")), "format": nothing(tftypes.String), "stream": nothing(tftypes.String)})), `{"url":"` + baseURL + `","method":"PUT","type":"analytics","include":["streams","metadata"],"s3Delivery":true,"role":"` + role + `","prependFolder":"calls"}`},
		"a transcript":           {tupleOf(object(map[string]tftypes.Value{"url": url, "type": text("transcript"), "format": text("srt")})), `{"url":"` + plain + `","type":"transcript","format":"srt"}`},
		"media":                  {tupleOf(object(map[string]tftypes.Value{"url": url, "type": text("media"), "stream": text("original")})), `{"url":"` + plain + `","type":"media","stream":"original"}`},
		"null in it":             {tupleOf(object(map[string]tftypes.Value{"url": url, "include": nothing(tftypes.List{ElementType: tftypes.String}), "s3_delivery": nothing(tftypes.Bool), "role": nothing(tftypes.DynamicPseudoType)})), `{"url":"` + plain + `"}`},
		"an empty include":       {tupleOf(object(map[string]tftypes.Value{"url": url, "include": tupleOf()})), `{"url":"` + plain + `","include":[]}`},
		"pre-signed":             {tupleOf(object(map[string]tftypes.Value{"url": text(signed)})), `{"url":"` + signed + `","method":"PUT"}`},
		"an unknown among nulls": {tupleOf(object(map[string]tftypes.Value{"url": url, "role": unknown(tftypes.DynamicPseudoType), "include": nothing(tftypes.DynamicPseudoType)})), "?"},
		"a section and a number": {tupleOf(object(map[string]tftypes.Value{"url": url, "include": tupleOf(unknown(tftypes.String), tftypes.NewValue(tftypes.Number, 1))})), "?"},
		"none":                   {tupleOf(), ``},
		"two":                    {tupleOf(object(map[string]tftypes.Value{"url": url}), object(map[string]tftypes.Value{"url": text("https://example.org/d")})), `{"url":"` + plain + `"},{"url":"https://example.org/d"}`},
		"a url yet to come":      {tupleOf(object(map[string]tftypes.Value{"url": unknown(tftypes.String)})), "?"},
		"a method yet to come":   {tupleOf(object(map[string]tftypes.Value{"url": url, "method": unknown(tftypes.String)})), "?"},
		"a flag yet to come":     {tupleOf(object(map[string]tftypes.Value{"url": url, "s3_delivery": unknown(tftypes.Bool)})), "?"},
		"a section yet to come":  {tupleOf(object(map[string]tftypes.Value{"url": url, "include": tupleOf(text("streams"), unknown(tftypes.String))})), "?"},
		"sections yet to come":   {tupleOf(object(map[string]tftypes.Value{"url": url, "include": unknown(tftypes.List{ElementType: tftypes.String})})), "?"},
		"a callback yet to come": {tupleOf(object(map[string]tftypes.Value{"url": url}), unknown(tftypes.Map{ElementType: tftypes.String})), "?"},
		"a list yet to come":     {unknown(tftypes.List{ElementType: tftypes.Map{ElementType: tftypes.String}}), "?"},
		"all yet to come":        {unknown(tftypes.DynamicPseudoType), "?"},
	} {
		got, failure, _ := s.Call(t, "callback_configuration", test.callbacks)
		want := test.want
		if want != "?" {
			want = `{"publish":{"callbacks":[` + want + `]}}`
		}
		if failure != "" || strings.Join(strings.Fields(got), "") != want {
			t.Errorf("%s: %s%s, want\n%s", name, failure, got, want)
		}
	}
	for name, test := range map[string]struct {
		callbacks tftypes.Value
		want      []string
	}{
		"a text":                    {url, []string{"callbacks must be a list of objects"}},
		"an object":                 {object(map[string]tftypes.Value{"url": url}), []string{"callbacks must be a list of objects"}},
		"a list of texts":           {tupleOf(url), []string{"callbacks[0] must be an object"}},
		"a null":                    {tupleOf(object(map[string]tftypes.Value{"url": url}), nothing(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"url": tftypes.String}})), []string{"callbacks[1] must be an object"}},
		"another attribute":         {tupleOf(object(map[string]tftypes.Value{"url": url, "uri": url})), []string{`callbacks[0]: unsupported attribute "uri"`}},
		"the first by name":         {tupleOf(object(map[string]tftypes.Value{"f": url, "e": url, "d": url, "c": url, "b": url, "a": url, "g": url, "h": url})), []string{`callbacks[0]: unsupported attribute "a"`}},
		"a number":                  {tupleOf(object(map[string]tftypes.Value{"url": tftypes.NewValue(tftypes.Number, 1)})), []string{"callbacks[0].url must be a string"}},
		"a word for a flag":         {tupleOf(object(map[string]tftypes.Value{"url": url, "s3_delivery": text("yes")})), []string{"callbacks[0].s3_delivery must be true or false"}},
		"a number for a flag":       {tupleOf(object(map[string]tftypes.Value{"url": url, "s3_delivery": tftypes.NewValue(tftypes.Number, 1)})), []string{"callbacks[0].s3_delivery must be true or false"}},
		"a text for sections":       {tupleOf(object(map[string]tftypes.Value{"url": url, "include": text("streams")})), []string{"callbacks[0].include must be a list of strings"}},
		"a null among the sections": {tupleOf(object(map[string]tftypes.Value{"url": url, "include": tupleOf(text("streams"), nothing(tftypes.String))})), []string{"callbacks[0].include must be a list of strings"}},
		"a number among them":       {tupleOf(object(map[string]tftypes.Value{"url": url, "include": tupleOf(tftypes.NewValue(tftypes.Number, 1))})), []string{"callbacks[0].include must be a list of strings"}},
		"the first of two":          {tupleOf(object(map[string]tftypes.Value{"url": flag(true), "role": flag(true)})), []string{"callbacks[0].url must be a string"}},
		"what is known of the rest": {tupleOf(object(map[string]tftypes.Value{"url": unknown(tftypes.String), "type": text("speech")})), []string{"error 60007"}},
	} {
		got, failure, argument := s.Call(t, "callback_configuration", test.callbacks)
		for _, want := range test.want {
			if !strings.Contains(failure, want) || argument != 0 || got != "" {
				t.Errorf("%s: argument %d, %q, want %q", name, argument, failure, want)
			}
		}
	}
	// No error of a value of another kind quotes it: it may be, or have in it, a pre-signed URL.
	for attribute, kind := range map[string]string{
		"url": "a string", "method": "a string", "type": "a string", "format": "a string", "stream": "a string", "role": "a string", "prepend_folder": "a string",
		"s3_delivery": "true or false", "include": "a list of strings",
	} {
		values := []tftypes.Value{object(map[string]tftypes.Value{"url": text(signed)}), tftypes.NewValue(tftypes.Number, 1)}
		if attribute == "s3_delivery" || attribute == "include" {
			values = append(values, text(signed), tupleOf(object(map[string]tftypes.Value{"url": text(signed)})))
		} else {
			values = append(values, tupleOf(text(signed)), mapOf(map[string]tftypes.Value{"url": text(signed)}))
		}
		for _, value := range values {
			want := "callbacks[0]." + attribute + " must be " + kind
			if _, failure, _ := s.Call(t, "callback_configuration", tupleOf(object(map[string]tftypes.Value{attribute: value}))); failure != want {
				t.Errorf("%s: %q, want %q", attribute, failure, want)
			}
		}
	}
	// Two errors stand one below the other, as they do in the data source.
	const both = "VoiceBase rejects this callback (error 60001)\ncallbacks[0].url: A callback needs a URL to deliver to.\n\nGiven: no url\nAllowed: a URL that starts with https://\n\n" +
		"VoiceBase rejects this callback (error 60007)\ncallbacks[0].type: VoiceBase does not support this type.\n\nGiven: \"speech\"\nAllowed: \"analytics\", \"transcript\", \"media\""
	if _, failure, _ := s.Call(t, "callback_configuration", tupleOf(object(map[string]tftypes.Value{"type": text("speech")}))); failure != both {
		t.Errorf("got %q, want %q", failure, both)
	}
	// The clock is the provider's, and a warning of the data source is nothing to a function.
	list := tupleOf(object(map[string]tftypes.Value{"url": text(signed)}))
	if _, failure, _ := served(t, signedAt.Add(25*time.Hour)).Call(t, "callback_configuration", list); !strings.Contains(failure, "has expired") {
		t.Errorf("a day later: %q", failure)
	}
}

func TestFunction_contentType(t *testing.T) {
	t.Parallel()
	s := served(t, signedAt)
	null := nothing(tftypes.String)
	for _, test := range []struct {
		resultType string
		format     tftypes.Value
		want       string
		failure    string
		argument   int64
	}{
		{"analytics", null, "application/json", "", -1},
		{"media", null, "application/octet-stream", "", -1},
		{"transcript", text("srt"), "text/srt", "", -1},
		{"speech", null, "", `invalid type "speech"`, 0},
		{"transcript", text("pdf"), "", `invalid format "pdf"`, 1},
		{"transcript", null, "", "requires a format", 1},
		{"media", text("srt"), "", "format is not valid with type", 1},
	} {
		got, failure, argument := s.Call(t, "content_type", text(test.resultType), test.format)
		if got != test.want || (failure == "") != (test.failure == "") || !strings.Contains(failure, test.failure) || argument != test.argument {
			t.Errorf("%s %s: %q, argument %d: %q", test.resultType, test.format, got, argument, failure)
		}
	}
}

func TestFunction_parsePresignedURL(t *testing.T) {
	t.Parallel()
	s := served(t, signedAt)
	for url, want := range map[string]string{
		signed:   "{access_key_id=AKIAIOSFODNN7EXAMPLE bucket=acme-voicebase-results content_type=application/json expires_at=2026-01-03T03:04:05Z key=calls/1 region=us-east-1 signature_version=SigV4 signed_at=2026-01-02T03:04:05Z signed_headers=[content-type host]}",
		hostOnly: "{access_key_id=AKIAIOSFODNN7EXAMPLE bucket=acme-voicebase-results content_type=null expires_at=2026-01-03T03:04:05Z key=calls/1 region=us-east-1 signature_version=SigV4 signed_at=2026-01-02T03:04:05Z signed_headers=[host]}",
		strings.Replace(sigV2, ".us-east-1", "", 1): "{access_key_id=AKIAIOSFODNN7EXAMPLE bucket=acme-voicebase-results content_type=application/json expires_at=2026-01-03T03:04:05Z key=calls/1 region=null signature_version=SigV2 signed_at=null signed_headers=null}",
		strings.Replace(signed, "calls/1?", "?", 1): "{access_key_id=AKIAIOSFODNN7EXAMPLE bucket=acme-voicebase-results content_type=application/json expires_at=2026-01-03T03:04:05Z key=null region=us-east-1 signature_version=SigV4 signed_at=2026-01-02T03:04:05Z signed_headers=[content-type host]}",
	} {
		if got, failure, _ := s.Call(t, "parse_presigned_url", text(url)); got != want || failure != "" {
			t.Errorf("%s\n%s%s, want\n%s", url, failure, got, want)
		}
	}
	if got, failure, argument := s.Call(t, "parse_presigned_url", text(baseURL)); got != "" || !strings.HasPrefix(failure, "the URL is not pre-signed") || strings.Contains(failure, baseURL) || argument != 0 {
		t.Errorf("%q, argument %d: %q", got, argument, failure)
	}
}

// TestSchema_spelling shows the names that VoiceBase spells otherwise, and no others.
func TestSchema_spelling(t *testing.T) {
	t.Parallel()
	page := served(t, signedAt).Schemas().DataSourceSchemas[configurationType].Block.Description
	_, table, _ := strings.Cut(page, "| --- | --- |\n")
	if !strings.Contains(page, "~> **Spelling**") || table != "| `s3Delivery` | `s3_delivery` |\n| `prependFolder` | `prepend_folder` |\n\nAll other attributes have the same name in both." {
		t.Errorf("%s", page)
	}
}

// TestSchema_arguments has what each argument is. A URL may be signed, and the JSON has all URLs: both are sensitive.
func TestSchema_arguments(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	add := func(prefix string, attribute *tfprotov6.SchemaAttribute) {
		for _, is := range []struct {
			so   bool
			word string
		}{{attribute.Required, "required"}, {attribute.Optional, "optional"}, {attribute.Computed, "computed"}, {attribute.Sensitive, "sensitive"}} {
			if is.so {
				got[prefix+attribute.Name] = strings.TrimSpace(got[prefix+attribute.Name] + " " + is.word)
			}
		}
	}
	for _, attribute := range served(t, signedAt).Schemas().DataSourceSchemas[configurationType].Block.Attributes {
		add("", attribute)
		if attribute.NestedType != nil {
			for _, nested := range attribute.NestedType.Attributes {
				add(attribute.Name+".", nested)
			}
		}
	}
	want := map[string]string{
		"callbacks": "required", "base_configuration": "optional", "json": "computed sensitive",
		"callbacks.url": "optional sensitive", "callbacks.method": "optional computed", "callbacks.type": "optional computed", "callbacks.format": "optional",
		"callbacks.stream": "optional", "callbacks.include": "optional computed", "callbacks.s3_delivery": "optional computed", "callbacks.role": "optional",
		"callbacks.prepend_folder": "optional",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestFunctions_parameters has which parameters take null and what is not known yet: Terraform itself refuses the rest.
func TestFunctions_parameters(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for name, function := range served(t, signedAt).Schemas().Functions {
		for _, parameter := range function.Parameters {
			got[name+"."+parameter.Name] = fmt.Sprintf("null %t, unknown %t", parameter.AllowNullValue, parameter.AllowUnknownValues)
		}
	}
	for parameter, want := range map[string]string{
		"callback_configuration.callbacks": "null false, unknown true",
		"content_type.type":                "null false, unknown false",
		"content_type.format":              "null true, unknown false",
		"parse_presigned_url.url":          "null false, unknown false",
	} {
		if got[parameter] != want {
			t.Errorf("%s: %q, want %q", parameter, got[parameter], want)
		}
	}
}
