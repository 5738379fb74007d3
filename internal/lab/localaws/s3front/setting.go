package s3front

import (
	"net/http"
	"net/http/httptest"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3settings"
)

func getSetting(name string, s *s3settings.Setting) handler {
	return func(_ *Front, w http.ResponseWriter, q *request) error {
		document, ok := q.record.Settings[name]
		if !ok && s.Initial != nil {
			document = string(s.Initial.Document(awsxml.S3Namespace))
		}
		if document == "" {
			return s.NotFound(name)
		}
		identify(w)
		if minimum := q.record.Settings[s3settings.MinimumSize]; name == "lifecycle" {
			w.Header().Set(s3settings.MinimumSizeHeader, minimum)
		}
		writeDocument(w, http.StatusOK, []byte(document))
		return nil
	}
}

func putSetting(name string, s *s3settings.Setting) handler {
	return func(f *Front, w http.ResponseWriter, q *request) error {
		body, err := readBody(q)
		if err != nil {
			return err
		}
		root, err := awsxml.Parse(body)
		if err != nil || root.Name != s.Root {
			return s3error.MalformedXML()
		}
		root, err = s.Check(root)
		if err != nil {
			return err
		}
		minimum, err := f.checkBeside(q, name, root)
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
				b.Settings[s3settings.MinimumSize] = minimum
			}
		})
		if err != nil {
			return err
		}
		identify(w)
		if minimum != "" {
			w.Header().Set(s3settings.MinimumSizeHeader, minimum)
		}
		w.WriteHeader(http.StatusOK)
		return nil
	}
}

func deleteSetting(name string, s *s3settings.Setting) handler {
	return func(f *Front, w http.ResponseWriter, q *request) error {
		if name == "tagging" {
			if err := checkTags(q, awsxml.New("TagSet")); err != nil {
				return err
			}
		}
		if refused := f.forwardSetting(q, s, nil); refused != nil {
			replay(w, refused)
			return nil
		}
		err := f.change(q.bucket, func(b *Bucket) {
			delete(b.Settings, name)
			if s.Deletable {
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
func (f *Front) forwardSetting(q *request, s *s3settings.Setting, body []byte) *httptest.ResponseRecorder {
	if !s.Forwarded {
		return nil
	}
	if answer := gateway.Send(f.gateway(q), q.Request, body); answer.Code >= http.StatusBadRequest {
		return answer
	}
	return nil
}

// checkBeside checks what a put says beyond its document: where logs go to, and
// the smallest size that rules move, which it returns.
func (f *Front) checkBeside(q *request, name string, root *awsxml.Node) (minimum string, err error) {
	switch name {
	case "tagging":
		return "", checkTags(q, root.Child("TagSet"))
	case "lifecycle":
		return s3settings.MinimumSizeOf(q.Header)
	case "logging":
		return "", f.checkLogs(q, root.Child("LoggingEnabled"))
	}
	return "", nil
}

// checkLogs checks that a bucket's logs go to one that takes them.
func (f *Front) checkLogs(q *request, enabled *awsxml.Node) error {
	if enabled == nil {
		return nil
	}
	target, exists := f.buckets.Get(enabled.Value("TargetBucket"))
	switch {
	case !exists:
		return s3error.BadRequest("InvalidTargetBucketForLogging", "The target bucket for logging does not exist")
	case target.Region != q.record.Region:
		return s3error.New(http.StatusForbidden, "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed.")
	}
	return nil
}
