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
	// ExpiredDeleteMarkers removes delete markers that are the last version of their object.
	ExpiredDeleteMarkers  bool
	Transitions           []Transition
	NoncurrentTransitions []Transition
	// Other is set for a foreign rule with further elements, such as a filter by tags.
	Other bool
}

// Equal compares two rules.
func (r LifecycleRule) Equal(other LifecycleRule) bool {
	return r.ID == other.ID && r.Enabled == other.Enabled && r.Prefix == other.Prefix &&
		r.ExpireAfterDays == other.ExpireAfterDays && r.NoncurrentExpireAfterDays == other.NoncurrentExpireAfterDays &&
		r.AbortUploadsAfterDays == other.AbortUploadsAfterDays && r.ExpiredDeleteMarkers == other.ExpiredDeleteMarkers &&
		slices.Equal(r.Transitions, other.Transitions) && slices.Equal(r.NoncurrentTransitions, other.NoncurrentTransitions) &&
		r.Other == other.Other
}

// moves reports whether a rule has transitions.
func (r LifecycleRule) moves() bool {
	return len(r.Transitions) > 0 || len(r.NoncurrentTransitions) > 0
}

func sameRules(a, b []LifecycleRule) bool { return slices.EqualFunc(a, b, LifecycleRule.Equal) }

// Retention says after how many days objects expire (0 stands for never), and to which storage class they move before.
type Retention struct {
	ExpireAfterDays           int32
	NoncurrentExpireAfterDays int32
	AbortUploadsAfterDays     int32
	Transitions               []Transition
	NoncurrentTransitions     []Transition
}

// IDs of the lifecycle rules that the provider creates, one for each part of a retention.
const (
	ruleAbortUploads         = "voicebase-abort-incomplete-uploads"
	ruleExpire               = "voicebase-expire"
	ruleExpireNoncurrent     = "voicebase-expire-noncurrent"
	ruleTransition           = "voicebase-transition"
	ruleTransitionNoncurrent = "voicebase-transition-noncurrent"
)

// Rules returns the lifecycle rules for a retention, sorted by ID. A delete marker is removed when the versions below
// it are gone, because S3 would keep and list it forever. This is part of the rule for noncurrent versions, because S3
// does not accept it in a rule with days for current ones,
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html.
func (r Retention) Rules() []LifecycleRule {
	var rules []LifecycleRule
	if r.AbortUploadsAfterDays > 0 {
		rules = append(rules, LifecycleRule{ID: ruleAbortUploads, Enabled: true, AbortUploadsAfterDays: r.AbortUploadsAfterDays})
	}
	if r.ExpireAfterDays > 0 {
		rules = append(rules, LifecycleRule{ID: ruleExpire, Enabled: true, ExpireAfterDays: r.ExpireAfterDays})
	}
	if r.NoncurrentExpireAfterDays > 0 {
		rules = append(rules, LifecycleRule{
			ID: ruleExpireNoncurrent, Enabled: true, NoncurrentExpireAfterDays: r.NoncurrentExpireAfterDays, ExpiredDeleteMarkers: true,
		})
	}
	if len(r.Transitions) > 0 {
		rules = append(rules, LifecycleRule{ID: ruleTransition, Enabled: true, Transitions: r.Transitions})
	}
	if len(r.NoncurrentTransitions) > 0 {
		rules = append(rules, LifecycleRule{ID: ruleTransitionNoncurrent, Enabled: true, NoncurrentTransitions: r.NoncurrentTransitions})
	}
	return rules
}

// RetentionOf finds the retention in a bucket's rules, from the provider's own rules that are enabled.
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
		case rule.ID == ruleTransition:
			r.Transitions = rule.Transitions
		case rule.ID == ruleTransitionNoncurrent:
			r.NoncurrentTransitions = rule.NoncurrentTransitions
		}
	}
	return r
}

func lifecycleRules(rules []LifecycleRule) []types.LifecycleRule {
	out := make([]types.LifecycleRule, 0, len(rules))
	for _, rule := range rules {
		converted := types.LifecycleRule{
			ID: aws.String(rule.ID), Status: types.ExpirationStatusEnabled,
			// S3 requires a filter; the empty prefix stands for the whole bucket.
			Filter: &types.LifecycleRuleFilter{Prefix: aws.String(rule.Prefix)},
		}
		if days := rule.ExpireAfterDays; days > 0 {
			converted.Expiration = &types.LifecycleExpiration{Days: &days}
		}
		if rule.ExpiredDeleteMarkers {
			converted.Expiration = &types.LifecycleExpiration{ExpiredObjectDeleteMarker: aws.Bool(true)}
		}
		if days := rule.NoncurrentExpireAfterDays; days > 0 {
			converted.NoncurrentVersionExpiration = &types.NoncurrentVersionExpiration{NoncurrentDays: &days}
		}
		if days := rule.AbortUploadsAfterDays; days > 0 {
			converted.AbortIncompleteMultipartUpload = &types.AbortIncompleteMultipartUpload{DaysAfterInitiation: &days}
		}
		for _, t := range rule.Transitions {
			converted.Transitions = append(converted.Transitions, types.Transition{
				Days: aws.Int32(t.AfterDays), StorageClass: types.TransitionStorageClass(t.StorageClass),
			})
		}
		for _, t := range rule.NoncurrentTransitions {
			converted.NoncurrentVersionTransitions = append(converted.NoncurrentVersionTransitions, types.NoncurrentVersionTransition{
				NoncurrentDays: aws.Int32(t.AfterDays), StorageClass: types.TransitionStorageClass(t.StorageClass),
			})
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
	}
	if filter := rule.Filter; filter != nil {
		if filter.Prefix != nil {
			out.Prefix = *filter.Prefix
		}
		out.Other = filter.And != nil || filter.Tag != nil || filter.ObjectSizeGreaterThan != nil || filter.ObjectSizeLessThan != nil
	}
	if expiration := rule.Expiration; expiration != nil {
		out.ExpireAfterDays = aws.ToInt32(expiration.Days)
		out.ExpiredDeleteMarkers = aws.ToBool(expiration.ExpiredObjectDeleteMarker)
		out.Other = out.Other || expiration.Date != nil
	}
	if noncurrent := rule.NoncurrentVersionExpiration; noncurrent != nil {
		out.NoncurrentExpireAfterDays = aws.ToInt32(noncurrent.NoncurrentDays)
		out.Other = out.Other || noncurrent.NewerNoncurrentVersions != nil
	}
	if abort := rule.AbortIncompleteMultipartUpload; abort != nil {
		out.AbortUploadsAfterDays = aws.ToInt32(abort.DaysAfterInitiation)
	}
	for _, t := range rule.Transitions {
		out.Transitions = append(out.Transitions, Transition{AfterDays: aws.ToInt32(t.Days), StorageClass: string(t.StorageClass)})
		out.Other = out.Other || t.Date != nil
	}
	for _, t := range rule.NoncurrentVersionTransitions {
		out.NoncurrentTransitions = append(out.NoncurrentTransitions, Transition{AfterDays: aws.ToInt32(t.NoncurrentDays), StorageClass: string(t.StorageClass)})
		out.Other = out.Other || t.NewerNoncurrentVersions != nil
	}
	sortTransitions(out.Transitions)
	sortTransitions(out.NoncurrentTransitions)
	return out
}
