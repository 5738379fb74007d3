package s3listing

import (
	"net/url"
	"strconv"
	"time"

	"github.com/versity/versitygw/s3response"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// Uploads is ListMultipartUploads of those that are under way in a bucket.
func Uploads(query url.Values, bucket, owner string, stored []s3response.Upload) (*awsxml.Node, error) {
	l, err := readListing(query, "max-uploads")
	if err != nil {
		return nil, err
	}
	l.after.key = query.Get("key-marker")
	if l.after.key != "" { // without it the other one is ignored
		l.after.id = query.Get("upload-id-marker")
	}
	var entries []listed
	for _, u := range stored {
		entries = append(entries, listed{u.Key, u.UploadID, func(encode func(string) string) *awsxml.Node {
			return awsxml.New("Upload", awsxml.Leaf("Key", encode(u.Key)), awsxml.Leaf("UploadId", u.UploadID), ownerNode("Initiator", owner), ownerNode("Owner", owner),
				awsxml.Leaf("StorageClass", storageClass(string(u.StorageClass))), awsxml.Leaf("Initiated", u.Initiated.UTC().Format(time.RFC3339)))
		}})
	}
	p := l.page(entries)
	root := awsxml.New("ListMultipartUploadsResult", awsxml.Leaf("Bucket", bucket), awsxml.Leaf("KeyMarker", l.encode(l.after.key)), awsxml.Leaf("UploadIdMarker", l.after.id),
		awsxml.Leaf("MaxUploads", strconv.Itoa(l.limit)), awsxml.Leaf("IsTruncated", strconv.FormatBool(p.truncated)))
	if p.truncated {
		root.Children = append(root.Children, awsxml.Leaf("NextKeyMarker", l.encode(p.last.key)), awsxml.Leaf("NextUploadIdMarker", p.last.id))
	}
	root.Children = append(root.Children, l.leaves("Prefix", l.prefix, "Delimiter", l.delimiter)...)
	return p.in(root), nil
}
