package provider

import (
	"cmp"
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ValidateConfig checks combinations of arguments. A value that is not known is never an error.
func (p *voicebaseProvider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.checkKeys(&resp.Diagnostics)
	config.checkAccounts(&resp.Diagnostics)
	config.checkProxies(&resp.Diagnostics)
}

// checkKeys requires both parts of a static key: with only one, the AWS SDK would not look anywhere else.
func (m providerModel) checkKeys(diags *diag.Diagnostics) {
	switch {
	case isSet(m.AccessKey) && isEmpty(m.SecretKey):
		diags.AddAttributeError(path.Root("access_key"), "Incomplete credentials", "access_key requires secret_key.")
	case isSet(m.SecretKey) && isEmpty(m.AccessKey):
		diags.AddAttributeError(path.Root("secret_key"), "Incomplete credentials", "secret_key requires access_key.")
	case isSet(m.Token) && isEmpty(m.AccessKey):
		diags.AddAttributeError(path.Root("token"), "Incomplete credentials", "token requires access_key and secret_key.")
	}
}

// checkAccounts refuses a restriction of accounts that cannot be checked.
func (m providerModel) checkAccounts(diags *diag.Diagnostics) {
	if !m.SkipCredentialsValidation.ValueBool() || !m.SkipRequestingAccountID.ValueBool() {
		return
	}
	for argument, accounts := range map[string]types.Set{
		"allowed_account_ids":   m.AllowedAccountIDs,
		"forbidden_account_ids": m.ForbiddenAccountIDs,
	} {
		if len(accounts.Elements()) > 0 {
			diags.AddAttributeError(path.Root(argument), "Unable to check the account ID",
				"With skip_credentials_validation and skip_requesting_account_id, the provider cannot look up the account ID, so "+
					argument+" cannot be checked. Remove "+argument+" or one of the two.")
		}
	}
}

// checkProxies warns about a proxy that does not apply to the AWS endpoints, which all use HTTPS.
func (m providerModel) checkProxies(diags *diag.Diagnostics) {
	if isSet(m.HTTPProxy) && m.HTTPSProxy.IsNull() && cmp.Or(os.Getenv("HTTPS_PROXY"), os.Getenv("https_proxy")) == "" {
		diags.AddAttributeWarning(path.Root("http_proxy"), "Missing HTTPS proxy",
			"http_proxy applies only to http:// endpoints, and AWS endpoints use https://. Set https_proxy too, or set it to \"\" if "+
				"HTTPS needs no proxy.")
	}
}

// isSet reports whether a value is known and not empty.
func isSet(value types.String) bool { return value.ValueString() != "" }

// isEmpty reports whether there is no value, and will be none.
func isEmpty(value types.String) bool { return !value.IsUnknown() && value.ValueString() == "" }
