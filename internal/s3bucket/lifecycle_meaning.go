package s3bucket

import (
	"maps"
	"slices"
)

// The kinds of effect that a rule can have.
const (
	effectAbort                = "abort"
	effectExpire               = "expire"
	effectExpireNoncurrent     = "expire noncurrent"
	effectMarkers              = "markers"
	effectTransition           = "transition"
	effectTransitionNoncurrent = "transition noncurrent"
)

// effect is one effect of the rules. It makes no difference to S3 how rules are split, named and ordered.
type effect struct {
	kind, prefix, class string
	days                int32
}

// effects returns what the rules do. ok is false if one is disabled, or has an element that LifecycleRule cannot
// express.
func effects(rules []LifecycleRule) (found map[effect]bool, ok bool) {
	found = map[effect]bool{}
	for _, rule := range rules {
		if !rule.Enabled || rule.Other {
			return nil, false
		}
		for kind, days := range map[string]int32{
			effectAbort: rule.AbortUploadsAfterDays, effectExpire: rule.ExpireAfterDays, effectExpireNoncurrent: rule.NoncurrentExpireAfterDays,
		} {
			if days > 0 {
				found[effect{kind: kind, prefix: rule.Prefix, days: days}] = true
			}
		}
		if rule.ExpiredDeleteMarkers {
			found[effect{kind: effectMarkers, prefix: rule.Prefix}] = true
		}
		for _, t := range rule.Transitions {
			found[effect{effectTransition, rule.Prefix, t.StorageClass, t.AfterDays}] = true
		}
		for _, t := range rule.NoncurrentTransitions {
			found[effect{effectTransitionNoncurrent, rule.Prefix, t.StorageClass, t.AfterDays}] = true
		}
	}
	return found, true
}

// SameEffect reports whether two sets of rules have the same effect in S3.
func SameEffect(a, b []LifecycleRule) bool {
	as, aOK := effects(a)
	bs, bOK := effects(b)
	return sameRules(a, b) || aOK && bOK && maps.Equal(as, bs)
}

// UnderstandRetention reads the meaning of rules, whoever wrote them. It fails if the Rules of the retention would lose
// a part of what they do. All that they would add is the removal of delete markers along with the noncurrent versions.
func UnderstandRetention(rules []LifecycleRule) (Retention, bool) {
	found, ok := effects(rules)
	if !ok {
		return Retention{}, false
	}
	var r Retention
	for e := range found {
		t := Transition{AfterDays: e.days, StorageClass: e.class}
		switch e.kind {
		case effectAbort:
			r.AbortUploadsAfterDays = e.days
		case effectExpire:
			r.ExpireAfterDays = e.days
		case effectExpireNoncurrent:
			r.NoncurrentExpireAfterDays = e.days
		case effectTransition:
			r.Transitions = append(r.Transitions, t)
		case effectTransitionNoncurrent:
			r.NoncurrentTransitions = append(r.NoncurrentTransitions, t)
		}
	}
	sortTransitions(r.Transitions)
	sortTransitions(r.NoncurrentTransitions)
	valid := CheckTransitions(r.Transitions, r.ExpireAfterDays) == nil && CheckTransitions(r.NoncurrentTransitions, r.NoncurrentExpireAfterDays) == nil
	kept, _ := effects(r.Rules())
	lost := slices.ContainsFunc(slices.Collect(maps.Keys(found)), func(e effect) bool { return !kept[e] })
	return r, valid && !lost
}
