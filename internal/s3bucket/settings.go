package s3bucket

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// LifecycleRule is one rule of a bucket's lifecycle configuration. Days of 0 stand for none.
type LifecycleRule struct {
	ID                        string
	Enabled                   bool
	Prefix                    string
	ExpireAfterDays           int32
	NoncurrentExpireAfterDays int32
	AbortUploadsAfterDays     int32
	// Other is set on a rule of somebody else that has more than the above, such as transitions.
	Other bool
}

// Retention is after how many days what goes; 0 stands for never.
type Retention struct {
	ExpireAfterDays           int32
	NoncurrentExpireAfterDays int32
	AbortUploadsAfterDays     int32
}

// IDs of the lifecycle rules that the provider makes, one for each kind of days.
const (
	ruleAbortUploads     = "voicebase-abort-incomplete-uploads"
	ruleExpire           = "voicebase-expire"
	ruleExpireNoncurrent = "voicebase-expire-noncurrent"
)

// Rules returns the lifecycle rules for a retention, sorted by ID.
func (r Retention) Rules() []LifecycleRule {
	var rules []LifecycleRule
	if r.AbortUploadsAfterDays > 0 {
		rules = append(rules, LifecycleRule{ID: ruleAbortUploads, Enabled: true, AbortUploadsAfterDays: r.AbortUploadsAfterDays})
	}
	if r.ExpireAfterDays > 0 {
		rules = append(rules, LifecycleRule{ID: ruleExpire, Enabled: true, ExpireAfterDays: r.ExpireAfterDays})
	}
	if r.NoncurrentExpireAfterDays > 0 {
		rules = append(rules, LifecycleRule{ID: ruleExpireNoncurrent, Enabled: true, NoncurrentExpireAfterDays: r.NoncurrentExpireAfterDays})
	}
	return rules
}

// RetentionOf finds the retention in a bucket's rules: that of the provider's own which are enabled.
func RetentionOf(rules []LifecycleRule) Retention {
	var r Retention
	for _, rule := range rules {
		switch {
		case !rule.Enabled:
		case rule.ID == ruleAbortUploads:
			r.AbortUploadsAfterDays = rule.AbortUploadsAfterDays
		case rule.ID == ruleExpire:
			r.ExpireAfterDays = rule.ExpireAfterDays
		case rule.ID == ruleExpireNoncurrent:
			r.NoncurrentExpireAfterDays = rule.NoncurrentExpireAfterDays
		}
	}
	return r
}

func lifecycleRules(rules []LifecycleRule) []types.LifecycleRule {
	out := make([]types.LifecycleRule, 0, len(rules))
	for _, rule := range rules {
		converted := types.LifecycleRule{
			ID: aws.String(rule.ID), Status: types.ExpirationStatusEnabled,
			// S3 wants a filter, and the empty prefix is the whole bucket.
			Filter: &types.LifecycleRuleFilter{Prefix: aws.String(rule.Prefix)},
		}
		if days := rule.ExpireAfterDays; days > 0 {
			converted.Expiration = &types.LifecycleExpiration{Days: &days}
		}
		if days := rule.NoncurrentExpireAfterDays; days > 0 {
			converted.NoncurrentVersionExpiration = &types.NoncurrentVersionExpiration{NoncurrentDays: &days}
		}
		if days := rule.AbortUploadsAfterDays; days > 0 {
			converted.AbortIncompleteMultipartUpload = &types.AbortIncompleteMultipartUpload{DaysAfterInitiation: &days}
		}
		out = append(out, converted)
	}
	return out
}

func lifecycleRule(rule types.LifecycleRule) LifecycleRule {
	out := LifecycleRule{
		ID:      aws.ToString(rule.ID),
		Enabled: rule.Status == types.ExpirationStatusEnabled,
		Prefix:  aws.ToString(rule.Prefix), //nolint:staticcheck // Old rules still have it.
		Other:   len(rule.Transitions) > 0 || len(rule.NoncurrentVersionTransitions) > 0,
	}
	if filter := rule.Filter; filter != nil {
		if filter.Prefix != nil {
			out.Prefix = *filter.Prefix
		}
		out.Other = out.Other || filter.And != nil || filter.Tag != nil || filter.ObjectSizeGreaterThan != nil || filter.ObjectSizeLessThan != nil
	}
	if expiration := rule.Expiration; expiration != nil {
		out.ExpireAfterDays = aws.ToInt32(expiration.Days)
		out.Other = out.Other || expiration.Date != nil || aws.ToBool(expiration.ExpiredObjectDeleteMarker)
	}
	if noncurrent := rule.NoncurrentVersionExpiration; noncurrent != nil {
		out.NoncurrentExpireAfterDays = aws.ToInt32(noncurrent.NoncurrentDays)
		out.Other = out.Other || noncurrent.NewerNoncurrentVersions != nil
	}
	if abort := rule.AbortIncompleteMultipartUpload; abort != nil {
		out.AbortUploadsAfterDays = aws.ToInt32(abort.DaysAfterInitiation)
	}
	return out
}

// NewEncryption is the default encryption of a receiving bucket: with the KMS key when there is one, S3's own
// otherwise. A bucket key keeps the number of KMS calls, and their price, down.
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
