package iamfront

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

const (
	maxManagedPolicy  = 6144 // characters, white space aside
	maxAttachedToRole = 10
)

var policyName = regexp.MustCompile(`^[\w+=,.@-]{1,128}$`)

func (f *Front) createPolicy(c *call) ([]*awsxml.Node, error) {
	name, path, document := c.str("PolicyName"), c.str("Path"), c.str("PolicyDocument")
	if path == "" {
		path = "/"
	}
	if !policyName.MatchString(name) {
		return nil, invalid("The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-")
	}
	if err := authz.ParseIdentityPolicy(document); err != nil {
		return nil, malformedPolicy("Syntax errors in policy: %v.", err)
	}
	if len(strings.Join(strings.Fields(document), "")) > maxManagedPolicy {
		return nil, fail(http.StatusConflict, "LimitExceeded", "Cannot exceed quota for PolicySize: %d", maxManagedPolicy)
	}
	p := identity.ManagedPolicy{
		Name: name, ID: "ANPA" + randomID(), Path: path, Description: c.str("Description"), Document: document,
		ARN: "arn:aws:iam::" + c.account.ID + ":policy" + path + name, Created: time.Now().UTC().Truncate(time.Second),
	}
	if _, exists := c.account.Managed.Get(p.ARN); exists {
		return nil, fail(http.StatusConflict, "EntityAlreadyExists", "A policy called %s already exists. Duplicate names are not allowed.", name)
	}
	if err := c.account.Managed.Put(p.ARN, p); err != nil {
		return nil, err
	}
	return []*awsxml.Node{policyNode(c, p)}, nil
}

func policyNode(c *call, p identity.ManagedPolicy) *awsxml.Node {
	attached, boundaries := c.account.AttachmentCount(p.ARN)
	created := p.Created.Format(time.RFC3339)
	return awsxml.New("Policy",
		awsxml.Leaf("PolicyName", p.Name), awsxml.Leaf("PolicyId", p.ID), awsxml.Leaf("Arn", p.ARN), awsxml.Leaf("Path", p.Path),
		awsxml.Leaf("DefaultVersionId", "v1"), awsxml.Leaf("AttachmentCount", strconv.Itoa(attached)),
		awsxml.Leaf("PermissionsBoundaryUsageCount", strconv.Itoa(boundaries)), awsxml.Leaf("IsAttachable", "true"),
		awsxml.Leaf("Description", p.Description), awsxml.Leaf("CreateDate", created), awsxml.Leaf("UpdateDate", created), tagsNode(p.Tags))
}

func (f *Front) managedPolicy(c *call) (identity.ManagedPolicy, error) {
	p, ok := c.account.ManagedPolicy(c.str("PolicyArn"))
	if !ok {
		return p, noSuch("Policy %s was not found.", c.str("PolicyArn"))
	}
	return p, nil
}

func (f *Front) getPolicy(c *call) ([]*awsxml.Node, error) {
	p, err := f.managedPolicy(c)
	if err != nil {
		return nil, err
	}
	return []*awsxml.Node{policyNode(c, p)}, nil
}

func versionNode(name string, p identity.ManagedPolicy, children ...*awsxml.Node) *awsxml.Node {
	return awsxml.New(name, append(children, awsxml.Leaf("VersionId", "v1"), awsxml.Leaf("IsDefaultVersion", "true"),
		awsxml.Leaf("CreateDate", p.Created.Format(time.RFC3339)))...)
}

func (f *Front) getPolicyVersion(c *call) ([]*awsxml.Node, error) {
	p, err := f.managedPolicy(c)
	if err != nil {
		return nil, err
	}
	if c.str("VersionId") != "v1" {
		return nil, noSuch("Policy %s version %s does not exist or is not attachable.", p.ARN, c.str("VersionId"))
	}
	return []*awsxml.Node{versionNode("PolicyVersion", p, awsxml.Leaf("Document", encodeDocument(p.Document)))}, nil
}

func (f *Front) listPolicyVersions(c *call) ([]*awsxml.Node, error) {
	p, err := f.managedPolicy(c)
	if err != nil {
		return nil, err
	}
	return []*awsxml.Node{awsxml.Leaf("IsTruncated", "false"), awsxml.New("Versions", versionNode("member", p))}, nil
}

func (f *Front) deletePolicy(c *call) ([]*awsxml.Node, error) {
	p, ok := c.account.Managed.Get(c.str("PolicyArn"))
	if !ok {
		return nil, noSuch("Policy %s was not found.", c.str("PolicyArn"))
	}
	if attached, boundaries := c.account.AttachmentCount(p.ARN); attached+boundaries > 0 {
		return nil, fail(http.StatusConflict, "DeleteConflict", "Cannot delete a policy attached to entities.")
	}
	return nil, c.account.Managed.Delete(p.ARN)
}
