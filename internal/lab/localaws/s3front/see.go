package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
)

// see replaces the request's view of its bucket by the one that its lag
// leaves. A new bucket is not there yet for all but HeadBucket; a deleted one
// is still there for what reads; and a setting reads as it was.
func (f *Front) see(q *request, op *operation) {
	if op.kind == "" {
		return
	}
	reads := q.Method == http.MethodGet || q.Method == http.MethodHead
	was, existed := f.buckets.At(q.bucket, lag.At(q.Context(), lag.Bucket))
	switch {
	case !q.exists:
		if reads && existed {
			q.record, q.exists = was, true
		}
		return
	case op.kind == kindHead || !reads && existed:
		return
	case !existed:
		q.exists = false
		return
	}
	old, ok := f.buckets.At(q.bucket, lag.At(q.Context(), op.kind))
	if !ok { // a new bucket, of which no setting is seen
		old = Bucket{Region: q.record.Region, Owner: q.record.Owner, Created: q.record.Created}
	}
	q.record = old
}
