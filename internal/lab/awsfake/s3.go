package awsfake

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// S3Call is one request to the fake S3.
type S3Call struct {
	harness.Request
	// Owner is the account that the call says the bucket belongs to, "" for none.
	Owner string
	// Body is as sent, and so is MinimumObjectSize, the header of a lifecycle configuration.
	Body, MinimumObjectSize string
}

// String is the call in one line, without its body.
func (c S3Call) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", c.Region, c.Action, c.Target, c.Owner))
}

// S3 keeps what it is sent, a document for each setting, and gives it back. It knows no policies and no signatures, and
// every bucket belongs to Account.
type S3 struct {
	*httptest.Server

	mu      sync.Mutex
	calls   []S3Call
	buckets map[string]*S3Bucket
	refused refusals
}

// S3Bucket is a bucket with its documents by their name in a query, such as policy or lifecycle.
type S3Bucket struct {
	Region   string
	Settings map[string]string
	// MinimumObjectSize is the header of that name of the lifecycle configuration.
	MinimumObjectSize string
	// Versions are the versions of objects, as "key version".
	Versions []string
}

// defaults are what S3 answers about a setting that nobody made: a document, or the code of an error.
var defaults = map[string]string{
	"abac":              `<AbacStatus><Status>Disabled</Status></AbacStatus>`,
	"encryption":        `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`,
	"lifecycle":         "NoSuchLifecycleConfiguration",
	"logging":           `<BucketLoggingStatus/>`,
	"notification":      `<NotificationConfiguration/>`,
	"object-lock":       "ObjectLockConfigurationNotFoundError",
	"ownershipControls": "OwnershipControlsNotFoundError",
	"policy":            "NoSuchBucketPolicy",
	"publicAccessBlock": "NoSuchPublicAccessBlockConfiguration",
	"tagging":           "NoSuchTagSet",
	"uploads":           `<ListMultipartUploadsResult/>`,
	"versioning":        `<VersioningConfiguration/>`,
}

const minimumObjectSize = "X-Amz-Transition-Default-Minimum-Object-Size"

// NewS3 starts a fake S3 for the time of the test, which a bubble of synctest can call.
func NewS3(t *testing.T) *S3 {
	t.Helper()
	s := &S3{buckets: map[string]*S3Bucket{}, refused: refusals{}}
	s.Server = NewServer(t, s.ServeHTTP)
	return s
}

// Make makes a bucket as somebody else would, with what is on each new one.
func (s *S3) Make(name, region string) *S3Bucket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.make(name, region)
}

func (s *S3) make(name, region string) *S3Bucket {
	s.buckets[name] = &S3Bucket{Region: region, Settings: map[string]string{
		"ownershipControls": `<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>`,
		"publicAccessBlock": `<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>` +
			`<BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
	}}
	return s.buckets[name]
}

// Bucket is a bucket that there is, or nil.
func (s *S3) Bucket(name string) *S3Bucket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buckets[name]
}

// Remove removes a bucket with all that is in it.
func (s *S3) Remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.buckets, name)
}

// Calls returns the requests since it was last called, in order of arrival.
func (s *S3) Calls() []S3Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := s.calls
	s.calls = nil
	return calls
}

// Refuse lets calls of an action fail with an error code, or succeed again for "".
func (s *S3) Refuse(action, code string) { s.RefuseSome(action, code, math.MaxInt) }

// RefuseSome lets so many calls of an action fail.
func (s *S3) RefuseSome(action, code string, fail int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[action] = refusal{code: code, more: fail}
}

// statuses are those of codes that are not 400.
var statuses = map[string]int{
	"AccessDenied": http.StatusForbidden, "BucketAlreadyOwnedByYou": http.StatusConflict, "BucketNotEmpty": http.StatusConflict,
	"NotImplemented": http.StatusNotImplemented, "Nothing": http.StatusNotImplemented, "PermanentRedirect": http.StatusMovedPermanently,
}

func refuse(w http.ResponseWriter, code string) {
	status := cmp.Or(statuses[code], http.StatusBadRequest)
	if strings.HasPrefix(code, "NoSuch") || strings.HasSuffix(code, "NotFoundError") {
		status = http.StatusNotFound
	}
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>The fake S3 says %[1]s.</Message></Error>", code)
}

// ServeHTTP answers the calls of the provider.
func (s *S3) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	call := S3Call{harness.Describe(r, body), r.Header.Get("X-Amz-Expected-Bucket-Owner"), string(body), r.Header.Get(minimumObjectSize)}
	s.calls = append(s.calls, call)
	w.Header().Set("X-Amz-Request-Id", "FAKES3REQUEST")
	w.Header().Set("Server", "AmazonS3")
	name, key, _ := strings.Cut(call.Target, "/")
	bucket := s.buckets[name]
	if bucket != nil {
		w.Header().Set("X-Amz-Bucket-Region", bucket.Region)
	}
	switch code := s.refused.next(call.Action); {
	case code != "":
		refuse(w, code)
	case call.Owner != "" && call.Owner != Account:
		refuse(w, "AccessDenied")
	case call.Action == "ListBuckets":
		s.list(w, r)
	case call.Action == "CreateBucket" && bucket == nil:
		s.create(r, name, call.Body)
	case call.Action == "CreateBucket":
		refuse(w, "BucketAlreadyOwnedByYou")
	case bucket == nil:
		refuse(w, "NoSuchBucket")
	case call.Region != bucket.Region:
		refuse(w, "PermanentRedirect")
	case key != "":
		bucket.object(w, r, key)
	default:
		if bucket.serve(w, r, call) {
			delete(s.buckets, name)
		}
	}
}

func (s *S3) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	fmt.Fprint(w, "<ListAllMyBucketsResult><Buckets>")
	for _, name := range slices.Sorted(maps.Keys(s.buckets)) {
		if region := s.buckets[name].Region; strings.HasPrefix(name, query.Get("prefix")) && (query.Get("bucket-region") == "" || query.Get("bucket-region") == region) {
			fmt.Fprintf(w, "<Bucket><Name>%s</Name><BucketRegion>%s</BucketRegion></Bucket>", name, region)
		}
	}
	fmt.Fprint(w, "</Buckets></ListAllMyBucketsResult>")
}

var (
	constraint = regexp.MustCompile(`<LocationConstraint>(.*)</LocationConstraint>`)
	createTags = regexp.MustCompile(`<Tags>.*</Tags>`)
)

func (s *S3) create(r *http.Request, name, body string) {
	region := "us-east-1"
	if found := constraint.FindStringSubmatch(body); found != nil {
		region = found[1]
	}
	bucket := s.make(name, region)
	if tags := createTags.FindString(body); tags != "" {
		bucket.Settings["tagging"] = "<Tagging>" + strings.NewReplacer("<Tags>", "<TagSet>", "</Tags>", "</TagSet>").Replace(tags) + "</Tagging>"
	}
	if ownership := r.Header.Get("X-Amz-Object-Ownership"); ownership != "" {
		bucket.Settings["ownershipControls"] = "<OwnershipControls><Rule><ObjectOwnership>" + ownership + "</ObjectOwnership></Rule></OwnershipControls>"
	}
}

// serve answers a call of the bucket, and reports whether it has deleted it.
func (b *S3Bucket) serve(w http.ResponseWriter, r *http.Request, call S3Call) (gone bool) {
	query := r.URL.Query()
	switch {
	case query.Has("versions"):
		fmt.Fprint(w, "<ListVersionsResult>")
		for _, version := range b.Versions {
			key, id, _ := strings.Cut(version, " ")
			fmt.Fprintf(w, "<Version><Key>%s</Key><VersionId>%s</VersionId></Version>", key, id)
		}
		fmt.Fprint(w, "</ListVersionsResult>")
	case query.Has("delete"):
		b.Versions = nil
		fmt.Fprint(w, "<DeleteResult/>")
	case call.Action == "DeleteBucket" && len(b.Versions) > 0:
		refuse(w, "BucketNotEmpty")
	case call.Action == "DeleteBucket":
		w.WriteHeader(http.StatusNoContent)
		return true
	case call.Action == "HeadBucket":
	default:
		b.setting(w, r, call.Body)
	}
	return false
}

func (b *S3Bucket) setting(w http.ResponseWriter, r *http.Request, body string) {
	for name, otherwise := range defaults {
		if !r.URL.Query().Has(name) {
			continue
		}
		switch r.Method {
		case http.MethodPut:
			b.Settings[name] = body
			if name == "lifecycle" {
				b.MinimumObjectSize = r.Header.Get(minimumObjectSize)
			}
		case http.MethodDelete:
			delete(b.Settings, name)
			w.WriteHeader(http.StatusNoContent)
		default:
			if name == "lifecycle" && b.MinimumObjectSize != "" {
				w.Header().Set(minimumObjectSize, b.MinimumObjectSize)
			}
			document := cmp.Or(b.Settings[name], otherwise)
			if document[0] != '<' && document[0] != '{' {
				refuse(w, document)
				return
			}
			fmt.Fprint(w, document)
		}
		return
	}
	refuse(w, "NotImplemented")
}

// object answers a call of an object. Its version is "1" in a bucket with versioning, otherwise "".
func (b *S3Bucket) object(w http.ResponseWriter, r *http.Request, key string) {
	version := ""
	if strings.Contains(b.Settings["versioning"], "Enabled") {
		version = "1"
	}
	at := slices.IndexFunc(b.Versions, func(v string) bool { return strings.HasPrefix(v, key+" ") })
	if version != "" {
		w.Header().Set("X-Amz-Version-Id", version)
	}
	switch {
	case r.Method == http.MethodPut:
		b.Versions = append(b.Versions, key+" "+version)
	case r.Method == http.MethodDelete && at >= 0:
		b.Versions = slices.Delete(b.Versions, at, at+1)
		w.WriteHeader(http.StatusNoContent)
	case at < 0:
		refuse(w, "NoSuchKey")
	}
}
