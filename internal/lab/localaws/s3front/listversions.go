package s3front

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

func (f *Front) listVersions(w http.ResponseWriter, q *request) error {
	query := q.URL.Query()
	l, err := readListing(query, "max-keys")
	if err != nil {
		return err
	}
	l.after = place{query.Get("key-marker"), query.Get("version-id-marker")}
	if l.after.key == "" && l.after.id != "" {
		return badRequest("InvalidArgument", "A version-id marker cannot be specified without a key marker.")
	}
	entries, err := f.versions(q)
	if err != nil {
		return err
	}
	p := l.page(entries)
	root := awsxml.New("ListVersionsResult", awsxml.Leaf("Name", q.bucket), awsxml.Leaf("Prefix", l.encode(l.prefix)), awsxml.Leaf("KeyMarker", l.encode(l.after.key)),
		awsxml.Leaf("VersionIdMarker", l.after.id), awsxml.Leaf("MaxKeys", strconv.Itoa(l.limit)), awsxml.Leaf("IsTruncated", strconv.FormatBool(p.truncated)))
	next := ""
	if p.truncated {
		next = p.last.key
		if p.last.id != "" {
			root.Children = append(root.Children, awsxml.Leaf("NextVersionIdMarker", p.last.id))
		}
	}
	root.Children = append(root.Children, l.leaves("Delimiter", l.delimiter, "NextKeyMarker", next)...)
	return writeListing(w, root, p)
}

// version is a version or a delete marker.
type version struct {
	name, key, id string
	latest        bool
	modified      time.Time
	more          []*awsxml.Node
}

// versions are all of the bucket's, those of one key with the latest first.
func (f *Front) versions(q *request) ([]listed, error) {
	stored, err := f.servers.Versions(q.Context(), q.bucket)
	if err != nil {
		return nil, err
	}
	var all []version
	for _, v := range stored.Versions {
		all = append(all, version{"Version", aws.ToString(v.Key), aws.ToString(v.VersionId), aws.ToBool(v.IsLatest), aws.ToTime(v.LastModified), []*awsxml.Node{
			awsxml.Leaf("ETag", aws.ToString(v.ETag)), awsxml.Leaf("Size", strconv.FormatInt(aws.ToInt64(v.Size), 10)), awsxml.Leaf("StorageClass", storageClass(string(v.StorageClass))),
		}})
	}
	for _, m := range stored.DeleteMarkers {
		all = append(all, version{"DeleteMarker", aws.ToString(m.Key), aws.ToString(m.VersionId), aws.ToBool(m.IsLatest), aws.ToTime(m.LastModified), nil})
	}
	slices.SortFunc(all, newestFirst)
	var entries []listed
	for _, v := range all {
		entries = append(entries, listed{v.key, v.id, func(encode func(string) string) *awsxml.Node { return v.node(encode, q.record.Owner) }})
	}
	return entries, nil
}

func newestFirst(a, b version) int {
	if a.latest != b.latest && a.key == b.key {
		return cmp.Compare(b.rank(), a.rank())
	}
	// Version IDs grow with time, more finely than dates do.
	return cmp.Or(strings.Compare(a.key, b.key), b.modified.Truncate(time.Second).Compare(a.modified.Truncate(time.Second)), strings.Compare(b.id, a.id))
}

func (v version) rank() int {
	if v.latest {
		return 1
	}
	return 0
}

func (v version) node(encode func(string) string, owner string) *awsxml.Node {
	return awsxml.New(v.name, append([]*awsxml.Node{
		awsxml.Leaf("Key", encode(v.key)), awsxml.Leaf("VersionId", v.id), awsxml.Leaf("IsLatest", strconv.FormatBool(v.latest)),
		awsxml.Leaf("LastModified", v.modified.UTC().Format(time.RFC3339)), ownerNode("Owner", owner),
	}, v.more...)...)
}

func (f *Front) listUploads(w http.ResponseWriter, q *request) error {
	query := q.URL.Query()
	l, err := readListing(query, "max-uploads")
	if err != nil {
		return err
	}
	l.after.key = query.Get("key-marker")
	if l.after.key != "" { // without it the other one is ignored
		l.after.id = query.Get("upload-id-marker")
	}
	uploads, err := f.servers.Uploads(q.Context(), q.bucket)
	if err != nil {
		return err
	}
	var entries []listed
	for _, u := range uploads {
		entries = append(entries, listed{u.Key, u.UploadID, func(encode func(string) string) *awsxml.Node {
			return awsxml.New("Upload", awsxml.Leaf("Key", encode(u.Key)), awsxml.Leaf("UploadId", u.UploadID), ownerNode("Initiator", q.record.Owner),
				ownerNode("Owner", q.record.Owner), awsxml.Leaf("StorageClass", storageClass(string(u.StorageClass))), awsxml.Leaf("Initiated", u.Initiated.UTC().Format(time.RFC3339)))
		}})
	}
	p := l.page(entries)
	root := awsxml.New("ListMultipartUploadsResult", awsxml.Leaf("Bucket", q.bucket), awsxml.Leaf("KeyMarker", l.encode(l.after.key)), awsxml.Leaf("UploadIdMarker", l.after.id),
		awsxml.Leaf("MaxUploads", strconv.Itoa(l.limit)), awsxml.Leaf("IsTruncated", strconv.FormatBool(p.truncated)))
	if p.truncated {
		root.Children = append(root.Children, awsxml.Leaf("NextKeyMarker", l.encode(p.last.key)), awsxml.Leaf("NextUploadIdMarker", p.last.id))
	}
	root.Children = append(root.Children, l.leaves("Prefix", l.prefix, "Delimiter", l.delimiter)...)
	return writeListing(w, root, p)
}
