package s3front

import (
	"net/http"
	"net/http/httptest"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
)

// setting is how a sub-resource is kept.
type setting struct {
	root string // of the document
	// initial is what a new bucket has; a nil one is answered with missing.
	initial *awsxml.Node
	missing string
	// deletable defaults do not come back once they are deleted.
	deletable bool
	// forwarded says that versitygw has the setting, too.
	forwarded bool
	// check returns the document to store, as AWS shows it.
	check func(f *Front, q *request, root *awsxml.Node) (*awsxml.Node, error)
}

func getSetting(name string, s *setting) handler {
	return func(_ *Front, w http.ResponseWriter, q *request) error {
		document, ok := q.record.Settings[name]
		if !ok && s.initial != nil {
			document = string(s.initial.Document(awsxml.S3Namespace))
		}
		if document == "" {
			return missingSetting(name, s)
		}
		identify(w)
		if minimum := q.record.Settings[minimumSize]; name == "lifecycle" {
			w.Header().Set("X-Amz-Transition-Default-Minimum-Object-Size", minimum)
		}
		writeDocument(w, http.StatusOK, []byte(document))
		return nil
	}
}

func putSetting(name string, s *setting) handler {
	return func(f *Front, w http.ResponseWriter, q *request) error {
		body, err := readBody(q)
		if err != nil {
			return err
		}
		root, err := awsxml.Parse(body)
		if err != nil || root.Name != s.root {
			return malformedXML()
		}
		root, err = s.check(f, q, root)
		if err != nil {
			return err
		}
		minimum, err := minimumSizeOf(q, name)
		if err != nil {
			return err
		}
		if refused := f.forwardSetting(q, s, body); refused != nil {
			replay(w, refused)
			return nil
		}
		err = f.change(q.bucket, func(b *Bucket) {
			b.Settings[name] = string(root.Document(awsxml.S3Namespace))
			if minimum != "" {
				b.Settings[minimumSize] = minimum
			}
		})
		if err != nil {
			return err
		}
		identify(w)
		if minimum != "" {
			w.Header().Set("X-Amz-Transition-Default-Minimum-Object-Size", minimum)
		}
		w.WriteHeader(http.StatusOK)
		return nil
	}
}

func deleteSetting(name string, s *setting) handler {
	return func(f *Front, w http.ResponseWriter, q *request) error {
		if refused := f.forwardSetting(q, s, nil); refused != nil {
			replay(w, refused)
			return nil
		}
		err := f.change(q.bucket, func(b *Bucket) {
			delete(b.Settings, name)
			if s.deletable {
				b.Settings[name] = ""
			}
		})
		if err != nil {
			return err
		}
		identify(w)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
}

// forwardSetting hands on a change of a setting that versitygw has, too, and
// returns its answer if that is a refusal.
func (f *Front) forwardSetting(q *request, s *setting, body []byte) *httptest.ResponseRecorder {
	if !s.forwarded {
		return nil
	}
	if answer := gateway.Send(f.gateway(q), q.Request, body); answer.Code >= http.StatusBadRequest {
		return answer
	}
	return nil
}
