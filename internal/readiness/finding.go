package readiness

import (
	"fmt"
	"strings"
)

// Severity says what a failed finding means.
type Severity string

// The two severities: with an error deliveries fail, or go to the wrong place; a warning is about safety.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Severities are all severities.
var Severities = []Severity{Error, Warning}

// Name names a finding. Published names stay.
type Name string

// The findings, in the order in which they are reported.
const (
	BucketExists        Name = "bucket_exists"
	BucketRegion        Name = "bucket_region"
	BucketOwner         Name = "bucket_owner"
	PublicAccessBlocked Name = "public_access_blocked"
	ACLsDisabled        Name = "acls_disabled"
	TLSRequired         Name = "tls_required"
	Versioning          Name = "versioning"
	BucketPolicyAllows  Name = "bucket_policy_allows"
	ObjectLock          Name = "object_lock"
	EncryptionKey       Name = "encryption_key"
	RoleExists          Name = "role_exists"
	RoleTrustsVoiceBase Name = "role_trusts_voicebase"
	RoleExternalID      Name = "role_external_id"
	RoleCanWrite        Name = "role_can_write"
	RoleCannotMore      Name = "role_cannot_more"
)

// Names are all names.
var Names = []Name{
	BucketExists, BucketRegion, BucketOwner, PublicAccessBlocked, ACLsDisabled, TLSRequired, Versioning, BucketPolicyAllows,
	ObjectLock, EncryptionKey, RoleExists, RoleTrustsVoiceBase, RoleExternalID, RoleCanWrite, RoleCannotMore,
}

// Finding is one answer.
type Finding struct {
	Name     Name
	Passed   bool
	Severity Severity
	// Detail is what was found.
	Detail string
	// Remedy is what to do, "" where nothing is to be done.
	Remedy string
}

// Passed reports whether deliveries will work: no finding of severity error failed.
func Passed(findings []Finding) bool {
	for _, f := range findings {
		if !f.Passed && f.Severity == Error {
			return false
		}
	}
	return true
}

// UnknownPrefix begins the detail of a finding that could not be judged.
const UnknownPrefix = "unknown: "

func passed(name Name, severity Severity, format string, args ...any) Finding {
	return Finding{Name: name, Passed: true, Severity: severity, Detail: fmt.Sprintf(format, args...)}
}

func failed(name Name, severity Severity, detail, remedy string) Finding {
	return Finding{Name: name, Severity: severity, Detail: detail, Remedy: remedy}
}

// unknown is a finding that could not be judged. It has not passed: nothing is known to be in order.
func unknown(name Name, severity Severity, why string) Finding {
	remedy := "Check it by other means, such as the AWS console."
	if actions, ok := strings.CutPrefix(why, needs); ok {
		remedy = "Allow the provider's credentials " + actions + ", as in the guide \"Permissions\"."
	}
	return Finding{Name: name, Severity: severity, Detail: UnknownPrefix + why, Remedy: remedy}
}

const needs = "needs "

// Needs says that a permission is missing.
func Needs(actions ...string) string { return needs + strings.Join(actions, " and ") }
