package authz

import (
	"github.com/versity/versitygw/iamapi/policy"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// BucketPolicy is a bucket's policy, ready to be evaluated. A nil one
// decides nothing.
type BucketPolicy struct {
	document   string
	version    string
	statements []statement
}

// ParseBucketPolicy reads a stored policy; an empty one is none.
func ParseBucketPolicy(document string) (*BucketPolicy, error) {
	if document == "" {
		return nil, nil
	}
	version, statements, err := parseStatements(document)
	if err != nil {
		return nil, err
	}
	return &BucketPolicy{document, version, statements}, nil
}

// grant is what a bucket policy says about a request.
type grant struct {
	decision policy.Decision
	// toCaller is set when an Allow names the very user or session, toAccount
	// when one names at least its account.
	toCaller, toAccount bool
}

func (b *BucketPolicy) decide(p *identity.Principal, req Request) grant {
	if b == nil {
		return grant{}
	}
	var all, direct, caller []statement
	for _, s := range b.statements {
		m := s.matches(p)
		if m != matchNone {
			all = append(all, s)
		}
		// To name the account leaves it to the account's own policies.
		if m >= matchAny {
			direct = append(direct, s)
		}
		if m == matchCaller {
			caller = append(caller, s)
		}
	}
	whole := decideStatements(b.version, all, req)
	if whole == policy.DecisionDeny {
		return grant{decision: policy.DecisionDeny}
	}
	return grant{
		decision:  decideStatements(b.version, direct, req),
		toCaller:  decideStatements(b.version, caller, req) == policy.DecisionAllow,
		toAccount: whole == policy.DecisionAllow,
	}
}
