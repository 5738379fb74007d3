package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3listing"
)

func (f *Front) listObjects(w http.ResponseWriter, q *request) error {
	stored, err := f.servers.Versions(q.Context(), q.bucket)
	if err != nil {
		return err
	}
	root, err := s3listing.Objects(q.URL.Query(), q.bucket, q.record.Owner, stored.Versions)
	return writeListing(w, root, err)
}

func (f *Front) listVersions(w http.ResponseWriter, q *request) error {
	stored, err := f.servers.Versions(q.Context(), q.bucket)
	if err != nil {
		return err
	}
	root, err := s3listing.Versions(q.URL.Query(), q.bucket, q.record.Owner, stored)
	return writeListing(w, root, err)
}

func (f *Front) listUploads(w http.ResponseWriter, q *request) error {
	stored, err := f.servers.Uploads(q.Context(), q.bucket)
	if err != nil {
		return err
	}
	root, err := s3listing.Uploads(q.URL.Query(), q.bucket, q.record.Owner, stored)
	return writeListing(w, root, err)
}

func writeListing(w http.ResponseWriter, root *awsxml.Node, err error) error {
	if err != nil {
		return err
	}
	identify(w)
	writeDocument(w, http.StatusOK, root.Document(awsxml.S3Namespace))
	return nil
}
