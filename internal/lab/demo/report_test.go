package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

func TestReport_counts(t *testing.T) {
	refused := check{status: 403, code: "AccessDenied"}
	for name, test := range map[string]struct {
		attempt standin.Attempt
		failed  int
	}{
		"as expected":   {standin.Attempt{Status: 403, Code: "AccessDenied"}, 0},
		"another code":  {standin.Attempt{Status: 403, Code: "ExpiredToken"}, 1},
		"it went ahead": {standin.Attempt{Status: 200}, 1},
		"no answer":     {standin.Attempt{Err: errors.New("connection refused")}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			r := report{out: &out}
			c := refused
			c.attempt = test.attempt
			r.checks("CANNOT", []check{c})
			if r.checked != 1 || r.failed != test.failed {
				t.Errorf("%d of %d lines failed, want %d of 1:\n%s", r.failed, r.checked, test.failed, out.String())
			}
			if marked := strings.Contains(out.String(), "FAILED"); marked != (test.failed > 0) {
				t.Errorf("the line does not show its verdict:\n%s", out.String())
			}
		})
	}
}

func TestAsSent(t *testing.T) {
	sent := []standin.Attempt{
		{Target: "https://s3.example/bucket/a/one.json", Size: 3, ContentType: "application/json"},
		{Target: "s3://bucket/a/two.srt", Size: 5, ContentType: "text/srt"},
	}
	one, two := object{"a/one.json", 3, "application/json"}, object{"a/two.srt", 5, "text/srt"}
	for name, test := range map[string]struct {
		objects []object
		want    bool
	}{
		"all":          {[]object{one, two}, true},
		"one missing":  {[]object{one}, false},
		"one too many": {[]object{one, two, {"b", 1, "text/plain"}}, false},
		"another size": {[]object{one, {"a/two.srt", 4, "text/srt"}}, false},
		"another type": {[]object{one, {"a/two.srt", 5, "text/plain"}}, false},
		"another key":  {[]object{one, {"a/2.srt", 5, "text/srt"}}, false},
	} {
		if got := asSent(test.objects, sent); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestMadeRows(t *testing.T) {
	rows, err := madeRows([]byte(`{"values": {"root_module": {"resources": [
		{"address": "voicebase_delivery_role.r", "values": {"arn": "arn:aws:iam::1:role/r", "name": "r"}},
		{"address": "data.voicebase_presigned_callback_url.u", "values": {"key": "a.json", "url": "https://secret"}},
		{"address": "data.voicebase_callback_configuration.c", "values": {"json": "{}"}}
	]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	var flat []string
	for _, row := range rows {
		flat = append(flat, strings.Join(row, " "))
	}
	want := "CREATED |voicebase_delivery_role.r arn:aws:iam::1:role/r|data.voicebase_presigned_callback_url.u a.json"
	if got := strings.Join(flat, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTampering(t *testing.T) {
	const address = "https://s3.example/bucket/key?X-Amz-Expires=60&X-Amz-Signature=abc"
	if got := anotherKey(address); got != "https://s3.example/bucket/key-of-another-call?X-Amz-Expires=60&X-Amz-Signature=abc" {
		t.Errorf("another key: %s", got)
	}
	if got := withQuery(address, "X-Amz-Expires", "600"); got != "https://s3.example/bucket/key?X-Amz-Expires=600&X-Amz-Signature=abc" {
		t.Errorf("another expiry: %s", got)
	}
}
