//go:build faults

package faults_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// managedPolicy makes a policy that is deleted after the test.
func managedPolicy(t *testing.T, a *acctest.AWS) string {
	t.Helper()
	name, document := acctest.RandomName("acc-boundary-"), `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	made, err := a.IAM().CreatePolicy(t.Context(), &iam.CreatePolicyInput{PolicyName: &name, PolicyDocument: &document})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := a.IAM().DeletePolicy(context.Background(), &iam.DeletePolicyInput{PolicyArn: made.Policy.Arn}); err != nil {
			t.Error(err)
		}
	})
	return *made.Policy.Arn
}
