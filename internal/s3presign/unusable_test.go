package s3presign_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

// TestSignRefusesWhatVoiceBaseWouldNotSend has a client that signs a header of its own: no such URL is handed out.
func TestSignRefusesWhatVoiceBaseWouldNotSend(t *testing.T) {
	t.Parallel()
	options := client("us-east-1", aws.Credentials{}).Options()
	options.APIOptions = append(options.APIOptions, func(stack *middleware.Stack) error {
		return smithyhttp.SetHeaderValue("X-Amz-Acl", "private")(stack)
	})
	signed, err := s3presign.New(s3.New(options)).Sign(t.Context(), validRequest())
	if err == nil || !strings.HasPrefix(err.Error(), "the URL that the AWS SDK signed for s3://acme-voicebase-results/calls/1.json is unusable: ") || signed.URL != "" {
		t.Errorf("got %v", err)
	}
	if err != nil && strings.Contains(err.Error(), "AKIAIOSFODNN7EXAMPLE") {
		t.Errorf("the error quotes the URL: %v", err)
	}
}

// TestSignLogsNothing has a client that logs all it can.
func TestSignLogsNothing(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	options := client("us-east-1", aws.Credentials{SessionToken: "token"}).Options()
	options.ClientLogMode = aws.LogSigning
	options.Logger = logging.LoggerFunc(func(_ logging.Classification, format string, args ...any) { fmt.Fprintf(&log, format, args...) })
	if _, err := s3presign.New(s3.New(options)).Sign(t.Context(), validRequest()); err != nil {
		t.Fatal(err)
	}
	if log.Len() > 0 {
		t.Errorf("the signature is logged: %s", log.String())
	}
}

func TestSignYears(t *testing.T) {
	t.Parallel()
	signer := s3presign.New(client("us-east-1", aws.Credentials{}))
	for at, ok := range map[time.Time]bool{
		time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC):         true,
		time.Date(-1, 12, 31, 23, 59, 59, 0, time.UTC):   false,
		time.Date(9999, 12, 31, 22, 59, 59, 0, time.UTC): true,
		time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC):   false,
	} {
		request := validRequest()
		request.SignedAt = at
		if _, err := signer.Sign(t.Context(), request); (err == nil) != ok {
			t.Errorf("%s: %v", at, err)
		}
	}
}

func TestParseReturnsWhatItTakes(t *testing.T) {
	t.Parallel()
	const accessPoint = "arn:aws:s3:eu-west-1:123456789012:accesspoint/results"
	for reference, want := range map[string]s3presign.Bucket{
		"acme":      {Reference: "acme"},
		accessPoint: {Reference: accessPoint, Region: "eu-west-1"},
	} {
		if got, err := s3presign.ParseBucket(reference); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v", got, err)
		}
	}
	if got, err := s3presign.ParseContentType("text/plain; a=~"); got != "text/plain; a=~" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if s3presign.HasSessionToken("https://acme/%zz") || s3presign.HasSessionToken("://") {
		t.Error("what is no URL has a session token")
	}
	if got, err := s3presign.ParseContentType("a/b; c"); err == nil {
		t.Errorf("a parameter without a value: got %q", got)
	}
}
