package iampolicy

import "strconv"

// Probe is a question to IAM's simulator: is this action allowed on this resource?
type Probe struct{ Action, Resource string }

// Decision is the simulator's answer to a Probe.
type Decision struct {
	Allowed bool
	// Explicit is set if a Deny refused the action, and not just the absence of an Allow.
	Explicit bool
	// Bounded and Organization are set if the permissions boundary, or a policy of the organization, does not allow it.
	Bounded, Organization bool
	// Policies are the policies whose statements decided, by the names that IAM uses.
	Policies []string
	// Missing are condition keys that the policies use and the question had no value for.
	Missing []string
}

// Simulation holds the answers to all questions of a call.
type Simulation map[Probe]Decision

// InputName is the simulator's name for a policy in the list that a call passes, counted from 0.
func InputName(index int) string { return "PolicyInputList." + strconv.Itoa(index+1) }
