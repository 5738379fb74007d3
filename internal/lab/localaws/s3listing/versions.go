package s3listing

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/versity/versitygw/s3response"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// Versions is ListObjectVersions of what a bucket has.
func Versions(query url.Values, bucket, owner string, stored s3response.ListVersionsResult) (*awsxml.Node, error) {
	l, err := readListing(query, "max-keys")
	if err != nil {
		return nil, err
	}
	l.after = place{query.Get("key-marker"), query.Get("version-id-marker")}
	if l.after.key == "" && l.after.id != "" {
		return nil, s3error.BadRequest("InvalidArgument", "A version-id marker cannot be specified without a key marker.")
	}
	p := l.page(versions(stored, owner))
	root := awsxml.New("ListVersionsResult", awsxml.Leaf("Name", bucket), awsxml.Leaf("Prefix", l.encode(l.prefix)), awsxml.Leaf("KeyMarker", l.encode(l.after.key)),
		awsxml.Leaf("VersionIdMarker", l.after.id), awsxml.Leaf("MaxKeys", strconv.Itoa(l.limit)), awsxml.Leaf("IsTruncated", strconv.FormatBool(p.truncated)))
	next := ""
	if p.truncated {
		next = p.last.key
		if p.last.id != "" {
			root.Children = append(root.Children, awsxml.Leaf("NextVersionIdMarker", p.last.id))
		}
	}
	root.Children = append(root.Children, l.leaves("Delimiter", l.delimiter, "NextKeyMarker", next)...)
	return p.in(root), nil
}

// version is a version or a delete marker.
type version struct {
	name, key, id string
	latest        bool
	modified      time.Time
	more          []*awsxml.Node
}

// versions are all of the bucket's, those of one key with the latest first.
func versions(stored s3response.ListVersionsResult, owner string) []listed {
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
		entries = append(entries, listed{v.key, v.id, func(encode func(string) string) *awsxml.Node { return v.node(encode, owner) }})
	}
	return entries
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
