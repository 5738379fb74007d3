package iamrole

import (
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// Listed is a role in a list.
type Listed struct {
	Name, TrustPolicy string
}

// List lists the roles of the account below an IAM path ("" for all).
func List(ctx context.Context, client iam.ListRolesAPIClient, pathPrefix string) iter.Seq2[Listed, error] {
	return func(yield func(Listed, error) bool) {
		input := &iam.ListRolesInput{}
		if pathPrefix != "" {
			input.PathPrefix = &pathPrefix
		}
		pages := iam.NewListRolesPaginator(client, input)
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				yield(Listed{}, err)
				return
			}
			for _, role := range page.Roles {
				trust, err := decodePolicy(aws.ToString(role.AssumeRolePolicyDocument))
				if !yield(Listed{Name: aws.ToString(role.RoleName), TrustPolicy: trust}, err) {
					return
				}
			}
		}
	}
}
