package framework_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func TestAWSError(t *testing.T) {
	t.Parallel()
	answer := &awshttp.ResponseError{
		RequestID: "REQUEST0001",
		ResponseError: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: http.StatusForbidden}},
			Err:      &smithy.GenericAPIError{Code: "AccessDenied", Message: "not allowed"},
		},
	}
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{
			"answer of AWS", fmt.Errorf("operation error IAM: CreateRole, %w", answer),
			"Operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: REQUEST0001, api error AccessDenied: not allowed.\n\n" +
				"The permissions that the provider's credentials need are listed at https://registry.terraform.io/providers/voicebase/voicebase/latest/docs/guides/permissions.\n\n" +
				"Name: acme\nAWS error code: AccessDenied\nRequest ID: REQUEST0001",
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
	} {
		if got := framework.Sentence(errors.New(in)); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", in, got, want)
		}
	}
}
