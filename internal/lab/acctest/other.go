package acctest

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// otherProfile is the profile of the other customer's administrator in the shared credentials file.
const otherProfile = "other-customer"

// OtherProvider is Provider with the credentials of a second customer's administrator. That account has S3, IAM and
// STS of its own, and shares S3's bucket names with the first one: for buckets of a stranger's, and for companies with
// several accounts. It needs RequireLocal, as all that speaks of the other customer does.
func (a *AWS) OtherProvider(extra ...string) string {
	return block(append(append(a.settings(), credentialsOf(otherProfile, local.credentialsFile)...), extra...))
}

// OtherAccountID is the second customer's account.
func (a *AWS) OtherAccountID() string { return local.Other.AccountID }

// CustomerAccountID is the account of Provider and of the clients S3, IAM and STS.
func (a *AWS) CustomerAccountID() string { return local.Customer.AccountID }

// OtherS3 is a client of the second customer's administrator, past the proxy.
func (a *AWS) OtherS3(region string) *s3.Client {
	return s3.NewFromConfig(a.other(), func(o *s3.Options) { o.Region = region })
}

// OtherIAM is a client of the second customer's administrator, past the proxy.
func (a *AWS) OtherIAM() *iam.Client { return iam.NewFromConfig(a.other()) }

// OtherSTS is a client of the second customer's administrator, past the proxy.
func (a *AWS) OtherSTS() *sts.Client { return sts.NewFromConfig(a.other()) }

func (a *AWS) other() aws.Config { return local.Config(local.Other, homeRegion, a.transport) }
