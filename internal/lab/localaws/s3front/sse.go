package s3front

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3settings"
)

const (
	sseHeader       = "X-Amz-Server-Side-Encryption"
	sseKeyHeader    = sseHeader + "-Aws-Kms-Key-Id"
	sseBucketKey    = sseHeader + "-Bucket-Key-Enabled"
	sseCustomer     = sseHeader + "-Customer-Algorithm"
	sseCustomerKey  = sseHeader + "-Customer-Key"
	sseCustomerHash = sseHeader + "-Customer-Key-Md5"
)

// Encryption is how an object is encrypted, so it seems: it is stored in the
// clear here. The zero value stands for AES256.
type Encryption struct {
	// Algorithm is aws:kms or aws:kms:dsse, with Key as an ARN. The ARN is
	// Unknown for AWS's own key and for aliases, of which only KMS knows the key:
	// then it is a made-up one.
	Algorithm, Key string
	Unknown        bool
	BucketKey      bool
	// CustomerKeyMD5 is set for a key that the customer keeps.
	CustomerKeyMD5 string
}

// show writes an object's encryption into the header of an answer.
func (e Encryption) show(h http.Header) {
	switch {
	case e.CustomerKeyMD5 != "":
		h.Set(sseCustomer, "AES256")
		h.Set(sseCustomerHash, e.CustomerKeyMD5)
		return
	case e.Algorithm == "":
		h.Set(sseHeader, "AES256")
		return
	}
	h.Set(sseHeader, e.Algorithm)
	h.Set(sseKeyHeader, e.Key)
	if e.BucketKey {
		h.Set(sseBucketKey, "true")
	}
}

// encryptionOf says how an upload is to be encrypted: as its headers say, or
// as the bucket does.
func encryptionOf(q *request) (Encryption, error) {
	rule := s3settings.EncryptionRule(q.record.Settings["encryption"])
	if hasCustomerKey(q.Header) {
		return customerEncryption(q, rule)
	}
	algorithm, key := q.Header.Get(sseHeader), q.Header.Get(sseKeyHeader)
	byBucket := algorithm == ""
	switch {
	case byBucket && key != "":
		return Encryption{}, s3error.BadRequest("InvalidArgument", "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms")
	case byBucket:
		algorithm, key = rule.Value("ApplyServerSideEncryptionByDefault", "SSEAlgorithm"), rule.Value("ApplyServerSideEncryptionByDefault", "KMSMasterKeyID")
	}
	switch algorithm {
	case "AES256":
		if key != "" {
			return Encryption{}, s3error.BadRequest("InvalidArgument", "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms")
		}
		return Encryption{}, nil
	case "aws:kms", "aws:kms:dsse":
		if key != "" && !s3settings.KMSKey.MatchString(key) {
			return Encryption{}, s3error.BadRequest("KMS.NotFoundException", "Invalid keyId %s", key)
		}
	default:
		return Encryption{}, s3error.BadRequest("InvalidArgument", "The encryption method specified is not supported")
	}
	bucketKey := q.Header.Get(sseBucketKey) == "true" || q.Header.Get(sseBucketKey) == "" && rule.Value("BucketKeyEnabled") == "true"
	unknown := key == "" || strings.Contains(key, "alias/")
	return Encryption{Algorithm: algorithm, Key: keyARN(q, key), Unknown: unknown, BucketKey: bucketKey && algorithm == "aws:kms"}, nil
}

func hasCustomerKey(h http.Header) bool {
	return h.Get(sseCustomer) != "" || h.Get(sseCustomerKey) != "" || h.Get(sseCustomerHash) != ""
}

// customerEncryption checks a key that comes with its upload, if the bucket
// takes any.
func customerEncryption(q *request, rule *awsxml.Node) (Encryption, error) {
	for _, blocked := range rule.Child("BlockedEncryptionTypes").All("EncryptionType") {
		if blocked.Text == "SSE-C" {
			return Encryption{}, s3error.AccessDenied("Access Denied: the bucket blocks server-side encryption with customer-provided keys (SSE-C)")
		}
	}
	key, err := base64.StdEncoding.DecodeString(q.Header.Get(sseCustomerKey))
	sum := md5.Sum(key)
	switch {
	case q.Header.Get(sseCustomer) != "AES256":
		return Encryption{}, s3error.BadRequest("InvalidEncryptionAlgorithmError", "The encryption request that you specified is not valid. Supported value: AES256.")
	case err != nil || len(key) != 32:
		return Encryption{}, s3error.BadRequest("InvalidArgument", "The secret key was invalid for the specified algorithm.")
	case q.Header.Get(sseCustomerHash) != base64.StdEncoding.EncodeToString(sum[:]):
		return Encryption{}, s3error.BadRequest("InvalidArgument", "The calculated MD5 hash of the key did not match the hash that was provided.")
	case q.TLS == nil:
		return Encryption{}, s3error.BadRequest("InvalidRequest", "Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.")
	}
	return Encryption{CustomerKeyMD5: q.Header.Get(sseCustomerHash)}, nil
}

// keyARN is the ARN by which an object's answer names a key. A key without one
// is the bucket owner's.
func keyARN(q *request, key string) string {
	prefix := "arn:aws:kms:" + q.record.Region + ":" + q.record.Owner + ":key/"
	switch name := strings.TrimPrefix(key, "key/"); {
	case strings.HasPrefix(key, "arn:") && strings.Contains(key, ":key/"):
		return key
	case key == "", strings.Contains(key, "alias/"):
		sum := md5.Sum([]byte(prefix + key))
		id := hex.EncodeToString(sum[:])
		return prefix + strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-")
	default:
		return prefix + name
	}
}

// keyCheck is the permission that an object's key takes, if it takes one: AWS's
// own key serves everyone in the account. There is no KMS here, and so no policy
// of the key: each is taken to leave it to its account, as by default.
func keyCheck(q *request, e Encryption, action string) []check {
	if e.Key == "" || e.Unknown {
		return nil
	}
	return []check{{action: action, resource: e.Key, context: map[string][]string{
		"kms:ViaService":                   {"s3." + q.record.Region + ".amazonaws.com"},
		"kms:CallerAccount":                {q.caller.AccountID},
		"kms:EncryptionContextKeys":        {"aws:s3:arn"},
		"kms:EncryptionContext:aws:s3:arn": {check{bucket: q.bucket, key: contextKey(q, e)}.arn()},
	}}}
}

// contextKey is what the encryption context names: the object, or with a
// bucket key the bucket.
func contextKey(q *request, e Encryption) string {
	if e.BucketKey {
		return ""
	}
	return q.key
}

// isEncrypted says whether an answer with this status tells the encryption.
func isEncrypted(status int) bool {
	return slices.Contains([]int{http.StatusOK, http.StatusPartialContent}, status)
}
