package s3listing

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/versity/versitygw/s3response"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// Objects is ListObjects, or ListObjectsV2 if the list's type is 2, of what a
// bucket has.
func Objects(query url.Values, bucket, owner string, stored []s3response.ObjectVersion) (*awsxml.Node, error) {
	l, err := readListing(query, "max-keys")
	if err != nil {
		return nil, err
	}
	second := query.Get("list-type") == "2"
	if query.Has("list-type") && !second {
		return nil, s3error.BadRequest("InvalidArgument", "Invalid List Type specified in Request")
	}
	l.after.key = query.Get("marker")
	if second {
		if l.after.key, err = startOf(query.Get("continuation-token"), query.Get("start-after")); err != nil {
			return nil, err
		}
	}
	p := l.page(objects(stored, owner, !second || query.Get("fetch-owner") == "true"))
	root := awsxml.New("ListBucketResult", awsxml.Leaf("Name", bucket), awsxml.Leaf("Prefix", l.encode(l.prefix)),
		awsxml.Leaf("MaxKeys", strconv.Itoa(l.limit)), awsxml.Leaf("IsTruncated", strconv.FormatBool(p.truncated)))
	if second {
		root.Children = append(root.Children, awsxml.Leaf("KeyCount", strconv.Itoa(p.count)))
		root.Children = append(root.Children, l.leaves("Delimiter", l.delimiter, "StartAfter", query.Get("start-after"))...)
		root.Children = append(root.Children, tokens(query.Get("continuation-token"), p)...)
		return p.in(root), nil
	}
	root.Children = append(root.Children, awsxml.Leaf("Marker", l.encode(l.after.key)))
	next := ""
	if p.truncated && l.delimiter != "" {
		next = p.last.key
	}
	root.Children = append(root.Children, l.leaves("Delimiter", l.delimiter, "NextMarker", next)...)
	return p.in(root), nil
}

// objects are the latest versions, which is what there is without versions.
func objects(stored []s3response.ObjectVersion, owner string, owned bool) []listed {
	var entries []listed
	for _, o := range stored {
		if !aws.ToBool(o.IsLatest) {
			continue
		}
		entries = append(entries, listed{aws.ToString(o.Key), "", func(encode func(string) string) *awsxml.Node {
			return objectNode(o, owner, owned, encode)
		}})
	}
	return entries
}

// startOf returns the key behind which a page starts.
func startOf(token, after string) (string, error) {
	if token == "" {
		return after, nil
	}
	key, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return "", s3error.BadRequest("InvalidArgument", "The continuation token provided is incorrect")
	}
	return string(key), nil
}

func tokens(token string, p page) []*awsxml.Node {
	var nodes []*awsxml.Node
	if token != "" {
		nodes = append(nodes, awsxml.Leaf("ContinuationToken", token))
	}
	if p.truncated {
		nodes = append(nodes, awsxml.Leaf("NextContinuationToken", base64.StdEncoding.EncodeToString([]byte(p.last.key))))
	}
	return nodes
}

func objectNode(o s3response.ObjectVersion, owner string, owned bool, encode func(string) string) *awsxml.Node {
	node := awsxml.New("Contents", awsxml.Leaf("Key", encode(aws.ToString(o.Key))), awsxml.Leaf("LastModified", aws.ToTime(o.LastModified).UTC().Format(time.RFC3339)),
		awsxml.Leaf("ETag", aws.ToString(o.ETag)), awsxml.Leaf("Size", strconv.FormatInt(aws.ToInt64(o.Size), 10)), awsxml.Leaf("StorageClass", storageClass(string(o.StorageClass))))
	for _, algorithm := range o.ChecksumAlgorithm {
		node.Children = append(node.Children, awsxml.Leaf("ChecksumAlgorithm", string(algorithm)), awsxml.Leaf("ChecksumType", string(o.ChecksumType)))
	}
	if owned {
		node.Children = append(node.Children, ownerNode("Owner", owner))
	}
	return node
}

func ownerNode(name, owner string) *awsxml.Node {
	return awsxml.New(name, awsxml.Leaf("ID", owner))
}

func storageClass(name string) string {
	if name == "" {
		return "STANDARD"
	}
	return name
}
