package gateway

import (
	"context"
	"time"

	"github.com/versity/versitygw/auth"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// keys lets versitygw verify the signatures of everyone in the directory. To
// versitygw they are all administrators: permissions were judged before.
type keys struct {
	auth.IAMService
	directory *identity.Directory
}

func newKeys(directory *identity.Directory) keys {
	root := directory.Customer().Root
	service := auth.NewIAMServiceSingle(auth.Account{Access: root.AccessKey, Secret: root.Secret, Role: auth.RoleAdmin})
	return keys{service, directory}
}

// DeriveSigningKey implements auth.SigningKeyProvider.
func (k keys) DeriveSigningKey(access, token, date, region, service string) ([]byte, auth.Account, error) {
	id, err := k.directory.Lookup(context.Background(), access)
	if err != nil {
		return nil, auth.Account{}, auth.ErrNoSuchUser
	}
	if err := id.CheckToken(token, time.Now()); err != nil {
		return nil, auth.Account{}, auth.ErrInvalidSessionToken
	}
	account := auth.Account{Access: access, Role: auth.RoleAdmin, Arn: id.Principal.ARN}
	return sigv4.DeriveKey(id.Secret, date, region, service), account, nil
}

// BucketOwner implements auth.FixedBucketOwner: a new bucket is the first
// account's, whoever in it makes it. Gateway.SetOwner is for another's. The
// name is the account's ID, with which versitygw compares the owner that a
// request expects.
func (k keys) BucketOwner() auth.Account {
	return auth.Account{Access: identity.CustomerAccount, Role: auth.RoleAdmin, Arn: identity.CustomerRootARN}
}
