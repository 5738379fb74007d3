package s3front

import (
	"crypto/md5"
	"encoding/base64"
	"errors"
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
)

// getObject hands on a GET or HEAD of an object. Who may not list the bucket
// does not learn that an object is missing.
func (f *Front) getObject(w http.ResponseWriter, q *request) error {
	err := f.authorize(q, []check{{action: "s3:ListBucket", bucket: q.bucket}})
	if err == nil {
		return f.forward(w, q)
	}
	hiding := &hideMissing{ResponseWriter: w}
	f.gateway(q).ServeHTTP(hiding, q.Request)
	if hiding.missing {
		clear(w.Header())
		return err
	}
	return nil
}

// hideMissing holds back an answer that says 404.
type hideMissing struct {
	http.ResponseWriter
	missing bool
}

// WriteHeader implements http.ResponseWriter.
func (h *hideMissing) WriteHeader(status int) {
	if h.missing = status == http.StatusNotFound; !h.missing {
		h.ResponseWriter.WriteHeader(status)
	}
}

// Write implements http.ResponseWriter.
func (h *hideMissing) Write(b []byte) (int, error) {
	if h.missing {
		return len(b), nil
	}
	return h.ResponseWriter.Write(b)
}

// FlushError implements what http.ResponseController asks for: a flush would
// send the answer that is held back.
func (h *hideMissing) FlushError() error {
	if h.missing {
		return nil
	}
	return http.NewResponseController(h.ResponseWriter).Flush()
}

// deleteObjects judges each object of a DeleteObjects by itself: those that
// may go do, the others are reported.
func (f *Front) deleteObjects(w http.ResponseWriter, q *request) error {
	body, err := readBody(q)
	if err != nil {
		return err
	}
	root, err := awsxml.Parse(body)
	if err != nil || root.Name != "Delete" || len(root.All("Object")) == 0 || len(root.All("Object")) > 1000 {
		return malformedXML()
	}
	allowed, refused := awsxml.New("Delete"), []*awsxml.Node(nil)
	for _, node := range root.Children {
		if err := f.mayDelete(q, node); err != nil {
			refused = append(refused, refusal(node, err))
			continue
		}
		allowed.Children = append(allowed.Children, node)
	}
	result := awsxml.New("DeleteResult")
	if len(refused) == 0 {
		replay(w, gateway.Send(f.gateway(q), q.Request, body))
		return nil
	}
	if len(allowed.All("Object")) > 0 {
		result, err = f.deleteAsRoot(q, allowed)
		if err != nil {
			return err
		}
	}
	result.Children = append(result.Children, refused...)
	identify(w)
	writeDocument(w, http.StatusOK, result.Document(awsxml.S3Namespace))
	return nil
}

func (f *Front) mayDelete(q *request, node *awsxml.Node) error {
	if node.Name != "Object" {
		return nil
	}
	action := "s3:DeleteObject"
	if node.Value("VersionId") != "" {
		action = "s3:DeleteObjectVersion"
	}
	key := node.Child("Key")
	if key == nil || key.Text == "" {
		return badRequest("UserKeyMustBeSpecified", "A key must be specified.")
	}
	if err := checkKey(key.Text); err != nil {
		return err
	}
	return f.authorize(q, []check{{action: action, bucket: q.bucket, key: key.Text}})
}

func refusal(node *awsxml.Node, err error) *awsxml.Node {
	e := asAPIError(err, false)
	out := awsxml.New("Error", awsxml.Leaf("Code", e.code), awsxml.Leaf("Message", e.message))
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
	r.URL.RawQuery = "delete="
	answer, err := gateway.SendAs(f.gateway(q), f.directory.Customer().Root, "s3", q.record.Region, r, body)
	if err != nil {
		return nil, err
	}
	result, err := awsxml.Parse(answer.Body.Bytes())
	if err != nil || answer.Code != http.StatusOK {
		return nil, errors.Join(errors.New("deleting objects was refused"), err)
	}
	return result, nil
}
