package iamfront

import (
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// resource is the ARN of what a call is about.
func (f *Front) resource(c *call) string {
	path := c.form.Get("Path")
	if path == "" {
		path = "/"
	}
	prefix := "arn:aws:iam::" + c.account.ID + ":"
	if profile := c.form.Get("InstanceProfileName"); profile != "" {
		return prefix + "instance-profile" + path + profile
	}
	role, user, policy := c.form.Get("RoleName"), c.form.Get("UserName"), c.form.Get("PolicyName")
	switch {
	case role != "":
		if stored, _, ok := c.account.Role(c.Context(), role); ok {
			return stored.Arn
		}
		return prefix + "role" + path + role
	case user != "":
		if stored, ok := c.account.User(c.Context(), user); ok {
			return stored.Arn
		}
		return prefix + "user" + path + user
	case c.form.Get("PolicyArn") != "":
		return c.form.Get("PolicyArn")
	case policy != "":
		return prefix + "policy" + path + policy
	case c.form.Get("PolicySourceArn") != "":
		return c.form.Get("PolicySourceArn")
	}
	if c.caller.Kind == identity.User && aboutSelf(c.action) {
		return c.caller.ARN
	}
	return "*"
}

// aboutSelf says whether an action without a user's name is about the caller.
func aboutSelf(action string) bool {
	switch action {
	case "GetUser", "CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey":
		return true
	}
	return false
}

// nameSelf puts the caller's name where it is left out, as the call is handed
// on in another name.
func (c *call) nameSelf() {
	if c.caller.Kind == identity.User && c.form.Get("UserName") == "" && aboutSelf(c.action) {
		c.form.Set("UserName", c.caller.Name)
	}
}
