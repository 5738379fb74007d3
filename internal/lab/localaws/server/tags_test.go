package server_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func createTagged(t *testing.T, w who, region, bucket string, tags ...types.Tag) error {
	t.Helper()
	in := &s3.CreateBucketInput{Bucket: &bucket, CreateBucketConfiguration: &types.CreateBucketConfiguration{Tags: tags}}
	if region != "us-east-1" {
		in.CreateBucketConfiguration.LocationConstraint = types.BucketLocationConstraint(region)
	}
	return second(s3For(t, w, region).CreateBucket(t.Context(), in))
}

// TestTagsAreChecked puts tags at the creation and later.
func TestTagsAreChecked(t *testing.T) {
	for name, test := range map[string]struct {
		tags []types.Tag
		want string
	}{
		"plain":          {[]types.Tag{tag("team", "speech")}, "ok"},
		"fifty":          {manyTags(50), "ok"},
		"all characters": {[]types.Tag{tag("aZ 09_.:/=+-@ü", "")}, "ok"},
		"other case":     {[]types.Tag{tag("team", "1"), tag("Team", "2")}, "ok"},
		"longest":        {[]types.Tag{tag(strings.Repeat("ü", 128), strings.Repeat("ü", 256))}, "ok"},
		"fifty-one":      {manyTags(51), "400 BadRequest"},
		"twice":          {[]types.Tag{tag("team", "1"), tag("team", "1")}, "400 InvalidTag"},
		"AWS's":          {[]types.Tag{tag("aws:team", "1")}, "400 InvalidTag"},
		"AWS's, shouted": {[]types.Tag{tag("AWS:team", "1")}, "400 InvalidTag"},
		"empty key":      {[]types.Tag{tag("", "1")}, "400 InvalidTag"},
		"long key":       {[]types.Tag{tag(strings.Repeat("k", 129), "1")}, "400 InvalidTag"},
		"long value":     {[]types.Tag{tag("k", strings.Repeat("v", 257))}, "400 InvalidTag"},
		"bad key":        {[]types.Tag{tag("a*b", "1")}, "400 InvalidTag"},
		"bad value":      {[]types.Tag{tag("k", "a&b")}, "400 InvalidTag"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, region := range []string{"us-east-1", "eu-west-1"} {
				bucket := unique("tagged")
				expect(t, createTagged(t, customer(), region, bucket, test.tags...), test.want)
				_, err := s3For(t, customer(), region).HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &bucket})
				if (err == nil) != (test.want == "ok") {
					t.Errorf("made in %s: %v", region, err)
				}
			}
			bucket := newBucket(t)
			expect(t, putTags(t.Context(), s3For(t, customer(), "us-east-1"), bucket, test.tags...), test.want)
		})
	}
}

func TestRepeatedCreationWithTags(t *testing.T) {
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		bucket := unique("tagged")
		must(t, createTagged(t, customer(), region, bucket, tag("a", "1")))
		expect(t, createTagged(t, customer(), region, bucket, tag("a", "1")), "409 BucketAlreadyOwnedByYou")
		want := map[string]string{"us-east-1": "ok", "eu-west-1": "409 BucketAlreadyOwnedByYou"}[region]
		expect(t, createTagged(t, customer(), region, bucket), want)
		out, err := s3For(t, customer(), region).GetBucketTagging(t.Context(), &s3.GetBucketTaggingInput{Bucket: &bucket})
		must(t, err)
		equal(t, out.TagSet, []types.Tag{tag("a", "1")})
	}
}

func TestTagsAtCreationTakeAPermission(t *testing.T) {
	statements := func(all ...string) string {
		return `{"Version":"2012-10-17","Statement":[` + strings.Join(all, ",") + `]}`
	}
	create := `{"Effect":"Allow","Action":"s3:CreateBucket","Resource":"*"}`
	tagIt := `{"Effect":"Allow","Action":"s3:TagResource","Resource":"*"}`
	demand := `{"Effect":"Deny","Action":"s3:CreateBucket","Resource":"*","Condition":{"Null":{"aws:RequestTag/team":"true"}}}`
	only := `{"Effect":"Deny","Action":"s3:TagResource","Resource":"*","Condition":{"ForAnyValue:StringNotEquals":{"aws:TagKeys":["team"]}}}`
	for name, test := range map[string]struct {
		policy string
		tags   []types.Tag
		want   string
	}{
		"both":                {statements(create, tagIt), []types.Tag{tag("team", "a")}, "ok"},
		"no right to tag":     {statements(create), []types.Tag{tag("team", "a")}, "403 AccessDenied"},
		"no tags":             {statements(create), nil, "ok"},
		"demanded":            {statements(create, tagIt, demand), []types.Tag{tag("team", "a")}, "ok"},
		"demanded but absent": {statements(create, tagIt, demand), nil, "403 AccessDenied"},
		"another demanded":    {statements(create, tagIt, demand), []types.Tag{tag("owner", "a")}, "403 AccessDenied"},
		"a key too many":      {statements(create, tagIt, only), []types.Tag{tag("team", "a"), tag("owner", "b")}, "403 AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, createTagged(t, newSession(t, test.policy), "us-east-1", unique("tagged"), test.tags...), test.want)
		})
	}
}
