// Package iamrole creates, finds, updates and deletes roles.
package iamrole

import (
	"maps"
	"time"
)

// PolicyName is the name of the inline policy with the delivery role's permissions.
const PolicyName = "voicebase-delivery"

// API is the part of IAM that creates and maintains a delivery role.
type API interface {
	creator
	reader
	updater
	deleter
}

// Spec is the desired state of a delivery role.
type Spec struct {
	Name string
	// Path begins and ends with a slash.
	Path        string
	Description string
	// MaxSessionDuration is in seconds, 3600 to 43200.
	MaxSessionDuration int32
	// PermissionsBoundary is the ARN of a managed policy, "" for none.
	PermissionsBoundary string
	// TrustPolicy and PermissionsPolicy are JSON. PermissionsPolicy is "" if the role has lost it.
	TrustPolicy       string
	PermissionsPolicy string
	Tags              map[string]string
}

// Equal compares two specs. It compares policies with samePolicy, because one policy can be written in many ways.
func (s Spec) Equal(other Spec, samePolicy func(a, b string) bool) bool {
	same := func(a, b string) bool { return a == b || samePolicy(a, b) }
	return s.Name == other.Name && s.Path == other.Path && s.Description == other.Description &&
		s.MaxSessionDuration == other.MaxSessionDuration && s.PermissionsBoundary == other.PermissionsBoundary &&
		same(s.TrustPolicy, other.TrustPolicy) && same(s.PermissionsPolicy, other.PermissionsPolicy) && maps.Equal(s.Tags, other.Tags)
}

// Role is a delivery role in IAM.
type Role struct {
	Spec
	ARN        string
	UniqueID   string
	CreateDate time.Time
}
