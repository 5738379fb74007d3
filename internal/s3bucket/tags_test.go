package s3bucket_test

import (
	"context"
	"maps"
	"net/http"
	"strings"
	"testing"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// answerOf is the metadata of an answer by that server, as the SDK makes it.
func answerOf(t *testing.T, server string) middleware.Metadata {
	t.Helper()
	raw := &smithyhttp.Response{Response: &http.Response{Header: http.Header{"Server": {server}}}}
	_, metadata, err := (&awsmiddleware.AddRawResponse{}).HandleDeserialize(t.Context(), middleware.DeserializeInput{},
		middleware.DeserializeHandlerFunc(func(context.Context, middleware.DeserializeInput) (middleware.DeserializeOutput, middleware.Metadata, error) {
			return middleware.DeserializeOutput{RawResponse: raw}, middleware.Metadata{}, nil
		}))
	if err != nil {
		t.Fatal(err)
	}
	return metadata
}

// Tags go out with the creation, and once more by themselves only where that cannot be relied on.
func TestCreateBucketWithTags(t *testing.T) {
	tags := map[string]string{"Team": "speech", "Stage": "test"}
	for name, test := range map[string]struct {
		server string
		answer error
		tags   map[string]string
		calls  []string
		want   string
	}{
		"S3":                    {server: "AmazonS3", tags: tags, calls: []string{"CreateBucket"}},
		"S3, no tags":           {server: "AmazonS3", calls: []string{"CreateBucket"}},
		"one that drops them":   {server: "MinIO", tags: tags, calls: []string{"CreateBucket", "PutBucketTagging"}},
		"one without a name":    {tags: tags, calls: []string{"CreateBucket", "PutBucketTagging"}},
		"one that refuses them": {server: "Ceph", answer: refusal(http.StatusBadRequest, "MalformedXML", "no"), tags: tags, calls: []string{"CreateBucket", "CreateBucket", "PutBucketTagging"}},
		"one without the call":  {server: "x", answer: refusal(http.StatusNotImplemented, "NotImplemented", "no"), tags: tags, calls: []string{"CreateBucket", "CreateBucket", "PutBucketTagging"}},
		"old permissions":       {server: "AmazonS3", answer: refusal(http.StatusForbidden, "AccessDenied", "not authorized to perform: s3:TagResource on resource"), tags: tags, calls: []string{"CreateBucket", "CreateBucket", "PutBucketTagging"}},
		"no permission at all":  {server: "AmazonS3", answer: refusal(http.StatusForbidden, "AccessDenied", "not authorized to perform: s3:CreateBucket"), tags: tags, calls: []string{"CreateBucket"}, want: "s3:CreateBucket"},
		"an invalid tag":        {server: "AmazonS3", answer: refusal(http.StatusBadRequest, "InvalidTag", "no"), tags: tags, calls: []string{"CreateBucket"}, want: "InvalidTag"},
		"no tags, refused":      {server: "AmazonS3", answer: refusal(http.StatusBadRequest, "MalformedXML", "no"), calls: []string{"CreateBucket"}, want: "MalformedXML"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBucket{errs: map[string][]error{}, answer: answerOf(t, test.server)}
			if test.answer != nil {
				f.errs["CreateBucket"] = []error{test.answer}
			}
			made, err := s3bucket.Create(t.Context(), f, s3bucket.New{Name: bucketName, Region: "eu-west-1", Tags: test.tags})
			if err == nil {
				err = s3bucket.Configure(t.Context(), f, bucketName, made, s3bucket.Settings{ObjectOwnership: s3bucket.ObjectOwnership, Tags: test.tags})
			}
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			expectCalls(t, f, test.calls...)
			if put := f.has.GetBucketTagging.TagSet; put != nil && !maps.Equal(tagsOf(put), tags) {
				t.Errorf("put %v", tagsOf(put))
			}
		})
	}
}

func tagsOf(set []types.Tag) map[string]string {
	tags := map[string]string{}
	for _, tag := range set {
		tags[*tag.Key] = *tag.Value
	}
	return tags
}

func TestCreateBucketSendsTagsInUSEast1(t *testing.T) {
	f := &fakeBucket{answer: answerOf(t, "AmazonS3")}
	if _, err := s3bucket.Create(t.Context(), f, s3bucket.New{Name: bucketName, Region: "us-east-1", Generated: true, Tags: map[string]string{"Team": "speech"}}); err != nil {
		t.Fatal(err)
	}
	in := f.created.CreateBucketConfiguration
	if in == nil || in.LocationConstraint != "" || !maps.Equal(tagsOf(in.Tags), map[string]string{"Team": "speech"}) {
		t.Errorf("sent %+v", in)
	}
}

func TestUpdateTagsOfABucketWithABAC(t *testing.T) {
	denied := func() map[string][]error {
		return map[string][]error{
			"PutBucketTagging":    {refusal(http.StatusForbidden, "AccessDenied", "no")},
			"DeleteBucketTagging": {refusal(http.StatusBadRequest, "InvalidRequest", "no")},
		}
	}
	update := func(f *fakeBucket, to map[string]string) error {
		return s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{Tags: map[string]string{"Old": "x"}}, s3bucket.Settings{Tags: to},
			func(map[string]string) map[string]string { return map[string]string{} })
	}
	f := &fakeBucket{errs: denied(), abac: types.BucketAbacStatusEnabled}
	err := update(f, map[string]string{"Team": "speech", "Cost center": "a b"})
	for _, part := range []string{
		"attribute-based access control (ABAC) on", "--resource-arn arn:aws:s3:::" + bucketName + " --tags 'Key=Cost center,Value=a b' 'Key=Team,Value=speech'",
		"aws s3control untag-resource",
	} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("got %v, want %q in it", err, part)
		}
	}
	if err := update(&fakeBucket{errs: denied(), abac: types.BucketAbacStatusEnabled}, nil); err == nil || !strings.Contains(err.Error(), "ABAC") {
		t.Errorf("a removal: got %v", err)
	}
	if err := update(&fakeBucket{errs: denied(), abac: types.BucketAbacStatusDisabled}, map[string]string{"Team": "x"}); err == nil || strings.Contains(err.Error(), "ABAC") {
		t.Errorf("without ABAC: got %v", err)
	}
}
