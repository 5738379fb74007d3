package readiness

import (
	"fmt"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// place judges whether there is a bucket where deliveries are addressed to.
func (q Question) place(b Bucket) []Finding {
	place := b.Place
	if place.Unknown != "" {
		return []Finding{unknown(BucketExists, Error, place.Unknown), unknown(BucketRegion, Error, place.Unknown), q.owner(b)}
	}
	if !place.Value.Exists {
		return []Finding{failed(BucketExists, Error,
			fmt.Sprintf("There is no bucket %q.", q.Bucket),
			"Create it, for example with voicebase_delivery_bucket, or correct the name.")}
	}
	findings := []Finding{passed(BucketExists, Error, "Bucket %q exists.", q.Bucket), q.region(place.Value.Region)}
	if !b.readable(q) {
		return findings
	}
	return append(findings, q.owner(b))
}

func (q Question) region(region string) Finding {
	switch region {
	case q.Region:
		return passed(BucketRegion, Error, "The bucket is in %s.", region)
	case "":
		return unknown(BucketRegion, Error, Needs("s3:ListBucket"))
	}
	return failed(BucketRegion, Error,
		fmt.Sprintf("The bucket is in %s, but deliveries are addressed to %s. S3 answers there with a redirect, which VoiceBase does not follow.", region, q.Region),
		fmt.Sprintf("Set region = %q here, and use the bucket's own delivery_url or region in the callback.", region))
}

func (q Question) owner(b Bucket) Finding {
	switch {
	case b.Owned.Unknown != "":
		return unknown(BucketOwner, Error, b.Owned.Unknown)
	case b.Owned.Value:
		return passed(BucketOwner, Error, "The bucket is owned by account %s.", q.AccountID)
	}
	return failed(BucketOwner, Error,
		fmt.Sprintf("The bucket is owned by an account other than %s. Deliveries would go to that account, or be refused.", q.AccountID),
		"Check the bucket's name. If it was deleted, someone else may have registered the name: use another name.")
}

// settings judges a bucket that is where it should be.
func (q Question) settings(facts Facts) []Finding {
	b := facts.Bucket
	return []Finding{
		flag(PublicAccessBlocked, Error, b.PublicAccessBlocked,
			"All four public access blocks of the bucket are on.",
			"Not all four public access blocks of the bucket are on, so a policy or an ACL could make recordings and transcripts public.",
			"Turn all four on: voicebase_delivery_bucket does, as does aws_s3_bucket_public_access_block."),
		aclsDisabled(b.ObjectOwnership),
		q.tlsRequired(b.Policy),
		flag(Versioning, Warning, b.Versioning,
			"Versioning is on.",
			"Versioning is off, so a repeated delivery to the same key replaces the object for good.",
			"Turn versioning on: voicebase_delivery_bucket does by default."),
		q.bucketPolicyAllows(facts.BucketPolicy),
		objectLock(b.DefaultRetention),
		q.encryptionKey(facts),
	}
}

// flag is a finding that is one switch.
func flag(name Name, severity Severity, fact Fact[bool], good, bad, remedy string) Finding {
	switch {
	case fact.Unknown != "":
		return unknown(name, severity, fact.Unknown)
	case fact.Value:
		return passed(name, severity, "%s", good)
	}
	return failed(name, severity, bad, remedy)
}

// noACLs is S3's name of the setting that turns ACLs off.
const noACLs = "BucketOwnerEnforced"

func aclsDisabled(ownership Fact[string]) Finding {
	return flag(ACLsDisabled, Warning, Fact[bool]{Value: ownership.Value == noACLs, Unknown: ownership.Unknown},
		"ACLs are off; the bucket's account owns every object.",
		fmt.Sprintf("ACLs are on (object ownership %s), so an ACL can give others access to an object.", orNone(ownership.Value)),
		"Set object ownership to "+noACLs+": voicebase_delivery_bucket does.")
}

func (q Question) tlsRequired(policy Fact[string]) Finding {
	arn := awsname.BucketARN(q.Partition, q.Bucket)
	return flag(TLSRequired, Warning, Fact[bool]{Value: iampolicy.DeniesPlainHTTP(policy.Value, arn), Unknown: policy.Unknown},
		"The bucket's policy denies requests without TLS.",
		"The bucket's policy doesn't deny requests without TLS.",
		"Add a statement that denies s3:* when aws:SecureTransport is false: voicebase_delivery_bucket does, and bucket_policy of voicebase_delivery_policies has it.")
}

func (q Question) bucketPolicyAllows(verdict Fact[PolicyVerdict]) Finding {
	what := "a PUT with a pre-signed URL"
	if q.ByRole() {
		what = "a PUT by the role"
	}
	where := "in the bucket"
	if q.KeyPrefix != "" {
		where = "below " + q.KeyPrefix
	}
	v := verdict.Value
	switch {
	case verdict.Unknown != "":
		return unknown(BucketPolicyAllows, Error, verdict.Unknown)
	case v.Denied:
		return failed(BucketPolicyAllows, Error,
			fmt.Sprintf("The bucket's policy denies %s %s%s.", what, where, inStatements(v.Statements)),
			"Change the statement, or exempt the writer from it. VoiceBase sends a content type and no x-amz-* header beyond the signature's own, so a statement that requires encryption or ACL headers denies every delivery; use default encryption instead.")
	case len(v.Open) > 0:
		return unknown(BucketPolicyAllows, Error,
			fmt.Sprintf("the bucket's policy denies %s depending on %s, which is known only at the time of the request", what, strings.Join(v.Open, ", ")))
	}
	return passed(BucketPolicyAllows, Error, "The bucket's policy doesn't deny %s %s.", what, where)
}

func inStatements(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return ", in statement " + names[0]
	}
	return ", in statements " + strings.Join(names, ", ")
}

func objectLock(retention Fact[string]) Finding {
	return flag(ObjectLock, Error, Fact[bool]{Value: retention.Value == "", Unknown: retention.Unknown},
		"Object Lock has no default retention.",
		fmt.Sprintf("Object Lock has a default retention (%s), with which S3 requires a checksum header that VoiceBase doesn't send.", retention.Value),
		"Remove the default retention, or deliver to another bucket and copy from there.")
}

func orNone(text string) string {
	if text == "" {
		return "not set"
	}
	return text
}
