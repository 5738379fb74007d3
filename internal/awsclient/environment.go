package awsclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// defaultMaxRetries is hashicorp/aws's default, which users of throttled accounts rely on.
const defaultMaxRetries = 25

// environment is the result of the settings, the environment variables and the shared files, in this order of
// precedence, for everything that must be known before the first call.
type environment struct {
	region     string
	endpoints  Endpoints
	fips       bool
	dualStack  bool
	maxRetries int
	// unusable is the error about a setting that no call can work with, or nil.
	unusable error
}

// source is what the SDK's readers of environment variables and of shared files have in common.
type source interface {
	GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error)
	GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error)
	GetRetryMaxAttempts(context.Context) (int, bool, error)
	GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error)
	GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
}

// readEnvironment reads variables and files and makes no call.
func readEnvironment(ctx context.Context, settings Settings) (environment, error) {
	variables, err := config.NewEnvConfig()
	if err != nil {
		return environment{}, fmt.Errorf("reading the AWS environment variables: %w", err)
	}
	files, err := readSharedFiles(ctx, settings, variables)
	if err != nil {
		return environment{}, fmt.Errorf("reading the shared AWS configuration: %w", err)
	}
	sources := []source{variables, files}
	var unusable []error
	endpoint := func(argument, service string) string {
		found := cmp.Or(setting{argument, "endpoints of the provider block"}.unlessEmpty(), configuredEndpoint(ctx, service, variables, files))
		unusable = append(unusable, found.checkEndpoint())
		return found.value
	}
	ca := cmp.Or(setting{settings.CustomCABundle, "custom_ca_bundle of the provider block"}.unlessEmpty(),
		setting{variables.CustomCABundle, "the environment variable AWS_CA_BUNDLE"}.unlessEmpty(),
		setting{files.CustomCABundle, "ca_bundle of the shared configuration file"}.unlessEmpty())
	unusable = append(unusable, ca.checkBundle())
	found := environment{
		region: cmp.Or(settings.Region, variables.Region, files.Region),
		endpoints: Endpoints{
			S3:  endpoint(settings.Endpoints.S3, s3.ServiceID),
			IAM: endpoint(settings.Endpoints.IAM, iam.ServiceID),
			STS: endpoint(settings.Endpoints.STS, sts.ServiceID),
		},
		fips: settings.UseFIPSEndpoint ||
			first(ctx, sources, source.GetUseFIPSEndpoint) == aws.FIPSEndpointStateEnabled,
		dualStack: settings.UseDualStackEndpoint ||
			first(ctx, sources, source.GetUseDualStackEndpoint) == aws.DualStackEndpointStateEnabled,
		maxRetries: cmp.Or(settings.MaxRetries, first(ctx, sources, source.GetRetryMaxAttempts), defaultMaxRetries),
	}
	found.unusable = errors.Join(unusable...)
	return found, nil
}

// readSharedFiles treats a missing profile as an empty one: the default profile may be missing. If a configured profile
// is missing, awsConfig reports it when it is needed.
func readSharedFiles(ctx context.Context, settings Settings, variables config.EnvConfig) (config.SharedConfig, error) {
	configFiles, credentialsFiles, err := settings.sharedFiles()
	if err != nil {
		return config.SharedConfig{}, err
	}
	profile := cmp.Or(settings.Profile, variables.SharedConfigProfile, config.DefaultSharedConfigProfile)
	files, err := config.LoadSharedConfigProfile(ctx, profile, func(options *config.LoadSharedConfigOptions) {
		options.ConfigFiles = orOnly(configFiles, variables.SharedConfigFile)
		options.CredentialsFiles = orOnly(credentialsFiles, variables.SharedCredentialsFile)
	})
	if missing := (config.SharedConfigProfileNotExistError{}); errors.As(err, &missing) {
		return config.SharedConfig{}, nil
	}
	return files, err
}

// configuredEndpoint is the endpoint that the variables, and then the files, set for a service; "" for AWS's own. In
// each of them, the service's own endpoint takes precedence over the general one:
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.
func configuredEndpoint(ctx context.Context, service string, variables config.EnvConfig, files config.SharedConfig) setting {
	if first(ctx, []source{variables, files}, source.GetIgnoreConfiguredEndpoints) {
		return setting{}
	}
	own := func(from source, name string) setting {
		endpoint, _, _ := from.GetServiceBaseEndpoint(ctx, service) // Neither implementation fails.
		return setting{endpoint, name}.unlessEmpty()
	}
	const variable, file = "the environment variable AWS_ENDPOINT_URL", "endpoint_url of the shared configuration file"
	return cmp.Or(own(variables, variable+"_"+service), setting{variables.BaseEndpoint, variable}.unlessEmpty(),
		own(files, file), setting{files.BaseEndpoint, file}.unlessEmpty())
}

// first returns the value of the first source that has one. The sources' getters return stored values and never fail: a
// value that cannot be parsed has already failed when it was read.
func first[T any](ctx context.Context, sources []source, get func(source, context.Context) (T, bool, error)) T {
	for _, from := range sources {
		if value, found, err := get(from, ctx); err == nil && found {
			return value
		}
	}
	var none T
	return none
}

// orOnly returns paths, or the single path of the environment if there are none. nil stands for the SDK's default.
func orOnly(paths []string, path string) []string {
	if len(paths) > 0 || path == "" {
		return paths
	}
	return []string{path}
}
