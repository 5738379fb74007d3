package s3bucket

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// versionPages lists a bucket's object versions and delete markers, and ends with an error. It requests URL-encoded
// keys, because XML cannot represent every key:
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html. The SDK's own paginator does not decode
// them.
func versionPages(ctx context.Context, api lifeAPI, bucket string) iter.Seq2[[]types.ObjectIdentifier, error] {
	return func(yield func([]types.ObjectIdentifier, error) bool) {
		input := &s3.ListObjectVersionsInput{Bucket: &bucket, EncodingType: types.EncodingTypeUrl}
		for {
			out, err := api.ListObjectVersions(ctx, input)
			if err != nil {
				yield(nil, err)
				return
			}
			page, next, err := versions(out)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(page, nil) || !aws.ToBool(out.IsTruncated) {
				return
			}
			input.KeyMarker, input.VersionIdMarker = next, out.NextVersionIdMarker
		}
	}
}

func versions(out *s3.ListObjectVersionsOutput) (page []types.ObjectIdentifier, next *string, err error) {
	for _, version := range out.Versions {
		page = append(page, types.ObjectIdentifier{Key: version.Key, VersionId: version.VersionId})
	}
	for _, marker := range out.DeleteMarkers {
		page = append(page, types.ObjectIdentifier{Key: marker.Key, VersionId: marker.VersionId})
	}
	for i := range page {
		if page[i].Key, err = decodeKey(out.EncodingType, page[i].Key); err != nil {
			return nil, nil, err
		}
	}
	next, err = decodeKey(out.EncodingType, out.NextKeyMarker)
	return page, next, err
}

// uploadPages lists a bucket's incomplete uploads, like versionPages.
func uploadPages(ctx context.Context, api lifeAPI, bucket string) iter.Seq2[[]types.MultipartUpload, error] {
	return func(yield func([]types.MultipartUpload, error) bool) {
		input := &s3.ListMultipartUploadsInput{Bucket: &bucket, EncodingType: types.EncodingTypeUrl}
		for {
			out, err := api.ListMultipartUploads(ctx, input)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range out.Uploads {
				if out.Uploads[i].Key, err = decodeKey(out.EncodingType, out.Uploads[i].Key); err != nil {
					yield(nil, err)
					return
				}
			}
			next, err := decodeKey(out.EncodingType, out.NextKeyMarker)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(out.Uploads, nil) || !aws.ToBool(out.IsTruncated) {
				return
			}
			input.KeyMarker, input.UploadIdMarker = next, out.NextUploadIdMarker
		}
	}
}

// decodeKey decodes a key if the answer says that it is encoded: not every S3 supports it.
func decodeKey(encoding types.EncodingType, key *string) (*string, error) {
	if encoding != types.EncodingTypeUrl || key == nil {
		return key, nil
	}
	decoded, err := url.QueryUnescape(*key)
	if err != nil {
		return nil, fmt.Errorf("decode the key %q of a list: %w", *key, err)
	}
	return &decoded, nil
}

// inXML reports whether XML 1.0 can represent a key: https://www.w3.org/TR/xml/#charsets.
func inXML(key string) bool {
	for _, r := range key {
		switch {
		case r == '\t', r == '\n', r == '\r':
		case r < ' ', r == 0xFFFE, r == 0xFFFF:
			return false
		}
	}
	return utf8.ValidString(key)
}
