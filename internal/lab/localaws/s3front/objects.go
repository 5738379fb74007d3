package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// putObject hands on an upload and remembers how it is encrypted.
func (f *Front) putObject(w http.ResponseWriter, q *request) error {
	if err := checkRetained(q); err != nil {
		return err
	}
	if err := checkACL(q); err != nil {
		return err
	}
	query := q.URL.Query()
	if query.Has("uploadId") {
		return f.putPart(w, q, query.Get("uploadId"))
	}
	e, err := encryptionOf(q)
	if err != nil {
		return err
	}
	if err := f.authorize(q, keyCheck(q, e, "kms:GenerateDataKey")); err != nil {
		return err
	}
	if query.Has("uploads") {
		return f.createUpload(w, q, e)
	}
	return f.forwardThen(w, q, func(h http.Header) error {
		e.show(h)
		return f.rememberObject(q, h.Get("X-Amz-Version-Id"), e)
	})
}

// createUpload answers with a body that has the upload's ID.
func (f *Front) createUpload(w http.ResponseWriter, q *request, e Encryption) error {
	answer := gateway.Send(f.gateway(q), q.Request, nil)
	if answer.Code == http.StatusOK {
		id := uploadID(answer.Body.Bytes())
		if err := f.remember(uploadName(id), e); err != nil {
			return err
		}
		e.show(answer.Header())
	}
	replay(w, answer)
	return nil
}

// putPart hands on a part of a multipart upload, or its end.
func (f *Front) putPart(w http.ResponseWriter, q *request, id string) error {
	e, _ := f.encryptions.Get(uploadName(id))
	return f.forwardThen(w, q, func(h http.Header) error {
		e.show(h)
		if q.Method != http.MethodPost {
			return nil
		}
		if err := f.rememberObject(q, h.Get("X-Amz-Version-Id"), e); err != nil {
			return err
		}
		return f.remember(uploadName(id), Encryption{})
	})
}

// getObject hands on a GET or HEAD of an object. Who may not list the bucket
// does not learn that an object is missing.
func (f *Front) getObject(w http.ResponseWriter, q *request) error {
	e, _ := f.encryptions.Get(objectName(q, q.URL.Query().Get("versionId")))
	if err := checkCustomerKey(q, e); err != nil {
		return err
	}
	if err := f.authorize(q, keyCheck(q, e, "kms:Decrypt")); err != nil {
		return err
	}
	err := f.authorize(q, []check{{action: "s3:ListBucket", bucket: q.bucket}})
	if err == nil {
		return f.forwardThen(w, q, func(h http.Header) error { e.show(h); return nil })
	}
	hiding := &hideMissing{ResponseWriter: w}
	if err := f.forwardThen(hiding, q, func(h http.Header) error { e.show(h); return nil }); err != nil {
		return err
	}
	if hiding.missing {
		clear(w.Header())
		return err
	}
	return nil
}

// checkCustomerKey asks who reads an object for the key that the customer keeps.
func checkCustomerKey(q *request, e Encryption) error {
	given := q.Header.Get(sseCustomerHash)
	switch {
	case e.CustomerKeyMD5 == given:
		return nil
	case given == "":
		return s3error.BadRequest("InvalidRequest", "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.")
	case e.CustomerKeyMD5 == "":
		return s3error.BadRequest("InvalidRequest", "The encryption parameters are not applicable to this object.")
	}
	return s3error.AccessDenied("Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.")
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
