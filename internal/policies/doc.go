// Package policies is the adapter for the policy documents alone. Use it if you manage the role or the bucket by other
// means, and want them to trust and refuse what this provider's resources would.
package policies
