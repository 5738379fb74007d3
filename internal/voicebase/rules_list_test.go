package voicebase_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

func TestValidateList(t *testing.T) {
	transcript := func(url string) string {
		return fmt.Sprintf(`{"url": %q, "type": "transcript", "format": "json"}`, url)
	}
	sameObject := "https://s3.us-east-1.amazonaws.com/acme/1.json?content-type=application%2Fjson&" + v4
	delivery := fmt.Sprintf(`{"url": %q, "s3Delivery": true, "role": %q}`, base, role)
	deliveryPUT := strings.Replace(delivery, "{", `{"method": "PUT", `, 1)
	put := `{"url": "https://example.org/c", "method": "PUT"}`
	post := `{"url": "https://example.org/c"}`
	cases := []struct {
		name      string
		callbacks []string
		want      []string
	}{
		{"none", nil, []string{"-1: 0 warning"}},
		{"no analytics", []string{transcript("https://h")}, []string{"-1: 0 warning"}},
		{"analytics by default", []string{transcript("https://h"), post}, nil},
		{"the same object, signed twice", []string{presigned(typed("application/json"), ""), transcript(sameObject)}, []string{"1: 0 error url"}},
		{"the same object, three times", []string{presigned(sameObject, ""), presigned(sameObject, ""), presigned(sameObject, "")}, []string{"1: 0 error url", "2: 0 error url"}},
		{"another key", []string{presigned(sameObject, ""), presigned(strings.Replace(sameObject, "1.json", "2.json", 1), "")}, nil},
		{"another bucket", []string{presigned(sameObject, ""), presigned(strings.Replace(sameObject, "acme", "acme2", 1), "")}, nil},
		{"another endpoint", []string{
			presigned("https://127.0.0.1:9000/acme/1.json?content-type=application%2Fjson&"+v4, ""),
			presigned("https://127.0.0.1:9001/acme/1.json?content-type=application%2Fjson&"+v4, ""),
		}, nil},
		{"one object of an endpoint, signed twice", []string{
			post, presigned("https://127.0.0.1:9000/acme/1.json?content-type=application%2Fjson&"+v4, ""),
			presigned("https://127.0.0.1:9000/acme/1.json?content-type=application%2Fjson&X=y&"+v4, ""),
		}, []string{"2: 0 error url"}},
		{"one object of an endpoint, whose host is in capitals", []string{
			post, presigned("https://storage.example.com/acme/1.json?content-type=application%2Fjson&"+v4, ""),
			presigned("https://Storage.Example.COM/acme/1.json?content-type=application%2Fjson&"+v4, ""),
		}, []string{"2: 0 error url"}},
		{"two objects of an endpoint", []string{
			presigned("https://127.0.0.1:9000/acme/1.json?content-type=application%2Fjson&"+v4, ""),
			presigned("https://127.0.0.1:9000/acme/2.json?content-type=application%2Fjson&"+v4, ""),
			presigned("https://127.0.0.1:9000/acme2/1.json?content-type=application%2Fjson&"+v4, ""),
		}, nil},
		{"a mistake in the second", []string{post, `{}`}, []string{"1: 60001 error url"}},
		{"one URL that takes POST, as it says", []string{`{"url": "https://example.org/c", "method": "POST"}`, post}, nil},
		{"one URL that takes POST, as both say", []string{`{"url": "https://example.org/c", "method": "POST"}`, `{"url": "https://example.org/c", "method": "POST"}`}, nil},
		{"one URL that takes POST, as VoiceBase's page shows", []string{post, post}, nil},
		{"one URL that takes PUT", []string{put, put}, []string{"1: 0 error url"}},
		{"one bucket for two deliveries by role", []string{delivery, delivery}, nil},
		{"one bucket for two deliveries by role, with PUT", []string{deliveryPUT, deliveryPUT}, nil},
	}
	var texts strings.Builder
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var list []voicebase.Callback
			for _, text := range c.callbacks {
				list = append(list, callback(t, text))
			}
			var got []string
			for _, problem := range voicebase.Validate(drafts(list...), signedAt) {
				got = append(got, fmt.Sprintf("%d: %s", problem.Index, short(problem)))
				writeText(&texts, c.name, problem)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	golden.Compare(t, "problems/"+t.Name()+".txt", texts.String())
}
