package framework_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func TestAWSError(t *testing.T) {
	t.Parallel()
	answer := func(code string) error {
		return &awshttp.ResponseError{
			RequestID: "REQUEST0001",
			ResponseError: &smithyhttp.ResponseError{
				Response: &smithyhttp.Response{Response: &http.Response{StatusCode: http.StatusForbidden}},
				Err:      &smithy.GenericAPIError{Code: code, Message: "not allowed"},
			},
		}
	}
	const permissions = "The permissions that the provider's credentials need are listed at https://registry.terraform.io/providers/voicebase/voicebase/latest/docs/guides/permissions.\n\n"
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{
			"answer of AWS", fmt.Errorf("operation error IAM: CreateRole, %w", answer("AccessDenied")),
			"Operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: REQUEST0001, api error AccessDenied: not allowed.\n\n" +
				permissions +
				"Name: acme\nAWS error code: AccessDenied\nRequest ID: REQUEST0001",
		},
		{
			"answer of S3 to a HEAD", fmt.Errorf("operation error S3: HeadBucket, %w", answer("Forbidden")),
			"Operation error S3: HeadBucket, https response error StatusCode: 403, RequestID: REQUEST0001, api error Forbidden: not allowed.\n\n" +
				permissions + "Name: acme\nAWS error code: Forbidden\nRequest ID: REQUEST0001",
		},
		{
			"another refusal", answer("NoSuchEntity"),
			"Https response error StatusCode: 403, RequestID: REQUEST0001, api error NoSuchEntity: not allowed.\n\nName: acme\nAWS error code: NoSuchEntity\nRequest ID: REQUEST0001",
		},
		{"no answer", errors.New("no credentials"), "No credentials.\n\nName: acme"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := framework.AWSError("create", "delivery role", "acme", test.err)
			if got.Severity() != diag.SeverityError || got.Summary() != "Unable to create delivery role" {
				t.Errorf("%s %q", got.Severity(), got.Summary())
			}
			if got.Detail() != test.want {
				t.Errorf("detail:\n%s\nwant:\n%s", got.Detail(), test.want)
			}
		})
	}
}

func TestSentence(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a cause":       "A cause.",
		"Done already.": "Done already.",
		" über uns ":    "Über uns.",
		`"*" is no ARN`: `"*" is no ARN.`,
		"is it there?":  "Is it there?",
		"there? no":     "There? no.",
		"3.5 of 4":      "3.5 of 4.",
		"":              "\ufffd.",
	} {
		if got := framework.Sentence(errors.New(in)); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestExistsError names the object, what AWS says and the command that imports it.
func TestExistsError(t *testing.T) {
	t.Parallel()
	got := framework.ExistsError("delivery role", "acme", "the-id", errors.New("it exists"))
	want := "It exists.\n\nAn earlier apply that ended before it saved its state may have created it. To manage it with this resource, import it and apply again:\n\n" +
		"    terraform import ADDRESS the-id\n\nADDRESS is this resource's address, which is shown with this error. Otherwise, choose another name.\n\nName: acme"
	if got.Severity() != diag.SeverityError || got.Summary() != "Unable to create delivery role" || got.Detail() != want {
		t.Errorf("%s: %s", got.Summary(), got.Detail())
	}
	if lost := framework.LostError("delivery role", "acme", errors.New("no answer")).Detail(); !strings.HasSuffix(lost, "\n\nName: acme") || !strings.HasPrefix(lost, "No answer.\n\nAWS may have created it anyway") {
		t.Errorf("lost: %s", lost)
	}
}

func TestNoExternalID(t *testing.T) {
	t.Parallel()
	got := framework.NoExternalID()
	if got.Severity() != diag.SeverityWarning || !hasPath(got, path.Root("external_id")) || !strings.Contains(got.Detail(), "VOICEBASE_EXTERNAL_ID") {
		t.Errorf("%v", got)
	}
}
