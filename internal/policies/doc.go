// Package policies is the adapter for the policy documents alone: for who makes the role or the bucket by other
// means, and wants them to trust and to refuse what the resources of this provider would.
package policies
