package server_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func object(key, version string) types.ObjectIdentifier {
	id := types.ObjectIdentifier{Key: &key}
	if version != "" {
		id.VersionId = &version
	}
	return id
}

// deletions is what DeleteObjects says, in short.
func deletions(t *testing.T, bucket string, quiet bool, objects ...types.ObjectIdentifier) string {
	t.Helper()
	out, err := s3For(t, customer(), "us-east-1").DeleteObjects(t.Context(), &s3.DeleteObjectsInput{Bucket: &bucket, Delete: &types.Delete{Objects: objects, Quiet: &quiet}})
	if err != nil {
		return outcome(err)
	}
	var all []string
	for _, d := range out.Deleted {
		text := *d.Key
		if d.VersionId != nil {
			text += "@"
		}
		if aws.ToBool(d.DeleteMarker) && aws.ToString(d.DeleteMarkerVersionId) != "" {
			text += " marker"
		}
		all = append(all, text)
	}
	for _, e := range out.Errors {
		all = append(all, *e.Key+" "+*e.Code)
	}
	return strings.Join(all, ", ")
}

func TestDeleteObjectsInDetail(t *testing.T) {
	ctx, c, bucket, plain := t.Context(), s3For(t, customer(), "us-east-1"), newBucket(t), newBucket(t)
	must(t, enableVersioning(ctx, c, bucket))
	put := func(bucket, key string) string {
		out, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader("x")})
		must(t, err)
		return aws.ToString(out.VersionId)
	}
	a, b := put(bucket, "a"), put(bucket, "b")
	equal(t, deletions(t, bucket, false, object("a", "")), "a marker")
	equal(t, deletions(t, bucket, false, object("a", a), object("b", a)), "a@, b NoSuchVersion")
	equal(t, deletions(t, bucket, false, object("a", a)), "a NoSuchVersion")
	equal(t, deletions(t, bucket, false, object("none", b)), "none NoSuchVersion")
	equal(t, deletions(t, bucket, true, object("b", a), object("b", b)), "b NoSuchVersion")
	equal(t, deletions(t, bucket, true, object("b", "")), "")
	put(plain, "a")
	equal(t, deletions(t, plain, false, object("a", b)), "a NoSuchVersion")
	expect(t, second(c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &plain, Key: aws.String("a")})), "ok")
	equal(t, deletions(t, plain, false, object("a", "null"), object("none", "")), "a@, none")
	equal(t, deletions(t, plain, false, object("", "")), " UserKeyMustBeSpecified")
	many := make([]types.ObjectIdentifier, 1001)
	for i := range many {
		many[i] = object(fmt.Sprint(i), "")
	}
	equal(t, deletions(t, plain, false, many...), "400 MalformedXML")
	equal(t, len(strings.Split(deletions(t, plain, false, many[1:]...), ", ")), 1000)
}

func TestGovernanceBypass(t *testing.T) {
	ctx, c, bucket := t.Context(), s3For(t, customer(), "us-east-1"), unique("locked")
	plain := newBucket(t)
	must(t, putObject(ctx, c, plain, "k"))
	expect(t, second(c.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: &plain, BypassGovernanceRetention: aws.Bool(true), Delete: &types.Delete{Objects: []types.ObjectIdentifier{object("k", "")}}})), "400 InvalidArgument")
	expect(t, second(c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &plain, Key: aws.String("k"), BypassGovernanceRetention: aws.Bool(true)})), "400 InvalidArgument")

	must(t, second(c.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &bucket, ObjectLockEnabledForBucket: aws.Bool(true)})))
	must(t, retain(ctx, c, bucket))
	out, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("x"), ChecksumAlgorithm: "CRC32"})
	must(t, err)
	remove := func(w who, bypass bool) string {
		out, err := s3For(t, w, "us-east-1").DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: &bucket, BypassGovernanceRetention: &bypass, Delete: &types.Delete{Objects: []types.ObjectIdentifier{object("k", *out.VersionId)}}})
		must(t, err)
		if len(out.Errors) > 0 {
			return *out.Errors[0].Code
		}
		return "deleted"
	}
	equal(t, remove(customer(), false), "AccessDenied")
	equal(t, remove(newSession(t, policyOf("Allow", "s3:DeleteObjectVersion", "*")), true), "AccessDenied")
	equal(t, remove(customer(), true), "deleted")
}

func md5Of(body string) map[string]string {
	return map[string]string{"Content-Md5": *hashed([]byte(body))}
}

// TestDeleteObjectsBodies sends the list in the encodings that there are.
func TestDeleteObjectsBodies(t *testing.T) {
	bucket := newBucket(t)
	const list = `<Delete><Object><Key>k</Key></Object></Delete>`
	crc := base64.StdEncoding.EncodeToString([]byte{byte(crc32.ChecksumIEEE([]byte(list)) >> 24), byte(crc32.ChecksumIEEE([]byte(list)) >> 16), byte(crc32.ChecksumIEEE([]byte(list)) >> 8), byte(crc32.ChecksumIEEE([]byte(list)))})
	chunked := func(checksum string) string {
		return fmt.Sprintf("%x\r\n%s\r\n0\r\nx-amz-checksum-crc32:%s\r\n\r\n", len(list), list, checksum)
	}
	const streaming = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
	trailer := map[string]string{"Content-Encoding": "aws-chunked", "X-Amz-Trailer": "x-amz-checksum-crc32", "X-Amz-Decoded-Content-Length": fmt.Sprint(len(list))}
	for name, test := range map[string]struct {
		hash, body string
		headers    map[string]string
		want       string
	}{
		"MD5":               {"UNSIGNED-PAYLOAD", list, md5Of(list), "200"},
		"another's MD5":     {"UNSIGNED-PAYLOAD", list + " ", md5Of(list), "400 BadDigest"},
		"checksum":          {"UNSIGNED-PAYLOAD", list, map[string]string{"X-Amz-Checksum-Crc32": crc}, "200"},
		"another's":         {"UNSIGNED-PAYLOAD", list + " ", map[string]string{"X-Amz-Checksum-Crc32": crc}, "400 BadDigest"},
		"nothing":           {"UNSIGNED-PAYLOAD", `<Delete></Delete>`, md5Of(`<Delete></Delete>`), "400 MalformedXML"},
		"control character": {"UNSIGNED-PAYLOAD", strings.Replace(list, "k", "&#x1;", 1), md5Of(strings.Replace(list, "k", "&#x1;", 1)), "400 MalformedXML"},
		"loud quiet":        {"UNSIGNED-PAYLOAD", strings.Replace(list, "<Object>", "<Quiet>YES</Quiet><Object>", 1), md5Of(strings.Replace(list, "<Object>", "<Quiet>YES</Quiet><Object>", 1)), "400 MalformedXML"},
		"neither":           {"UNSIGNED-PAYLOAD", list, nil, "400 InvalidRequest"},
		"chunks":            {streaming, chunked(crc), trailer, "200"},
		"chunks, another's": {streaming, chunked("AAAAAA=="), trailer, "400 BadDigest"},
		"half a chunk":      {streaming, chunked(crc)[:20], trailer, "400 IncompleteBody"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, local.URL+"/"+bucket+"?delete", bytes.NewReader([]byte(test.body)))
			must(t, err)
			for header, value := range test.headers {
				r.Header.Set(header, value)
			}
			r.Header.Set("X-Amz-Content-Sha256", test.hash)
			must(t, v4.NewSigner().SignHTTP(t.Context(), aws.Credentials{AccessKeyID: customer().key, SecretAccessKey: customer().secret}, r, test.hash, "s3", "us-east-1", time.Now()))
			answer, err := httpClient(t, 0).Do(r)
			must(t, err)
			content, err := io.ReadAll(answer.Body)
			must(t, err)
			must(t, answer.Body.Close())
			_, rest, _ := strings.Cut(string(content), "<Code>")
			code, _, _ := strings.Cut(rest, "</Code>")
			equal(t, strings.TrimSpace(fmt.Sprint(answer.StatusCode, " ", code)), test.want)
		})
	}
}
