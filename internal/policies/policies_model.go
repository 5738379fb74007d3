package policies

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

type policiesModel struct {
	BucketARN             types.String       `tfsdk:"bucket_arn"`
	VoiceBaseARN          types.String       `tfsdk:"voicebase_arn"`
	ExternalID            types.String       `tfsdk:"external_id"`
	KeyPrefixes           types.Set          `tfsdk:"key_prefixes"`
	KMSKeyARN             types.String       `tfsdk:"kms_key_arn"`
	Access                types.String       `tfsdk:"access"`
	PresignedURLMaxAge    framework.Duration `tfsdk:"presigned_url_max_age"`
	PresignedURLSourceIPs types.Set          `tfsdk:"presigned_url_source_ips"`
	BucketAccountID       types.String       `tfsdk:"bucket_account_id"`
	Policy                types.String       `tfsdk:"policy"`
	TrustPolicy           types.String       `tfsdk:"trust_policy"`
	PermissionsPolicy     types.String       `tfsdk:"permissions_policy"`
	BucketPolicy          types.String       `tfsdk:"bucket_policy"`
}

// setDefaults fills in the provider block's values. What the provider block does not know yet cannot be in a document.
func (m *policiesModel) setDefaults(data *framework.ProviderData) diag.Diagnostics {
	var diags diag.Diagnostics
	if m.VoiceBaseARN.IsNull() {
		m.VoiceBaseARN = data.VoiceBaseARN
	}
	if m.ExternalID.IsNull() {
		m.ExternalID = data.ExternalID
	}
	if m.Access.IsNull() {
		m.Access = types.StringValue(string(iampolicy.AccessWrite))
	}
	for argument, value := range map[string]types.String{"voicebase_arn": m.VoiceBaseARN, "external_id": m.ExternalID} {
		if value.IsUnknown() {
			diags.AddAttributeError(path.Root(argument), "Value not known yet",
				"The provider's "+argument+" is known only after apply. Set it here too, so that this data source waits for it.")
		}
	}
	return diags
}

// role returns the arguments of the role's policies as plain values.
func (m *policiesModel) role() iampolicy.RoleArguments {
	return iampolicy.RoleArguments{
		VoiceBaseARN:    m.VoiceBaseARN.ValueString(),
		ExternalID:      m.ExternalID.ValueString(),
		BucketARN:       m.BucketARN.ValueString(),
		KeyPrefixes:     framework.Strings(m.KeyPrefixes),
		KMSKeyARN:       m.KMSKeyARN.ValueString(),
		Access:          m.Access.ValueString(),
		BucketAccountID: m.BucketAccountID.ValueString(),
	}
}

// bucket returns the arguments of the bucket's policy as plain values.
func (m *policiesModel) bucket() iampolicy.BucketArguments {
	return iampolicy.BucketArguments{
		BucketARN:             m.BucketARN.ValueString(),
		PresignedURLMaxAge:    m.PresignedURLMaxAge.ValueString(),
		PresignedURLSourceIPs: framework.Strings(m.PresignedURLSourceIPs),
		Policy:                m.Policy.ValueString(),
	}
}

// setDocuments builds the three policies. An account ID belongs to the provider's partition, or to the bucket's if the
// provider has no region. known is the provider's.
func (m *policiesModel) setDocuments(known string) diag.Diagnostics {
	partition, errs := m.role().Partition(known)
	if len(errs) > 0 {
		return framework.ArgumentErrors(errs)
	}
	trust, trustErrs := m.role().TrustPolicy(partition)
	permissions, permissionErrs := m.role().PermissionsPolicy()
	policy, bucketErrs := m.bucket().BucketPolicy()
	diags := framework.ArgumentErrors(slices.Concat(trustErrs, permissionErrs, bucketErrs))
	if m.VoiceBaseARN.IsNull() {
		trust = ""
	} else if m.ExternalID.IsNull() {
		diags.Append(framework.NoExternalID())
	}
	m.TrustPolicy = framework.StringOrNull(trust)
	m.PermissionsPolicy = types.StringValue(permissions)
	m.BucketPolicy = types.StringValue(policy)
	return diags
}
