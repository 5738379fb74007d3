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
		atTheTop(q, f)
		f.BucketPolicy.Value = readiness.PolicyVerdict{Denied: true, Statements: []string{`"A"`, "number 2"}}
	},
	"bucket_policy_allows: open": func(_ *readiness.Question, f *readiness.Facts) {
		f.BucketPolicy.Value.Open = []string{"aws:principalorgid"}
	},
	"bucket_policy_allows: open, and allowed": func(_ *readiness.Question, f *readiness.Facts) {
		f.BucketPolicy.Value = readiness.PolicyVerdict{Allowed: true, Open: []string{"aws:principalorgid"}}
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
	"encryption_key: another account's": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: strings.Replace(key, account, "999999999999", 1)}
	},
	"encryption_key: permissions not known": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: key}
		f.Permissions = readiness.Fact[iampolicy.Simulation]{Unknown: readiness.Needs("iam:SimulatePrincipalPolicy")}
	},
	"encryption_key: an alias's ARN": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: "arn:aws:kms:us-east-1:123456789012:alias/results"}
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
	"role_exists: in other letters": func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Found.Value.ARN = strings.Replace(roleARN, "delivery", "Delivery", 1)
	},
	"role_trusts_voicebase: some of the account, under a condition that fails": func(q *readiness.Question, f *readiness.Facts) {
		q.VoiceBase = awsname.TrustedPrincipal{AccountID: "111122223333", Resource: "root"}
		trusting(`"StringEquals":`, `"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals":`)(q, f)
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
	"role_trusts_voicebase: no JSON": trusting("{", "["),
	"role_external_id: no condition": trusting(`,"Condition":{"StringEquals":{"sts:ExternalId":"organization"}}`, ""),
	"role_external_id: another":      trusting("organization", "another"),
	"role_external_id: another, after one with a condition that fails": func(q *readiness.Question, f *readiness.Facts) {
		q.ExternalID = "ours"
		trusting(`[{`, `[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"another"},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}},{`)(q, f)
	},
	"role_external_id: another, and a condition that nobody knows": trusting(`{"sts:ExternalId":"organization"}`, `{"sts:ExternalId":"another","aws:PrincipalOrgID":"o-1"}`),
	"role_external_id: a condition that nobody knows alone":        trusting(`"sts:ExternalId":"organization"`, `"aws:PrincipalOrgID":"o-1"`),
	"role_external_id: none, but not one":                          trusting(`"StringEquals":{"sts:ExternalId":"organization"}`, `"StringNotEquals":{"sts:ExternalId":"another","aws:PrincipalOrgID":"o-1"}`),
	"role_external_id: a pattern":                                  trusting(`"StringEquals":{"sts:ExternalId":"organization"}`, `"StringLike":{"sts:ExternalId":"other*"}`),
	"role_external_id: a pattern of one letter":                    trusting(`"StringEquals":{"sts:ExternalId":"organization"}`, `"StringLike":{"sts:ExternalId":"other?"}`),
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
	"role_can_write: nothing allows in another region": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{})(q, f)
		f.Bucket.Place.Value.Region = "eu-west-1"
		f.BucketPolicy = readiness.Fact[readiness.PolicyVerdict]{Unknown: readiness.Needs("s3:GetBucketPolicy")}
	},
	"role_can_write: boundary of a role that may not be read": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{Bounded: true})(q, f)
		f.Role.Found = readiness.Fact[*readiness.RoleSettings]{Unknown: readiness.Needs("iam:GetRole")}
	},
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
	"role_cannot_more: permissions not known": func(_ *readiness.Question, f *readiness.Facts) {
		f.Permissions = readiness.Fact[iampolicy.Simulation]{Unknown: readiness.Needs("iam:SimulatePrincipalPolicy")}
	},
	"role_cannot_more: permissions not known, other policies are": func(_ *readiness.Question, f *readiness.Facts) {
		f.Permissions = readiness.Fact[iampolicy.Simulation]{Unknown: readiness.Needs("iam:SimulatePrincipalPolicy")}
		f.Role.Policies.Value = readiness.Policies{Others: []string{"one", "two"}}
	},
	"role_cannot_more: ours and another policy": func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Policies.Value = readiness.Policies{Ours: true, Others: []string{"extra"}}
	},
	"role_cannot_more: reads the whole bucket": func(q *readiness.Question, f *readiness.Facts) {
		atTheTop(q, f)
		f.Permissions.Value[iampolicy.Probe{Action: "s3:GetObject", Resource: strings.Replace(object, "voicebase/", "", 1)}] = iampolicy.Decision{Allowed: true}
	},
	"role_cannot_more: policies not known": func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Policies = readiness.Fact[readiness.Policies]{Unknown: readiness.Needs("iam:ListRolePolicies")}
	},
}

// atTheTop has deliveries go to the bucket's top, where the role may write.
func atTheTop(q *readiness.Question, f *readiness.Facts) {
	q.KeyPrefix = ""
	f.Permissions.Value[iampolicy.Probe{Action: "s3:PutObject", Resource: strings.Replace(object, "voicebase/", "", 1)}] = iampolicy.Decision{Allowed: true}
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

// fine is what looks wrong and is not.
var fine = map[string]func(*readiness.Question, *readiness.Facts){
	"AWS's own key": func(_ *readiness.Question, f *readiness.Facts) { f.Bucket.Encryption.Value.KMS = true },
	"AWS's own key by its alias": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: "arn:aws:kms:us-east-1:123456789012:alias/aws/s3"}
	},
	"a key that the role may use": func(_ *readiness.Question, f *readiness.Facts) {
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: key}
		f.Permissions.Value[iampolicy.Probe{Action: "kms:GenerateDataKey", Resource: key}] = iampolicy.Decision{Allowed: true}
	},
	"the signer's key": func(q *readiness.Question, f *readiness.Facts) {
		q.Role, q.KMSKeyARN, f.Bucket.Encryption.Value = awsname.ARN{}, key, readiness.Encryption{KMS: true, Key: key}
	},
	"the bucket's policy allows": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{})(q, f)
		f.BucketPolicy.Value.Allowed = true
	},
	"the bucket's policy allows, and the role's has a condition": func(q *readiness.Question, f *readiness.Facts) {
		deciding(iampolicy.Decision{Missing: []string{"aws:PrincipalOrgID"}})(q, f)
		f.BucketPolicy.Value.Allowed = true
	},
	"one policy of another name": func(_ *readiness.Question, f *readiness.Facts) {
		f.Role.Policies.Value = readiness.Policies{Others: []string{"arn:aws:iam::123456789012:policy/deliveries"}}
	},
	"a trust limited to VoiceBase's addresses in the EU": trusting(`"StringEquals":`,
		`"IpAddress":{"aws:SourceIp":["34.248.80.158","52.210.18.246/32","54.72.141.0/24"]},"StringEquals":`),
	"the account as a principal": trusting("arn:aws:iam::111122223333:role/voicebase", "111122223333"),
	"one of two external IDs":    trusting(`"organization"`, `["another","organization"]`),
	"everything at the top of the bucket": func(q *readiness.Question, f *readiness.Facts) {
		atTheTop(q, f)
		f.Permissions.Value[iampolicy.Probe{Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-results/-beside/00000000-0000-0000-0000-000000000000/analytics.json"}] = iampolicy.Decision{Allowed: true}
	},
	"in China": func(q *readiness.Question, f *readiness.Facts) {
		q.Region, q.Partition, f.Bucket.Place.Value.Region = "cn-north-1", "aws-cn", "cn-north-1"
		f.Bucket.Policy.Value = strings.ReplaceAll(tlsOnly, "arn:aws:", "arn:aws-cn:")
		f.Bucket.Encryption.Value = readiness.Encryption{KMS: true, Key: "1234"}
		f.Permissions.Value = iampolicy.Simulation{
			{Action: "s3:PutObject", Resource: strings.Replace(object, "arn:aws:", "arn:aws-cn:", 1)}:    {Allowed: true},
			{Action: "kms:GenerateDataKey", Resource: "arn:aws-cn:kms:cn-north-1:123456789012:key/1234"}: {Allowed: true},
		}
	},
	"pre-signed URLs at the top of the bucket": func(q *readiness.Question, _ *readiness.Facts) {
		q.Role, q.KeyPrefix = awsname.ARN{}, ""
	},
}
