package readiness_test

import (
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

// cases each break one thing; name begins with the finding that it is about.
var cases = map[string]func(*readiness.Question, *readiness.Facts){
	"bucket_exists: none": func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Place.Value = readiness.Place{} },
	"bucket_exists: nothing may be read": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket = readiness.Bucket{}
		for _, unknown := range []*string{
			&f.Bucket.Place.Unknown, &f.Bucket.Owned.Unknown, &f.Bucket.PublicAccessBlocked.Unknown, &f.Bucket.ObjectOwnership.Unknown,
			&f.Bucket.Encryption.Unknown, &f.Bucket.Versioning.Unknown, &f.Bucket.Policy.Unknown, &f.Bucket.DefaultRetention.Unknown,
			&f.BucketPolicy.Unknown, &f.Permissions.Unknown, &f.Role.Found.Unknown, &f.Role.Policies.Unknown,
		} {
			*unknown = readiness.Needs("some:Permission", "another:Permission")
		}
	},
	"bucket_region: elsewhere": func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Place.Value.Region = "eu-west-1" },
	"bucket_region: not told":  func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Place.Value.Region = "" },
	"bucket_owner: another":    func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Owned.Value = false },
	"bucket_owner: not told": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Owned = readiness.Fact[bool]{Unknown: readiness.Needs("s3:ListBucket")}
	},
	"public_access_blocked: off": func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.PublicAccessBlocked.Value = false },
	"acls_disabled: on":          func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.ObjectOwnership.Value = "ObjectWriter" },
	"acls_disabled: not set":     func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.ObjectOwnership.Value = "" },
	"tls_required: no policy":    func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Policy.Value = "" },
	"versioning: off":            func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Versioning.Value = false },
	"bucket_policy_allows: denied": func(_ *readiness.Question, f *readiness.Facts) {
		f.BucketPolicy.Value = readiness.PolicyVerdict{Denied: true, Statements: []string{`"DenyUnencrypted"`}}
	},
	"bucket_policy_allows: denied by two, in the whole bucket": func(q *readiness.Question, f *readiness.Facts) {
		q.KeyPrefix = ""
		f.Permissions.Value[iampolicy.Probe{Action: "s3:PutObject", Resource: strings.Replace(object, "voicebase/", "", 1)}] = iampolicy.Decision{Allowed: true}
		f.BucketPolicy.Value = readiness.PolicyVerdict{Denied: true, Statements: []string{`"A"`, "number 2"}}
	},
	"bucket_policy_allows: open": func(_ *readiness.Question, f *readiness.Facts) {
		f.BucketPolicy.Value.Open = []string{"aws:principalorgid"}
	},
	"bucket_policy_allows: pre-signed": func(q *readiness.Question, f *readiness.Facts) {
		q.Role, f.BucketPolicy.Value = awsname.ARN{}, readiness.PolicyVerdict{Denied: true}
	},
	"object_lock: retention": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.DefaultRetention.Value = "COMPLIANCE, 30 days"
	},
	"encryption_key: not allowed": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: key}
	},
	"encryption_key: a bare ID": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: "1234abcd-12ab-34cd-56ef-1234567890ab"}
	},
	"encryption_key: an alias": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: "alias/results"}
	},
	"encryption_key: an alias, and the key behind it": func(q *readiness.Question, f *readiness.Facts) {
		q.KMSKeyARN, f.Bucket.Encryption.Value = key, readiness.Encryption{KMS: true, Key: "alias/results"}
	},
	"encryption_key: the signer's, not told": func(q *readiness.Question, f *readiness.Facts) {
		q.Role, f.Bucket.Encryption.Value = awsname.ARN{}, readiness.Encryption{KMS: true, Key: key}
	},
	"encryption_key: the signer's is another": func(q *readiness.Question, f *readiness.Facts) {
		q.Role, f.Bucket.Encryption.Value = awsname.ARN{}, readiness.Encryption{KMS: true, Key: key}
		q.KMSKeyARN = strings.Replace(key, "1234abcd", "ffffffff", 1)
	},
	"role_exists: none": func(_ *readiness.Question, f *readiness.Facts) { f.Role.Found.Value = nil },
	"role_exists: by another path": func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Found.Value.ARN = strings.Replace(roleARN, "role/", "role/path/", 1)
	},
	"role_trusts_voicebase: nobody":                        trusting(`"AWS":"arn:aws:iam::111122223333:role/voicebase"`, `"Service":"ec2.amazonaws.com"`),
	"role_trusts_voicebase: another":                       trusting("111122223333", "999999999999"),
	"role_trusts_voicebase: dead":                          trusting("arn:aws:iam::111122223333:role/voicebase", "AROADBQP57FF2AEXAMPLE"),
	"role_trusts_voicebase: everyone":                      trusting("arn:aws:iam::111122223333:role/voicebase", "*"),
	"role_trusts_voicebase: denied":                        trusting(`[{`, `[{"Effect":"Deny","Principal":"*","Action":"sts:*"},{`),
	"role_trusts_voicebase: a condition that fails":        trusting(`"StringEquals":`, `"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":`),
	"role_trusts_voicebase: a condition that nobody knows": trusting(`"StringEquals":{`, `"StringEquals":{"aws:PrincipalOrgID":"o-1",`),
	"role_trusts_voicebase: some of the account": func(q *readiness.Question, _ *readiness.Facts) {
		q.VoiceBase = awsname.TrustedPrincipal{AccountID: "111122223333", Resource: "root"}
	},
	"role_trusts_voicebase: no JSON":                               trusting("{", "["),
	"role_external_id: no condition":                               trusting(`,"Condition":{"StringEquals":{"sts:ExternalId":"organization"}}`, ""),
	"role_external_id: another":                                    trusting("organization", "another"),
	"role_external_id: another, and a condition that nobody knows": trusting(`{"sts:ExternalId":"organization"}`, `{"sts:ExternalId":"another","aws:PrincipalOrgID":"o-1"}`),
	"role_external_id: a pattern":                                  trusting(`"StringEquals":{"sts:ExternalId":"organization"}`, `"StringLike":{"sts:ExternalId":"other*"}`),
	"role_external_id: any":                                        trusting(`"StringEquals":{"sts:ExternalId":"organization"}`, `"StringLike":{"sts:ExternalId":"*"}`),
	"role_external_id: all but ours":                               trusting(`"StringEquals":{"sts:ExternalId"`, `"StringNotEquals":{"sts:ExternalId"`),
	"role_external_id: none is wanted":                             trusting(`"StringEquals":{"sts:ExternalId":"organization"}`, `"Null":{"sts:ExternalId":"true"}`),
	"role_external_id: not told":                                   func(q *readiness.Question, _ *readiness.Facts) { q.ExternalID = "" },
	"role_can_write: nothing allows":                               deciding(iampolicy.Decision{}),
	"role_can_write: a condition":                                  deciding(iampolicy.Decision{Missing: []string{"aws:PrincipalOrgID"}}),
	"role_can_write: a denial":                                     deciding(iampolicy.Decision{Explicit: true, Policies: []string{"role_delivery_deny"}}),
	"role_can_write: boundary":                                     deciding(iampolicy.Decision{Bounded: true}),
	"role_can_write: named boundary": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{Bounded: true, Explicit: true})(q, f)
		f.Role.Found.Value.Boundary = "arn:aws:iam::123456789012:policy/boundary"
	},
	"role_can_write: boundary, and the bucket's policy allows": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{Bounded: true})(q, f)
		f.BucketPolicy.Value.Allowed = true
	},
	"role_can_write: organization, and the bucket's policy allows": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{Organization: true})(q, f)
		f.BucketPolicy.Value.Allowed = true
	},
	"role_can_write: a denial, and the bucket's policy allows": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{Explicit: true})(q, f)
		f.BucketPolicy.Value.Allowed = true
	},
	"role_can_write: organization":             deciding(iampolicy.Decision{Organization: true, Explicit: true}),
	"role_can_write: at the top of the bucket": func(q *readiness.Question, _ *readiness.Facts) { q.KeyPrefix = "" },
	"role_can_write: nothing allows, and the bucket's policy is not known": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{})(q, f)
		f.BucketPolicy = readiness.Fact[readiness.PolicyVerdict]{Unknown: readiness.Needs("s3:GetBucketPolicy")}
	},
	"role_cannot_more: everything": func(q *readiness.Question, f *readiness.Facts) {
		for _, action := range []string{"s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration", "s3:DeleteBucket"} {
			for _, resource := range []string{object, "arn:aws:s3:::acme-results", "arn:aws:s3:::acme-results/voicebase-beside/00000000-0000-0000-0000-000000000000/analytics.json"} {
				f.Permissions.Value[iampolicy.Probe{Action: action, Resource: resource}] = iampolicy.Decision{Allowed: true}
			}
		}
	},
	"role_cannot_more: other policies": func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Policies.Value = readiness.Policies{Ours: true, Others: []string{"extra", "arn:aws:iam::aws:policy/ReadOnlyAccess"}}
	},
	"role_cannot_more: policies not known": func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Policies = readiness.Fact[readiness.Policies]{Unknown: readiness.Needs("iam:ListRolePolicies")}
	},
}

func trusting(old, replacement string) func(*readiness.Question, *readiness.Facts) {
	return func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Found.Value.TrustPolicy = strings.Replace(trust, old, replacement, 1)
	}
}

func deciding(decision iampolicy.Decision) func(*readiness.Question, *readiness.Facts) {
	return func(_ *readiness.Question, f *readiness.Facts) {
		f.Permissions.Value[iampolicy.Probe{Action: "s3:PutObject", Resource: object}] = decision
	}
}
