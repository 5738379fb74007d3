package acctest

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Server is the provider in the test's own process with this test's AWS, as the customer's administrator. settings
// replace single arguments of the provider block.
func (a *AWS) Server(t *testing.T, settings map[string]any) Server {
	t.Helper()
	return a.ServerAs(t, aws.Credentials{AccessKeyID: local.Customer.AccessKey, SecretAccessKey: local.Customer.SecretKey}, settings)
}

// ServerAs is Server with other credentials.
func (a *AWS) ServerAs(t *testing.T, as aws.Credentials, settings map[string]any) Server {
	t.Helper()
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
	return NewServer(t, block)
}
