package awsname

import (
	"fmt"
	"regexp"
	"unicode/utf8"
)

// Limits of IAM roles: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html.
const (
	MaxRoleName        = 64
	MaxRoleNamePrefix  = MaxRoleName - GeneratedSuffix
	MaxRoleDescription = 1000
	MinSessionDuration = 3600
	MaxSessionDuration = 43200
)

// What the parsers of this file accept, in words.
const (
	RoleNameForms        = "1–64 characters: letters, digits and _+=,.@-"
	RoleNamePrefixForms  = "1–38 characters: letters, digits and _+=,.@-. A suffix of 26 characters is added"
	PathForms            = "/, or at most 512 printable ASCII characters that start and end with /, without *, ? and ${"
	RoleDescriptionForms = "1–1000 Latin-1 characters, including line breaks and tabs"
)

var (
	roleName        = regexp.MustCompile(`^[\w+=,.@-]+$`)
	rolePath        = regexp.MustCompile(`^/([\x21-\x7e]+/)?$`)
	roleDescription = regexp.MustCompile(`^[\t\n\r\x{20}-\x{7e}\x{a1}-\x{ff}]+$`)
)

// RoleName is the name of a role, or its prefix.
type RoleName string

// Path is the IAM path of a role, from slash to slash.
type Path string

// RoleDescription is the description of a role.
type RoleDescription string

// ParseRoleName checks the name of a role.
func ParseRoleName(text string) (RoleName, error) {
	return parseName(text, MaxRoleName, "name")
}

// ParseRoleNamePrefix checks the prefix of a name that GeneratedSuffix characters complete.
func ParseRoleNamePrefix(text string) (RoleName, error) {
	return parseName(text, MaxRoleNamePrefix, "name prefix")
}

func parseName(text string, limit int, what string) (RoleName, error) {
	if len(text) > limit {
		return "", fmt.Errorf("the %s %q has %d characters: must be at most %d", what, text, len(text), limit)
	}
	if !roleName.MatchString(text) {
		return "", fmt.Errorf("%q is not a valid IAM role %s", text, what)
	}
	return RoleName(text), nil
}

// ParsePath checks the path of a role. It refuses wildcards although IAM accepts them, because the role's ARN goes into
// policies.
func ParsePath(text string) (Path, error) {
	if len(text) > maxIAMPath || !rolePath.MatchString(text) {
		return "", fmt.Errorf("%q is not a valid IAM path", text)
	}
	if err := refuseWildcards(text); err != nil {
		return "", err
	}
	return Path(text), nil
}

// ParseRoleDescription checks the description of a role. To have none, leave it out.
func ParseRoleDescription(text string) (RoleDescription, error) {
	if length := utf8.RuneCountInString(text); length > MaxRoleDescription {
		return "", fmt.Errorf("the description has %d characters: must be at most %d", length, MaxRoleDescription)
	}
	if !roleDescription.MatchString(text) {
		return "", fmt.Errorf("invalid description %q", text)
	}
	return RoleDescription(text), nil
}
