// Package s3front serves S3: it authenticates and authorizes every request,
// answers for the buckets' settings that versitygw lacks and hands on the rest.
package s3front

import (
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3settings"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv2"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/state"
)

const legacyRegion = "us-east-1" // the region with rules of its own

// Bucket is what is kept here of a bucket.
type Bucket struct {
	Region  string
	Owner   string // an account's ID
	Created time.Time
	Policy  string
	// Settings has a document for each sub-resource that was put, and an
	// empty one where a new bucket's default was deleted.
	Settings map[string]string
}

func (b Bucket) isBlocked(name string) bool {
	document, put := b.Settings["publicAccessBlock"]
	return s3settings.IsBlocked(document, put, name)
}

func (b Bucket) objectOwnership() string {
	document, put := b.Settings["ownershipControls"]
	return s3settings.ObjectOwnership(document, put)
}

// Front is the handler for S3.
type Front struct {
	directory *identity.Directory
	servers   *gateway.Gateway
	gateways  map[string]http.Handler // by region
	buckets   *state.Collection[Bucket]
	// encryptions are those of objects and uploads that are not AES256.
	encryptions *state.Collection[Encryption]
	// changing is held while a bucket is made, removed or changed.
	changing sync.Mutex
}

// New returns a front over versitygw's S3 servers, with its records below dir.
func New(dir string, directory *identity.Directory, servers *gateway.Gateway) (*Front, error) {
	buckets, err := state.Open[Bucket](filepath.Join(dir, "buckets"))
	if err != nil {
		return nil, err
	}
	encryptions, err := state.Open[Encryption](filepath.Join(dir, "encryptions"))
	if err != nil {
		return nil, err
	}
	return &Front{directory: directory, servers: servers, gateways: servers.S3, buckets: buckets, encryptions: encryptions}, nil
}

// request is one authenticated request.
type request struct {
	*http.Request
	auth        *sigv4.Auth
	caller      *identity.Principal
	bucket, key string
	// record is the bucket as it is seen, if it exists.
	record Bucket
	exists bool
	// control is set for a call of S3 Control.
	control bool
	// body is read before for calls whose permissions depend on it.
	body []byte
}

// ServeHTTP implements http.Handler.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := f.serve(w, r); err != nil {
		writeError(w, r, err)
	}
}

func (f *Front) serve(w http.ResponseWriter, r *http.Request) error {
	q := &request{Request: r}
	q.bucket, q.key = splitPath(r.URL.Path)
	q.record, q.exists = f.buckets.Get(q.bucket)
	if isControl(r) {
		if err := f.aboutBucket(q); err != nil {
			return err
		}
	}
	if r.Method == http.MethodOptions { // a browser's question, which nobody signs
		return f.forward(w, q)
	}
	if err := f.authenticate(q); err != nil {
		return err
	}
	op, err := resolve(q)
	if err != nil {
		return err
	}
	f.see(q, op)
	if op.kind == kindHead && q.exists { // which S3 tells to those, too, whom it tells nothing else
		w.Header().Set("X-Amz-Bucket-Region", q.record.Region)
	}
	if err := f.authorize(q, op.checks); err != nil {
		return err
	}
	if owner := r.Header.Get("X-Amz-Expected-Bucket-Owner"); owner != "" && q.exists && owner != q.record.Owner {
		return s3error.AccessDenied("Access Denied")
	}
	if !q.exists && !op.needsNoBucket {
		return s3error.NoSuchBucket()
	}
	return op.run(f, w, q)
}

// authenticate finds and checks the caller. The region comes first, as the
// signature of another region cannot be right.
func (f *Front) authenticate(q *request) error {
	if sigv2.Signed(q.Request) {
		return f.authenticateV2(q)
	}
	auth, err := sigv4.Parse(q.Request)
	if err != nil {
		return err
	}
	if auth.Service != "s3" {
		return s3error.BadRequest("AuthorizationHeaderMalformed", "The authorization header is malformed; incorrect service %q. This endpoint belongs to \"s3\".", auth.Service)
	}
	if err := f.checkRegion(q, auth); err != nil {
		return err
	}
	id, err := f.directory.Lookup(q.Context(), auth.AccessKey)
	if err != nil {
		return err
	}
	hash := sigv4.UnsignedPayload
	if !auth.Query {
		if hash = q.Header.Get("X-Amz-Content-Sha256"); hash == "" {
			return s3error.BadRequest("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
		}
	}
	if err := auth.Verify(q.Request, id.Secret, hash, time.Now()); err != nil {
		return err
	}
	if err := id.CheckToken(auth.Token, time.Now()); err != nil {
		return err
	}
	q.auth, q.caller = auth, id.Principal
	return nil
}

func (f *Front) checkRegion(q *request, auth *sigv4.Auth) error {
	want := legacyRegion
	if q.exists {
		want = q.record.Region
	}
	_, served := f.gateways[auth.Region]
	if served && (!q.exists || auth.Region == want || isCreate(q)) {
		return nil
	}
	switch {
	case q.Method == http.MethodHead:
		return &s3error.Error{Status: http.StatusMovedPermanently, Code: "PermanentRedirect", Region: want}
	case auth.Query:
		return &s3error.Error{Status: http.StatusBadRequest, Code: "AuthorizationQueryParametersError", Region: want, Message: "Error parsing the X-Amz-Credential parameter; the region '" + auth.Region + "' is wrong; expecting '" + want + "'"}
	}
	return &s3error.Error{Status: http.StatusBadRequest, Code: "AuthorizationHeaderMalformed", Region: want, Message: "The authorization header is malformed; the region '" + auth.Region + "' is wrong; expecting '" + want + "'"}
}

func isCreate(q *request) bool {
	return q.Method == http.MethodPut && q.key == "" && len(subresourcesIn(q)) == 0
}

// authorize judges each check by the caller's policies and the policy of the
// bucket it is about.
func (f *Front) authorize(q *request, checks []check) error {
	for _, c := range checks {
		record, owner := f.judgedBy(q, c)
		policy, err := authz.ParseBucketPolicy(record.Policy)
		if err != nil {
			return err
		}
		context := authz.S3Context(q.Request, q.auth, q.caller, owner)
		maps.Copy(context, c.context)
		if err := authz.Authorize(q.caller, policy, authz.Request{Action: c.action, Resource: c.arn(), Owner: owner, Context: context}); err != nil {
			return err
		}
	}
	return nil
}

// judgedBy returns the record of the bucket that a check is about, with the
// policy that is in force, and its owner. What does not exist is the caller's.
func (f *Front) judgedBy(q *request, c check) (record Bucket, owner string) {
	if c.creates || c.resource != "" {
		return record, q.caller.AccountID
	}
	record, ok := f.buckets.At(c.bucket, lag.At(q.Context(), "policy"))
	if now, exists := f.buckets.Get(c.bucket); !ok && exists {
		record = Bucket{Owner: now.Owner}
	}
	if record.Owner == "" {
		return record, q.caller.AccountID
	}
	return record, record.Owner
}

// forward hands a request on as it is.
func (f *Front) forward(w http.ResponseWriter, q *request) error {
	f.gateway(q).ServeHTTP(w, q.Request)
	return nil
}

func (f *Front) gateway(q *request) http.Handler {
	if h, ok := f.gateways[q.record.Region]; ok {
		return h
	}
	if q.auth != nil {
		return f.gateways[q.auth.Region]
	}
	return f.gateways[legacyRegion]
}

// change stores what edit makes of a bucket's record.
func (f *Front) change(name string, edit func(*Bucket)) error {
	f.changing.Lock()
	defer f.changing.Unlock()
	record, ok := f.buckets.Get(name)
	if !ok {
		return s3error.NoSuchBucket()
	}
	if record.Settings = maps.Clone(record.Settings); record.Settings == nil {
		record.Settings = map[string]string{}
	}
	edit(&record)
	return f.buckets.Put(name, record)
}

// regions are the regions that are served, in order.
func (f *Front) regions() []string { return slices.Sorted(maps.Keys(f.gateways)) }
