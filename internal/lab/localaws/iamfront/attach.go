package iamfront

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// minARN is the shortest ARN of a policy, in characters.
const minARN = 20

var policyARN = regexp.MustCompile(`^arn:aws[a-z-]*:iam::(\d{12}|aws):policy/[\w+=,.@/-]+$`)

func (f *Front) attachRolePolicy(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	arn := c.str("PolicyArn")
	switch {
	case len(arn) < minARN:
		return nil, invalid("1 validation error detected: Value '%s' at 'policyArn' failed to satisfy constraint: Member must have length greater than or equal to %d", arn, minARN)
	case !policyARN.MatchString(arn):
		return nil, invalidInput("ARN %s is not valid.", arn)
	}
	if _, ok := c.account.ManagedPolicy(arn); !ok {
		return nil, noSuch("Policy %s does not exist or is not attachable.", arn)
	}
	if slices.Contains(extras.Attached, arn) {
		return nil, nil
	}
	if len(extras.Attached) >= maxAttachedToRole {
		return nil, fail(http.StatusConflict, "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: %d", maxAttachedToRole)
	}
	extras.Attached = append(slices.Clone(extras.Attached), arn)
	return nil, c.account.Roles.Put(role.RoleName, extras)
}

func (f *Front) detachRolePolicy(c *call) ([]*awsxml.Node, error) {
	role, extras, err := f.role(c)
	if err != nil {
		return nil, err
	}
	i := slices.Index(extras.Attached, c.str("PolicyArn"))
	if i < 0 {
		return nil, noSuch("Policy %s was not found.", c.str("PolicyArn"))
	}
	extras.Attached = slices.Delete(slices.Clone(extras.Attached), i, i+1)
	return nil, c.account.Roles.Put(role.RoleName, extras)
}

func (f *Front) listAttached(c *call) ([]*awsxml.Node, error) {
	_, extras, err := f.seenRole(c)
	if err != nil {
		return nil, err
	}
	list := awsxml.New("AttachedPolicies")
	for _, arn := range extras.Attached {
		list.Children = append(list.Children, awsxml.New("member",
			awsxml.Leaf("PolicyName", arn[strings.LastIndex(arn, "/")+1:]), awsxml.Leaf("PolicyArn", arn)))
	}
	return []*awsxml.Node{awsxml.Leaf("IsTruncated", "false"), list}, nil
}

// listInstanceProfiles has nothing to list: there are no instances here.
func (f *Front) listInstanceProfiles(c *call) ([]*awsxml.Node, error) {
	if _, _, err := f.seenRole(c); err != nil {
		return nil, err
	}
	return []*awsxml.Node{awsxml.Leaf("IsTruncated", "false"), awsxml.New("InstanceProfiles")}, nil
}

func (f *Front) removeFromInstanceProfile(c *call) ([]*awsxml.Node, error) {
	return nil, noSuch("Instance Profile %s cannot be found.", c.str("InstanceProfileName"))
}
