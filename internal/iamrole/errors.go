package iamrole

import (
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// InvalidPrincipal reports whether IAM refused a trust policy because the principal in it does not exist. The code
// alone is not enough (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html), because a policy that
// is not JSON has the same one. So the message decides, as in hashicorp/aws.
func InvalidPrincipal(err error) bool {
	var malformed *types.MalformedPolicyDocumentException
	return errors.As(err, &malformed) && strings.Contains(malformed.ErrorMessage(), "Invalid principal in policy")
}

func isNoSuchEntity(err error) bool {
	var missing *types.NoSuchEntityException
	return errors.As(err, &missing)
}

func isDeleteConflict(err error) bool {
	var conflict *types.DeleteConflictException
	return errors.As(err, &conflict)
}
