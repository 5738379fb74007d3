package iamfront

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

func roleNode(name string, role *types.Role, extras identity.RoleExtras) *awsxml.Node {
	node := awsxml.New(name,
		awsxml.Leaf("Path", role.Path), awsxml.Leaf("RoleName", role.RoleName), awsxml.Leaf("RoleId", role.RoleID),
		awsxml.Leaf("Arn", role.Arn), awsxml.Leaf("CreateDate", role.CreateDate.UTC().Format(time.RFC3339)),
		awsxml.Leaf("AssumeRolePolicyDocument", encodeDocument(role.AssumeRolePolicyDocument)),
		awsxml.Leaf("MaxSessionDuration", strconv.Itoa(sessionSeconds(role, extras))))
	description := role.Description
	if extras.Description != nil {
		description = *extras.Description
	}
	if description != "" {
		node.Children = append(node.Children, awsxml.Leaf("Description", description))
	}
	return node
}

// sessionSeconds is the longest session that a role allows.
func sessionSeconds(role *types.Role, extras identity.RoleExtras) int {
	switch {
	case extras.MaxSessionDuration != 0:
		return int(extras.MaxSessionDuration)
	case role.MaxSessionDuration != 0:
		return int(role.MaxSessionDuration)
	}
	return defaultSessionSeconds
}

// encodeDocument percent-encodes a policy, as IAM shows them.
func encodeDocument(document string) string {
	return strings.ReplaceAll(url.QueryEscape(document), "+", "%20")
}

func tagsNode(tags []types.Tag) *awsxml.Node {
	node := awsxml.New("Tags")
	for _, tag := range tags {
		node.Children = append(node.Children, awsxml.New("member", awsxml.Leaf("Key", tag.Key), awsxml.Leaf("Value", tag.Value)))
	}
	return node
}
