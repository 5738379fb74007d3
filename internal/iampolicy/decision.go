package iampolicy

import "strconv"

// Probe is a question to IAM's simulator: may this action be done on this resource?
type Probe struct{ Action, Resource string }

// Decision is the simulator's answer to a Probe.
type Decision struct {
	Allowed bool
	// Explicit is set where a Deny refused, rather than that nothing allows.
	Explicit bool
	// Bounded and Organization are set where the permissions boundary, or a policy of the organization, does not allow it.
	Bounded, Organization bool
	// Policies are those whose statements decided, as IAM names them.
	Policies []string
	// Missing are condition keys that the policies ask for and the question had no value of.
	Missing []string
}

// Simulation are the answers to all questions of a call.
type Simulation map[Probe]Decision

// InputName is how the simulator names a policy of the list that a call brings, counted from 0.
func InputName(index int) string { return "PolicyInputList." + strconv.Itoa(index+1) }
