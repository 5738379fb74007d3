package iamfront

import (
	"fmt"
	"strings"

	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// tagRole hands on tags, but none of AWS's own, which versitygw would take.
func (f *Front) tagRole(c *call) ([]*awsxml.Node, error) {
	if err := checkTags(c); err != nil {
		return nil, err
	}
	return nil, f.mustPass(c)
}

// tags are the tags that a call brings.
func (c *call) tags() []types.Tag {
	var tags []types.Tag
	for i := 1; ; i++ {
		prefix := fmt.Sprintf("Tags.member.%d.", i)
		if !c.form.Has(prefix + "Key") {
			return tags
		}
		tags = append(tags, types.Tag{Key: c.str(prefix + "Key"), Value: c.str(prefix + "Value")})
	}
}

// addTags adds the condition keys of tags: those that a call brings, and those
// that its role has.
func (c *call) addTags(context map[string][]string) {
	for _, tag := range c.tags() {
		context["aws:RequestTag/"+tag.Key] = []string{tag.Value}
		context["aws:TagKeys"] = append(context["aws:TagKeys"], tag.Key)
	}
	context["aws:TagKeys"] = append(context["aws:TagKeys"], c.members("TagKeys")...)
	if len(context["aws:TagKeys"]) == 0 {
		delete(context, "aws:TagKeys")
	}
	role, _, ok := c.account.Role(c.Context(), c.str("RoleName"))
	if !ok {
		return
	}
	for _, tag := range role.Tags {
		context["aws:ResourceTag/"+tag.Key], context["iam:ResourceTag/"+tag.Key] = []string{tag.Value}, []string{tag.Value}
	}
}

// checkTags refuses the tags that only AWS may set.
func checkTags(c *call) error {
	if identity.ByService(c.Request) {
		return nil
	}
	for _, tag := range c.tags() {
		if strings.HasPrefix(strings.ToLower(tag.Key), "aws:") {
			return invalidInput("aws: prefixed tag key names are not allowed for external use.")
		}
	}
	return nil
}
