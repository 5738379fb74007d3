package server_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func TestObjectRoundTrip(t *testing.T) {
	bucket, ctx := newBucket(t), t.Context()
	for name, options := range map[string][]func(*s3.Options){"https": nil, "http": {plainHTTP}} {
		t.Run(name, func(t *testing.T) {
			c := s3For(t, customer(), "us-east-1", options...)
			key := "calls/a b+c ü/" + name + ".json"
			must(t, second(c.PutObject(ctx, &s3.PutObjectInput{
				Bucket: &bucket, Key: &key, Body: strings.NewReader(`{"a":1}`), ContentType: aws.String("application/json"), ChecksumAlgorithm: types.ChecksumAlgorithmCrc32,
			})))
			out, err := c.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key, ChecksumMode: types.ChecksumModeEnabled})
			must(t, err)
			body, err := io.ReadAll(out.Body)
			must(t, err)
			if string(body) != `{"a":1}` || aws.ToString(out.ContentType) != "application/json" || out.ChecksumCRC32 == nil {
				t.Errorf("body %q, type %q, checksum %v", body, aws.ToString(out.ContentType), out.ChecksumCRC32)
			}
			expect(t, second(c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("none")})), "404 NotFound")
			expect(t, second(c.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("none")})), "404 NoSuchKey")
			expect(t, second(c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader("x"), IfNoneMatch: aws.String("*")})), "412 PreconditionFailed")
		})
	}
}

// TestOverwrittenObjectsStartAnew puts a key again, over a delete marker, too.
func TestOverwrittenObjectsStartAnew(t *testing.T) {
	ctx, c := t.Context(), s3For(t, customer(), "us-east-1")
	for _, versions := range []types.BucketVersioningStatus{"", types.BucketVersioningStatusEnabled, types.BucketVersioningStatusSuspended} {
		bucket, key := newBucket(t), aws.String("in/k")
		if versions != "" {
			must(t, second(c.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: versions}})))
		}
		first, err := c.PutObject(ctx, &s3.PutObjectInput{
			Bucket: &bucket, Key: key, Body: strings.NewReader("first"), Metadata: map[string]string{"a": "b"}, Tagging: aws.String("x=y"), CacheControl: aws.String("no-cache"), ContentType: aws.String("text/plain"),
		})
		must(t, err)
		must(t, second(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: key})))
		must(t, putObject(ctx, c, bucket, *key))
		head, err := c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: key})
		must(t, err)
		equal(t, fmt.Sprint(len(head.Metadata), aws.ToString(head.CacheControl), *head.ContentLength), "02")
		tags, err := c.GetObjectTagging(ctx, &s3.GetObjectTaggingInput{Bucket: &bucket, Key: key})
		must(t, err)
		equal(t, len(tags.TagSet), 0)
		if versions == types.BucketVersioningStatusEnabled {
			old, err := c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: key, VersionId: first.VersionId})
			must(t, err)
			equal(t, old.Metadata["a"]+aws.ToString(old.CacheControl), "bno-cache")
		}
	}
}

func TestMissingObjectsAreHiddenFromWhoMayNotList(t *testing.T) {
	bucket, ctx := newBucket(t), t.Context()
	must(t, putObject(ctx, s3For(t, customer(), "us-east-1"), bucket, "there"))
	reader := s3For(t, newSession(t, policyOf("Allow", "s3:GetObject", "*")), "us-east-1")
	lister := s3For(t, newSession(t, everything), "us-east-1")
	get := func(c *s3.Client, key string) error {
		return second(c.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key}))
	}
	expect(t, get(reader, "there"), "ok")
	expect(t, get(reader, "none"), "403 AccessDenied")
	expect(t, get(lister, "none"), "404 NoSuchKey")
	expect(t, second(reader.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("none")})), "403 Forbidden")
}

func TestDeleteObjects(t *testing.T) {
	bucket, c, ctx := newBucket(t), s3For(t, customer(), "us-east-1"), t.Context()
	for _, key := range []string{"in/a", "in/b", "out/a"} {
		must(t, putObject(ctx, c, bucket, key))
	}
	remove := func(w who, keys ...string) (deleted, refused []string, err error) {
		var objects []types.ObjectIdentifier
		for _, key := range keys {
			objects = append(objects, types.ObjectIdentifier{Key: aws.String(key)})
		}
		out, err := s3For(t, w, "us-east-1").DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: objects}})
		if err != nil {
			return nil, nil, err
		}
		for _, d := range out.Deleted {
			deleted = append(deleted, *d.Key)
		}
		for _, e := range out.Errors {
			refused = append(refused, *e.Key+" "+*e.Code)
		}
		slices.Sort(deleted)
		return deleted, refused, nil
	}
	some := newSession(t, policyOf("Allow", "s3:DeleteObject", "arn:aws:s3:::"+bucket+"/in/*"))
	deleted, refused, err := remove(some, "in/a", "out/a")
	must(t, err)
	equal(t, deleted, []string{"in/a"})
	equal(t, refused, []string{"out/a AccessDenied"})
	deleted, refused, err = remove(newSession(t, ""), "out/a")
	must(t, err)
	equal(t, len(deleted), 0)
	equal(t, refused, []string{"out/a AccessDenied"})
	expect(t, second(c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("out/a")})), "ok")
	expect(t, second(c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("in/a")})), "404 NotFound")
	deleted, _, err = remove(customer(), "in/b", "none")
	must(t, err)
	equal(t, deleted, []string{"in/b", "none"})
	_, _, err = remove(voicebase(), "out/a")
	expect(t, err, "403 AccessDenied")
	_, _, err = remove(customer().wrongSecret(), "out/a")
	expect(t, err, "403 SignatureDoesNotMatch")
}

func TestVersionsCanBeEmptied(t *testing.T) {
	bucket, c, ctx := newBucket(t), s3For(t, customer(), "us-east-1"), t.Context()
	must(t, second(c.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}})))
	must(t, putObject(ctx, c, bucket, "k"))
	must(t, putObject(ctx, c, bucket, "k"))
	must(t, second(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: aws.String("k")})))
	list, err := c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket})
	must(t, err)
	if len(list.Versions) != 2 || len(list.DeleteMarkers) != 1 {
		t.Fatalf("%d versions, %d markers", len(list.Versions), len(list.DeleteMarkers))
	}
	var all []types.ObjectIdentifier
	for _, v := range list.Versions {
		all = append(all, types.ObjectIdentifier{Key: v.Key, VersionId: v.VersionId})
	}
	for _, v := range list.DeleteMarkers {
		all = append(all, types.ObjectIdentifier{Key: v.Key, VersionId: v.VersionId})
	}
	plain := s3For(t, newSession(t, policyOf("Allow", "s3:DeleteObject", "*")), "us-east-1")
	out, err := plain.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: all}})
	must(t, err)
	equal(t, len(out.Errors), 3) // versions take s3:DeleteObjectVersion
	out, err = c.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: all}})
	must(t, err)
	equal(t, fmt.Sprint(len(out.Deleted), len(out.Errors)), "3 0")
	expect(t, second(c.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &bucket})), "ok")
}

func TestMultipartUploads(t *testing.T) {
	bucket, c, ctx := newBucket(t), s3For(t, customer(), "us-east-1"), t.Context()
	upload, err := c.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &bucket, Key: aws.String("big")})
	must(t, err)
	must(t, second(c.UploadPart(ctx, &s3.UploadPartInput{Bucket: &bucket, Key: aws.String("big"), UploadId: upload.UploadId, PartNumber: aws.Int32(1), Body: strings.NewReader("part")})))
	list, err := c.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: &bucket})
	must(t, err)
	equal(t, len(list.Uploads), 1)
	abort := func(c *s3.Client, id string) error {
		return second(c.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &bucket, Key: aws.String("big"), UploadId: &id}))
	}
	writer := newSession(t, policyOf("Allow", "s3:PutObject", "*"))
	expect(t, abort(s3For(t, writer, "us-east-1"), *upload.UploadId), "403 AccessDenied")
	expect(t, abort(c, "none"), "404 NoSuchUpload")
	expect(t, abort(c, *upload.UploadId), "ok")
	expect(t, second(c.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: aws.String("no-such-bucket"), Key: aws.String("big")})), "404 NoSuchBucket")
}

func TestCopyNeedsToReadTheSource(t *testing.T) {
	from, to, ctx := newBucket(t), newBucket(t), t.Context()
	must(t, putObject(ctx, s3For(t, customer(), "us-east-1"), from, "k"))
	copyAs := func(w who) error {
		return second(s3For(t, w, "us-east-1").CopyObject(ctx, &s3.CopyObjectInput{Bucket: &to, Key: aws.String("k"), CopySource: aws.String(from + "/k")}))
	}
	expect(t, copyAs(newSession(t, policyOf("Allow", "s3:PutObject", "*"))), "403 AccessDenied")
	expect(t, copyAs(newSession(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:PutObject","s3:GetObject"],"Resource":"*"}]}`)), "ok")
}

// TestPathsCannotEscapeThePrefix sends keys that a file system would resolve.
func TestPathsCannotEscapeThePrefix(t *testing.T) {
	bucket, other := newBucket(t), newBucket(t)
	w := newSession(t, policyOf("Allow", "s3:PutObject", "arn:aws:s3:::"+bucket+"/in/*"))
	for _, path := range []string{
		"/" + bucket + "/in/../out/x", "/" + bucket + "/in/%2e%2e/out/x", "/" + bucket + "/in/..%2Fout/x",
		"/" + bucket + "/in/../../" + other + "/x", "/" + bucket + "/in/%2E%2E/%2E%2E/" + other + "/x", "/" + bucket + "/in/./x", "//" + bucket + "/in/x", "/" + bucket + "/in//x",
	} {
		if got := signed(t, w, http.MethodPut, path); !strings.HasPrefix(got, "4") {
			t.Errorf("PUT %s: %s", path, got)
		}
	}
	if got := signed(t, w, http.MethodPut, "/"+bucket+"/in/x"); got != "200" {
		t.Errorf("a plain key: %s", got)
	}
	deleter := s3For(t, newSession(t, policyOf("Allow", "s3:DeleteObject", "arn:aws:s3:::"+bucket+"/out/*")), "us-east-1")
	out, err := deleter.DeleteObjects(t.Context(), &s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: []types.ObjectIdentifier{{Key: aws.String("out/../in/x")}}}})
	if must(t, err); len(out.Errors) != 1 {
		t.Errorf("deleted by another name: %+v", out.Deleted)
	}
	for _, b := range []string{bucket, other} {
		out, err := s3For(t, customer(), "us-east-1").ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: &b})
		must(t, err)
		if b == bucket && len(out.Contents) != 1 {
			t.Errorf("%d objects", len(out.Contents))
		}
		for _, object := range out.Contents {
			if b == other || !strings.HasPrefix(*object.Key, "in/") {
				t.Errorf("wrote %s in %s", *object.Key, b)
			}
		}
	}
}

// TestDeliveryStory is what a customer sets up and what VoiceBase may then do.
func TestDeliveryStory(t *testing.T) {
	bucket, ctx := newBucket(t), t.Context()
	admin := s3For(t, customer(), "us-east-1")
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, denyHTTP)))
	must(t, putObject(ctx, admin, bucket, "calls/seed"))
	_, arn := newRole(t, policyOf("Allow", "s3:PutObject", "arn:aws:s3:::"+bucket+"/calls/*"))

	_, err := assume(ctx, stsFor(t, voicebase()), arn, "")
	expect(t, err, "403 AccessDenied") // no external ID
	_, err = assume(ctx, stsFor(t, voicebase()), arn, "wrong-organization")
	expect(t, err, "403 AccessDenied") // wrong external ID
	session, err := assume(ctx, stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	c := s3For(t, session, "us-east-1")
	expect(t, putObject(ctx, c, bucket, "calls/1.json"), "ok")
	expect(t, second(c.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("calls/seed")})), "403 AccessDenied")
	expect(t, second(c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &bucket})), "403 AccessDenied")
	expect(t, second(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: aws.String("calls/1.json")})), "403 AccessDenied")
	expect(t, putObject(ctx, c, bucket, "elsewhere/1.json"), "403 AccessDenied")
	expect(t, encrypting("AES256", "")(ctx, c, bucket), "403 AccessDenied")
	expect(t, second(c.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &bucket})), "403 AccessDenied")
	expect(t, putObject(ctx, s3For(t, session, "us-east-1", plainHTTP), bucket, "calls/2.json"), "403 AccessDenied")
	expect(t, putObject(ctx, s3For(t, who{session.key, session.secret, ""}, "us-east-1"), bucket, "calls/2.json"), "403 InvalidAccessKeyId")
	expect(t, putObject(ctx, s3For(t, who{session.key, session.secret, "forged"}, "us-east-1"), bucket, "calls/2.json"), "400 InvalidToken")
	expect(t, second(admin.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String("calls/1.json")})), "ok")
}
