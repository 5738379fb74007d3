package standin

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
)

func (v *VoiceBase) deliverByURL(ctx context.Context, callback Callback, result result) Attempt {
	return v.Send(ctx, callback.Name(), callback.Method, callback.URL, result.contentType, result.body)
}

// Send makes one plain HTTP request, as VoiceBase does for a callback without role delivery. An empty content
// type sends no such header.
func (v *VoiceBase) Send(ctx context.Context, name, method, target, contentType string, body []byte) Attempt {
	attempt := Attempt{Name: name, Target: withoutQuery(target), ContentType: contentType, Size: len(body)}
	request, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		attempt.Err = bare(err)
		return attempt
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := v.http.Do(request)
	if err != nil {
		attempt.Err = bare(err)
		return attempt
	}
	defer func() { _ = response.Body.Close() }()
	attempt.answer(response)
	return attempt
}

func withoutQuery(target string) string {
	parsed, err := url.Parse(target)
	if err != nil {
		return "(not a URL)"
	}
	parsed.RawQuery = ""
	return parsed.String()
}
