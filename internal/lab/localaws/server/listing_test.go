package server_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func TestObjectsAreListedInOrder(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), newBucket(t)
	keys := []string{"a-b", "a/b", "a/c/d", "a/c/e", "b", "ü", "z/1"}
	for _, key := range slices.Backward(keys) {
		must(t, putObject(ctx, c, bucket, key))
	}
	for name, test := range map[string]struct {
		in   s3.ListObjectsV2Input
		want string
	}{
		"all":           {s3.ListObjectsV2Input{}, "a-b a/b a/c/d a/c/e b z/1 ü"},
		"prefix":        {s3.ListObjectsV2Input{Prefix: aws.String("a/")}, "a/b a/c/d a/c/e"},
		"half a name":   {s3.ListObjectsV2Input{Prefix: aws.String("a/c")}, "a/c/d a/c/e"},
		"folders":       {s3.ListObjectsV2Input{Delimiter: aws.String("/")}, "a-b b ü [a/ z/]"},
		"below":         {s3.ListObjectsV2Input{Delimiter: aws.String("/"), Prefix: aws.String("a/")}, "a/b [a/c/]"},
		"another mark":  {s3.ListObjectsV2Input{Delimiter: aws.String("-")}, "a/b a/c/d a/c/e b z/1 ü [a-]"},
		"start after":   {s3.ListObjectsV2Input{StartAfter: aws.String("a/c/d")}, "a/c/e b z/1 ü"},
		"none":          {s3.ListObjectsV2Input{MaxKeys: aws.Int32(0)}, ""},
		"nothing there": {s3.ListObjectsV2Input{Prefix: aws.String("y")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			test.in.Bucket = &bucket
			out, err := c.ListObjectsV2(ctx, &test.in)
			must(t, err)
			equal(t, namesOf(out), test.want)
			equal(t, aws.ToBool(out.IsTruncated), false)
			// The same, a page of two at a time.
			if test.in.MaxKeys == nil {
				equal(t, paged(ctx, t, c, test.in), test.want)
			}
		})
	}
	one, err := c.ListObjects(ctx, &s3.ListObjectsInput{Bucket: &bucket, Delimiter: aws.String("/"), MaxKeys: aws.Int32(2)})
	must(t, err)
	equal(t, aws.ToString(one.NextMarker), "a/")
	two, err := c.ListObjects(ctx, &s3.ListObjectsInput{Bucket: &bucket, Delimiter: aws.String("/"), Marker: one.NextMarker})
	must(t, err)
	equal(t, fmt.Sprint(*two.Contents[0].Key, len(two.Contents), len(two.CommonPrefixes)), "b2 1")
}

func namesOf(pages ...*s3.ListObjectsV2Output) string {
	var keys, prefixes []string
	for _, out := range pages {
		for _, o := range out.Contents {
			keys = append(keys, *o.Key)
		}
		for _, p := range out.CommonPrefixes {
			prefixes = append(prefixes, *p.Prefix)
		}
	}
	if len(prefixes) > 0 {
		keys = append(keys, fmt.Sprint(prefixes))
	}
	return strings.Join(keys, " ")
}

func paged(ctx context.Context, t *testing.T, c *s3.Client, in s3.ListObjectsV2Input) string {
	t.Helper()
	in.MaxKeys = aws.Int32(2)
	var pages []*s3.ListObjectsV2Output
	for paginator := s3.NewListObjectsV2Paginator(c, &in, func(o *s3.ListObjectsV2PaginatorOptions) { o.StopOnDuplicateToken = true }); paginator.HasMorePages(); {
		out, err := paginator.NextPage(ctx)
		must(t, err)
		if got := len(out.Contents) + len(out.CommonPrefixes); got > 2 || int(*out.KeyCount) != got {
			t.Errorf("a page of %d, which says %d", got, *out.KeyCount)
		}
		pages = append(pages, out)
	}
	return namesOf(pages...)
}

// TestLastPageOfVersions has as many entries as a page has room for.
func TestLastPageOfVersions(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), newBucket(t)
	must(t, enableVersioning(ctx, c, bucket))
	for _, key := range []string{"a", "a", "b", "c"} {
		must(t, putObject(ctx, c, bucket, key))
	}
	for _, key := range []string{"a", "c"} {
		must(t, second(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: aws.String(key)})))
	}
	must(t, putObject(ctx, c, bucket, "c"))
	// a: marker, 2 versions; b: 1; c: version, marker, version.
	for size, sizes := range map[int32][]int{7: {7}, 6: {6, 1}, 4: {4, 3}, 3: {3, 3, 1}, 1: {1, 1, 1, 1, 1, 1, 1}, 1000: {7}} {
		var got []int
		var latest, all []string
		paginator := s3.NewListObjectVersionsPaginator(c, &s3.ListObjectVersionsInput{Bucket: &bucket, MaxKeys: &size})
		for paginator.HasMorePages() && len(got) < 10 {
			out, err := paginator.NextPage(ctx)
			must(t, err)
			got = append(got, len(out.Versions)+len(out.DeleteMarkers))
			for _, v := range out.Versions {
				all = append(all, *v.Key+*v.VersionId)
				if *v.IsLatest {
					latest = append(latest, *v.Key)
				}
			}
			for _, m := range out.DeleteMarkers {
				all = append(all, *m.Key+*m.VersionId)
				if *m.IsLatest {
					latest = append(latest, *m.Key+" deleted")
				}
			}
		}
		slices.Sort(latest)
		slices.Sort(all)
		equal(t, got, sizes)
		equal(t, latest, []string{"a deleted", "b", "c"})
		equal(t, len(slices.Compact(all)), 7)
	}
	_, err := c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket, VersionIdMarker: aws.String("x")})
	expect(t, err, "400 InvalidArgument")
}

// TestVersionsOfAKeyAreListedNewestFirst deletes in between.
func TestVersionsOfAKeyAreListedNewestFirst(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), newBucket(t)
	must(t, enableVersioning(ctx, c, bucket))
	var want []string
	for range 3 {
		put, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("x")})
		must(t, err)
		gone, err := c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: aws.String("k")})
		must(t, err)
		want = append([]string{*gone.VersionId, *put.VersionId}, want...)
	}
	body := raw(t, "/"+bucket+"?versions")
	var got []string
	for _, part := range strings.Split(body, "<VersionId>")[1:] {
		id, _, _ := strings.Cut(part, "</VersionId>")
		got = append(got, id)
	}
	equal(t, got, want)
}

// raw is the body of a GET that no SDK reads.
func raw(t *testing.T, path string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, local.URL+path, nil)
	must(t, err)
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	r.Header.Set("X-Amz-Content-Sha256", empty)
	credentials := aws.Credentials{AccessKeyID: customer().key, SecretAccessKey: customer().secret}
	must(t, v4.NewSigner().SignHTTP(t.Context(), credentials, r, empty, "s3", "us-east-1", time.Now()))
	answer, err := httpClient(t, 0).Do(r)
	must(t, err)
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	must(t, answer.Body.Close())
	equal(t, answer.StatusCode, http.StatusOK)
	return string(body)
}

// TestKeysThatXMLCannotCarry lists and deletes a key with a control character.
func TestKeysThatXMLCannotCarry(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), newBucket(t)
	must(t, enableVersioning(ctx, c, bucket))
	const key = "calls/a\x01 b+c.json"
	must(t, putObject(ctx, c, bucket, key))
	upload, err := c.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &bucket, Key: aws.String(key)})
	must(t, err)
	if body := raw(t, "/"+bucket+"?versions"); !strings.Contains(body, "<Key>calls/a&#x1; b+c.json</Key>") {
		t.Errorf("listed as %s", body)
	}
	if _, err := c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket}); err == nil {
		t.Error("the SDK reads what XML 1.0 forbids")
	}
	const encoded = "calls/a%01+b%2Bc.json"
	versions, err := c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket, EncodingType: types.EncodingTypeUrl, Prefix: aws.String("calls/a\x01 b")})
	must(t, err)
	equal(t, *versions.Versions[0].Key+" "+*versions.Prefix+" "+string(versions.EncodingType), encoded+" calls/a%01+b url")
	objects, err := c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &bucket, EncodingType: types.EncodingTypeUrl, Delimiter: aws.String("\x01")})
	must(t, err)
	equal(t, *objects.CommonPrefixes[0].Prefix+" "+*objects.Delimiter, "calls/a%01 %01")
	uploads, err := c.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: &bucket, EncodingType: types.EncodingTypeUrl})
	must(t, err)
	equal(t, *uploads.Uploads[0].Key, encoded)
	_, err = c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket, EncodingType: "base64"})
	expect(t, err, "400 InvalidArgument")

	name, err := url.QueryUnescape(encoded)
	must(t, err)
	must(t, second(c.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &bucket, Key: &name, UploadId: upload.UploadId})))
	must(t, second(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: &name, VersionId: versions.Versions[0].VersionId})))
	expect(t, second(c.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &bucket})), "ok")
}

// TestDeletedMeanwhile deletes, uploads and lists in one folder at once.
func TestDeletedMeanwhile(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), newBucket(t)
	var failures sync.Map
	var wait sync.WaitGroup
	check := func(what string, err error) {
		if err != nil {
			failures.Store(what+": "+outcome(err), nil)
		}
	}
	for worker := range 8 {
		wait.Go(func() {
			for i := range 25 {
				// The folder is made and removed over and over.
				key := fmt.Sprintf("in/a/folder/%d", (worker+i)%3)
				check("put", putObject(ctx, c, bucket, key))
				_, err := c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: &key})
				check("delete", err)
				_, err = c.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket})
				check("list", err)
				_, err = c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: &key})
				var missing *types.NotFound
				if !errors.As(err, &missing) {
					check("head", err)
				}
			}
		})
	}
	wait.Wait()
	failures.Range(func(what, _ any) bool { t.Error(what); return true })
}
