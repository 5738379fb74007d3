package s3front

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// authorizeKey judges whether who writes an object may use the key that it is
// to be encrypted with. There is no KMS here, and so no policy of the key:
// each is taken to leave it to its account, as by default.
func (f *Front) authorizeKey(q *request, checks []check) error {
	if !slices.ContainsFunc(checks, func(c check) bool { return c.action == "s3:PutObject" }) {
		return nil
	}
	key := q.encryptionKey()
	if key == "" {
		return nil
	}
	context := authz.S3Context(q.Request, q.auth, q.caller, q.record.Owner)
	maps.Copy(context, map[string][]string{"kms:ViaService": {"s3." + q.record.Region + ".amazonaws.com"}})
	return authz.Authorize(q.caller, nil, authz.Request{
		Action: "kms:GenerateDataKey", Resource: key, Owner: q.record.Owner, Context: context,
	})
}

// encryptionKey is the ARN of the KMS key that an upload is encrypted with. It is "" for
// S3's own encryption and for AWS's managed key, which all of the account may
// use, as well as for an alias, of which only KMS knows the key.
func (q *request) encryptionKey() string {
	algorithm, key := q.Header.Get("X-Amz-Server-Side-Encryption"), q.Header.Get("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id")
	if root, err := awsxml.Parse([]byte(q.record.Settings["encryption"])); err == nil {
		byDefault := root.Child("Rule")
		algorithm = cmp.Or(algorithm, byDefault.Value("ApplyServerSideEncryptionByDefault", "SSEAlgorithm"))
		key = cmp.Or(key, byDefault.Value("ApplyServerSideEncryptionByDefault", "KMSMasterKeyID"))
	}
	switch {
	case !strings.HasPrefix(algorithm, "aws:kms"), key == "", strings.Contains(key, "alias/"):
		return ""
	case strings.HasPrefix(key, "arn:"):
		return key
	}
	return "arn:aws:kms:" + q.record.Region + ":" + q.record.Owner + ":key/" + strings.TrimPrefix(key, "key/")
}
