package s3front

import (
	"crypto/md5"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3settings"
)

const maxDeleted = 1000 // objects in one call

// deleteObjects judges each object of a DeleteObjects by itself: those that
// may go do, the others are reported.
func (f *Front) deleteObjects(w http.ResponseWriter, q *request) error {
	list, err := readDeletions(q)
	if err != nil {
		return err
	}
	allowed, result := awsxml.New("Delete"), awsxml.New("DeleteResult")
	for _, node := range list.All("Object") {
		err := f.mayDelete(q, node)
		if err == nil {
			err = f.hasVersion(q, node)
		}
		if err != nil {
			result.Children = append(result.Children, refusal(node, err))
			continue
		}
		allowed.Children = append(allowed.Children, node)
	}
	if len(allowed.Children) > 0 {
		done, err := f.deleteAsRoot(q, allowed)
		if err != nil {
			return err
		}
		result.Children = append(result.Children, done.Children...)
	}
	if list.Value("Quiet") == "true" {
		result.Children = slices.DeleteFunc(result.Children, func(n *awsxml.Node) bool { return n.Name == "Deleted" })
	}
	identify(w)
	writeDocument(w, http.StatusOK, result.Document(awsxml.S3Namespace))
	return nil
}

// readDeletions reads and checks the list of what is to be deleted.
func readDeletions(q *request) (*awsxml.Node, error) {
	if !hasChecksum(q.Header) {
		return nil, s3error.BadRequest("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*")
	}
	body, err := readBody(q)
	if err != nil {
		return nil, err
	}
	root, err := awsxml.Parse(body)
	if err != nil || root.Name != "Delete" || s3settings.Only(root, "Object", "Quiet") != nil || s3settings.Once(root, "Quiet") != nil {
		return nil, s3error.MalformedXML()
	}
	if quiet, err := s3settings.Boolean(root.Child("Quiet")); err != nil || root.Child("Quiet") != nil && quiet != strings.TrimSpace(root.Child("Quiet").Text) {
		return nil, s3error.MalformedXML()
	}
	if n := len(root.All("Object")); n == 0 || n > maxDeleted {
		return nil, s3error.MalformedXML()
	}
	for _, node := range root.All("Object") {
		if key := node.Child("Key"); key == nil || s3settings.Once(node, "Key", "VersionId") != nil {
			return nil, s3error.MalformedXML()
		}
	}
	return root, nil
}

func (f *Front) mayDelete(q *request, node *awsxml.Node) error {
	key := node.Child("Key").Text
	if key == "" {
		return s3error.BadRequest("UserKeyMustBeSpecified", "A key must be specified.")
	}
	if err := checkKey(key); err != nil {
		return err
	}
	return f.authorize(q, deletionChecks(q, key, node.Value("VersionId") != ""))
}

// deletionChecks are the permissions to delete an object, or a version of one.
func deletionChecks(q *request, key string, versioned bool) []check {
	action := "s3:DeleteObject"
	if versioned {
		action = "s3:DeleteObjectVersion"
	}
	checks := []check{{action: action, bucket: q.bucket, key: key}}
	if q.Header.Get(bypassGovernance) == "true" {
		checks = append(checks, check{action: "s3:BypassGovernanceRetention", bucket: q.bucket, key: key})
	}
	return checks
}

// hasVersion says that a version to delete is not there. versitygw takes every
// version of a key that is gone for deleted, and of one without versions, too.
func (f *Front) hasVersion(q *request, node *awsxml.Node) error {
	id := node.Value("VersionId")
	if id == "" || id == "null" {
		return nil
	}
	r := q.Clone(q.Context())
	r.Method, r.Header = http.MethodHead, http.Header{}
	r.URL.Path, r.URL.RawPath, r.URL.RawQuery = "/"+q.bucket+"/"+node.Child("Key").Text, "", "versionId="+id
	answer, err := gateway.SendAs(f.gateway(q), f.directory.Customer().Root, "s3", q.record.Region, r, nil)
	if err != nil {
		return err
	}
	if answer.Code == http.StatusOK || answer.Code == http.StatusMethodNotAllowed { // for a delete marker
		return nil
	}
	return s3error.New(http.StatusNotFound, "NoSuchVersion", "The specified version does not exist.")
}

func refusal(node *awsxml.Node, err error) *awsxml.Node {
	e := asError(err, false)
	out := awsxml.New("Error", awsxml.Leaf("Code", e.Code), awsxml.Leaf("Message", e.Message))
	for _, name := range []string{"Key", "VersionId"} {
		if child := node.Child(name); child != nil {
			out.Children = append(out.Children, child)
		}
	}
	return out
}

// deleteAsRoot deletes what was found to be allowed. The caller's signature
// covers another list.
func (f *Front) deleteAsRoot(q *request, list *awsxml.Node) (*awsxml.Node, error) {
	r := q.Clone(q.Context())
	body := list.Document(awsxml.S3Namespace)
	digest := md5.Sum(body)
	r.Header = http.Header{"Content-Type": {"application/xml"}, "Content-Md5": {base64.StdEncoding.EncodeToString(digest[:])}}
	if bypass := q.Header.Get(bypassGovernance); bypass != "" {
		r.Header.Set(bypassGovernance, bypass)
	}
	r.URL.RawQuery = "delete="
	answer, err := gateway.SendAs(f.gateway(q), f.directory.Customer().Root, "s3", q.record.Region, r, body)
	if err != nil {
		return nil, err
	}
	result, err := awsxml.Parse(answer.Body.Bytes())
	if err != nil || answer.Code != http.StatusOK {
		return nil, errors.Join(errors.New("deleting objects was refused"), err)
	}
	for _, deleted := range result.All("Deleted") {
		// versitygw says of each that it was no delete marker, AWS says nothing then.
		deleted.Children = slices.DeleteFunc(deleted.Children, func(n *awsxml.Node) bool { return n.Name == "DeleteMarker" && n.Text == "false" })
	}
	return result, nil
}
