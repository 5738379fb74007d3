package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// objectName is the name under which an object's encryption is remembered.
// The latest version goes without its ID, too.
func objectName(q *request, version string) string {
	return q.bucket + "/" + q.key + "?versionId=" + version
}

func uploadName(id string) string { return "?uploadId=" + id }

func uploadID(body []byte) string {
	root, err := awsxml.Parse(body)
	if err != nil {
		return ""
	}
	return root.Value("UploadId")
}

// rememberObject is remember for an object that was written.
func (f *Front) rememberObject(q *request, version string, e Encryption) error {
	if version != "" {
		if err := f.remember(objectName(q, version), e); err != nil {
			return err
		}
	}
	return f.remember(objectName(q, ""), e)
}

// remember keeps an encryption that is not the usual one.
func (f *Front) remember(name string, e Encryption) error {
	if e != (Encryption{}) {
		return f.encryptions.Put(name, e)
	}
	if _, known := f.encryptions.Get(name); known {
		return f.encryptions.Delete(name)
	}
	return nil
}

// forwardThen hands on a request and lets then see the header of an answer
// that says it was done.
func (f *Front) forwardThen(w http.ResponseWriter, q *request, then func(http.Header) error) error {
	watching := &onSuccess{ResponseWriter: w, then: then}
	f.gateway(q).ServeHTTP(watching, q.Request)
	return watching.err
}

// onSuccess calls a function before the header of a good answer is written.
type onSuccess struct {
	http.ResponseWriter
	then func(http.Header) error
	err  error
}

// WriteHeader implements http.ResponseWriter.
func (o *onSuccess) WriteHeader(status int) {
	if isEncrypted(status) {
		o.err = o.then(o.Header())
	}
	if o.err == nil {
		o.ResponseWriter.WriteHeader(status)
	}
}

// Write implements http.ResponseWriter.
func (o *onSuccess) Write(b []byte) (int, error) {
	if o.err == nil {
		return o.ResponseWriter.Write(b)
	}
	return len(b), nil
}

// Unwrap is for http.ResponseController.
func (o *onSuccess) Unwrap() http.ResponseWriter { return o.ResponseWriter }
