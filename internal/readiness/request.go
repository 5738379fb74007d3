package readiness

import (
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// sampleName is the rest of the key that the simulated deliveries have below the prefix: as of VoiceBase's media, which
// have a UUID, so that no pattern in a policy takes it in by its name. It is never written.
const sampleName = "00000000-0000-0000-0000-000000000000/analytics.json"

// Actions that the role is probed for.
const (
	putObject       = "s3:PutObject"
	getObject       = "s3:GetObject"
	deleteObject    = "s3:DeleteObject"
	listBucket      = "s3:ListBucket"
	putBucketPolicy = "s3:PutBucketPolicy"
	putLifecycle    = "s3:PutLifecycleConfiguration"
	deleteBucket    = "s3:DeleteBucket"
	generateDataKey = "kms:GenerateDataKey"
)

// Write is the action of a delivery, and Object what it is done to.
func (q Question) Write() iampolicy.Probe {
	return iampolicy.Probe{Action: putObject, Resource: q.object()}
}

func (q Question) bucketARN() string { return awsname.BucketARN(q.Partition, q.Bucket) }
func (q Question) object() string    { return q.bucketARN() + "/" + q.KeyPrefix + sampleName }

// neighbour is an object that a role for the prefix alone must not write: it also begins like the prefix, less its
// slash, so that a pattern without the slash shows.
func (q Question) neighbour() string {
	return q.bucketARN() + "/" + strings.TrimSuffix(q.KeyPrefix, "/") + "-beside/" + sampleName
}

// Probes are the questions to IAM's simulator, which answers for each action on each resource. encryption is the
// bucket's, as far as it is known.
func (q Question) Probes(encryption Fact[Encryption]) (actions, resources []string) {
	actions = []string{putObject, getObject, deleteObject, listBucket, putBucketPolicy, putLifecycle, deleteBucket}
	resources = []string{q.object(), q.bucketARN()}
	if q.KeyPrefix != "" {
		resources = append(resources, q.neighbour())
	}
	if key := q.key(encryption.Value); encryption.Unknown == "" && key.arn != "" {
		actions, resources = append(actions, generateDataKey), append(resources, key.arn)
	}
	return actions, resources
}

// absent are keys that no request of VoiceBase's has: it sends a content type and no header of S3's own, straight from
// the internet.
var absent = []string{
	"aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:referer", "aws:sourceaccount", "aws:sourcearn",
	"aws:sourcevpc", "aws:sourcevpce", "aws:sourceorgid", "aws:federatedprovider", "aws:vpcsourceip",
	"s3:dataaccesspointaccount", "s3:dataaccesspointarn", "s3:accesspointnetworkorigin", "s3:object-lock-legal-hold",
	"s3:object-lock-mode", "s3:object-lock-remaining-retention-days", "s3:object-lock-retain-until-date",
	"s3:if-match", "s3:if-none-match", "s3:requestobjecttagkeys", "s3:x-amz-acl", "s3:x-amz-copy-source",
	"s3:x-amz-grant-full-control", "s3:x-amz-grant-read", "s3:x-amz-grant-read-acp", "s3:x-amz-grant-write",
	"s3:x-amz-grant-write-acp", "s3:x-amz-metadata-directive", "s3:x-amz-server-side-encryption",
	"s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:x-amz-server-side-encryption-customer-algorithm",
	"s3:x-amz-storage-class", "s3:x-amz-website-redirect-location",
}

// Writer is who writes, with what only AWS knows of it.
type Writer struct {
	// ARN is the principal's as conditions see it: a session's is its role's.
	ARN string
	// UserID is the unique ID, of a session with its name; "" where it is not known.
	UserID string
	// Tags are the principal's.
	Tags map[string]string
}

// sessionName stands for the one that VoiceBase chooses.
const sessionName = "voicebase"

// Request is what is known of a delivery's PUT before it is sent. document is the policy that is judged by it, which
// decides which of VoiceBase's addresses is taken.
func (q Question) Request(w Writer, document string, now time.Time) iampolicy.Request {
	request := iampolicy.Request{
		"aws:securetransport":       {"true"},
		"aws:sourceip":              {sourceAddress(document)},
		"aws:currenttime":           {now.UTC().Format(time.RFC3339)},
		"aws:principalarn":          {w.ARN},
		"aws:principalaccount":      {q.AccountID},
		"aws:principalisawsservice": {"false"},
		"aws:viaawsservice":         {"false"},
		"aws:requestedregion":       {q.Region},
		"aws:resourceaccount":       {q.AccountID},
		"s3:resourceaccount":        {q.AccountID},
		"s3:authtype":               {"REST-QUERY-STRING"},
		"s3:signatureversion":       {"AWS4-HMAC-SHA256"},
		"s3:signatureage":           {"0"},
		"s3:tlsversion":             {"1.2"},
		"kms:viaservice":            {"s3." + q.Region + "." + awsname.DNSSuffix(q.Region)},
	}
	if q.ByRole() {
		request["s3:authtype"] = []string{"REST-HEADER"}
		request["aws:principaltype"] = []string{"AssumedRole"}
	}
	if q.KeyPrefix != "" {
		request["s3:prefix"] = []string{q.KeyPrefix} // of a listing, which the role may be allowed there
	}
	if w.UserID != "" {
		request["aws:userid"] = []string{w.UserID}
	}
	for key, value := range w.Tags {
		request["aws:principaltag/"+strings.ToLower(key)] = []string{value}
	}
	for _, key := range absent {
		request[key] = nil
	}
	return request
}

// RoleWriter is VoiceBase with the role.
func RoleWriter(arn, uniqueID string, tags map[string]string) Writer {
	w := Writer{ARN: arn, Tags: tags}
	if uniqueID != "" {
		w.UserID = uniqueID + ":" + sessionName
	}
	return w
}

// sourceAddress is one of the addresses that VoiceBase publishes: of the instance that the policy lists, else of the
// first.
func sourceAddress(document string) string {
	instances := voicebase.EgressAddresses()
	for _, addresses := range instances {
		if iampolicy.ListsSources(document, addresses) {
			return addresses[0]
		}
	}
	return instances[0][0]
}
