package iampolicy

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// errNotOurs says that a policy has been written, or changed, by someone else.
var errNotOurs = errors.New("not a policy of this provider")

// ReadTrust finds the principal and the external ID in a trust policy that Trust has built. The caller compares
// Trust of both with the document: the error only tells documents of another shape.
func ReadTrust(document string) (awsname.TrustedPrincipal, awsname.ExternalID, error) {
	statement, err := firstStatement(document)
	if err != nil {
		return awsname.TrustedPrincipal{}, "", err
	}
	if statement.Principal == nil || len(statement.Principal.AWS) != 1 {
		return awsname.TrustedPrincipal{}, "", fmt.Errorf("%w: it does not trust exactly one AWS principal", errNotOurs)
	}
	principal, err := awsname.ParsePrincipal(statement.Principal.AWS[0])
	if err != nil {
		return awsname.TrustedPrincipal{}, "", err
	}
	ids := statement.Condition["StringEquals"]["sts:ExternalId"]
	if len(ids) == 0 {
		return principal, "", nil
	}
	id, err := awsname.ParseExternalID(ids[0])
	return principal, id, err
}

// ReadDelivery finds the grant in a permissions policy that Delivery has built. The caller compares Delivery of
// it with the document: the error only tells documents of another shape.
func ReadDelivery(document string) (Grant, error) {
	var parsed Document
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		return Grant{}, fmt.Errorf("%w: %w", errNotOurs, err)
	}
	var grant Grant
	for _, statement := range parsed.Statement {
		if err := grant.read(statement); err != nil {
			return Grant{}, err
		}
	}
	if grant.Access == "" {
		return Grant{}, fmt.Errorf("%w: it grants no access to a bucket", errNotOurs)
	}
	return grant, nil
}

func (g *Grant) read(statement Statement) (err error) {
	switch statement.Sid {
	case "WriteDeliveries":
		g.Access = AccessWrite
		return g.readObjects(statement.Resource)
	case "ReadWriteDeleteDeliveries":
		g.Access = AccessDocumented
		return g.readObjects(statement.Resource)
	case "EncryptDeliveries":
		if len(statement.Resource) != 1 {
			return fmt.Errorf("%w: it does not name exactly one key", errNotOurs)
		}
		g.KMSKey, err = awsname.ParseKMSKeyARN(statement.Resource[0])
	}
	return err
}

func (g *Grant) readObjects(patterns []string) error {
	for _, pattern := range patterns {
		bucket, below, _ := strings.Cut(pattern, "/")
		arn, err := awsname.ParseBucketARN(bucket)
		if err != nil {
			return err
		}
		g.Bucket = arn
		if below == "*" {
			continue
		}
		prefix, err := awsname.ParseKeyPrefix(strings.TrimSuffix(below, "*"))
		if err != nil {
			return err
		}
		g.KeyPrefixes = append(g.KeyPrefixes, prefix)
	}
	return nil
}

// DeadPrincipal returns the unique ID that stands in a trust policy in place of a principal which was deleted,
// or "". IAM never brings such a trust to life again, not even when a role of the same name is made:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
func DeadPrincipal(document string) string {
	var parsed Document
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		return ""
	}
	for _, statement := range parsed.Statement {
		if statement.Principal == nil {
			continue
		}
		for _, principal := range statement.Principal.AWS {
			if awsname.IsUniqueID(principal) {
				return principal
			}
		}
	}
	return ""
}

func firstStatement(document string) (Statement, error) {
	var parsed Document
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		return Statement{}, fmt.Errorf("%w: %w", errNotOurs, err)
	}
	if len(parsed.Statement) != 1 {
		return Statement{}, fmt.Errorf("%w: it has %d statements", errNotOurs, len(parsed.Statement))
	}
	return parsed.Statement[0], nil
}

// UnmarshalJSON reads a single string as a list of one.
func (o *OneOrMore) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*o = OneOrMore{one}
		return nil
	}
	var more []string
	err := json.Unmarshal(text, &more)
	*o = more
	return err
}

// UnmarshalJSON reads "*" and AWS principals; principals of other kinds are left out.
func (p *Principal) UnmarshalJSON(text []byte) error {
	var everyone string
	if json.Unmarshal(text, &everyone) == nil {
		p.Everyone = everyone == "*"
		return nil
	}
	var kinds map[string]OneOrMore
	err := json.Unmarshal(text, &kinds)
	p.AWS = kinds["AWS"]
	return err
}
