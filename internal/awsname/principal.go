package awsname

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// What ParsePrincipal and ParseExternalID accept, in words.
const (
	PrincipalForms  = "the ARN of an IAM role, an IAM user or an account root, or a 12-digit account ID"
	ExternalIDForms = "2–1224 characters: letters, digits and _+=,.@:/-"
)

// Length of an external ID: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.
const (
	minExternalID = 2
	maxExternalID = 1224
)

// maxIAMPath is the maximum length of an IAM path, including both slashes.
const maxIAMPath = 512

var (
	// A path is printable ASCII between slashes; a name allows fewer characters:
	// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html.
	roleOrUser = regexp.MustCompile(`^(?:role|user)(/(?:[\x21-\x7e]+/)?)[\w+=,.@-]{1,64}$`)
	// Once a principal is deleted, IAM shows its unique ID in a policy:
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids.
	uniqueID         = regexp.MustCompile(`^(AROA|AIDA|AGPA|AIPA|ANPA|ANVA|ASCA|AKIA|ASIA)[A-Z0-9]{12,}$`)
	servicePrincipal = regexp.MustCompile(`^[a-z0-9.-]+\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov)$`)
	externalIDText   = regexp.MustCompile(`^[\w+=,.@:/-]+$`)
)

// TrustedPrincipal is what a role trusts: an account as a whole, one of its roles or one of its users.
type TrustedPrincipal struct {
	// Partition is "" for an account ID alone, until In sets the account's partition.
	Partition string
	AccountID string
	// Resource is "root", "role/…" or "user/…", including a path before the name.
	Resource string
}

// String is the ARN, or the account ID while the partition is not known.
func (p TrustedPrincipal) String() string {
	if p.Partition == "" {
		return p.AccountID
	}
	return ARN{Partition: p.Partition, Service: "iam", AccountID: p.AccountID, Resource: p.Resource}.String()
}

// In puts an account ID into a partition: IAM itself rewrites it to the ARN of the account's root. A principal with a
// partition stays as it is.
func (p TrustedPrincipal) In(partition string) TrustedPrincipal {
	if p.Partition == "" {
		p.Partition = partition
	}
	return p
}

// Same reports whether both name the same principal. An account ID is the same as the account's root.
func (p TrustedPrincipal) Same(other TrustedPrincipal) bool {
	return p.In(other.Partition) == other.In(p.Partition)
}

// ParsePrincipal parses an ARN or account ID as VoiceBase gives it out. It refuses everyone, services, sessions and
// anything else that cannot or should not be trusted with a delivery, and says why.
func ParsePrincipal(text string) (TrustedPrincipal, error) {
	if accountID.MatchString(text) {
		return TrustedPrincipal{AccountID: text, Resource: "root"}, nil
	}
	if err := refusedPrincipal(text); err != nil {
		return TrustedPrincipal{}, err
	}
	a, err := parseARN(text, "iam")
	if err != nil {
		return TrustedPrincipal{}, err
	}
	if a.Region != "" || !accountID.MatchString(a.AccountID) {
		return TrustedPrincipal{}, fmt.Errorf("%q is not a valid principal ARN: must have an empty region and a 12-digit account ID", text)
	}
	if err := checkPrincipalResource(text, a.Resource); err != nil {
		return TrustedPrincipal{}, err
	}
	return TrustedPrincipal{Partition: a.Partition, AccountID: a.AccountID, Resource: a.Resource}, nil
}

// refusedPrincipal explains what is not an IAM ARN.
func refusedPrincipal(text string) error {
	switch {
	case text == "*":
		return errors.New(`"*" would let every AWS account assume the role`)
	case servicePrincipal.MatchString(text):
		return fmt.Errorf("%q is an AWS service: must be VoiceBase's IAM role, user or account", text)
	case IsUniqueID(text):
		return fmt.Errorf("%q is the unique ID that IAM shows instead of a deleted principal: must be an ARN", text)
	case isSTS(text):
		return fmt.Errorf("%q is a session, which ends within hours: must be the role or user behind it, such as arn:aws:iam::111122223333:role/name", text)
	default:
		return nil
	}
}

// IsUniqueID reports whether text is what IAM shows in place of a deleted principal.
func IsUniqueID(text string) bool { return uniqueID.MatchString(text) }

func isSTS(text string) bool {
	parts := strings.SplitN(text, ":", 4)
	return len(parts) == 4 && parts[0] == "arn" && parts[2] == "sts"
}

func checkPrincipalResource(text, resource string) error {
	if resource == "root" {
		return nil
	}
	kind, _, _ := strings.Cut(resource, "/")
	switch kind {
	case "role", "user":
		match := roleOrUser.FindStringSubmatch(resource)
		if match == nil || len(match[1]) > maxIAMPath {
			return fmt.Errorf("%q is not a valid %s: names must be 1–64 characters (letters, digits and _+=,.@-), after a path of at most %d characters", text, kind, maxIAMPath)
		}
		return nil
	case "group":
		return fmt.Errorf("%q is a group, which IAM does not accept as a principal: must be a role, a user or the account", text)
	case "saml-provider", "oidc-provider":
		return fmt.Errorf("%q is an identity provider, so the role would trust its users and not VoiceBase", text)
	case "instance-profile":
		return fmt.Errorf("%q is an instance profile, which IAM does not accept as a principal: must be the role in it", text)
	default:
		return fmt.Errorf("%q is not a valid principal: must be %s", text, PrincipalForms)
	}
}

// ExternalID is the value that VoiceBase sends when it assumes the role: the customer's organization ID.
type ExternalID string

// ParseExternalID checks an external ID against AWS's rules. The error names the invalid character, because a space is
// easily overlooked.
func ParseExternalID(text string) (ExternalID, error) {
	if bad := strings.TrimFunc(text, func(r rune) bool { return externalIDText.MatchString(string(r)) }); bad != "" {
		r, _ := utf8.DecodeRuneInString(bad)
		return "", fmt.Errorf("the external ID contains %q, which is not allowed: must be %s", r, ExternalIDForms)
	}
	if len(text) < minExternalID || len(text) > maxExternalID {
		return "", fmt.Errorf("the length of the external ID is %d: must be %s", len(text), ExternalIDForms)
	}
	return ExternalID(text), nil
}
