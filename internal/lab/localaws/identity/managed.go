package identity

import (
	"strings"
	"time"

	"github.com/versity/versitygw/iamapi/types"
)

// ManagedPolicy is a policy with an ARN of its own.
type ManagedPolicy struct {
	Name, ID, Path, ARN, Description, Document string
	Created                                    time.Time
	Tags                                       []types.Tag
}

const awsManagedPrefix = "arn:aws:iam::aws:policy/"

// ManagedPolicy returns the account's or AWS's own policy called arn.
func (a *Account) ManagedPolicy(arn string) (ManagedPolicy, bool) {
	if p, ok := a.Managed.Get(arn); ok {
		return p, true
	}
	name, isAWS := strings.CutPrefix(arn, awsManagedPrefix)
	document := awsManagedDocument(name)
	if !isAWS || document == "" {
		return ManagedPolicy{}, false
	}
	return ManagedPolicy{Name: name, ID: "ANPAAWS" + strings.ToUpper(name), Path: "/", ARN: arn, Document: document}, true
}

// awsManagedDocument has the policies of AWS that matter to buckets and roles,
// reduced to the services at hand.
func awsManagedDocument(name string) string {
	statement := map[string]string{
		"AdministratorAccess":    `"Action":"*"`,
		"PowerUserAccess":        `"NotAction":["iam:*","organizations:*","account:*"]`,
		"ReadOnlyAccess":         `"Action":["s3:Get*","s3:List*","iam:Get*","iam:List*","sts:GetCallerIdentity"]`,
		"AmazonS3FullAccess":     `"Action":["s3:*","s3-object-lambda:*"]`,
		"AmazonS3ReadOnlyAccess": `"Action":["s3:Get*","s3:List*","s3:Describe*"]`,
		"IAMFullAccess":          `"Action":"iam:*"`,
		"IAMReadOnlyAccess":      `"Action":["iam:Get*","iam:List*","iam:Simulate*"]`,
	}[name]
	if statement == "" {
		return ""
	}
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + statement + `,"Resource":"*"}]}`
}

// AttachmentCount counts the roles that policy arn is attached to or bounds.
func (a *Account) AttachmentCount(arn string) (attached, boundaries int) {
	for _, extras := range a.Roles.All() {
		for _, one := range extras.Attached {
			if one == arn {
				attached++
			}
		}
		if extras.Boundary == arn {
			boundaries++
		}
	}
	return attached, boundaries
}
