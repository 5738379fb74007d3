package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

func (p *voicebaseProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sets up AWS for the results that VoiceBase delivers: the bucket that receives them, the IAM role that VoiceBase assumes or the pre-signed URLs that it calls, and the callback configuration that you send to VoiceBase.\n\n" +
			"The provider configures AWS access like `hashicorp/aws`, with the same arguments, blocks and environment variables, so you can copy " +
			"and rename your `provider \"aws\"` block. It looks for credentials when it first calls AWS. Functions, policy documents and callback " +
			"configurations need no credentials.",
		Attributes: map[string]schema.Attribute{
			"voicebase_arn": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Who assumes the delivery role at VoiceBase: " + awsname.PrincipalForms + ". VoiceBase support tells you. Used by every object with an argument of this name that doesn't set it. " + variable(voicebaseARNVariable),
				Validators:          parsed(awsname.ParsePrincipal, awsname.PrincipalForms),
			},
			"external_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "External ID that VoiceBase sends when it assumes the delivery role: your VoiceBase organization ID, which VoiceBase support tells you. Used by every object with an argument of this name that doesn't set it. Must be " + awsname.ExternalIDForms +
					". " + variable(externalIDVariable),
				Validators: parsed(awsname.ParseExternalID, awsname.ExternalIDForms),
			},
			"region": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "AWS region of every object that doesn't set its own. " +
					variable("AWS_REGION", "AWS_DEFAULT_REGION") + " " + sharedConfig("region"),
			},
			"access_key": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "ID of a static access key. Requires `secret_key`. Don't put keys into a configuration: prefer any other source of credentials. " + variable("AWS_ACCESS_KEY_ID") + " " + sharedConfig("aws_access_key_id"),
				Validators:          parsed(awsclient.ParseKeyPart, awsclient.KeyForms),
			},
			"secret_key": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "Secret of the static access key. Requires `access_key`. " + variable("AWS_SECRET_ACCESS_KEY") + " " +
					sharedConfig("aws_secret_access_key"),
				Validators: parsed(awsclient.ParseKeyPart, awsclient.KeyForms),
			},
			"token": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "Session token, if the static key is temporary. " + variable("AWS_SESSION_TOKEN") + " " +
					sharedConfig("aws_session_token"),
				Validators: parsed(awsclient.ParseKeyPart, awsclient.KeyForms),
			},
			"profile": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Profile in the shared configuration and credentials files, including SSO and `credential_process` profiles. Default: `default`. " + variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE"),
			},
			"shared_config_files": schema.ListAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "Paths of shared configuration files. `~` and environment variables are expanded. Default: " +
					"`~/.aws/config`. " + variable("AWS_CONFIG_FILE"),
				Validators: []validator.List{listvalidator.NoNullValues()},
			},
			"shared_credentials_files": schema.ListAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "Paths of shared credentials files. `~` and environment variables are expanded. Default: " +
					"`~/.aws/credentials`. " + variable("AWS_SHARED_CREDENTIALS_FILE"),
				Validators: []validator.List{listvalidator.NoNullValues()},
			},
			"allowed_account_ids": schema.SetAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "AWS account IDs that the provider may work in, as a protection against wrong credentials. The provider looks up the account ID once, before its first call. Conflicts with `forbidden_account_ids`.",
				Validators:          accountIDs("forbidden_account_ids"),
			},
			"forbidden_account_ids": schema.SetAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "AWS account IDs that the provider must not work in, as a protection against wrong credentials. The provider looks up the account ID once, before its first call. Conflicts with `allowed_account_ids`.",
				Validators:          accountIDs("allowed_account_ids"),
			},
			"custom_ca_bundle": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Path of a PEM file with the certificate authorities to trust instead of the system's. " +
					variable("AWS_CA_BUNDLE") + " " + sharedConfig("ca_bundle"),
			},
			"insecure": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to skip the verification of TLS certificates. Default: `false`.",
			},
			"http_proxy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the proxy for `http://` endpoints; `\"\"` means none. AWS endpoints use `https://`. " +
					variable("HTTP_PROXY", "http_proxy"),
				Validators: parsed(awsclient.ParseProxy, "a URL such as `http://proxy.example.com:3128`"),
			},
			"https_proxy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the proxy for `https://` endpoints; `\"\"` means none. " +
					variable("HTTPS_PROXY", "https_proxy"),
				Validators: parsed(awsclient.ParseProxy, "a URL such as `http://proxy.example.com:3128`"),
			},
			"no_proxy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Comma-separated hosts, domains and CIDRs to call without a proxy. " +
					variable("NO_PROXY", "no_proxy"),
			},
			"max_retries": schema.Int64Attribute{
				CustomType: framework.WholeNumberType{},
				Optional:   true,
				MarkdownDescription: "Maximum number of attempts for a call. `0` means the default. Default: `25`. " +
					variable("AWS_MAX_ATTEMPTS") + " " + sharedConfig("max_attempts"),
				Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"retry_mode": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How to retry calls. Must be one of " + oneOf(awsclient.RetryModes()) + ". Default: `standard`. " +
					variable("AWS_RETRY_MODE") + " " + sharedConfig("retry_mode"),
				Validators: parsed(awsclient.ParseRetryMode, oneOf(awsclient.RetryModes())),
			},
			"s3_use_path_style": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to use path-style addressing (`https://s3.…/BUCKET` instead of `https://BUCKET.s3.…`), which other implementations of S3 often require. Default: `false`.",
			},
			"sts_region": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Region of the STS endpoint. Default: `region`.",
			},
			"use_fips_endpoint": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to use endpoints with FIPS 140 validation, which S3 has in " + framework.Codes(awsname.FIPSRegions("aws")) + " and in the partitions of the US government. " +
					"Another region is an error on the objects that need it, unless `skip_region_validation` is `true`. `false` leaves the choice to the environment. " +
					"Default: `false`. " + variable("AWS_USE_FIPS_ENDPOINT") + " " + sharedConfig("use_fips_endpoint"),
			},
			"use_dualstack_endpoint": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to use dual-stack endpoints (IPv4 and IPv6). `false` leaves the choice to the environment. Default: `false`. " +
					variable("AWS_USE_DUALSTACK_ENDPOINT") + " " + sharedConfig("use_dualstack_endpoint"),
			},
			"skip_credentials_validation": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to look up the account ID for `allowed_account_ids` and `forbidden_account_ids` with IAM or the metadata service before STS, for implementations of the AWS APIs without STS. Has no effect otherwise: the provider never makes a separate call to validate credentials. Default: `false`.",
			},
			"skip_metadata_api_check": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to skip the EC2 instance metadata service when looking for credentials. `false` uses it even if the environment disables it. Default: as set in the environment, otherwise `false`. " + variable("AWS_EC2_METADATA_DISABLED"),
				Validators:          parsed(awsclient.ParseSkipMetadataAPICheck, "`true` or `false`"),
			},
			"skip_region_validation": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to accept regions that this provider doesn't know, such as newer ones or those of other implementations of the AWS APIs. Default: `false`.",
			},
			"skip_requesting_account_id": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to skip IAM and the metadata service when looking up the account ID. Cannot be combined with `skip_credentials_validation` if `allowed_account_ids` or `forbidden_account_ids` is set. Default: `false`.",
			},
		},
		Blocks: providerBlocks(),
	}
}

// parsed is framework.Parsed as the list that a schema takes.
func parsed[T any](parse func(string) (T, error), allowed string) []validator.String {
	return []validator.String{framework.Parsed(parse, allowed)}
}

func accountIDs(conflict string) []validator.Set {
	return []validator.Set{
		setvalidator.NoNullValues(),
		setvalidator.ValueStringsAre(framework.Parsed(awsname.ParseAccountID, "12 digits")),
		setvalidator.ConflictsWith(path.MatchRoot(conflict)),
	}
}

// variable names the environment variables that replace an argument, in order of precedence.
func variable(names ...string) string {
	return fmt.Sprintf("Environment: `%s`.", strings.Join(names, "`, then `"))
}

// sharedConfig names the key of a profile that replaces an argument without an environment variable.
func sharedConfig(key string) string { return fmt.Sprintf("Profile: `%s`.", key) }

func oneOf(values []string) string { return "`" + strings.Join(values, "` or `") + "`" }
