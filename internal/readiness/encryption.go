package readiness

import (
	"fmt"
	"strings"
)

// managedKey is the alias of the key that AWS keeps for S3 in each account.
const managedKey = "alias/aws/s3"

// defaultKey is the key that a bucket encrypts with.
type defaultKey struct {
	// managed is set for AWS's own key, which whoever may write may use.
	managed bool
	// arn is "" where it cannot be told.
	arn string
	// alias is set where the bucket names the key by an alias, which says nothing of the key behind it.
	alias string
}

// key reads what S3 keeps just as it was put: an ARN, an ID or an alias.
func (q Question) key(e Encryption) defaultKey {
	if !e.KMS {
		return defaultKey{}
	}
	resource := e.Key
	if parts := strings.SplitN(e.Key, ":", 6); len(parts) == 6 {
		resource = parts[5]
	}
	switch {
	case e.Key == "" || resource == managedKey:
		return defaultKey{managed: true}
	case strings.HasPrefix(resource, "alias/"):
		return defaultKey{alias: e.Key, arn: q.KMSKeyARN}
	case resource != e.Key:
		return defaultKey{arn: e.Key}
	}
	return defaultKey{arn: fmt.Sprintf("arn:%s:kms:%s:%s:key/%s", q.Partition, q.Region, q.AccountID, strings.TrimPrefix(resource, "key/"))}
}

func (q Question) encryptionKey(facts Facts) Finding {
	encryption := facts.Bucket.Encryption
	if encryption.Unknown != "" {
		return unknown(EncryptionKey, Error, encryption.Unknown)
	}
	key := q.key(encryption.Value)
	switch {
	case !encryption.Value.KMS:
		return passed(EncryptionKey, Error, "The bucket encrypts with S3's own keys, which need no permission.")
	case key.managed:
		return passed(EncryptionKey, Error, "The bucket encrypts with the AWS managed key aws/s3, which every writer of the account may use.")
	case key.arn == "":
		return Finding{
			Name: EncryptionKey, Severity: Error,
			Detail: UnknownPrefix + fmt.Sprintf("the bucket names its key by the alias %s, and permissions are for the key behind it", key.alias),
			Remedy: "Set kms_key_arn to the ARN of the key behind the alias.",
		}
	case q.ByRole():
		return q.roleMayUse(facts, key.arn)
	}
	return q.signerMayUse(key.arn)
}

func (q Question) roleMayUse(facts Facts, key string) Finding {
	permissions := facts.Permissions
	if permissions.Unknown != "" {
		return unknown(EncryptionKey, Error, permissions.Unknown)
	}
	if permissions.Value[q.probe(generateDataKey, key)].Allowed {
		return passed(EncryptionKey, Error, "The role may use the bucket's default key %s. The key's own policy was not checked; it has to allow the account's IAM policies, as it does by default.", key)
	}
	return failed(EncryptionKey, Error,
		fmt.Sprintf("The bucket encrypts with %s, and the role may not call %s for it.", key, generateDataKey),
		fmt.Sprintf("Set kms_key_arn = %q on voicebase_delivery_role, or allow kms:GenerateDataKey and kms:Decrypt on the key in a policy of the role.", key))
}

// signerMayUse goes by what the configuration says: who signs the URLs is not known here.
func (q Question) signerMayUse(key string) Finding {
	switch q.KMSKeyARN {
	case key:
		return passed(EncryptionKey, Error, "The bucket encrypts with kms_key_arn.")
	case "":
		return Finding{
			Name: EncryptionKey, Severity: Warning,
			Detail: UnknownPrefix + fmt.Sprintf("the bucket encrypts with %s; whoever signs the URLs needs kms:GenerateDataKey for it", key),
			Remedy: "Set kms_key_arn to the key that the signer of the URLs may use.",
		}
	}
	return failed(EncryptionKey, Error,
		fmt.Sprintf("The bucket encrypts with %s, which is not kms_key_arn.", key),
		"Allow the signer of the URLs kms:GenerateDataKey for the bucket's key, and set kms_key_arn to it; or change the bucket's default encryption.")
}
