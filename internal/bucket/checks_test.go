package bucket_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// reset forgets the calls so far.
type reset struct{ aws *acctest.AWS }

func (c reset) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	c.aws.ResetCalls()
}

// sent compares the calls since reset with what was to be sent, apart from the reads of a refresh.
type sent struct {
	aws  *acctest.AWS
	want []string
}

func (c sent) CheckPlan(_ context.Context, _ plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	got := c.aws.Actions()
	if !slices.Equal(got, c.want) {
		resp.Error = fmt.Errorf("sent %v, want %v", got, c.want)
	}
}

// reorderPolicy puts a bucket's policy as another text that says the same.
func reorderPolicy(t *testing.T, a *acctest.AWS, bucket string) {
	t.Helper()
	client := a.S3("us-east-1")
	found, err := client.GetBucketPolicy(t.Context(), &s3.GetBucketPolicyInput{Bucket: &bucket})
	if err != nil {
		t.Fatal(err)
	}
	policy := reversed(t, *found.Policy)
	if _, err := client.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy}); err != nil {
		t.Fatal(err)
	}
}

// reversed writes a policy with its statements in another order, and indented.
func reversed(t *testing.T, policy string) string {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(policy), &document); err != nil {
		t.Fatal(err)
	}
	statements, ok := document["Statement"].([]any)
	if !ok {
		t.Fatalf("no list of statements in %s", policy)
	}
	slices.Reverse(statements)
	text, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
