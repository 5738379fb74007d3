package authz

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/versity/versitygw/iamapi/policy"
	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// list is a JSON value that is one string or several.
type list = policy.StringOrSlice

// statement is one of a policy that names principals. rest is all but the
// principals, for the evaluation that does not know them.
type statement struct {
	policy.Statement
	rest map[string]json.RawMessage
}

// parseStatements reads the Statement of a policy, one or several.
func parseStatements(document string) (version string, statements []statement, err error) {
	var doc policy.Document
	if err := json.Unmarshal([]byte(document), &doc); err != nil {
		return "", nil, fmt.Errorf("reading a policy: %w", err)
	}
	var raw struct{ Statement json.RawMessage }
	if err := json.Unmarshal([]byte(document), &raw); err != nil {
		return "", nil, fmt.Errorf("reading a policy: %w", err)
	}
	if len(raw.Statement) == 0 {
		return doc.Version, nil, nil
	}
	if !bytes.HasPrefix(bytes.TrimSpace(raw.Statement), []byte("[")) {
		raw.Statement = slices.Concat([]byte("["), raw.Statement, []byte("]"))
	}
	var fields []map[string]json.RawMessage
	if err := json.Unmarshal(raw.Statement, &fields); err != nil {
		return "", nil, fmt.Errorf("reading a policy's statements: %w", err)
	}
	for i, f := range fields {
		delete(f, "Principal")
		delete(f, "NotPrincipal")
		statements = append(statements, statement{doc.Statement[i], f})
	}
	return doc.Version, statements, nil
}

// principals returns the principals that raw names, by kind. "*" alone is
// the same as {"AWS": "*"}.
func principals(raw json.RawMessage) (map[string]list, error) {
	var all string
	if err := json.Unmarshal(raw, &all); err == nil {
		if all != "*" {
			return nil, fmt.Errorf("invalid principal %q", all)
		}
		return map[string]list{"AWS": {"*"}}, nil
	}
	var byKind map[string]list
	if err := json.Unmarshal(raw, &byKind); err != nil {
		return nil, fmt.Errorf("reading principals: %w", err)
	}
	return byKind, nil
}

// match is how closely a statement names a caller.
type match int

const (
	matchNone    match = iota
	matchAccount       // its account, which may then delegate
	matchAny           // everyone, or its role
	matchCaller        // the very user or session
)

// matches says how closely s names p.
func (s statement) matches(p *identity.Principal) match {
	if len(s.NotPrincipal) > 0 {
		if named, err := principals(s.NotPrincipal); err != nil || closest(named["AWS"], p) != matchNone {
			return matchNone
		}
		return matchAny
	}
	named, err := principals(s.Principal)
	if err != nil {
		return matchNone
	}
	return closest(named["AWS"], p)
}

func closest(names list, p *identity.Principal) match {
	best := matchNone
	for _, name := range names {
		best = max(best, closeness(name, p))
	}
	return best
}

func closeness(name string, p *identity.Principal) match {
	switch {
	case name == p.ARN:
		return matchCaller
	case name == "*", p.RoleARN != "" && name == p.RoleARN:
		return matchAny
	case name == p.AccountID, name == "arn:aws:iam::"+p.AccountID+":root":
		return matchAccount
	}
	return matchNone
}

// decideStatements evaluates statements as one policy without principals.
func decideStatements(version string, statements []statement, req Request) policy.Decision {
	if len(statements) == 0 {
		return policy.DecisionNoMatch
	}
	fields := make([]map[string]json.RawMessage, len(statements))
	for i, s := range statements {
		fields[i] = maps.Clone(s.rest)
	}
	doc, err := json.Marshal(map[string]any{"Version": versionOr2008(version), "Statement": fields})
	if err != nil {
		return policy.DecisionDeny // what cannot be read allows nothing
	}
	return evaluate([]types.PolicyEntry{{PolicyDocument: string(doc)}}, req)
}

func versionOr2008(version string) string {
	if version == "" {
		return policy.Version2008
	}
	return version
}

// isAccountID says whether s is a bare account ID, which AWS takes for the
// account's root.
func isAccountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}
