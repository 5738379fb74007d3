package s3bucket_test

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// version is an object version, a delete marker or an unfinished upload.
type version struct{ key, id string }

func (v version) compare(other version) int {
	return cmp.Or(strings.Compare(v.key, other.key), strings.Compare(v.id, other.id))
}

// content is what is in a bucket.
type content struct {
	// versions and uploads are sorted. Each second version is a delete marker.
	versions, uploads []version
	// uploadMarkers are the key and the ID after which each page of uploads was asked for.
	uploadMarkers []string
	// failures are the codes that the next deletions of a key fail with, inside of a 200 where there is one.
	failures map[string][]string
	// ignoresEncoding is an S3 that does not know encoding-type.
	ignoresEncoding bool
	// garbled is which key of a list comes in an encoding that is none.
	garbled string
	// writes is how many listings still come with a version that was written meanwhile.
	writes int
}

// fill puts versions into the bucket, of generated keys.
func (c *content) fill(n int) {
	for i := range n {
		c.versions = append(c.versions, version{fmt.Sprintf("key %06d+", i), "version"})
	}
}

const pageSize = 1000

// page returns what comes after a marker.
func page(all []version, key, id *string) (page []version, more bool) {
	start := 0
	if key != nil {
		after := version{*key, aws.ToString(id)}
		start = len(all)
		for i, v := range all {
			if v.compare(after) > 0 {
				start = i
				break
			}
		}
	}
	end := min(start+pageSize, len(all))
	return all[start:end], end < len(all)
}

// written is a key as a list has it. XML cannot carry each one as it is.
func (c *content) written(encoding types.EncodingType, key string) *string {
	if encoding == types.EncodingTypeUrl && !c.ignoresEncoding {
		key = url.QueryEscape(key)
	} else if !carried(key) {
		panic("XML cannot carry a key that was asked for as it is")
	}
	return &key
}

func (c *content) garble(which string, key *string) *string {
	if c.garbled == which {
		return aws.String("%zz")
	}
	return key
}

func (c *content) answered(encoding types.EncodingType) types.EncodingType {
	if c.ignoresEncoding {
		return ""
	}
	return encoding
}

func (f *fakeBucket) ListObjectVersions(_ context.Context, in *s3.ListObjectVersionsInput, _ ...func(*s3.Options)) (*s3.ListObjectVersionsOutput, error) {
	f.look(in, in.Bucket, "EncodingType", "KeyMarker", "VersionIdMarker")
	if err := f.call("ListObjectVersions"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.writes > 0 {
		f.writes--
		f.versions = append(f.versions, version{"written meanwhile", fmt.Sprint(len(f.calls))})
	}
	listed, more := page(f.versions, in.KeyMarker, in.VersionIdMarker)
	out := &s3.ListObjectVersionsOutput{IsTruncated: &more, EncodingType: f.answered(in.EncodingType)}
	for i, v := range listed {
		key := f.written(in.EncodingType, v.key)
		if i%2 == 0 {
			out.Versions = append(out.Versions, types.ObjectVersion{Key: f.garble("version", key), VersionId: &v.id})
		} else {
			out.DeleteMarkers = append(out.DeleteMarkers, types.DeleteMarkerEntry{Key: f.garble("marker", key), VersionId: &v.id})
		}
		out.NextKeyMarker, out.NextVersionIdMarker = f.garble("next", key), &v.id
	}
	return out, nil
}

// remove deletes a version, or fails with the code that is arranged for it.
func (c *content) remove(v version) (code string) {
	if codes := c.failures[v.key]; len(codes) > 0 {
		c.failures[v.key] = codes[1:]
		if codes[0] == "NoSuchKey" || codes[0] == "NoSuchVersion" {
			c.versions = slices.DeleteFunc(c.versions, func(have version) bool { return have == v }) // It is gone.
		}
		return codes[0]
	}
	c.versions = slices.DeleteFunc(c.versions, func(have version) bool { return have == v })
	return ""
}

const lockedMessage = "Access Denied because object protected by object lock."

func (f *fakeBucket) DeleteObjects(_ context.Context, in *s3.DeleteObjectsInput, _ ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	f.look(in, in.Bucket, "Delete.Objects", "Delete.Quiet")
	if err := f.call("DeleteObjects"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(in.Delete.Objects) == 0 || len(in.Delete.Objects) > pageSize || !aws.ToBool(in.Delete.Quiet) {
		panic("a batch of none or of too many, or one whose answer lists all of it")
	}
	out := &s3.DeleteObjectsOutput{}
	gone := map[version]bool{}
	for _, object := range in.Delete.Objects {
		v := version{*object.Key, *object.VersionId}
		if !carried(v.key) {
			return nil, refusal(http.StatusBadRequest, "MalformedXML", "The XML you provided was not well-formed.")
		}
		if len(f.failures[v.key]) == 0 {
			gone[v] = true
			continue
		}
		code := f.remove(v)
		out.Errors = append(out.Errors, types.Error{Key: &v.key, VersionId: &v.id, Code: &code, Message: aws.String(lockedMessage)})
	}
	f.versions = slices.DeleteFunc(f.versions, func(have version) bool { return gone[have] })
	return out, nil
}

// carried reports whether XML gives back what was put into it.
func carried(key string) bool {
	if strings.IndexFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) < 0 {
		return true
	}
	type object struct{ Key string }
	text, err := xml.Marshal(object{key})
	var back object
	return err == nil && xml.Unmarshal(text, &back) == nil && back.Key == key
}

func (f *fakeBucket) DeleteObject(_ context.Context, in *s3.DeleteObjectInput, _ ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	f.look(in, in.Bucket, "Key", "VersionId")
	if err := f.call("DeleteObject"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if code := f.remove(version{*in.Key, *in.VersionId}); code != "" {
		return nil, refusal(http.StatusForbidden, code, lockedMessage)
	}
	return &s3.DeleteObjectOutput{}, nil
}

func (f *fakeBucket) ListMultipartUploads(_ context.Context, in *s3.ListMultipartUploadsInput, _ ...func(*s3.Options)) (*s3.ListMultipartUploadsOutput, error) {
	f.look(in, in.Bucket, "EncodingType", "KeyMarker", "UploadIdMarker")
	if err := f.call("ListMultipartUploads"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.uploadMarkers = append(f.uploadMarkers, aws.ToString(in.KeyMarker)+aws.ToString(in.UploadIdMarker))
	listed, more := page(f.uploads, in.KeyMarker, in.UploadIdMarker)
	out := &s3.ListMultipartUploadsOutput{IsTruncated: &more, EncodingType: f.answered(in.EncodingType)}
	for _, u := range listed {
		key := f.written(in.EncodingType, u.key)
		out.Uploads = append(out.Uploads, types.MultipartUpload{Key: f.garble("upload", key), UploadId: &u.id})
		out.NextKeyMarker, out.NextUploadIdMarker = f.garble("last", key), &u.id
	}
	return out, nil
}

func (f *fakeBucket) AbortMultipartUpload(_ context.Context, in *s3.AbortMultipartUploadInput, _ ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	f.look(in, in.Bucket, "Key", "UploadId")
	err := f.call("AbortMultipartUpload")
	f.mu.Lock()
	defer f.mu.Unlock()
	f.uploads = slices.DeleteFunc(f.uploads, func(have version) bool { return have == version{*in.Key, *in.UploadId} })
	return &s3.AbortMultipartUploadOutput{}, err
}

func (f *fakeBucket) DeleteBucket(_ context.Context, in *s3.DeleteBucketInput, _ ...func(*s3.Options)) (*s3.DeleteBucketOutput, error) {
	f.look(in, in.Bucket)
	if err := f.call("DeleteBucket"); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.versions)+len(f.uploads) > 0 {
		return nil, notEmpty
	}
	return &s3.DeleteBucketOutput{}, nil
}
