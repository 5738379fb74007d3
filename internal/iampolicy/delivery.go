package iampolicy

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// Access says how much VoiceBase may do below the key prefixes.
type Access string

// The two kinds of access.
const (
	// AccessWrite lets VoiceBase write, which is all that a delivery needs.
	AccessWrite Access = "write"
	// AccessDocumented is the list that VoiceBase's page "S3 Callbacks" shows: list, get, put and delete.
	AccessDocumented Access = "documented"
)

// DocumentedLimits says what AccessDocumented leaves out of VoiceBase's list below key prefixes, for descriptions.
const DocumentedLimits = "With `key_prefixes`, `documented` allows listing below the prefixes only: HeadBucket, listing without a prefix, and listing with " +
	"a prefix less its slash are denied, because they show keys outside the prefixes. Omit `key_prefixes` if VoiceBase needs them."

// Accesses are all kinds of access, the default first.
var Accesses = []Access{AccessWrite, AccessDocumented}

// ParseAccess reads the name of a kind of access.
func ParseAccess(text string) (Access, error) {
	if !slices.Contains(Accesses, Access(text)) {
		return "", fmt.Errorf("invalid access %q", text)
	}
	return Access(text), nil
}

// MaxInlinePolicy is how many characters, whitespace aside, all inline policies of a role may have together:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
const MaxInlinePolicy = 10240

// Grant is what the delivery role may do.
type Grant struct {
	Bucket awsname.ARN
	// KeyPrefixes limits the grant to keys below one of them; none stands for the whole bucket.
	KeyPrefixes []awsname.KeyPrefix
	// KMSKey is the key that the bucket encrypts with; the zero value when it is S3's own.
	KMSKey awsname.ARN
	Access Access
	// BucketAccount is the ID of the account that owns the bucket; "" for the role's own.
	BucketAccount string
}

// ownAccount is IAM's variable for the account of who calls, so that the role's own ID need not be known.
const ownAccount = "${aws:PrincipalAccount}"

// owned is the condition that the bucket is of the account that it should be of. Anybody can register its name once the
// bucket is gone, and would get the deliveries:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount.
func (g Grant) owned() map[string]OneOrMore {
	return map[string]OneOrMore{"aws:ResourceAccount": {cmp.Or(g.BucketAccount, ownAccount)}}
}

// Trust lets principal assume the role. With an external ID it must send it along, which keeps other customers
// of VoiceBase from having their deliveries written here: the confused deputy problem,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html. Without one ("") there is no condition.
func Trust(principal awsname.TrustedPrincipal, id awsname.ExternalID) Document {
	statement := Statement{
		Sid:       "VoiceBaseAssumesRole",
		Effect:    Allow,
		Principal: &Principal{AWS: OneOrMore{principal.String()}},
		Action:    OneOrMore{"sts:AssumeRole"},
	}
	if id != "" {
		statement.Condition = Conditions{"StringEquals": {"sts:ExternalId": OneOrMore{string(id)}}}
	}
	return Document{Version: Version, Statement: []Statement{statement}}
}

// Delivery is the permission that grant describes, and nothing beyond it.
func Delivery(grant Grant) Document {
	grant.KeyPrefixes = slices.Compact(slices.Sorted(slices.Values(grant.KeyPrefixes)))
	statements := grant.writeStatements()
	if grant.Access == AccessDocumented {
		statements = grant.documentedStatements()
	}
	if grant.KMSKey != (awsname.ARN{}) {
		statements = append(statements, encryptStatement(grant.KMSKey))
	}
	return Document{Version: Version, Statement: statements}
}

// writeStatements grants s3:PutObject alone: it also covers the parts of a multipart upload. An upload that
// VoiceBase gives up is dropped by the bucket's lifecycle, so s3:AbortMultipartUpload is not needed.
func (g Grant) writeStatements() []Statement {
	return []Statement{{
		Sid:       "WriteDeliveries",
		Effect:    Allow,
		Action:    OneOrMore{"s3:PutObject"},
		Resource:  g.objects(),
		Condition: Conditions{"StringEquals": g.owned()},
	}}
}

func (g Grant) documentedStatements() []Statement {
	list := Statement{
		Sid:       "ListDeliveries",
		Effect:    Allow,
		Action:    OneOrMore{"s3:ListBucket"},
		Resource:  OneOrMore{g.Bucket.String()},
		Condition: Conditions{"StringEquals": g.owned()},
	}
	if len(g.KeyPrefixes) > 0 {
		list.Condition["StringLike"] = map[string]OneOrMore{"s3:prefix": g.below("")}
	}
	return []Statement{list, {
		Sid:       "ReadWriteDeleteDeliveries",
		Effect:    Allow,
		Action:    OneOrMore{"s3:DeleteObject*", "s3:GetObject*", "s3:PutObject*"},
		Resource:  g.objects(),
		Condition: Conditions{"StringEquals": g.owned()},
	}}
}

// encryptStatement is what S3 needs of KMS on behalf of the writer: a data key, and for a multipart upload to
// decrypt it again (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html). The condition keeps
// the key out of reach by any way but S3 in the key's region; the domain after the region differs by partition.
func encryptStatement(key awsname.ARN) Statement {
	return Statement{
		Sid:       "EncryptDeliveries",
		Effect:    Allow,
		Action:    OneOrMore{"kms:Decrypt", "kms:GenerateDataKey"},
		Resource:  OneOrMore{key.String()},
		Condition: Conditions{"StringLike": {"kms:ViaService": OneOrMore{"s3." + key.Region + ".*"}}},
	}
}

func (g Grant) objects() OneOrMore {
	if len(g.KeyPrefixes) == 0 {
		return OneOrMore{g.Bucket.String() + "/*"}
	}
	return g.below(g.Bucket.String() + "/")
}

// below returns a pattern for each key prefix: everything below it, and start before it.
func (g Grant) below(start string) OneOrMore {
	patterns := make(OneOrMore, 0, len(g.KeyPrefixes))
	for _, prefix := range g.KeyPrefixes {
		patterns = append(patterns, start+string(prefix)+"*")
	}
	return patterns
}
