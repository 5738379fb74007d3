package check_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

// The most that one check may cost a plan: calls, and calls that wait for one another.
const (
	maxCalls = 12
	maxDepth = 2
)

// TestAccCheck_calls counts the calls of a check in every kind of set-up, and how many wait for one another.
func TestAccCheck_calls(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	d := newDelivery(t, a, region)
	administrator, nobody := a.Server(t, nil), a.ServerAs(t, a.Operator(t, policyOf("Allow", "sns:Publish", "*")), nil)
	elsewhere := d.arguments()
	elsewhere["region"] = "eu-west-1"
	missing := d.arguments()
	missing["bucket"] = acctest.RandomName("acc-none-")
	for name, try := range map[string]struct {
		server    acctest.Server
		arguments map[string]any
		calls     int
	}{
		"all is well":             {administrator, d.arguments(), 12},
		"pre-signed URLs":         {administrator, d.presigned(), 10},
		"in another region":       {administrator, elsewhere, 11},
		"no bucket":               {administrator, missing, 11},
		"no permission":           {nobody, d.arguments(), 12},
		"no permission, by a URL": {nobody, d.presigned(), 9},
	} {
		a.ResetCalls()
		a.Delay(100 * time.Millisecond)
		check(t, try.server, try.arguments)
		a.Delay(0)
		calls := a.Calls()
		if len(calls) != try.calls || len(calls) > maxCalls || depth(calls) > maxDepth {
			t.Errorf("%s: %d calls, depth %d: %s", name, len(calls), depth(calls), strings.Join(a.Actions(), " "))
		}
	}
}

// depth is the longest chain of calls of which each began after the one before had ended.
func depth(calls []acctest.Call) int {
	longest := 0
	depths := make([]int, len(calls))
	for i, call := range calls { // in the order in which they began
		depths[i] = 1
		for j := range i {
			if !calls[j].End.After(call.Start) {
				depths[i] = max(depths[i], depths[j]+1)
			}
		}
		longest = max(longest, depths[i])
	}
	return longest
}

// TestAccCheck_stranger has a bucket in another account: one that its owner lets us see, and one that he doesn't.
func TestAccCheck_stranger(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	d := newDelivery(t, a, region)
	name := acctest.RandomName("acc-stranger-")
	client := a.OtherS3(region)
	must(t)(client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name}))
	t.Cleanup(func() { _, _ = client.DeleteBucket(context.Background(), &s3.DeleteBucketInput{Bucket: &name}) })
	server := a.Server(t, nil)
	for _, arguments := range []map[string]any{d.arguments(), d.presigned()} {
		arguments["bucket"] = name
		if got := check(t, server, arguments); got.passed || got.finding(readiness.BucketOwner).Passed {
			t.Errorf("a stranger's bucket: %+v", got.finding(readiness.BucketOwner))
		}
	}
	policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::` + name + `"}]}`
	must(t)(client.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &name, Policy: &policy}))
	for _, arguments := range []map[string]any{d.arguments(), d.presigned()} {
		arguments["bucket"] = name
		got := check(t, server, arguments)
		if owner := got.finding(readiness.BucketOwner); got.passed || owner.Passed || !strings.Contains(owner.Detail, "account other than 000000000000") {
			t.Errorf("a stranger's bucket that we may see: %+v", owner)
		}
		if !slices.ContainsFunc(got.findings, func(f readiness.Finding) bool { return f.Name == readiness.BucketExists && f.Passed }) {
			t.Error("the bucket exists")
		}
	}
}
