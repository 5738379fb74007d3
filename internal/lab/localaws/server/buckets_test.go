package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func create(t *testing.T, w who, region, bucket, location string) error {
	t.Helper()
	in := &s3.CreateBucketInput{Bucket: &bucket}
	if location != "" {
		in.CreateBucketConfiguration = &types.CreateBucketConfiguration{LocationConstraint: types.BucketLocationConstraint(location)}
	}
	_, err := s3For(t, w, region).CreateBucket(t.Context(), in)
	return err
}

func TestCreateBucket(t *testing.T) {
	us, eu := newBucket(t), unique("bucket-eu")
	must(t, create(t, customer(), "eu-west-1", eu, "eu-west-1"))
	for name, test := range map[string]struct {
		who                      who
		region, bucket, location string
		want                     string
	}{
		"us-east-1 again":           {customer(), "us-east-1", us, "", "ok"},
		"elsewhere again":           {customer(), "eu-west-1", eu, "eu-west-1", "409 BucketAlreadyOwnedByYou"},
		"elsewhere, in another":     {customer(), "us-west-2", eu, "us-west-2", "409 BucketAlreadyOwnedByYou"},
		"no location elsewhere":     {customer(), "eu-west-1", unique("b-x"), "", "400 IllegalLocationConstraintException"},
		"another region's location": {customer(), "us-west-2", unique("b-x"), "eu-west-1", "400 IllegalLocationConstraintException"},
		"location us-east-1":        {customer(), "us-east-1", unique("b-x"), "us-east-1", "400 InvalidLocationConstraint"},
		"unknown location":          {customer(), "us-east-1", unique("b-x"), "mars-north-1", "400 InvalidLocationConstraint"},
		"unknown region":            {customer(), "mars-north-1", unique("b-x"), "mars-north-1", "400 AuthorizationHeaderMalformed"},
		"bad name":                  {customer(), "us-east-1", "Bad_Name", "", "400 InvalidBucketName"},
		"wrong secret":              {customer().wrongSecret(), "us-east-1", unique("b-x"), "", "403 SignatureDoesNotMatch"},
		"unknown key":               {who{"AKIAUNKNOWNUNKNOWN00", "x", ""}, "us-east-1", unique("b-x"), "", "403 InvalidAccessKeyId"},
		"VoiceBase":                 {voicebase(), "us-east-1", unique("b-x"), "", "403 AccessDenied"},
		"VoiceBase, a bucket there": {voicebase(), "us-east-1", us, "", "403 AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, create(t, test.who, test.region, test.bucket, test.location), test.want)
		})
	}
}

func TestCreateBucketTakesTagsAndLock(t *testing.T) {
	bucket, c := unique("bucket"), s3For(t, customer(), "us-east-1")
	_, err := c.CreateBucket(t.Context(), &s3.CreateBucketInput{
		Bucket: &bucket, ACL: types.BucketCannedACLPrivate, ObjectLockEnabledForBucket: aws.Bool(true),
		CreateBucketConfiguration: &types.CreateBucketConfiguration{Tags: []types.Tag{tag("team", "speech")}},
	})
	must(t, err)
	tags, err := c.GetBucketTagging(t.Context(), &s3.GetBucketTaggingInput{Bucket: &bucket})
	must(t, err)
	if len(tags.TagSet) != 1 || *tags.TagSet[0].Value != "speech" {
		t.Errorf("tags: %+v", tags.TagSet)
	}
	ownership, err := c.GetBucketOwnershipControls(t.Context(), &s3.GetBucketOwnershipControlsInput{Bucket: &bucket})
	must(t, err)
	if got := ownership.OwnershipControls.Rules[0].ObjectOwnership; got != types.ObjectOwnershipBucketOwnerEnforced {
		t.Errorf("ownership: %s", got)
	}
	versioning, err := c.GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: &bucket})
	must(t, err)
	if versioning.Status != types.BucketVersioningStatusEnabled {
		t.Errorf("versioning of a bucket with object lock: %q", versioning.Status)
	}
}

func TestHeadBucket(t *testing.T) {
	us, eu := newBucket(t), unique("bucket-eu")
	must(t, create(t, customer(), "eu-west-1", eu, "eu-west-1"))
	lister := newSession(t, policyOf("Allow", "s3:ListBucket", "arn:aws:s3:::"+us))
	for name, test := range map[string]struct {
		who            who
		region, bucket string
		want           string
	}{
		"us-east-1":      {customer(), "us-east-1", us, "ok"},
		"eu-west-1":      {customer(), "eu-west-1", eu, "ok"},
		"role":           {lister, "us-east-1", us, "ok"},
		"wrong region":   {customer(), "us-east-1", eu, "301 MovedPermanently"},
		"missing":        {customer(), "us-east-1", unique("no-bucket"), "404 NotFound"},
		"wrong secret":   {customer().wrongSecret(), "us-east-1", us, "403 Forbidden"},
		"other's bucket": {lister, "eu-west-1", eu, "403 Forbidden"},
		"VoiceBase":      {voicebase(), "us-east-1", us, "403 Forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := s3For(t, test.who, test.region).HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &test.bucket})
			expect(t, err, test.want)
			if err == nil && aws.ToString(out.BucketRegion) != test.region {
				t.Errorf("region %q", aws.ToString(out.BucketRegion))
			}
		})
	}
}

func TestWrongRegionNamesTheRightOne(t *testing.T) {
	eu := unique("bucket-eu")
	must(t, create(t, customer(), "eu-west-1", eu, "eu-west-1"))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodHead, local.URL+"/"+eu, nil)
	must(t, err)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00")
	r.Header.Set("X-Amz-Date", "20260101T000000Z")
	answer, err := httpClient(t, 0).Do(r)
	must(t, err)
	must(t, answer.Body.Close())
	if answer.StatusCode != http.StatusMovedPermanently || answer.Header.Get("X-Amz-Bucket-Region") != "eu-west-1" {
		t.Errorf("status %d, region %q", answer.StatusCode, answer.Header.Get("X-Amz-Bucket-Region"))
	}
	_, err = s3For(t, customer(), "us-west-2").GetBucketVersioning(t.Context(), &s3.GetBucketVersioningInput{Bucket: &eu})
	expect(t, err, "400 AuthorizationHeaderMalformed")
	if err != nil && !strings.Contains(err.Error(), "expecting 'eu-west-1'") {
		t.Errorf("the region is not named: %v", err)
	}
}

func TestListBuckets(t *testing.T) {
	us, eu := newBucket(t), unique("bucket-eu")
	must(t, create(t, customer(), "eu-west-1", eu, "eu-west-1"))
	out, err := s3For(t, customer(), "us-west-2").ListBuckets(t.Context(), &s3.ListBucketsInput{Prefix: aws.String("bucket")})
	must(t, err)
	regions := map[string]string{}
	for _, b := range out.Buckets {
		regions[*b.Name] = aws.ToString(b.BucketRegion)
	}
	if regions[us] != "us-east-1" || regions[eu] != "eu-west-1" {
		t.Errorf("listed %v", regions)
	}
	page, err := s3For(t, customer(), "us-east-1").ListBuckets(t.Context(), &s3.ListBucketsInput{MaxBuckets: aws.Int32(1)})
	must(t, err)
	if len(page.Buckets) != 1 || aws.ToString(page.ContinuationToken) == "" {
		t.Errorf("a page of one: %+v", page)
	}
	_, err = s3For(t, newSession(t, ""), "us-east-1").ListBuckets(t.Context(), &s3.ListBucketsInput{})
	expect(t, err, "403 AccessDenied")
}

func TestDeleteBucket(t *testing.T) {
	full, old, empty := newBucket(t), newBucket(t), newBucket(t)
	c := s3For(t, customer(), "us-east-1")
	must(t, putObject(t.Context(), c, full, "k"))
	_, err := c.PutBucketVersioning(t.Context(), &s3.PutBucketVersioningInput{
		Bucket: &old, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
	})
	must(t, err)
	must(t, putObject(t.Context(), c, old, "k"))
	_, err = c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: &old, Key: aws.String("k")})
	must(t, err)
	for _, test := range []struct {
		name   string
		who    who
		bucket string
		want   string
	}{
		{"with an object", customer(), full, "409 BucketNotEmpty"},
		{"with noncurrent versions only", customer(), old, "409 BucketNotEmpty"},
		{"without permission", newSession(t, policyOf("Allow", "s3:Get*", "*")), empty, "403 AccessDenied"},
		{"wrong secret", customer().wrongSecret(), empty, "403 SignatureDoesNotMatch"},
		{"empty", customer(), empty, "ok"},
		{"gone", customer(), empty, "404 NoSuchBucket"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := s3For(t, test.who, "us-east-1").DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: &test.bucket})
			expect(t, err, test.want)
		})
	}
	if _, err := c.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &empty}); err != nil {
		t.Errorf("making it again: %v", err)
	}
}
