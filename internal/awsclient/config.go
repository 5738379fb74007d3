package awsclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/smithy-go/middleware"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
	"github.com/hashicorp/aws-sdk-go-base/v2/diag"
	"github.com/hashicorp/aws-sdk-go-base/v2/logging"
)

// documentation is the page that an error about credentials refers to.
const documentation = "https://registry.terraform.io/providers/voicebase/voicebase/latest/docs"

// awsConfig finds credentials, which may call STS, SSO or a metadata service, and checks the account if the settings
// restrict it. Only this file knows the library that does this. hashicorp/aws uses the same one, so both providers
// interpret the same settings in the same way.
func (s Settings) awsConfig(ctx context.Context, env environment) (config aws.Config, accountID string, err error) {
	if len(s.Unknown) > 0 {
		return aws.Config{}, "", fmt.Errorf("the provider cannot call AWS because these arguments of the provider block are known only after apply: %s",
			strings.Join(s.Unknown, ", "))
	}
	if env.unusable != nil {
		return aws.Config{}, "", env.unusable
	}
	if err := s.checkEnvironmentKey(); err != nil {
		return aws.Config{}, "", err
	}
	library := s.library(env)
	ctx, library.Logger = newLibraryLogger(ctx)
	// The library validates credentials with a call of its own, each time the provider starts. The first real call
	// tells as much, and checkAccount below covers users who restrict accounts.
	library.SkipCredsValidation = true
	ctx, awsConfig, diags := awsbase.GetAwsConfig(ctx, library)
	if err := diagnosticsError(diags); err != nil {
		return aws.Config{}, "", err
	}
	if err := checkFound(ctx, awsConfig.Credentials); err != nil {
		return aws.Config{}, "", err
	}
	library.SkipCredsValidation = s.SkipCredentialsValidation
	if accountID, err = checkAccount(ctx, awsConfig, library); err != nil {
		return aws.Config{}, "", err
	}
	awsConfig.HTTPClient = keepingConnections(awsConfig.HTTPClient)
	awsConfig.APIOptions = append(awsConfig.APIOptions, watchAttempts, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(callLogger{}, middleware.Before)
	})
	return awsConfig, cmp.Or(accountID, accountOf(ctx, awsConfig.Credentials)), nil
}

// library translates the settings. It makes no decisions of its own.
func (s Settings) library(env environment) *awsbase.Config {
	return &awsbase.Config{
		AccessKey: s.AccessKey, SecretKey: s.SecretKey, Token: s.Token,
		Profile: s.Profile, SharedConfigFiles: s.SharedConfigFiles, SharedCredentialsFiles: s.SharedCredentialsFiles,
		AssumeRole:                    s.libraryRoles(),
		AssumeRoleWithWebIdentity:     s.libraryWebIdentity(),
		AllowedAccountIds:             s.AllowedAccountIDs,
		ForbiddenAccountIds:           s.ForbiddenAccountIDs,
		SkipRequestingAccountId:       s.SkipRequestingAccountID,
		EC2MetadataServiceEnableState: s.metadataService(),
		Region:                        env.region,
		IamEndpoint:                   env.endpoints.IAM,
		StsEndpoint:                   env.endpoints.STS,
		StsRegion:                     s.STSRegion,
		UseFIPSEndpoint:               env.fips,
		UseDualStackEndpoint:          env.dualStack,
		CustomCABundle:                s.CustomCABundle,
		Insecure:                      s.Insecure,
		HTTPProxy:                     s.HTTPProxy,
		HTTPSProxy:                    s.HTTPSProxy,
		NoProxy:                       s.NoProxy,
		HTTPProxyMode:                 awsbase.HTTPProxyModeSeparate,
		MaxRetries:                    env.maxRetries,
		RetryMode:                     aws.RetryMode(s.RetryMode),
		CallerName:                    "VoiceBase provider",
		CallerDocumentationURL:        documentation,
		UserAgent:                     awsbase.UserAgentProducts{{Name: "terraform-provider-voicebase", Version: s.Version}},
		// The library's log of requests and responses contains session tokens and web identity tokens (it only masks
		// keys). callLogger writes what is safe.
		SuppressDebugLog: true,
	}
}

// libraryRoles is nil without roles, because the library takes an empty list for a chain that ends without credentials.
func (s Settings) libraryRoles() []awsbase.AssumeRole {
	var roles []awsbase.AssumeRole
	for _, role := range s.AssumeRoles {
		roles = append(roles, awsbase.AssumeRole(role))
	}
	return roles
}

func (s Settings) libraryWebIdentity() *awsbase.AssumeRoleWithWebIdentity {
	role := s.AssumeRoleWithWebIdentity
	if role == nil {
		return nil
	}
	return &awsbase.AssumeRoleWithWebIdentity{
		RoleARN: role.RoleARN, Duration: role.Duration, Policy: role.Policy, PolicyARNs: role.PolicyARNs,
		SessionName: role.SessionName, WebIdentityToken: role.Token, WebIdentityTokenFile: role.TokenFile,
	}
}

func (s Settings) metadataService() imds.ClientEnableState {
	switch skip := s.SkipMetadataAPICheck; {
	case skip == nil:
		return imds.ClientDefaultEnableState
	case *skip:
		return imds.ClientDisabled
	default:
		return imds.ClientEnabled
	}
}

// sharedFiles returns the paths of the shared files, with ~ and environment variables expanded.
func (s Settings) sharedFiles() (configFiles, credentialsFiles []string, err error) {
	library := awsbase.Config{SharedConfigFiles: s.SharedConfigFiles, SharedCredentialsFiles: s.SharedCredentialsFiles}
	if configFiles, err = library.ResolveSharedConfigFiles(); err != nil {
		return nil, nil, err
	}
	credentialsFiles, err = library.ResolveSharedCredentialsFiles()
	return configFiles, credentialsFiles, err
}

// checkAccount looks up the account ID only if the settings restrict it: with STS, or with IAM if
// skip_credentials_validation says that there is no STS.
func checkAccount(ctx context.Context, awsConfig aws.Config, library *awsbase.Config) (accountID string, err error) {
	if len(library.AllowedAccountIds) == 0 && len(library.ForbiddenAccountIds) == 0 {
		return "", nil
	}
	account, _, diags := awsbase.GetAwsAccountIDAndPartition(ctx, awsConfig, library)
	if err := diagnosticsError(diags); err != nil {
		return "", err
	}
	if account == "" {
		return "", errors.New("unable to find the account ID, which allowed_account_ids and forbidden_account_ids require")
	}
	return account, library.VerifyAccountIDAllowed(account)
}

// accountOf is the account that the credentials themselves name, as those of an assumed role do; "" if they don't. They
// have been fetched already.
func accountOf(ctx context.Context, provider aws.CredentialsProvider) string {
	credentials, err := provider.Retrieve(ctx)
	if err != nil {
		return ""
	}
	return credentials.AccountID
}

// diagnosticsError joins the library's errors and keeps AWS's own error available to errors.As.
func diagnosticsError(diags diag.Diagnostics) error {
	var errs []error
	for _, d := range diags {
		if d.Severity() == diag.SeverityError {
			errs = append(errs, libraryError{d})
		}
	}
	return explained(errors.Join(errs...))
}

type libraryError struct{ diagnostic diag.Diagnostic }

func (e libraryError) Error() string {
	if e.diagnostic.Detail() == "" {
		return e.diagnostic.Summary()
	}
	return e.diagnostic.Summary() + "\n\n" + strings.TrimSpace(e.diagnostic.Detail())
}

func (e libraryError) Unwrap() error {
	if cause, ok := e.diagnostic.(diag.DiagnosticWithErr); ok {
		return cause.Err()
	}
	return nil
}

// libraryLogger passes on the library's own messages (which source gave the credentials, which role is assumed) without
// the external ID that the library adds.
type libraryLogger struct{ logging.Logger }

func newLibraryLogger(ctx context.Context) (context.Context, logging.Logger) {
	ctx, logger := logging.NewTfLogger(ctx)
	return ctx, libraryLogger{logger}
}

// SubLogger returns a logger with the same filter.
func (l libraryLogger) SubLogger(ctx context.Context, name string) (context.Context, logging.Logger) {
	ctx, logger := l.Logger.SubLogger(ctx, name)
	return ctx, libraryLogger{logger}
}

// Info is the only level at which the library writes an external ID.
func (l libraryLogger) Info(ctx context.Context, message string, fields ...map[string]any) {
	safe := make([]map[string]any, 0, len(fields))
	for _, field := range fields {
		field = maps.Clone(field)
		delete(field, "tf_aws.assume_role.external_id")
		safe = append(safe, field)
	}
	l.Logger.Info(ctx, message, safe...)
}
