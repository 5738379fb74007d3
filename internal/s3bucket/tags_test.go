package s3bucket_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/middleware"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// answerOf is the metadata of an answer by that server.
func answerOf(t *testing.T, server string) middleware.Metadata {
	t.Helper()
	return awsfake.Metadata(t, http.Header{"Server": {server}})
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
		"S3":                         {server: "AmazonS3", tags: tags, calls: []string{"CreateBucket"}},
		"S3, no tags":                {server: "AmazonS3", calls: []string{"CreateBucket"}},
		"one that drops them":        {server: "MinIO", tags: tags, calls: []string{"CreateBucket", "PutBucketTagging"}},
		"one without a name":         {tags: tags, calls: []string{"CreateBucket", "PutBucketTagging"}},
		"one that refuses them":      {server: "Ceph", answer: refusal(http.StatusBadRequest, "MalformedXML", "no"), tags: tags, calls: []string{"CreateBucket", "CreateBucket", "PutBucketTagging"}},
		"one without the call":       {server: "x", answer: refusal(http.StatusNotImplemented, "NotImplemented", "no"), tags: tags, calls: []string{"CreateBucket", "CreateBucket", "PutBucketTagging"}},
		"old permissions":            {server: "AmazonS3", answer: refusal(http.StatusForbidden, "AccessDenied", "not authorized to perform: s3:TagResource on resource"), tags: tags, calls: []string{"CreateBucket", "CreateBucket", "PutBucketTagging"}},
		"no permission at all":       {server: "AmazonS3", answer: refusal(http.StatusForbidden, "AccessDenied", "not authorized to perform: s3:CreateBucket"), tags: tags, calls: []string{"CreateBucket"}, want: "s3:CreateBucket"},
		"no permission, as a tagger": {server: "AmazonS3", answer: refusal(http.StatusForbidden, "AccessDenied", "User: arn:aws:sts::111122223333:assumed-role/TagResource/me is not authorized to perform: s3:CreateBucket"), tags: tags, calls: []string{"CreateBucket"}, want: "s3:CreateBucket"},
		"an invalid tag":             {server: "AmazonS3", answer: refusal(http.StatusBadRequest, "InvalidTag", "no"), tags: tags, calls: []string{"CreateBucket"}, want: "InvalidTag"},
		"no tags, refused":           {server: "AmazonS3", answer: refusal(http.StatusBadRequest, "MalformedXML", "no"), calls: []string{"CreateBucket"}, want: "MalformedXML"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
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

// TestUpdateTagsOfABucketWithABAC compares the whole error, which ends with S3's own.
func TestUpdateTagsOfABucketWithABAC(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		denied := refusal(http.StatusForbidden, "AccessDenied", "no")
		invalid := refusal(http.StatusBadRequest, "InvalidRequest", "no")
		const on = types.BucketAbacStatusEnabled
		advice := func(tags string) string {
			return `bucket "acme-voicebase-results" has attribute-based access control (ABAC) on, so S3 takes its tags through S3 Control only. Set the tags with` +
				"\n\n  aws s3control tag-resource --account-id $(aws sts get-caller-identity --query Account --output text) --resource-arn arn:aws:s3:::acme-voicebase-results --tags " +
				tags + "\n\nremove those that are to go with `aws s3control untag-resource`, and apply again: "
		}
		for name, test := range map[string]struct {
			answer error
			abac   types.BucketAbacStatus
			look   error
			tags   map[string]string
			others map[string]string
			want   string
			looks  bool
		}{
			"on":          {denied, on, nil, map[string]string{"Team": "speech", "Cost center": "a b"}, map[string]string{"Theirs": "y"}, advice("'Key=Cost center,Value=a b' 'Key=Team,Value=speech'"), true},
			"on, removed": {invalid, on, nil, nil, nil, advice(""), true},
			"off":         {denied, types.BucketAbacStatusDisabled, nil, map[string]string{"Team": "x"}, nil, "", true},
			"unheard of":  {denied, "", nil, map[string]string{"Team": "x"}, nil, "", true},
			"not told":    {denied, on, invalid, map[string]string{"Team": "x"}, nil, "", true},
			"not by ABAC": {refusal(http.StatusInternalServerError, "InternalError", "no"), on, nil, map[string]string{"Team": "x"}, nil, "", false},
			"no refusal":  {refusal(399, "Redirect", "no"), on, nil, map[string]string{"Team": "x"}, nil, "", false},
			"any refusal": {refusal(499, "InvalidRequest", "no"), on, nil, map[string]string{"Team": "x"}, nil, advice("'Key=Team,Value=x'"), true},
			"no answer":   {context.Canceled, on, nil, map[string]string{"Team": "x"}, nil, "", false},
		} {
			f := &fakeBucket{abac: test.abac, errs: map[string][]error{"PutBucketTagging": {test.answer}, "DeleteBucketTagging": {test.answer}, "GetBucketAbac": {test.look}}}
			err := s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{Tags: map[string]string{"Old": "x"}}, s3bucket.Settings{Tags: test.tags}, func(map[string]string) map[string]string {
				if test.others == nil {
					return map[string]string{}
				}
				return maps.Clone(test.others)
			})
			if !errors.Is(err, test.answer) || err.Error() != test.want+test.answer.Error() || slices.Contains(f.calls, "GetBucketAbac") != test.looks {
				t.Errorf("%s: got %v after %v, want %q", name, err, f.calls, test.want)
			}
		}
		for region, partition := range map[string]string{"cn-north-1": "aws-cn", "local": "aws"} {
			f := &fakeBucket{region: region, abac: on, errs: map[string][]error{"PutBucketTagging": {denied}}}
			err := s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{}, s3bucket.Settings{Tags: map[string]string{"a": "b"}}, maps.Clone)
			if err == nil || !strings.Contains(err.Error(), " --resource-arn arn:"+partition+":s3:::"+bucketName+" ") {
				t.Errorf("in %s: %v", region, err)
			}
		}
		f := &fakeBucket{abac: on, errs: map[string][]error{"PutBucketTagging": {denied}}}
		if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, s3bucket.Settings{ObjectOwnership: s3bucket.ObjectOwnership, Tags: map[string]string{"a": "b"}}); !errors.Is(err, denied) {
			t.Errorf("got %v", err)
		}
		expectCalls(t, f, "PutBucketTagging")
	})
}
