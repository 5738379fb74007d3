package iamfront

import (
	"slices"
	"strconv"
	"strings"

	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// maxPage is how many entries a listing has unless the call says so.
const maxPage = 100

func (f *Front) getRolePolicy(c *call) ([]*awsxml.Node, error) {
	role, _, err := f.seenRole(c)
	if err != nil {
		return nil, err
	}
	name := c.str("PolicyName")
	i := slices.IndexFunc(role.Policies.Inline, func(p types.PolicyEntry) bool { return p.PolicyName == name })
	if i < 0 {
		return nil, noSuch("The role policy with name %s cannot be found.", name)
	}
	return []*awsxml.Node{
		awsxml.Leaf("RoleName", role.RoleName), awsxml.Leaf("PolicyName", name),
		awsxml.Leaf("PolicyDocument", encodeDocument(role.Policies.Inline[i].PolicyDocument)),
	}, nil
}

func (f *Front) listRolePolicies(c *call) ([]*awsxml.Node, error) {
	role, _, err := f.seenRole(c)
	if err != nil {
		return nil, err
	}
	var names []*awsxml.Node
	for _, p := range role.Policies.Inline {
		names = append(names, awsxml.Leaf("member", p.PolicyName))
	}
	slices.SortFunc(names, func(a, b *awsxml.Node) int { return strings.Compare(a.Text, b.Text) })
	return page(c, "PolicyNames", names)
}

func (f *Front) listRoleTags(c *call) ([]*awsxml.Node, error) {
	role, _, err := f.seenRole(c)
	if err != nil {
		return nil, err
	}
	return page(c, "Tags", tagsNode(role.Tags).Children)
}

// page is the part of a list that a call asks for; its marker is a number.
func page(c *call, name string, entries []*awsxml.Node) ([]*awsxml.Node, error) {
	size, from := maxPage, 0
	if c.form.Has("MaxItems") {
		var err error
		if size, err = strconv.Atoi(c.str("MaxItems")); err != nil || size < 1 || size > 1000 {
			return nil, invalid("1 validation error detected: Value '%s' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000", c.str("MaxItems"))
		}
	}
	if marker := c.str("Marker"); marker != "" {
		var err error
		if from, err = strconv.Atoi(marker); err != nil || from < 0 || from > len(entries) {
			return nil, invalid("Invalid Marker.")
		}
	}
	to := min(from+size, len(entries))
	result := []*awsxml.Node{awsxml.Leaf("IsTruncated", strconv.FormatBool(to < len(entries))), awsxml.New(name, entries[from:to]...)}
	if to < len(entries) {
		result = append(result, awsxml.Leaf("Marker", strconv.Itoa(to)))
	}
	return result, nil
}
