// Package iampolicy builds the product's policy documents as Go values: who may assume the delivery role, what it may
// do, and what the receiving bucket refuses. It imports neither Terraform nor the AWS SDK.
package iampolicy

import (
	"encoding/json"
)

// Version is the policy language that has policy variables; AWS documents no other for new policies:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html.
const Version = "2012-10-17"

// Effects of a statement.
const (
	Allow = "Allow"
	Deny  = "Deny"
)

// Document is a policy. Its JSON is stable: the same value results in the same bytes.
type Document struct {
	Version   string      `json:"Version"`
	Statement []Statement `json:"Statement"`
}

// Statement is one of our statements. A list of one is written as a plain string, like AWS's console and hashicorp/aws
// do.
type Statement struct {
	Sid       string     `json:"Sid,omitempty"`
	Effect    string     `json:"Effect"`
	Principal *Principal `json:"Principal,omitempty"`
	Action    OneOrMore  `json:"Action"`
	Resource  OneOrMore  `json:"Resource,omitempty"`
	Condition Conditions `json:"Condition,omitempty"`
}

// Conditions maps operator to condition key to the allowed values.
type Conditions map[string]map[string]OneOrMore

// Principal says who a statement applies to: everyone, or AWS principals.
type Principal struct {
	Everyone bool
	AWS      OneOrMore
}

// MarshalJSON writes "*" for everyone, and the AWS principals otherwise.
func (p Principal) MarshalJSON() ([]byte, error) {
	if p.Everyone {
		return json.Marshal("*")
	}
	return json.Marshal(map[string]OneOrMore{"AWS": p.AWS})
}

// OneOrMore is a list that policy language also accepts as a single string.
type OneOrMore []string

// MarshalJSON writes a list of one as the string itself. The order stays.
func (o OneOrMore) MarshalJSON() ([]byte, error) {
	if len(o) == 1 {
		return json.Marshal(o[0])
	}
	return json.Marshal([]string(o))
}

// JSON returns the document's text.
func (d Document) JSON() string { return string(rawMessage(d)) }
