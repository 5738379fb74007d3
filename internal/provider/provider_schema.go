package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
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
		MarkdownDescription: "Prepares AWS for VoiceBase's results: the bucket they are delivered to, the role that VoiceBase " +
			"assumes or the pre-signed URLs that it calls, and the callback configuration that says so.\n\n" +
			"AWS is accessed as by the `hashicorp/aws` provider: its arguments have the same names, blocks and environment " +
			"variables, so that a `provider \"aws\"` block can be copied and renamed. Credentials are looked for at the first call " +
			"of AWS; what needs none (functions, policy documents, callback configurations) works without.",
		Attributes: map[string]schema.Attribute{
			"voicebase_arn": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Who of VoiceBase assumes the delivery role: " + awsname.PrincipalForms + ". VoiceBase support " +
					"says which. The default of every object that has an argument of this name. " + variable(voicebaseARNVariable),
				Validators: parsed(awsname.ParsePrincipal, awsname.PrincipalForms),
			},
			"external_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The external ID that VoiceBase sends when it assumes the delivery role: your VoiceBase " +
					"organization ID. The default of every object that has an argument of this name; " + awsname.ExternalIDForms +
					". " + variable(externalIDVariable),
				Validators: parsed(awsname.ParseExternalID, awsname.ExternalIDForms),
			},
			"region": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "AWS region of every object that does not set its own. " +
					variable("AWS_REGION", "AWS_DEFAULT_REGION") + " " + sharedConfig("region"),
			},
			"access_key": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "ID of a static access key; needs `secret_key`. Keys do not belong in a configuration: prefer any " +
					"other source. " + variable("AWS_ACCESS_KEY_ID") + " " + sharedConfig("aws_access_key_id"),
				Validators: parsed(awsclient.ParseKeyPart, awsclient.KeyForms),
			},
			"secret_key": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "Secret of the static access key; needs `access_key`. " + variable("AWS_SECRET_ACCESS_KEY") + " " +
					sharedConfig("aws_secret_access_key"),
				Validators: parsed(awsclient.ParseKeyPart, awsclient.KeyForms),
			},
			"token": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "Session token, where the static key is a temporary one. " + variable("AWS_SESSION_TOKEN") + " " +
					sharedConfig("aws_session_token"),
				Validators: parsed(awsclient.ParseKeyPart, awsclient.KeyForms),
			},
			"profile": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Profile of the shared configuration and credentials files, SSO and `credential_process` profiles " +
					"included. Default: `default`. " + variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE"),
			},
			"shared_config_files": schema.ListAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "Paths of shared configuration files; `~` and environment variables are expanded. Default: " +
					"`~/.aws/config`. " + variable("AWS_CONFIG_FILE"),
			},
			"shared_credentials_files": schema.ListAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "Paths of shared credentials files; `~` and environment variables are expanded. Default: " +
					"`~/.aws/credentials`. " + variable("AWS_SHARED_CREDENTIALS_FILE"),
			},
			"allowed_account_ids": schema.SetAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "The only AWS account IDs that may be changed; guards against the wrong credentials. The account ID " +
					"is asked for once, before the first call. Conflicts with `forbidden_account_ids`.",
				Validators: accountIDs("forbidden_account_ids"),
			},
			"forbidden_account_ids": schema.SetAttribute{
				ElementType: types.StringType,
				Optional:    true,
				MarkdownDescription: "AWS account IDs that must not be changed; guards against the wrong credentials. The account ID is " +
					"asked for once, before the first call. Conflicts with `allowed_account_ids`.",
				Validators: accountIDs("allowed_account_ids"),
			},
			"custom_ca_bundle": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Path of a PEM file with the certificate authorities to be trusted instead of the system's. " +
					variable("AWS_CA_BUNDLE") + " " + sharedConfig("ca_bundle"),
			},
			"insecure": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Do not verify TLS certificates. Default: `false`.",
			},
			"http_proxy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the proxy for `http://` endpoints; `\"\"` for none. AWS's own endpoints are `https://`. " +
					variable("HTTP_PROXY", "http_proxy"),
				Validators: parsed(awsclient.ParseProxy, "a URL such as `http://proxy.example.com:3128`"),
			},
			"https_proxy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the proxy for `https://` endpoints; `\"\"` for none. " +
					variable("HTTPS_PROXY", "https_proxy"),
				Validators: parsed(awsclient.ParseProxy, "a URL such as `http://proxy.example.com:3128`"),
			},
			"no_proxy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Comma-separated hosts, domains and CIDRs that are called without a proxy. " +
					variable("NO_PROXY", "no_proxy"),
			},
			"max_retries": schema.Int64Attribute{
				CustomType: framework.WholeNumberType{},
				Optional:   true,
				MarkdownDescription: "How often a call is tried at most. Default: `25`, which `0` stands for too. " +
					variable("AWS_MAX_ATTEMPTS") + " " + sharedConfig("max_attempts"),
				Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"retry_mode": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How calls are tried again: " + oneOf(awsclient.RetryModes()) + ". Default: `standard`. " +
					variable("AWS_RETRY_MODE") + " " + sharedConfig("retry_mode"),
				Validators: parsed(awsclient.ParseRetryMode, oneOf(awsclient.RetryModes())),
			},
			"s3_use_path_style": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Call buckets as `https://s3.…/BUCKET` instead of `https://BUCKET.s3.…`, which other " +
					"implementations of S3 often need. Default: `false`.",
			},
			"sts_region": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Region whose STS is called. Default: `region`.",
			},
			"use_fips_endpoint": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Call the endpoints that are validated by FIPS 140. `false` leaves it to the environment. " +
					"Default: `false`. " + variable("AWS_USE_FIPS_ENDPOINT") + " " + sharedConfig("use_fips_endpoint"),
			},
			"use_dualstack_endpoint": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Call the endpoints that have IPv6 too. `false` leaves it to the environment. Default: `false`. " +
					variable("AWS_USE_DUALSTACK_ENDPOINT") + " " + sharedConfig("use_dualstack_endpoint"),
			},
			"skip_credentials_validation": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "For implementations of the AWS APIs without STS: the account ID that `allowed_account_ids` and " +
					"`forbidden_account_ids` need is asked from IAM (or the metadata service) first. Without those, credentials are never " +
					"validated by a call of its own, and this changes nothing. Default: `false`.",
			},
			"skip_metadata_api_check": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "`true` never looks for credentials in the EC2 instance metadata service, `false` always may. Default: " +
					"as the environment says, or `false`. " + variable("AWS_EC2_METADATA_DISABLED"),
				Validators: parsed(awsclient.ParseSkipMetadataAPICheck, "`true` or `false`"),
			},
			"skip_region_validation": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Accept a region that this provider does not know: a newer one, or one of another implementation of " +
					"the AWS APIs. Default: `false`.",
			},
			"skip_requesting_account_id": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Do not ask IAM or the metadata service for the account ID. Together with " +
					"`skip_credentials_validation` nothing can tell it, which is an error beside `allowed_account_ids` or " +
					"`forbidden_account_ids`. Default: `false`.",
			},
		},
		Blocks: providerBlocks(),
	}
}

// parsed is framework.Parsed as the list that a schema wants.
func parsed[T any](parse func(string) (T, error), allowed string) []validator.String {
	return []validator.String{framework.Parsed(parse, allowed)}
}

func accountIDs(conflict string) []validator.Set {
	return []validator.Set{
		setvalidator.ValueStringsAre(framework.Parsed(awsname.ParseAccountID, "12 digits")),
		setvalidator.ConflictsWith(path.MatchRoot(conflict)),
	}
}

// variable says which environment variables stand in for an argument, the first one going first.
func variable(names ...string) string {
	return fmt.Sprintf("Environment: `%s`.", strings.Join(names, "`, then `"))
}

// sharedConfig says which key of a profile stands in for an argument that no environment variable does.
func sharedConfig(key string) string { return fmt.Sprintf("Profile: `%s`.", key) }

func oneOf(values []string) string { return "`" + strings.Join(values, "` or `") + "`" }
