package awsclient

import (
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
)

// TestLibrary has a value of its own for each setting, so that none can be taken for another.
func TestLibrary(t *testing.T) {
	t.Parallel()
	settings := Settings{
		Version: "1.2.3", Region: "the block's region", AccessKey: "key", SecretKey: "secret", Token: "session token", Profile: "profile",
		SharedConfigFiles: []string{"config"}, SharedCredentialsFiles: []string{"credentials"},
		AssumeRoles: []AssumeRole{
			{
				RoleARN: "first", Duration: time.Hour, ExternalID: "external ID", Policy: "policy", PolicyARNs: []string{"policy ARN"}, SessionName: "session",
				SourceIdentity: "identity", Tags: map[string]string{"key": "tag"}, TransitiveTagKeys: []string{"transitive"},
			},
			{RoleARN: "second"},
		},
		AssumeRoleWithWebIdentity: &AssumeRoleWithWebIdentity{
			RoleARN: "web", Duration: time.Minute, Policy: "web policy", PolicyARNs: []string{"web policy ARN"}, SessionName: "web session", Token: "web token", TokenFile: "web file",
		},
		Endpoints: Endpoints{S3: "the block's S3", IAM: "the block's IAM", STS: "the block's STS"}, STSRegion: "STS region",
		CustomCABundle: "bundle", HTTPProxy: aws.String("HTTP proxy"), HTTPSProxy: aws.String("HTTPS proxy"), NoProxy: "no proxy",
		MaxRetries: 2, RetryMode: "adaptive", AllowedAccountIDs: []string{"allowed"}, ForbiddenAccountIDs: []string{"forbidden"}, SkipMetadataAPICheck: aws.Bool(false),
	}
	env := environment{region: "region", endpoints: Endpoints{S3: "S3", IAM: "IAM", STS: "STS"}, maxRetries: 7}
	want := awsbase.Config{
		AccessKey: "key", SecretKey: "secret", Token: "session token", Profile: "profile",
		SharedConfigFiles: []string{"config"}, SharedCredentialsFiles: []string{"credentials"},
		AssumeRole: []awsbase.AssumeRole{
			{
				RoleARN: "first", Duration: time.Hour, ExternalID: "external ID", Policy: "policy", PolicyARNs: []string{"policy ARN"}, SessionName: "session",
				SourceIdentity: "identity", Tags: map[string]string{"key": "tag"}, TransitiveTagKeys: []string{"transitive"},
			},
			{RoleARN: "second"},
		},
		AssumeRoleWithWebIdentity: &awsbase.AssumeRoleWithWebIdentity{
			RoleARN: "web", Duration: time.Minute, Policy: "web policy", PolicyARNs: []string{"web policy ARN"}, SessionName: "web session",
			WebIdentityToken: "web token", WebIdentityTokenFile: "web file",
		},
		AllowedAccountIds: []string{"allowed"}, ForbiddenAccountIds: []string{"forbidden"}, EC2MetadataServiceEnableState: imds.ClientEnabled,
		Region: "region", IamEndpoint: "IAM", StsEndpoint: "STS", StsRegion: "STS region",
		CustomCABundle: "bundle", HTTPProxy: aws.String("HTTP proxy"), HTTPSProxy: aws.String("HTTPS proxy"), NoProxy: "no proxy", HTTPProxyMode: awsbase.HTTPProxyModeSeparate,
		MaxRetries: 7, RetryMode: aws.RetryModeAdaptive, CallerName: "VoiceBase provider",
		CallerDocumentationURL: "https://registry.terraform.io/providers/voicebase/voicebase/latest/docs",
		UserAgent:              awsbase.UserAgentProducts{{Name: "terraform-provider-voicebase", Version: "1.2.3"}}, SuppressDebugLog: true,
	}
	if got := settings.library(env); !reflect.DeepEqual(*got, want) {
		t.Errorf("got %+v, want %+v", *got, want)
	}
	// Truth values have no value of their own: each is set alone.
	for name, set := range map[string]func(*Settings, *environment, *awsbase.Config){
		"insecure": func(s *Settings, _ *environment, c *awsbase.Config) { s.Insecure, c.Insecure = true, true },
		"account": func(s *Settings, _ *environment, c *awsbase.Config) {
			s.SkipRequestingAccountID, c.SkipRequestingAccountId = true, true
		},
		"FIPS":       func(_ *Settings, e *environment, c *awsbase.Config) { e.fips, c.UseFIPSEndpoint = true, true },
		"dual stack": func(_ *Settings, e *environment, c *awsbase.Config) { e.dualStack, c.UseDualStackEndpoint = true, true },
		// These are not the library's to know, or not yet.
		"credentials": func(s *Settings, _ *environment, _ *awsbase.Config) { s.SkipCredentialsValidation = true },
		"region":      func(s *Settings, _ *environment, _ *awsbase.Config) { s.SkipRegionValidation = true },
		"path style":  func(s *Settings, _ *environment, _ *awsbase.Config) { s.S3UsePathStyle = true },
	} {
		settings, env, want := settings, env, want
		set(&settings, &env, &want)
		if got := settings.library(env); !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: got %+v, want %+v", name, *got, want)
		}
	}
	if got := (Settings{}).library(environment{}); got.AssumeRole != nil || got.AssumeRoleWithWebIdentity != nil {
		t.Errorf("without roles: %+v, %+v", got.AssumeRole, got.AssumeRoleWithWebIdentity)
	}
}
