package framework_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

type movedBucket struct {
	ID   string            `json:"id"`
	Tags map[string]string `json:"tags"`
}

// TestMovedFromAWS takes one type of one provider, of either registry, and says which otherwise.
func TestMovedFromAWS(t *testing.T) {
	t.Parallel()
	const state = `{"id":"acme","tags":{"Team":"speech"},"acl":"private"}`
	const wrong = "A voicebase_delivery_bucket can be moved from aws_s3_bucket of hashicorp/aws, not from "
	for name, test := range map[string]struct{ from, provider, state, err string }{
		"Terraform's":       {"aws_s3_bucket", "registry.terraform.io/hashicorp/aws", state, ""},
		"OpenTofu's":        {"aws_s3_bucket", "registry.opentofu.org/hashicorp/aws", state, ""},
		"another provider":  {"aws_s3_bucket", "registry.terraform.io/acme/aws", state, wrong + "aws_s3_bucket of registry.terraform.io/acme/aws. Import the object instead"},
		"another type":      {"aws_iam_role", "registry.terraform.io/hashicorp/aws", state, wrong + "aws_iam_role of registry.terraform.io/hashicorp/aws."},
		"an unusual state":  {"aws_s3_bucket", "registry.terraform.io/hashicorp/aws", `{"id":7}`, "The state of aws_s3_bucket (schema version 3) cannot be read: Json: cannot unmarshal"},
		"no state":          {"aws_s3_bucket", "registry.terraform.io/hashicorp/aws", ``, "cannot be read: Unexpected end of JSON input."},
		"without arguments": {"aws_s3_bucket", "registry.terraform.io/hashicorp/aws", `{}`, ""},
	} {
		got, diags := framework.MovedFromAWS[movedBucket](resource.MoveStateRequest{
			SourceTypeName: test.from, SourceProviderAddress: test.provider, SourceRawState: &tfprotov6.RawState{JSON: []byte(test.state)}, SourceSchemaVersion: 3,
		}, "aws_s3_bucket", "voicebase_delivery_bucket")
		if test.err != "" {
			if len(diags) != 1 || diags[0].Summary() != "Unable to move resource state" || !strings.Contains(diags[0].Detail(), test.err) {
				t.Errorf("%s: %v", name, diags)
			}
			continue
		}
		if whole := test.state == state; diags.HasError() || (got.ID == "acme") != whole || (got.Tags["Team"] == "speech") != whole {
			t.Errorf("%s: %+v, %v", name, got, diags)
		}
	}
}
