package s3bucket_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// TestEachFailedCallIsAnError lets each call of each verb fail in turn: none of the errors is dropped, and nothing is
// changed after it.
func TestEachFailedCallIsAnError(t *testing.T) {
	other := everySetting()
	other.Encryption.Blocked, other.Versioning, other.Policy, other.EventBridge = nil, false, `{"Id":"x"}`, false
	other.PublicAccessBlock.BlockPublicACLs, other.ObjectOwnership, other.Tags = false, "ObjectWriter", map[string]string{"Team": "sales"}
	other.AccessLogging, other.Lifecycle = s3bucket.AccessLogging{}, s3bucket.Retention{Transitions: []s3bucket.Transition{moves(1, "GLACIER")}}.Rules()
	logged := everySetting()
	logged.AccessLogging.Prefix = "another/"
	untagged := other
	untagged.Tags = nil
	update := func(to s3bucket.Settings) func(context.Context, *fakeBucket) error {
		return func(ctx context.Context, f *fakeBucket) error {
			return s3bucket.Update(ctx, f, bucketName, everySetting(), to, noneUnmanaged)
		}
	}
	for name, test := range map[string]struct {
		verb  func(context.Context, *fakeBucket) error
		calls int
	}{
		"create": {func(ctx context.Context, f *fakeBucket) error {
			_, err := s3bucket.Create(ctx, f, s3bucket.New{Name: bucketName, Region: "eu-west-1"})
			return err
		}, 1},
		"configure": {func(ctx context.Context, f *fakeBucket) error {
			return s3bucket.Configure(ctx, f, bucketName, s3bucket.Made{}, everySetting())
		}, 8},
		"find": {func(ctx context.Context, f *fakeBucket) error {
			_, err := s3bucket.Find(ctx, f, bucketName, everything)
			return err
		}, 9},
		"update":             {update(other), 12},
		"update, tags go":    {update(untagged), 12},
		"update of the log":  {update(logged), 2},
		"delete with all in": {func(ctx context.Context, f *fakeBucket) error { return s3bucket.Delete(ctx, f, bucketName, true) }, 7},
		"list": {func(ctx context.Context, f *fakeBucket) error {
			var last error
			for _, err := range s3bucket.List(ctx, f, "eu-west-1", "") {
				last = err
			}
			return last
		}, 1},
	} {
		fresh := func() *fakeBucket {
			f := &fakeBucket{errs: map[string][]error{}}
			f.fill(1)
			f.versions = append(f.versions, version{"\x01", "1"})
			f.uploads = []version{{"a", "1"}}
			return f
		}
		whole := fresh()
		synctest.Test(t, func(t *testing.T) {
			if err := test.verb(t.Context(), whole); err != nil || len(whole.calls) != test.calls {
				t.Errorf("%s: %d calls %v, want %d; %v", name, len(whole.calls), whole.calls, test.calls, err)
			}
		})
		earlier := map[string]int{}
		for i, action := range whole.calls {
			failure := refusal(http.StatusBadRequest, "InvalidRequest", "no")
			f := fresh()
			f.errs[action] = append(slices.Repeat([]error{nil}, earlier[action]), failure)
			earlier[action]++
			t.Run(fmt.Sprintf("%s/%d %s", name, i, action), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					if err := test.verb(t.Context(), f); !errors.Is(err, failure) && (err == nil || !strings.Contains(err.Error(), "InvalidRequest")) {
						t.Errorf("got %v after %v", err, f.calls)
					}
					if left := len(f.errs[action]); left != 0 {
						t.Errorf("the call was not made again: %v", f.calls)
					}
				})
			})
		}
	}
}

// TestEachWaitIsTwoMinutes: what S3 shows late is waited for, for two minutes and no longer.
func TestEachWaitIsTwoMinutes(t *testing.T) {
	principal := refusal(http.StatusBadRequest, "MalformedPolicy", "Invalid principal in policy")
	for name, test := range map[string]struct {
		action string
		err    error
		verb   func(context.Context, *fakeBucket) error
	}{
		"find": {"GetBucketTagging", noSuchBucket, func(ctx context.Context, f *fakeBucket) error {
			_, err := s3bucket.Find(ctx, f, bucketName, everything)
			return err
		}},
		"update": {"PutBucketVersioning", noSuchBucket, func(ctx context.Context, f *fakeBucket) error {
			return s3bucket.Update(ctx, f, bucketName, s3bucket.Settings{}, everySetting(), noneUnmanaged)
		}},
		"configure": {"PutBucketEncryption", noSuchBucket, func(ctx context.Context, f *fakeBucket) error {
			return s3bucket.Configure(ctx, f, bucketName, s3bucket.Made{}, everySetting())
		}},
		"a principal made just now, in an update": {"PutBucketPolicy", principal, func(ctx context.Context, f *fakeBucket) error {
			return s3bucket.Update(ctx, f, bucketName, s3bucket.Settings{}, everySetting(), noneUnmanaged)
		}},
		"a principal made just now": {"PutBucketPolicy", principal, func(ctx context.Context, f *fakeBucket) error {
			return s3bucket.Configure(ctx, f, bucketName, s3bucket.Made{}, everySetting())
		}},
		"delete": {"DeleteBucket", notEmpty, func(ctx context.Context, f *fakeBucket) error { return s3bucket.Delete(ctx, f, bucketName, true) }},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				if err := test.verb(t.Context(), &fakeBucket{late: map[string]late{test.action: {test.err, start.Add(110 * time.Second)}}}); err != nil {
					t.Errorf("what comes after 110 s was not waited for, but for %s: %v", time.Since(start), err)
				}
				start = time.Now()
				err := test.verb(t.Context(), &fakeBucket{late: map[string]late{test.action: {test.err, start.Add(time.Hour)}}})
				if took := time.Since(start); err == nil || took < 2*time.Minute || took > 2*time.Minute+10*time.Second {
					t.Errorf("what never comes was waited for for %s: %v", took, err)
				}
			})
		})
	}
}
