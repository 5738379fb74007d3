package provider

import (
	"cmp"
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// Environment variables of hashicorp/aws that the AWS SDK does not know. The first is Terraform's own. Each is read
// only if the block sets neither of its arguments.
const (
	webIdentityTokenVariable     = "TF_AWS_WEB_IDENTITY_TOKEN"
	webIdentityTokenFileVariable = "AWS_WEB_IDENTITY_TOKEN_FILE"
)

// settings converts the AWS part of the block. It leaves out values that are not known; unknownArguments names them.
func (m providerModel) settings(ctx context.Context, version string) (awsclient.Settings, diag.Diagnostics) {
	var diags diag.Diagnostics
	settings := awsclient.Settings{
		Version:                   version,
		Region:                    m.Region.ValueString(),
		AccessKey:                 m.AccessKey.ValueString(),
		SecretKey:                 m.SecretKey.ValueString(),
		Token:                     m.Token.ValueString(),
		Profile:                   m.Profile.ValueString(),
		SharedConfigFiles:         framework.Strings(m.SharedConfigFiles),
		SharedCredentialsFiles:    framework.Strings(m.SharedCredentialsFiles),
		STSRegion:                 m.STSRegion.ValueString(),
		UseFIPSEndpoint:           m.UseFIPSEndpoint.ValueBool(),
		UseDualStackEndpoint:      m.UseDualStackEndpoint.ValueBool(),
		S3UsePathStyle:            m.S3UsePathStyle.ValueBool(),
		CustomCABundle:            m.CustomCABundle.ValueString(),
		Insecure:                  m.Insecure.ValueBool(),
		HTTPProxy:                 m.HTTPProxy.ValueStringPointer(),
		HTTPSProxy:                m.HTTPSProxy.ValueStringPointer(),
		NoProxy:                   m.NoProxy.ValueString(),
		MaxRetries:                int(m.MaxRetries.ValueInt64()),
		RetryMode:                 m.RetryMode.ValueString(),
		AllowedAccountIDs:         framework.Strings(m.AllowedAccountIDs),
		ForbiddenAccountIDs:       framework.Strings(m.ForbiddenAccountIDs),
		SkipCredentialsValidation: m.SkipCredentialsValidation.ValueBool(),
		SkipRequestingAccountID:   m.SkipRequestingAccountID.ValueBool(),
		SkipRegionValidation:      m.SkipRegionValidation.ValueBool(),
	}
	// The validators have checked the texts that are parsed here and below.
	settings.SkipMetadataAPICheck, _ = awsclient.ParseSkipMetadataAPICheck(m.SkipMetadataAPICheck.ValueString())

	roles := blocks[assumeRoleModel](ctx, m.AssumeRole.Elements(), &diags)
	for _, role := range roles {
		settings.AssumeRoles = append(settings.AssumeRoles, role.settings())
	}
	for _, role := range blocks[webIdentityModel](ctx, m.AssumeRoleWithWebIdentity.Elements(), &diags) {
		settings.AssumeRoleWithWebIdentity = role.settings(&diags)
	}
	for _, endpoints := range blocks[endpointsModel](ctx, m.Endpoints.Elements(), &diags) {
		settings.Endpoints.S3 = cmp.Or(settings.Endpoints.S3, endpoints.S3.ValueString())
		settings.Endpoints.IAM = cmp.Or(settings.Endpoints.IAM, endpoints.IAM.ValueString())
		settings.Endpoints.STS = cmp.Or(settings.Endpoints.STS, endpoints.STS.ValueString())
	}
	return settings, diags
}

func (m assumeRoleModel) settings() awsclient.AssumeRole {
	duration, _ := awsclient.ParseSessionDuration(m.Duration.ValueString()) // Validated; zero when not set.
	return awsclient.AssumeRole{
		RoleARN:           m.RoleARN.ValueString(),
		Duration:          duration,
		ExternalID:        m.ExternalID.ValueString(),
		Policy:            m.Policy.ValueString(),
		PolicyARNs:        framework.Strings(m.PolicyARNs),
		SessionName:       m.SessionName.ValueString(),
		SourceIdentity:    m.SourceIdentity.ValueString(),
		Tags:              framework.StringMap(m.Tags),
		TransitiveTagKeys: framework.Strings(m.TransitiveTagKeys),
	}
}

func (m webIdentityModel) settings(diags *diag.Diagnostics) *awsclient.AssumeRoleWithWebIdentity {
	duration, _ := awsclient.ParseSessionDuration(m.Duration.ValueString()) // Validated; zero when not set.
	role := &awsclient.AssumeRoleWithWebIdentity{
		RoleARN:     m.RoleARN.ValueString(),
		Duration:    duration,
		Policy:      m.Policy.ValueString(),
		PolicyARNs:  framework.Strings(m.PolicyARNs),
		SessionName: m.SessionName.ValueString(),
		Token:       m.Token.ValueString(),
		TokenFile:   m.TokenFile.ValueString(),
	}
	if m.Token.IsUnknown() || m.TokenFile.IsUnknown() {
		return role
	}
	if role.Token == "" && role.TokenFile == "" {
		role.Token = os.Getenv(webIdentityTokenVariable)
		role.TokenFile = os.Getenv(webIdentityTokenFileVariable)
	}
	if (role.Token == "") == (role.TokenFile == "") {
		diags.AddAttributeError(path.Root("assume_role_with_web_identity").AtListIndex(0), "Invalid web identity token",
			"Exactly one of web_identity_token and web_identity_token_file is needed, here or as the environment variable "+
				webIdentityTokenVariable+" or "+webIdentityTokenFileVariable+".")
	}
	return role
}

// blocks decodes nested blocks. It leaves out one that is not known as a whole.
func blocks[T any](ctx context.Context, elements []attr.Value, diags *diag.Diagnostics) []T {
	var out []T
	for _, element := range elements {
		object, ok := element.(types.Object)
		if !ok || object.IsUnknown() || object.IsNull() {
			continue
		}
		var block T
		diags.Append(object.As(ctx, &block, basetypes.ObjectAsOptions{})...)
		out = append(out, block)
	}
	return out
}
