package assumerole_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// backgroundContext outlives the test's own, which is over when clean-ups run.
var backgroundContext = context.Background()

// cleanUp undoes after the test what it has made past Terraform.
func cleanUp(t *testing.T, undo func(*iam.Client) error, aws *acctest.AWS) {
	t.Helper()
	t.Cleanup(func() {
		if err := undo(aws.IAM()); err != nil {
			t.Error(err)
		}
	})
}

// outside changes a role behind Terraform's back.
func outside(t *testing.T, aws *acctest.AWS, change func(context.Context, *iam.Client) error) {
	t.Helper()
	if err := change(t.Context(), aws.IAM()); err != nil {
		t.Fatal(err)
	}
}

func tagOutside(t *testing.T, aws *acctest.AWS, name, key, text string) {
	t.Helper()
	outside(t, aws, func(ctx context.Context, client *iam.Client) error {
		_, err := client.TagRole(ctx, &iam.TagRoleInput{RoleName: &name, Tags: []types.Tag{{Key: &key, Value: &text}}})
		return err
	})
}
