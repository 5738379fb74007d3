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
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

const maxBuckets = 10000

func (f *Front) createBucket(w http.ResponseWriter, q *request) error {
	body, err := readBody(q)
	if err != nil {
		return err
	}
	if err := f.checkLocation(q.auth.Region, body); err != nil {
		return err
	}
	f.changing.Lock()
	defer f.changing.Unlock()
	if record, exists := f.buckets.Get(q.bucket); exists {
		return recreate(w, q, record)
	}
	r := q.Clone(q.Context())
	// versitygw turns ACLs on for a bucket that asks for the private one, AWS does not.
	if r.Header.Get("X-Amz-Object-Ownership") == "" {
		r.Header.Set("X-Amz-Object-Ownership", "BucketOwnerEnforced")
	}
	answer, err := gateway.SendAs(f.gateways[q.auth.Region], f.directory.Root(), "s3", q.auth.Region, r, body)
	if err != nil {
		return err
	}
	if answer.Code == http.StatusOK {
		record := Bucket{Region: q.auth.Region, Created: time.Now().UTC().Truncate(time.Second)}
		if err := f.buckets.Put(q.bucket, record); err != nil {
			return err
		}
	}
	replay(w, answer)
	return nil
}

// recreate answers who makes a bucket that the account has already.
func recreate(w http.ResponseWriter, q *request, record Bucket) error {
	if record.Region == legacyRegion && q.auth.Region == legacyRegion {
		identify(w)
		w.Header().Set("Location", "/"+q.bucket)
		w.WriteHeader(http.StatusOK)
		return nil
	}
	return fail(http.StatusConflict, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.")
}

// checkLocation checks the location constraint against the endpoint's region.
func (f *Front) checkLocation(region string, body []byte) error {
	location := ""
	if len(body) > 0 {
		root, err := awsxml.Parse(body)
		if err != nil || root.Name != "CreateBucketConfiguration" {
			return malformedXML()
		}
		location = root.Value("LocationConstraint")
		if err := checkTags(root.Child("Tags")); err != nil {
			return err
		}
	}
	switch {
	case location == "" && region == legacyRegion, location == region && region != legacyRegion:
		return nil
	case location == "":
		return badRequest("IllegalLocationConstraintException", "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.")
	case location == legacyRegion || !slices.Contains(f.regions(), location):
		return badRequest("InvalidLocationConstraint", "The specified location-constraint is not valid")
	}
	return badRequest("IllegalLocationConstraintException", "The %s location constraint is incompatible for the region specific endpoint this request was sent to.", location)
}

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

// listBuckets lists the account's buckets of all regions.
func (f *Front) listBuckets(w http.ResponseWriter, q *request) error {
	query := q.URL.Query()
	limit := maxBuckets
	if query.Has("max-buckets") {
		n, err := strconv.Atoi(query.Get("max-buckets"))
		if err != nil || n < 1 || n > maxBuckets {
			return badRequest("InvalidArgument", "Argument maxBuckets must be an integer between 1 and 10000")
		}
		limit = n
	}
	all, list, next := f.buckets.All(), awsxml.New("Buckets"), ""
	for _, name := range slices.Sorted(maps.Keys(all)) {
		region := query.Get("bucket-region")
		if !strings.HasPrefix(name, query.Get("prefix")) || name <= query.Get("continuation-token") || (region != "" && region != all[name].Region) {
			continue
		}
		if len(list.Children) == limit {
			next = list.Children[limit-1].Value("Name")
			break
		}
		list.Children = append(list.Children, awsxml.New("Bucket", awsxml.Leaf("Name", name),
			awsxml.Leaf("CreationDate", all[name].Created.Format(time.RFC3339)), awsxml.Leaf("BucketRegion", all[name].Region)))
	}
	root := awsxml.New("ListAllMyBucketsResult", awsxml.New("Owner", awsxml.Leaf("ID", identity.CustomerAccount)), list)
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
