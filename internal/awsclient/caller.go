package awsclient

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Caller is the identity that the provider's credentials belong to, according to STS.
type Caller struct {
	// AccountID has 12 digits.
	AccountID string
	// ARN is the ARN of a user, a session or a root.
	ARN string
	// UserID is the unique ID; for a session, it includes the session's name.
	UserID string
}

// Caller asks STS, which requires no permission.
func (c *Clients) Caller(ctx context.Context) (Caller, error) {
	config, err := c.config(ctx)
	if err != nil {
		return Caller{}, err
	}
	client := sts.NewFromConfig(*config, func(options *sts.Options) {
		options.BaseEndpoint = Optional(c.environment.endpoints.STS)
		if c.settings.STSRegion != "" {
			options.Region = c.settings.STSRegion
		}
	})
	out, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return Caller{}, err
	}
	return Caller{AccountID: aws.ToString(out.Account), ARN: aws.ToString(out.Arn), UserID: aws.ToString(out.UserId)}, nil
}
