package s3front

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3settings"
)

// resolveCreate reads the body first: tags take a permission of their own.
func resolveCreate(q *request) (*operation, error) {
	body, err := readBody(q)
	if err != nil {
		return nil, err
	}
	q.body = body
	create := check{action: "s3:CreateBucket", bucket: q.bucket, creates: true}
	op := &operation{checks: []check{create}, needsNoBucket: true, run: (*Front).createBucket}
	if tags := tagsAtCreation(body); len(tags) > 0 {
		op.checks[0].context = s3settings.TagContext(tags)
		op.checks = append(op.checks, check{action: "s3:TagResource", bucket: q.bucket, context: s3settings.TagContext(tags), creates: true})
	}
	return op, nil
}

// tagsAtCreation returns the tags in a body as far as they can be read.
func tagsAtCreation(body []byte) []*awsxml.Node {
	if len(body) == 0 {
		return nil
	}
	root, err := awsxml.Parse(body)
	if err != nil {
		return nil // which createBucket says
	}
	tags := root.Child("Tags")
	if tags == nil {
		return nil
	}
	return slices.DeleteFunc(tags.All("Tag"), func(tag *awsxml.Node) bool { return tag.Child("Key") == nil || tag.Child("Value") == nil })
}

func (f *Front) createBucket(w http.ResponseWriter, q *request) error {
	location, err := f.checkConfiguration(q.auth.Region, q.body)
	if err != nil {
		return err
	}
	if err := checkNamespace(q); err != nil {
		return err
	}
	tags := tagsAtCreation(q.body)
	f.changing.Lock()
	defer f.changing.Unlock()
	if record, exists := f.buckets.Get(q.bucket); exists {
		return recreate(w, q, record, len(tags) > 0)
	}
	answer, err := f.forwardCreation(q, location)
	if err != nil {
		return err
	}
	if answer.Code == http.StatusOK {
		if err := f.recordCreation(q, tags); err != nil {
			return err
		}
	}
	replay(w, answer)
	return nil
}

// ownNamespace is the form of names in an account's own namespace.
var ownNamespace = regexp.MustCompile(`-\d{12}-[a-z]{2}(-[a-z]+)+-\d-an$`)

// checkNamespace checks a name against the namespace that it is asked for:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html.
func checkNamespace(q *request) error {
	suffix := "-" + q.caller.AccountID + "-" + q.auth.Region + "-an"
	switch namespace := q.Header.Get("X-Amz-Bucket-Namespace"); {
	case namespace == "account-regional":
		if !strings.HasSuffix(q.bucket, suffix) {
			return s3error.BadRequest("InvalidBucketName", "A bucket name in the account's regional namespace must end with %s", suffix)
		}
	case namespace != "" && namespace != "global":
		return s3error.BadRequest("InvalidArgument", "Invalid x-amz-bucket-namespace: %s", namespace)
	case ownNamespace.MatchString(q.bucket):
		return s3error.BadRequest("InvalidBucketName", "The specified bucket is not valid: its ending is reserved for accounts' regional namespaces.")
	}
	return nil
}

func (f *Front) recordCreation(q *request, tags []*awsxml.Node) error {
	if owner := q.caller.AccountID; owner != identity.CustomerAccount {
		if err := f.servers.SetOwner(q.Context(), q.bucket, owner); err != nil {
			return err
		}
	}
	return f.buckets.Put(q.bucket, newRecord(q, tags))
}

// newRecord is the record of a bucket with what its creation said.
func newRecord(q *request, tags []*awsxml.Node) Bucket {
	settings := map[string]string{}
	if document := s3settings.TagDocument(tags); document != "" {
		settings["tagging"] = document
	}
	if value := q.Header.Get("X-Amz-Object-Ownership"); value != "" {
		settings["ownershipControls"] = string(s3settings.OwnershipControls(value).Document(awsxml.S3Namespace))
	}
	if strings.EqualFold(q.Header.Get("X-Amz-Bucket-Object-Lock-Enabled"), "true") {
		settings["object-lock"] = string(s3settings.Locked().Document(awsxml.S3Namespace))
		versions := awsxml.New("VersioningConfiguration", awsxml.Leaf("Status", "Enabled"))
		settings["versioning"] = string(versions.Document(awsxml.S3Namespace))
	}
	return Bucket{Region: q.auth.Region, Owner: q.caller.AccountID, Created: time.Now().UTC().Truncate(time.Second), Settings: settings}
}

// forwardCreation has versitygw make the bucket, without what is kept here.
func (f *Front) forwardCreation(q *request, location string) (*httptest.ResponseRecorder, error) {
	var body []byte
	if location != "" {
		body = awsxml.New("CreateBucketConfiguration", awsxml.Leaf("LocationConstraint", location)).Document(awsxml.S3Namespace)
	}
	r := q.Clone(q.Context())
	for name := range r.Header {
		if strings.HasPrefix(name, "X-Amz-Checksum-") || name == "X-Amz-Sdk-Checksum-Algorithm" || name == "Content-Md5" {
			r.Header.Del(name) // of the body as it was
		}
	}
	// versitygw turns ACLs on for a bucket that asks for the private one, AWS does not.
	if r.Header.Get("X-Amz-Object-Ownership") == "" {
		r.Header.Set("X-Amz-Object-Ownership", "BucketOwnerEnforced")
	}
	return gateway.SendAs(f.gateways[q.auth.Region], f.directory.Customer().Root, "s3", q.auth.Region, r, body)
}

// recreate answers who makes a bucket that is there already. us-east-1 lets
// its owner, unless there are tags to be set or the name is the account's own.
func recreate(w http.ResponseWriter, q *request, record Bucket, tagged bool) error {
	switch {
	case record.Owner != q.caller.AccountID:
		return s3error.New(http.StatusConflict, "BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.")
	case record.Region == legacyRegion && q.auth.Region == legacyRegion && !tagged && !ownNamespace.MatchString(q.bucket):
		identify(w)
		w.Header().Set("Location", "/"+q.bucket)
		w.WriteHeader(http.StatusOK)
		return nil
	}
	return s3error.New(http.StatusConflict, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.")
}

// checkConfiguration checks a creation's body and returns its location
// constraint, which has to be that of the endpoint's region.
func (f *Front) checkConfiguration(region string, body []byte) (location string, err error) {
	if len(body) > 0 {
		root, err := awsxml.Parse(body)
		if err != nil || root.Name != "CreateBucketConfiguration" || s3settings.Once(root, "LocationConstraint", "Tags") != nil {
			return "", s3error.MalformedXML()
		}
		location = root.Value("LocationConstraint")
		reserved := `User-defined tag keys can't start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.`
		if err := s3settings.CheckTags(root.Child("Tags"), nil, reserved); err != nil {
			return "", err
		}
	}
	switch {
	case location == "" && region == legacyRegion, location == region && region != legacyRegion:
		return location, nil
	case location == "":
		return "", s3error.BadRequest("IllegalLocationConstraintException", "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.")
	case location == legacyRegion || !slices.Contains(f.regions(), location):
		return "", s3error.BadRequest("InvalidLocationConstraint", "The specified location-constraint is not valid")
	}
	return "", s3error.BadRequest("IllegalLocationConstraintException", "The %s location constraint is incompatible for the region specific endpoint this request was sent to.", location)
}
