package s3front

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

const maxBuckets = 10000

func (f *Front) deleteBucket(w http.ResponseWriter, q *request) error {
	f.changing.Lock()
	defer f.changing.Unlock()
	answer := gateway.Send(f.gateway(q), q.Request, nil)
	if answer.Code == http.StatusNoContent {
		if err := f.buckets.Delete(q.bucket); err != nil {
			return err
		}
	}
	replay(w, answer)
	return nil
}

func (f *Front) headBucket(w http.ResponseWriter, q *request) error {
	identify(w)
	w.Header().Set("X-Amz-Bucket-Region", q.record.Region)
	w.Header().Set("X-Amz-Access-Point-Alias", "false")
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(http.StatusOK)
	return nil
}

// listBuckets lists the buckets of the caller's account, of all regions.
func (f *Front) listBuckets(w http.ResponseWriter, q *request) error {
	query := q.URL.Query()
	limit := maxBuckets
	if query.Has("max-buckets") {
		n, err := strconv.Atoi(query.Get("max-buckets"))
		if err != nil || n < 1 || n > maxBuckets {
			return s3error.BadRequest("InvalidArgument", "Argument maxBuckets must be an integer between 1 and 10000")
		}
		limit = n
	}
	all, list, next := f.buckets.All(), awsxml.New("Buckets"), ""
	for _, name := range slices.Sorted(maps.Keys(all)) {
		region := query.Get("bucket-region")
		if all[name].Owner != q.caller.AccountID || !strings.HasPrefix(name, query.Get("prefix")) || name <= query.Get("continuation-token") || (region != "" && region != all[name].Region) {
			continue
		}
		if len(list.Children) == limit {
			next = list.Children[limit-1].Value("Name")
			break
		}
		list.Children = append(list.Children, awsxml.New("Bucket", awsxml.Leaf("Name", name),
			awsxml.Leaf("CreationDate", all[name].Created.Format(time.RFC3339)), awsxml.Leaf("BucketRegion", all[name].Region)))
	}
	root := awsxml.New("ListAllMyBucketsResult", awsxml.New("Owner", awsxml.Leaf("ID", q.caller.AccountID)), list)
	if query.Has("prefix") {
		root.Children = append(root.Children, awsxml.Leaf("Prefix", query.Get("prefix")))
	}
	if next != "" {
		root.Children = append(root.Children, awsxml.Leaf("ContinuationToken", next))
	}
	identify(w)
	writeDocument(w, http.StatusOK, root.Document(awsxml.S3Namespace))
	return nil
}
