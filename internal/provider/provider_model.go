package provider

import (
	"context"
	"os"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// Environment variables for VoiceBase's part of the block.
const (
	voicebaseARNVariable = "VOICEBASE_ARN"
	externalIDVariable   = "VOICEBASE_EXTERNAL_ID"
)

// objectDefaults are the arguments that are defaults of objects and affect no call.
var objectDefaults = []string{"voicebase_arn", "external_id", "default_tags", "ignore_tags"}

type providerModel struct {
	Region                    types.String `tfsdk:"region"`
	AccessKey                 types.String `tfsdk:"access_key"`
	SecretKey                 types.String `tfsdk:"secret_key"`
	Token                     types.String `tfsdk:"token"`
	Profile                   types.String `tfsdk:"profile"`
	SharedConfigFiles         types.List   `tfsdk:"shared_config_files"`
	SharedCredentialsFiles    types.List   `tfsdk:"shared_credentials_files"`
	AllowedAccountIDs         types.Set    `tfsdk:"allowed_account_ids"`
	ForbiddenAccountIDs       types.Set    `tfsdk:"forbidden_account_ids"`
	CustomCABundle            types.String `tfsdk:"custom_ca_bundle"`
	Insecure                  types.Bool   `tfsdk:"insecure"`
	HTTPProxy                 types.String `tfsdk:"http_proxy"`
	HTTPSProxy                types.String `tfsdk:"https_proxy"`
	NoProxy                   types.String `tfsdk:"no_proxy"`
	MaxRetries                types.Int64  `tfsdk:"max_retries"`
	RetryMode                 types.String `tfsdk:"retry_mode"`
	S3UsePathStyle            types.Bool   `tfsdk:"s3_use_path_style"`
	STSRegion                 types.String `tfsdk:"sts_region"`
	UseFIPSEndpoint           types.Bool   `tfsdk:"use_fips_endpoint"`
	UseDualStackEndpoint      types.Bool   `tfsdk:"use_dualstack_endpoint"`
	SkipCredentialsValidation types.Bool   `tfsdk:"skip_credentials_validation"`
	SkipMetadataAPICheck      types.String `tfsdk:"skip_metadata_api_check"`
	SkipRegionValidation      types.Bool   `tfsdk:"skip_region_validation"`
	SkipRequestingAccountID   types.Bool   `tfsdk:"skip_requesting_account_id"`
	VoiceBaseARN              types.String `tfsdk:"voicebase_arn"`
	ExternalID                types.String `tfsdk:"external_id"`

	AssumeRole                types.List `tfsdk:"assume_role"`
	AssumeRoleWithWebIdentity types.List `tfsdk:"assume_role_with_web_identity"`
	DefaultTags               types.List `tfsdk:"default_tags"`
	IgnoreTags                types.List `tfsdk:"ignore_tags"`
	Endpoints                 types.Set  `tfsdk:"endpoints"`
}

type assumeRoleModel struct {
	RoleARN           types.String `tfsdk:"role_arn"`
	Duration          types.String `tfsdk:"duration"`
	ExternalID        types.String `tfsdk:"external_id"`
	Policy            types.String `tfsdk:"policy"`
	PolicyARNs        types.Set    `tfsdk:"policy_arns"`
	SessionName       types.String `tfsdk:"session_name"`
	SourceIdentity    types.String `tfsdk:"source_identity"`
	Tags              types.Map    `tfsdk:"tags"`
	TransitiveTagKeys types.Set    `tfsdk:"transitive_tag_keys"`
}

type webIdentityModel struct {
	RoleARN     types.String `tfsdk:"role_arn"`
	Duration    types.String `tfsdk:"duration"`
	Policy      types.String `tfsdk:"policy"`
	PolicyARNs  types.Set    `tfsdk:"policy_arns"`
	SessionName types.String `tfsdk:"session_name"`
	Token       types.String `tfsdk:"web_identity_token"`
	TokenFile   types.String `tfsdk:"web_identity_token_file"`
}

type endpointsModel struct {
	S3  types.String `tfsdk:"s3"`
	IAM types.String `tfsdk:"iam"`
	STS types.String `tfsdk:"sts"`
}

type defaultTagsModel struct {
	Tags types.Map `tfsdk:"tags"`
}

type ignoreTagsModel struct {
	Keys        types.Set `tfsdk:"keys"`
	KeyPrefixes types.Set `tfsdk:"key_prefixes"`
}

// providerData is what each object receives. It makes no call. unknown names the arguments that are not known yet.
func (m providerModel) providerData(ctx context.Context, version string, unknown []string, now func() time.Time) (*framework.ProviderData, diag.Diagnostics) {
	settings, diags := m.settings(ctx, version)
	settings.Unknown = slices.DeleteFunc(slices.Clone(unknown), func(name string) bool { return slices.Contains(objectDefaults, name) })
	data := &framework.ProviderData{
		Clients:      awsclient.NewClients(settings, now),
		Tags:         m.tagsConfig(ctx, unknown, &diags),
		VoiceBaseARN: orVariable(m.VoiceBaseARN, path.Root("voicebase_arn"), voicebaseARNVariable, awsname.ParsePrincipal, &diags),
		ExternalID:   orVariable(m.ExternalID, path.Root("external_id"), externalIDVariable, awsname.ParseExternalID, &diags),
	}
	m.checkRegions(data.Clients.Region(), &diags)
	if err := data.Clients.CheckFIPS(); err != nil && !diags.HasError() {
		diags.AddAttributeWarning(path.Root("use_fips_endpoint"), "No FIPS endpoint", framework.Sentence(err))
	}
	return data, diags
}

// checkRegions checks the region wherever it was set, so it cannot be a validator of the argument.
func (m providerModel) checkRegions(region string, diags *diag.Diagnostics) {
	if m.SkipRegionValidation.ValueBool() || m.SkipRegionValidation.IsUnknown() {
		return
	}
	checkRegion("region", region, diags)
	checkRegion("sts_region", m.STSRegion.ValueString(), diags)
}

func checkRegion(argument, region string, diags *diag.Diagnostics) {
	if region == "" {
		return
	}
	if _, err := awsname.ParseRegion(region); err != nil {
		diags.AddAttributeError(path.Root(argument), "Invalid region", framework.Sentence(err)+
			" A region newer than this provider, or of another implementation of the AWS APIs, needs skip_region_validation = true.")
	}
}

// orVariable returns the argument, or else the environment variable, which no validator has checked.
func orVariable[T any](
	argument types.String, at path.Path, variable string, parse func(string) (T, error), diags *diag.Diagnostics,
) types.String {
	value := os.Getenv(variable)
	if !argument.IsNull() || value == "" {
		return argument
	}
	if _, err := parse(value); err != nil {
		diags.AddAttributeError(at, "Invalid environment variable", variable+": "+framework.Sentence(err))
	}
	return types.StringValue(value)
}

// unknownArguments names the arguments and blocks, in order, that are not known as a whole.
func unknownArguments(config tfsdk.Config) []string {
	values := map[string]tftypes.Value{}
	if err := config.Raw.As(&values); err != nil {
		return nil // The caller has already decoded the same object.
	}
	var unknown []string
	for name, value := range values {
		if !value.IsFullyKnown() {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	return unknown
}
