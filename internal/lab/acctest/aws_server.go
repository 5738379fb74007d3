package acctest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Server is the provider in the test's own process with this test's AWS, as the customer's administrator. settings
// replace single arguments of the provider block.
func (a *AWS) Server(t *testing.T, settings map[string]any) Server {
	t.Helper()
	return a.ServerAs(t, aws.Credentials{AccessKeyID: local.Customer.AccessKey, SecretAccessKey: local.Customer.SecretKey}, settings)
}

// ServerAt is Server with another clock.
func (a *AWS) ServerAt(t *testing.T, now func() time.Time, settings map[string]any) Server {
	t.Helper()
	return NewServerAt(t, now, a.serverBlock(aws.Credentials{AccessKeyID: local.Customer.AccessKey, SecretAccessKey: local.Customer.SecretKey}, settings))
}

// ServerAs is Server with other credentials.
func (a *AWS) ServerAs(t *testing.T, as aws.Credentials, settings map[string]any) Server {
	t.Helper()
	return NewServer(t, a.serverBlock(as, settings))
}

func (a *AWS) serverBlock(as aws.Credentials, settings map[string]any) map[string]any {
	block := map[string]any{
		"access_key":       as.AccessKeyID,
		"secret_key":       as.SecretAccessKey,
		"voicebase_arn":    a.arn,
		"external_id":      externalID,
		"custom_ca_bundle": a.caFile,
		"endpoints":        []any{map[string]any{"s3": a.Endpoint(), "iam": a.Endpoint(), "sts": a.Endpoint()}},
	}
	if as.SessionToken != "" {
		block["token"] = as.SessionToken
	}
	for name, value := range settings {
		block[name] = value
	}
	return block
}

// Operator makes a role with one policy and returns the credentials of a session of it, to work with what a
// documentation's policy allows and nothing else.
func (a *AWS) Operator(t *testing.T, policy string) aws.Credentials {
	t.Helper()
	name := RandomName("acc-operator-")
	trust := fmt.Sprintf(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"sts:AssumeRole"}}`, a.CustomerAccountID())
	role, err := a.IAM().CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.Background() // The test's own is over by now.
		_, _ = a.IAM().DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &name, PolicyName: &name})
		_, _ = a.IAM().DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})
	})
	if _, err := a.IAM().PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &name, PolicyDocument: &policy}); err != nil {
		t.Fatal(err)
	}
	session, err := a.STS().AssumeRole(t.Context(), &sts.AssumeRoleInput{RoleArn: role.Role.Arn, RoleSessionName: &name})
	if err != nil {
		t.Fatal(err)
	}
	return aws.Credentials{
		AccessKeyID:     aws.ToString(session.Credentials.AccessKeyId),
		SecretAccessKey: aws.ToString(session.Credentials.SecretAccessKey),
		SessionToken:    aws.ToString(session.Credentials.SessionToken),
	}
}
