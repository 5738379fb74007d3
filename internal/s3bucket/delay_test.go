package s3bucket_test

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go/middleware"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

var (
	noSuchBucket = refusal(http.StatusNotFound, "NoSuchBucket", "")
	headMissing  = refusal(http.StatusNotFound, "NotFound", "")
	headRefused  = refusal(http.StatusForbidden, "Forbidden", "")
)

// TestBucketUnknownToAPartOfS3 has a part of S3 say that there is no such bucket: HeadBucket decides, for each read
// and each change.
func TestBucketUnknownToAPartOfS3(t *testing.T) {
	all := s3bucket.Parts{Lifecycle: true, Policy: true, AccessLogging: true, EventBridge: true}
	find := func(t *testing.T, f *fakeBucket) error {
		t.Helper()
		_, err := s3bucket.Find(t.Context(), f, bucketName, all)
		return err
	}
	update := func(t *testing.T, f *fakeBucket) error {
		t.Helper()
		return s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{}, complete(), maps.Clone[map[string]string])
	}
	calls := map[string]func(*testing.T, *fakeBucket) error{}
	for _, action := range []string{
		"GetBucketEncryption", "GetBucketLifecycleConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketTagging",
		"GetBucketVersioning", "GetPublicAccessBlock", "GetBucketLogging", "GetBucketNotificationConfiguration",
	} {
		calls[action] = find
	}
	for _, action := range append(slices.Clone(setUp), "PutBucketOwnershipControls") {
		calls[action] = update
	}
	for action, call := range calls {
		for name, test := range map[string]struct {
			heads []error
			gone  bool
		}{
			"it is there": {heads: nil},
			"it is gone":  {heads: []error{headMissing}, gone: true},
			"who knows":   {heads: []error{headRefused}, gone: true},
		} {
			t.Run(action+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					f := &fakeBucket{errs: map[string][]error{action: {noSuchBucket}, "HeadBucket": test.heads}}
					err := call(t, f)
					found := strings.HasPrefix(action, "Get")
					if gone := found && errors.Is(err, awsclient.ErrNotFound) || !found && awsclient.Code(err) == "NoSuchBucket"; gone != test.gone || (err != nil) != test.gone {
						t.Errorf("got %v", err)
					}
					if found && test.gone && !strings.HasPrefix(err.Error(), `bucket "acme-voicebase-results": `) {
						t.Errorf("got %v", err)
					}
				})
			})
		}
	}
}

// TestBucketThatHeadBucketKnows is never taken for one that is gone, however long the rest of S3 says so, and whatever
// becomes of the question.
func TestBucketThatHeadBucketKnows(t *testing.T) {
	for name, heads := range map[string][]error{"it is there": nil, "no answer": {refusal(http.StatusInternalServerError, "InternalError", "")}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fakeBucket{errs: map[string][]error{"GetBucketTagging": slices.Repeat([]error{noSuchBucket}, 1000), "HeadBucket": heads}}
				start := time.Now()
				_, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{})
				if took := time.Since(start); err == nil || errors.Is(err, awsclient.ErrNotFound) || heads != nil && (!errors.Is(err, heads[0]) || took > 0) {
					t.Errorf("got %v after %s", err, took)
				}
			})
		})
	}
}

// TestCreateBucketAfterADeletion replaces a bucket that HeadBucket still shows, and never takes over one that is there.
func TestCreateBucketAfterADeletion(t *testing.T) {
	byS3 := answerOf(t, "AmazonS3")
	tags := map[string]string{"Team": "speech"}
	owned := refusal(http.StatusConflict, "BucketAlreadyOwnedByYou", "")
	for name, test := range map[string]struct {
		tags   map[string]string
		answer middleware.Metadata
		create error
		made   map[string]string
		exists bool
	}{
		"gone":                       {answer: byS3, made: map[string]string{"voicebase:creating": "true"}},
		"gone, with tags":            {answer: byS3, tags: tags, made: tags},
		"there":                      {create: owned, exists: true},
		"there, with tags":           {create: owned, tags: tags, exists: true},
		"of another make":            {answer: answerOf(t, "MinIO"), exists: true},
		"of another make, and plain": {create: refusal(http.StatusBadRequest, "MalformedXML", ""), exists: true},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBucket{errs: map[string][]error{"CreateBucket": {test.create}}, answer: test.answer}
			made, err := s3bucket.Create(t.Context(), f, s3bucket.New{Name: bucketName, Region: "us-east-1", Tags: test.tags})
			if errors.Is(err, s3bucket.ErrExists) != test.exists || (err != nil) != test.exists || !maps.Equal(made.Tags, test.made) {
				t.Errorf("made %v, %v", made, err)
			}
			expectCalls(t, f, "HeadBucket", "CreateBucket")
		})
	}
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{Tags: map[string]string{"voicebase:creating": "true"}}, s3bucket.Settings{ObjectOwnership: s3bucket.ObjectOwnership}); err != nil {
			t.Fatal(err)
		}
		expectCalls(t, f, "DeleteBucketTagging")
	})
}

// TestSettingsEqual notices a difference in each setting, those included that are still to come.
func TestSettingsEqual(t *testing.T) {
	same := func(a, b string) bool { return a+"/*" == b }
	if !complete().Equal(complete(), same) {
		t.Error("the same is not equal")
	}
	rewritten := complete()
	rewritten.Policy += "/*"
	if !complete().Equal(rewritten, same) {
		t.Error("a policy that says the same is not equal")
	}
	fields.Varied(everySetting, func(path string, other s3bucket.Settings) {
		if everySetting().Equal(other, same) || other.Equal(everySetting(), same) {
			t.Errorf("a difference in %s goes unseen", path)
		}
		if !other.Equal(other, same) {
			t.Errorf("with another %s, the same is not equal", path)
		}
	})
}
