package server_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestOtherServices holds that a client of a service that is not here gets an
// answer that it can read, in the protocol of that service.
func TestOtherServices(t *testing.T) {
	const message = `The local AWS has S3, IAM and STS, not `
	for service, want := range map[string]struct{ contentType, body string }{
		"sqs": {"application/x-amz-json-1.0", `{"__type":"UnknownOperationException","message":"` + message + `\"sqs\"."}`},
		"sns": {"application/x-www-form-urlencoded", `<ErrorResponse><Error><Code>UnknownOperationException</Code><Message>` + message + `&#34;sns&#34;.</Message></Error></ErrorResponse>`},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, local.URL+"/", strings.NewReader("{}"))
		must(t, err)
		request.Header.Set("Content-Type", want.contentType)
		request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/"+service+"/aws4_request, SignedHeaders=host, Signature=0")
		response, err := trustful.Do(request)
		must(t, err)
		body, err := io.ReadAll(response.Body)
		must(t, err)
		must(t, response.Body.Close())
		if response.StatusCode != http.StatusBadRequest || strings.TrimSpace(string(body)) != want.body {
			t.Errorf("%s: %d %s", service, response.StatusCode, body)
		}
	}
}
