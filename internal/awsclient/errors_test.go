package awsclient_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// refusal is what an error tells of AWS's answer.
type refusal struct {
	Operation, Code, Message, RequestID string
	Status                              int
	Refused                             bool
}

func refusalOf(err error) refusal {
	return refusal{awsclient.Operation(err), awsclient.Code(err), awsclient.Message(err), awsclient.RequestID(err), awsclient.Status(err), awsclient.Refused(err)}
}

// TestErrors reads what messages are made of from AWS's answers, wrapped as the verbs wrap them, and nothing from errors
// of our own.
func TestErrors(t *testing.T) {
	for code, refused := range map[string]bool{"AccessDenied": true, "AccessDeniedException": true, "Forbidden": true, "NoSuchEntity": false} {
		awsfake.Isolate(t)
		server := newAnswerer(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, "<ErrorResponse><Error><Code>%s</Code><Message>not you</Message></Error><RequestId>the-id</RequestId></ErrorResponse>", code)
		})
		settings := static()
		settings.Endpoints.IAM = server.URL
		client, err := newClients(settings).IAM(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("delivery")})
		want := refusal{"GetRole", code, "not you", "the-id", http.StatusForbidden, refused}
		if got := refusalOf(fmt.Errorf("wrapped: %w", err)); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if got := refusalOf(errors.New("our own")); got != (refusal{}) {
		t.Errorf("got %+v", got)
	}
	if got := refusalOf(nil); got != (refusal{}) {
		t.Errorf("got %+v", got)
	}
}
