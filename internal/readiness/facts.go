// Package readiness judges whether VoiceBase's deliveries will work: from facts, which others read, to findings in
// words that a person can act on. It calls nothing.
package readiness

import (
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// Fact is something that was looked for.
type Fact[T any] struct {
	// Value is the zero value where it is not known.
	Value T
	// Unknown says why the value is not known, such as "needs iam:GetRole"; "" where it is.
	Unknown string
}

// Known is a fact that was found.
func Known[T any](value T) Fact[T] { return Fact[T]{Value: value} }

// Question is what is to be judged.
type Question struct {
	Bucket string
	// Region is where the deliveries are addressed to, Partition the one it is of.
	Region, Partition string
	// AccountID is the account that the bucket has to be of: the role's, or the signer's.
	AccountID string
	// Role is the ARN of the role that VoiceBase assumes, the zero value for pre-signed URLs.
	Role awsname.ARN
	// KeyPrefix is "" for the whole bucket.
	KeyPrefix string
	// VoiceBase is who assumes the role, with ExternalID ("" where none is known).
	VoiceBase  awsname.TrustedPrincipal
	ExternalID string
	// KMSKeyARN is the key that the writer may use, "" where none was named.
	KMSKeyARN string
}

// ByRole reports whether VoiceBase is to write by a role, and not by pre-signed URLs.
func (q Question) ByRole() bool { return q.Role != awsname.ARN{} }

// Facts are what was found.
type Facts struct {
	Bucket Bucket
	// Role is looked at only where VoiceBase is to write by one.
	Role Role
	// BucketPolicy is what the bucket's policy says to the writer's PUT.
	BucketPolicy Fact[PolicyVerdict]
	// Permissions are what the role may do, by IAM's simulator: the probes of Probes.
	Permissions Fact[iampolicy.Simulation]
}

// Place is where a bucket is, if there is one.
type Place struct {
	Exists bool
	// Region is where the bucket is, "" where only its existence is known.
	Region string
}

// Bucket is what is known of a bucket. The facts from PublicAccessBlocked on are looked at only where the bucket is
// in the region that was asked for.
type Bucket struct {
	Place Fact[Place]
	// Owned reports whether the bucket is of the account asked for.
	Owned               Fact[bool]
	PublicAccessBlocked Fact[bool]
	ObjectOwnership     Fact[string]
	Encryption          Fact[Encryption]
	Versioning          Fact[bool]
	Policy              Fact[string]
	// DefaultRetention describes Object Lock's default retention, "" where there is none.
	DefaultRetention Fact[string]
}

// Encryption is a bucket's default encryption.
type Encryption struct {
	// KMS is set for both kinds of encryption by KMS.
	KMS bool
	// Key is what the bucket says: a key's ARN or ID, an alias, or "" for AWS's own key.
	Key string
}

// Role is what is known of a role.
type Role struct {
	// Found is nil where there is no such role.
	Found Fact[*RoleSettings]
	// Policies are the names of all policies on the role, inline and attached ones.
	Policies Fact[Policies]
}

// RoleSettings is what IAM says of a role.
type RoleSettings struct {
	ARN         string
	TrustPolicy string
	// Boundary is the ARN of the permissions boundary, "" for none.
	Boundary string
}

// Policies are what is on a role.
type Policies struct {
	// Ours is set where voicebase_delivery_role's own policy is there.
	Ours bool
	// Others are the names of other inline policies, and the ARNs of attached ones.
	Others []string
}

// PolicyVerdict is what a bucket's policy says to a PUT.
type PolicyVerdict struct {
	// Denied and Allowed are as the simulator has it; both are false where the policy says nothing.
	Denied, Allowed bool
	// Statements are the names of those that decided, where the simulator tells.
	Statements []string
	// Open are condition keys of denials of which nothing is known.
	Open []string
}

// Permits turns the simulator's answer about a bucket policy's statements into a verdict. Each of them was sent as a
// policy of its own.
func Permits(statements []iampolicy.BucketStatement, decision iampolicy.Decision) PolicyVerdict {
	verdict := PolicyVerdict{Denied: decision.Explicit, Allowed: decision.Allowed}
	sent, _ := Simulatable(statements)
	for i, s := range sent {
		if slices.Contains(decision.Policies, iampolicy.InputName(i)) {
			verdict.Statements = append(verdict.Statements, s.Name)
		}
	}
	for _, s := range statements {
		if s.Effect == iampolicy.Deny {
			verdict.Open = append(verdict.Open, slices.DeleteFunc(slices.Clone(s.Open), ofTheOrganization)...)
		}
	}
	return verdict
}

// Simulatable returns the statements that the simulator can judge, as it takes them.
func Simulatable(statements []iampolicy.BucketStatement) (judged []iampolicy.BucketStatement, policies []string) {
	for _, s := range statements {
		if len(s.Open) == 0 {
			judged, policies = append(judged, s), append(policies, s.Policy)
		}
	}
	return judged, policies
}

// ofTheOrganization reports keys that tell an organization's principals and resources from others'. The writer is of
// the bucket's own account, which its policy is taken not to lock out.
func ofTheOrganization(key string) bool {
	return slices.Contains([]string{"aws:principalorgid", "aws:principalorgpaths", "aws:resourceorgid", "aws:resourceorgpaths"}, key)
}
