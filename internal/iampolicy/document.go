// Package iampolicy builds the policy documents of the product as Go values: who may assume the delivery
// role, what it may do, and what the receiving bucket refuses. It knows no Terraform and no AWS SDK type.
package iampolicy

import (
	"encoding/json"
	"slices"
)

// Version is the policy language that has policy variables; AWS documents no other for new policies:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html.
const Version = "2012-10-17"

// Effects of a statement.
const (
	Allow = "Allow"
	Deny  = "Deny"
)

// Document is a policy. Its JSON is stable: the same value gives the same bytes.
type Document struct {
	Version   string      `json:"Version"`
	Statement []Statement `json:"Statement"`
}

// Statement is one statement of a policy of ours. Lists of one are written as a plain string, as AWS's
// console and hashicorp/aws write them.
type Statement struct {
	Sid       string     `json:"Sid,omitempty"`
	Effect    string     `json:"Effect"`
	Principal *Principal `json:"Principal,omitempty"`
	Action    OneOrMore  `json:"Action"`
	Resource  OneOrMore  `json:"Resource,omitempty"`
	Condition Conditions `json:"Condition,omitempty"`
}

// Conditions maps operator to condition key to the values that are allowed.
type Conditions map[string]map[string]OneOrMore

// Principal says whom a statement is about: everyone, or AWS principals.
type Principal struct {
	Everyone bool
	AWS      OneOrMore
}

// MarshalJSON writes "*" for everyone, else the AWS principals.
func (p Principal) MarshalJSON() ([]byte, error) {
	if p.Everyone {
		return json.Marshal("*")
	}
	return json.Marshal(map[string]OneOrMore{"AWS": p.AWS})
}

// OneOrMore is a list that policy language lets be a single string.
type OneOrMore []string

// MarshalJSON writes a list of one as the string itself; order stays as given.
func (o OneOrMore) MarshalJSON() ([]byte, error) {
	if len(o) == 1 {
		return json.Marshal(o[0])
	}
	return json.Marshal(slices.Clone([]string(o)))
}

// JSON returns the document's text. Only values that json cannot fail on go into a Document.
func (d Document) JSON() string {
	text, err := json.Marshal(d)
	if err != nil {
		panic("iampolicy: " + err.Error())
	}
	return string(text)
}
