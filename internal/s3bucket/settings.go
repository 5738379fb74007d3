package s3bucket

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// NewEncryption is the default encryption of a receiving bucket: with the KMS key if there is one, otherwise with S3's
// own. A bucket key reduces the number and cost of KMS calls.
func NewEncryption(kmsKeyARN string, blocked []string) Encryption {
	if kmsKeyARN == "" {
		return Encryption{Algorithm: EncryptionS3, Blocked: blocked}
	}
	return Encryption{Algorithm: EncryptionKMS, KMSKey: kmsKeyARN, BucketKey: true, Blocked: blocked}
}

func (e Encryption) rule() types.ServerSideEncryptionRule {
	blocked := []types.EncryptionType{types.EncryptionTypeNone}
	if len(e.Blocked) > 0 {
		blocked = nil
		for _, kind := range e.Blocked {
			blocked = append(blocked, types.EncryptionType(kind))
		}
	}
	rule := types.ServerSideEncryptionRule{
		ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryption(e.Algorithm)},
		BlockedEncryptionTypes:             &types.BlockedEncryptionTypes{EncryptionType: blocked},
		BucketKeyEnabled:                   aws.Bool(e.BucketKey),
	}
	if e.KMSKey != "" {
		rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID = &e.KMSKey
	}
	return rule
}

func encryption(rule types.ServerSideEncryptionRule) Encryption {
	out := Encryption{BucketKey: aws.ToBool(rule.BucketKeyEnabled)}
	if byDefault := rule.ApplyServerSideEncryptionByDefault; byDefault != nil {
		out.Algorithm = string(byDefault.SSEAlgorithm)
		out.KMSKey = aws.ToString(byDefault.KMSMasterKeyID)
	}
	// A bucket key without a KMS key has no effect: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html.
	out.BucketKey = out.BucketKey && out.Algorithm != EncryptionS3
	if rule.BlockedEncryptionTypes != nil {
		for _, kind := range rule.BlockedEncryptionTypes.EncryptionType {
			if kind != types.EncryptionTypeNone {
				out.Blocked = append(out.Blocked, string(kind))
			}
		}
	}
	slices.Sort(out.Blocked)
	return out
}
