package readiness

// Judge returns a finding for everything that the facts allow to judge, in a fixed order. What depends on a bucket or
// a role that is not there is left out: the one finding about that says all there is to say.
func Judge(q Question, facts Facts) []Finding {
	findings := q.place(facts.Bucket)
	if facts.Bucket.readable(q) {
		findings = append(findings, q.settings(facts)...)
	}
	if !q.ByRole() {
		return findings
	}
	exists := q.roleExists(facts.Role)
	findings = append(findings, exists)
	if facts.Role.Found.Unknown == "" && !exists.Passed {
		return findings
	}
	findings = append(findings, q.trust(facts.Role)...)
	return append(findings, q.roleCanWrite(facts), q.roleCannotMore(facts))
}

// readable reports whether the bucket's settings were looked at.
func (b Bucket) readable(q Question) bool {
	place := b.Place.Value
	return b.Place.Unknown != "" || place.Exists && (place.Region == "" || place.Region == q.Region)
}
