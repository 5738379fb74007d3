package assumerole

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// policyModel holds the arguments that determine the role's two policies.
type policyModel struct {
	VoiceBaseARN    types.String `tfsdk:"voicebase_arn"`
	ExternalID      types.String `tfsdk:"external_id"`
	BucketARN       types.String `tfsdk:"bucket_arn"`
	KeyPrefixes     types.Set    `tfsdk:"key_prefixes"`
	KMSKeyARN       types.String `tfsdk:"kms_key_arn"`
	Access          types.String `tfsdk:"access"`
	BucketAccountID types.String `tfsdk:"bucket_account_id"`
}

// arguments returns the model as plain values. Null and unknown values become "".
func (m policyModel) arguments() iampolicy.RoleArguments {
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

// trust returns the trust policy for a partition. It is unknown while one of its arguments is.
func (m policyModel) trust(partition string) (framework.Policy, diag.Diagnostics) {
	if !framework.AllKnown(m.VoiceBaseARN, m.ExternalID) {
		return framework.PolicyUnknown(), nil
	}
	document, errs := m.arguments().TrustPolicy(partition)
	if document == "" {
		return framework.PolicyUnknown(), framework.ArgumentErrors(errs)
	}
	return framework.PolicyValue(document), nil
}

// permissions returns the permissions policy. It is unknown while one of its arguments is.
func (m policyModel) permissions() (framework.Policy, diag.Diagnostics) {
	if !framework.AllKnown(m.BucketARN, m.KeyPrefixes, m.KMSKeyARN, m.Access, m.BucketAccountID) {
		return framework.PolicyUnknown(), nil
	}
	document, errs := m.arguments().PermissionsPolicy()
	return framework.PolicyValue(document), framework.ArgumentErrors(errs)
}

// recoverTrust sets the arguments that a trust policy was built from. A policy that somebody else wrote leaves them
// alone: the policy itself then shows the difference.
func (m *policyModel) recoverTrust(document string) {
	meaning, err := iampolicy.UnderstandTrust(document, iampolicy.TrustHint{})
	if err == nil && iampolicy.SameTrust(iampolicy.Trust(meaning.Principal, meaning.ExternalID).JSON(), document) {
		m.setTrust(meaning)
	}
}

// recoverPermissions sets the arguments that a permissions policy was built from, as recoverTrust does.
func (m *policyModel) recoverPermissions(document string) {
	meaning, err := iampolicy.UnderstandDelivery(document)
	if err == nil && samePermissions(iampolicy.Delivery(meaning.Grant).JSON(), document) {
		m.setGrant(meaning.Grant)
	}
}

// samePermissions reports whether two permissions policies are equivalent, ignoring statement IDs.
func samePermissions(a, b string) bool {
	return framework.PolicyEquivalent(iampolicy.WithoutSids(a), iampolicy.WithoutSids(b))
}

// samePolicy reports whether a plan treats two documents of one of the role's policies as equal.
func samePolicy(a, b string) bool { return samePermissions(a, b) || iampolicy.SameTrust(a, b) }

// setTrust sets the arguments that a trust policy means. An account ID as principal stays an account ID, although IAM
// shows the account's root.
func (m *policyModel) setTrust(meaning iampolicy.TrustMeaning) {
	if !samePrincipal(m.VoiceBaseARN, meaning.Principal) {
		m.VoiceBaseARN = framework.StringOrNull(meaning.Principal.String())
	}
	m.ExternalID = framework.StringOrNull(string(meaning.ExternalID))
}

// setGrant sets the arguments that a permissions policy means.
func (m *policyModel) setGrant(grant iampolicy.Grant) {
	m.BucketARN = types.StringValue(grant.Bucket.String())
	m.Access = types.StringValue(string(grant.Access))
	m.BucketAccountID = framework.StringOrNull(grant.BucketAccount)
	m.KMSKeyARN = types.StringNull()
	if grant.KMSKey != (awsname.ARN{}) {
		m.KMSKeyARN = types.StringValue(grant.KMSKey.String())
	}
	m.KeyPrefixes = framework.StringSet(grant.KeyPrefixes)
}

// samePrincipal reports whether value names principal, possibly in another form: an account ID is the same as its root
// ARN.
func samePrincipal(value types.String, principal awsname.TrustedPrincipal) bool {
	named, err := awsname.ParsePrincipal(value.ValueString())
	return err == nil && named.Same(principal)
}
