package s3front

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3settings"
)

// controlPath is where S3 Control has the tags of buckets with access control by
// attributes: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html.
const controlPath = "v20180820"

func hasABAC(b Bucket) bool {
	root, err := awsxml.Parse([]byte(b.Settings["abac"]))
	return err == nil && root.Value("Status") == "Enabled"
}

// refuseUnderABAC is for the calls that TagResource and UntagResource replace.
// AWS documents that they fail, not how.
func refuseUnderABAC(next handler) handler {
	return func(f *Front, w http.ResponseWriter, q *request) error {
		if hasABAC(q.record) {
			return s3error.New(http.StatusMethodNotAllowed, "MethodNotAllowed", "The bucket has attribute-based access control (ABAC) enabled. Use TagResource and UntagResource to change its tags.")
		}
		return next(f, w, q)
	}
}

// isControl says whether r is one of S3 Control's calls about tags.
func isControl(r *http.Request) bool {
	bucket, key := splitPath(r.URL.Path)
	return bucket == controlPath && strings.HasPrefix(key, "tags/") && r.Header.Get("X-Amz-Account-Id") != ""
}

// aboutBucket points a request of S3 Control at the bucket that its path names.
func (f *Front) aboutBucket(q *request) error {
	arn, err := url.PathUnescape(strings.TrimPrefix(q.key, "tags/"))
	if err != nil {
		return s3error.BadRequest("InvalidRequest", "The resource's ARN is not valid")
	}
	name, ok := strings.CutPrefix(arn, "arn:aws:s3:::")
	if !ok || name == "" || strings.Contains(name, "/") {
		return s3error.BadRequest("InvalidRequest", "Only buckets are tagged here, not %s", arn)
	}
	q.control, q.bucket, q.key = true, name, ""
	q.record, q.exists = f.buckets.Get(name)
	return nil
}

func resolveControl(q *request) (*operation, error) {
	op := func(action string, run handler, context map[string][]string) (*operation, error) {
		return &operation{checks: []check{{action: action, bucket: q.bucket, context: context}}, kind: "tagging", run: run}, nil
	}
	switch q.Method {
	case http.MethodGet:
		return op("s3:ListTagsForResource", (*Front).listTagsForResource, nil)
	case http.MethodDelete:
		return op("s3:UntagResource", (*Front).untagResource, map[string][]string{"aws:TagKeys": q.URL.Query()["tagKeys"]})
	case http.MethodPost:
		body, err := readBody(q)
		if err != nil {
			return nil, err
		}
		q.body = body
		return op("s3:TagResource", (*Front).tagResource, s3settings.TagContext(tagsAtCreation(body)))
	}
	return nil, s3error.NotImplemented(q.Method + " of tags")
}

func tagsOf(b Bucket) []*awsxml.Node {
	root, err := awsxml.Parse([]byte(b.Settings["tagging"]))
	if err != nil {
		return nil
	}
	return root.Child("TagSet").All("Tag")
}

// checkTags checks the tags that a bucket is to have.
func checkTags(q *request, set *awsxml.Node) error {
	before := s3settings.SystemTags(tagsOf(q.record))
	if identity.ByService(q.Request) {
		before = s3settings.SystemTags(set.All("Tag"))
	}
	return s3settings.CheckTags(set, before, "System tags cannot be added/updated by requester")
}

func (f *Front) listTagsForResource(w http.ResponseWriter, q *request) error {
	identify(w)
	list := awsxml.New("ListTagsForResourceResult", awsxml.New("Tags", tagsOf(q.record)...))
	writeDocument(w, http.StatusOK, list.Document("http://awss3control.amazonaws.com/doc/2018-08-20/"))
	return nil
}

func (f *Front) tagResource(w http.ResponseWriter, q *request) error {
	root, err := awsxml.Parse(q.body)
	if err != nil || root.Name != "TagResourceRequest" || s3settings.Only(root, "Tags") != nil || root.Child("Tags") == nil {
		return s3error.MalformedXML()
	}
	added := root.Child("Tags").All("Tag")
	return f.setTags(w, q, func(tags []*awsxml.Node) []*awsxml.Node {
		tags = slices.DeleteFunc(tags, func(old *awsxml.Node) bool {
			return slices.ContainsFunc(added, func(n *awsxml.Node) bool { return n.Value("Key") == old.Value("Key") })
		})
		return append(tags, added...)
	})
}

func (f *Front) untagResource(w http.ResponseWriter, q *request) error {
	keys := q.URL.Query()["tagKeys"]
	return f.setTags(w, q, func(tags []*awsxml.Node) []*awsxml.Node {
		return slices.DeleteFunc(tags, func(old *awsxml.Node) bool { return slices.Contains(keys, old.Value("Key")) })
	})
}

// setTags stores what edit makes of a bucket's tags.
func (f *Front) setTags(w http.ResponseWriter, q *request, edit func([]*awsxml.Node) []*awsxml.Node) error {
	var refused error
	err := f.change(q.bucket, func(b *Bucket) {
		tags := edit(tagsOf(*b))
		if refused = checkTags(q, awsxml.New("Tags", tags...)); refused != nil {
			return
		}
		if b.Settings["tagging"] = s3settings.TagDocument(tags); len(tags) == 0 {
			delete(b.Settings, "tagging")
		}
	})
	if err != nil || refused != nil {
		return errors.Join(err, refused)
	}
	identify(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
