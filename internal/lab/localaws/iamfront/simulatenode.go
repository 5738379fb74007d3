package iamfront

import (
	"strconv"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

func matchedNode(v authz.Verdict) *awsxml.Node {
	list := awsxml.New("MatchedStatements")
	for _, m := range v.Matched {
		list.Children = append(list.Children, awsxml.New("member",
			awsxml.Leaf("SourcePolicyId", m.PolicyID), awsxml.Leaf("SourcePolicyType", m.PolicyType),
			positionNode("StartPosition", m.Start), positionNode("EndPosition", m.End)))
	}
	return list
}

func positionNode(name string, p authz.Position) *awsxml.Node {
	return awsxml.New(name, awsxml.Leaf("Line", strconv.Itoa(p.Line)), awsxml.Leaf("Column", strconv.Itoa(p.Column)))
}

func membersNode(name string, values []string) *awsxml.Node {
	list := awsxml.New(name)
	for _, value := range values {
		list.Children = append(list.Children, awsxml.Leaf("member", value))
	}
	return list
}

func withBoundary(node *awsxml.Node, v authz.Verdict) *awsxml.Node {
	if v.InBoundary != nil {
		node.Children = append(node.Children, awsxml.New("PermissionsBoundaryDecisionDetail",
			awsxml.Leaf("AllowedByPermissionsBoundary", strconv.FormatBool(*v.InBoundary))))
	}
	return node
}

// resourceTemplate is the name by which the simulator speaks of the resources
// of an action's kind.
func resourceTemplate(action string) string {
	service, name, _ := strings.Cut(action, ":")
	switch service {
	case "s3":
		if authz.IsObjectAction(name) {
			return "arn:aws:s3:::${BucketName}/${KeyName}"
		}
		return "arn:aws:s3:::${BucketName}"
	case "kms":
		return "arn:aws:kms:*:${Account}:key/${KeyId}"
	case "iam", "sts":
		return "arn:aws:iam::${Account}:role/${RoleNameWithPath}"
	}
	return "*"
}
