package iampolicy

import (
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// readObjects finds the bucket and the prefixes below which objects may be written.
func (r *deliveryReader) readObjects() {
	var places []place
	for _, s := range r.statements {
		if s.Effect != Allow || !s.allows(putObject) {
			continue
		}
		if len(s.NotResource) > 0 {
			r.beyond(s, "it lets the role write everywhere but in some places")
		}
		for _, pattern := range s.Resource {
			if found, ok := r.readPlace(s, pattern); ok {
				places = append(places, found)
			}
		}
	}
	var buckets []place // the first of each bucket
	for _, p := range places {
		if !slices.ContainsFunc(buckets, func(first place) bool { return first.bucket == p.bucket }) {
			buckets = append(buckets, p)
		}
	}
	if len(buckets) != 1 {
		for _, p := range buckets {
			r.beyond(p.statement, "it lets the role write to %s, one of %d buckets", p.bucket.Resource, len(buckets))
		}
		return
	}
	r.meaning.Grant.Bucket = buckets[0].bucket
	r.meaning.Grant.BucketAccount = bucketAccount(places)
	for _, p := range places {
		if accounts, ok := p.statement.otherAccounts(); ok && !r.noted(p.statement) {
			r.beyond(p.statement, "it lets the role write to buckets of %q, which bucket_account_id cannot express", accounts)
		}
	}
	r.readPrefixes(places)
}

// bucketAccount is the account that every place names as the bucket's; "" for the role's own, and where they differ.
func bucketAccount(places []place) string {
	account := places[0].statement.bucketAccount()
	if slices.ContainsFunc(places, func(p place) bool { return p.statement.bucketAccount() != account }) {
		return ""
	}
	return account
}

func (s foreignStatement) bucketAccount() string {
	account := ""
	for _, c := range s.clauses() {
		if c.ofBucketAccount() && len(c.values) == 1 {
			account, _ = awsname.ParseAccountID(c.values[0]) // Or a variable: the role's own.
		}
	}
	return account
}

// otherAccounts are those of a condition that is neither one account nor the role's own.
func (s foreignStatement) otherAccounts() ([]string, bool) {
	for _, c := range s.clauses() {
		if !c.ofBucketAccount() || len(c.values) == 1 && strings.EqualFold(c.values[0], ownAccount) {
			continue
		}
		if s.bucketAccount() == "" {
			return c.values, true
		}
	}
	return nil, false
}

// ofBucketAccount reports whether a clause says whose the bucket has to be.
func (c clause) ofBucketAccount() bool {
	return strings.HasSuffix(c.key, ":resourceaccount") && !c.negated()
}

// place is one resource pattern of one statement: a bucket, and the prefix in it ("" for the whole bucket).
type place struct {
	statement foreignStatement
	bucket    awsname.ARN
	prefix    awsname.KeyPrefix
	// restricted is a condition of the statement that Delivery does not have, "" for none.
	restricted string
}

// readPlace reads a pattern of objects; what covers no object is left alone.
func (r *deliveryReader) readPlace(s foreignStatement, pattern string) (place, bool) {
	name, below, isObject := strings.Cut(pattern, "/")
	if !isObject && !isWild(pattern) {
		return place{}, false
	}
	bucket, err := awsname.ParseBucketARN(name)
	if err != nil {
		r.beyond(s, "it lets the role write to %q, which bucket_arn cannot express", pattern)
		return place{}, false
	}
	found := place{statement: s, bucket: bucket, restricted: s.restriction()}
	literal := strings.TrimRight(below, "*")
	if literal == "" && below != "" {
		return found, true
	}
	prefix, err := awsname.ParseKeyPrefix(literal)
	if err != nil {
		// Everything that begins with these characters: what is below them as a folder is a part of it.
		prefix, err = awsname.ParseKeyPrefix(literal + "/")
	}
	if err != nil || literal == below {
		r.beyond(s, "it lets the role write to %q, which key_prefixes cannot express", pattern)
		return place{}, false
	}
	if string(prefix) != literal {
		r.beyond(s, "it lets the role write to %q, of which key_prefixes can only say %q", pattern, prefix)
	}
	found.prefix = prefix
	return found, true
}

// restriction is the first condition key that Delivery has no counterpart for.
func (s foreignStatement) restriction() string {
	for _, c := range s.clauses() {
		if !c.harmless() {
			return c.key
		}
	}
	return ""
}

// readPrefixes takes what is granted without a condition, else all. A condition on a place that nothing else grants
// cannot be kept.
func (r *deliveryReader) readPrefixes(found []place) {
	restricted := slices.DeleteFunc(slices.Clone(found), func(p place) bool { return p.restricted == "" })
	if len(restricted) == len(found) {
		for _, p := range restricted {
			r.lost(p.statement, "it has a condition on %s", p.restricted)
		}
	} else {
		found = slices.DeleteFunc(found, func(p place) bool { return p.restricted != "" })
	}
	var prefixes []awsname.KeyPrefix
	for _, p := range found {
		if p.prefix == "" {
			return // the whole bucket
		}
		prefixes = append(prefixes, p.prefix)
	}
	r.meaning.Grant.KeyPrefixes = slices.Compact(slices.Sorted(slices.Values(prefixes)))
}
