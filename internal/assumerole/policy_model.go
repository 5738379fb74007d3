package assumerole

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// policyModel holds the arguments that the role's two policies follow from.
type policyModel struct {
	VoiceBaseARN types.String `tfsdk:"voicebase_arn"`
	ExternalID   types.String `tfsdk:"external_id"`
	BucketARN    types.String `tfsdk:"bucket_arn"`
	KeyPrefixes  types.Set    `tfsdk:"key_prefixes"`
	KMSKeyARN    types.String `tfsdk:"kms_key_arn"`
	Access       types.String `tfsdk:"access"`
}

// trust is the trust policy in a partition, unknown while one of its arguments is. An error is for the argument
// that it is on; there is none where the configuration has been validated.
func (m policyModel) trust(partition string) (framework.Policy, diag.Diagnostics) {
	var diags diag.Diagnostics
	if m.VoiceBaseARN.IsUnknown() || m.ExternalID.IsUnknown() {
		return framework.PolicyUnknown(), diags
	}
	principal, err := awsname.ParsePrincipal(m.VoiceBaseARN.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("voicebase_arn"), "Invalid VoiceBase ARN", framework.Sentence(err))
	}
	var id awsname.ExternalID
	if !m.ExternalID.IsNull() {
		if id, err = awsname.ParseExternalID(m.ExternalID.ValueString()); err != nil {
			diags.AddAttributeError(path.Root("external_id"), "Invalid external ID", framework.Sentence(err))
		}
	}
	if principal.Partition == "" && partition == "" {
		return framework.PolicyUnknown(), diags
	}
	return framework.PolicyValue(iampolicy.Trust(principal.In(partition), id).JSON()), diags
}

// permissions is the permissions policy, unknown while one of its arguments is. The arguments have been validated.
func (m policyModel) permissions() (framework.Policy, diag.Diagnostics) {
	var diags diag.Diagnostics
	prefixes, known := knownStrings(m.KeyPrefixes)
	// A list that turned out to be empty must not open the whole bucket.
	if known && len(prefixes) == 0 && !m.KeyPrefixes.IsNull() {
		diags.AddAttributeError(path.Root("key_prefixes"), "No key prefix",
			"The set is empty. Leave key_prefixes out if VoiceBase may write to the whole bucket.")
	}
	if !known || m.BucketARN.IsUnknown() || m.KMSKeyARN.IsUnknown() || m.Access.IsUnknown() {
		return framework.PolicyUnknown(), diags
	}
	grant := iampolicy.Grant{
		Bucket: framework.Parse(&diags, "bucket_arn", m.BucketARN, awsname.ParseBucketARN),
		KMSKey: framework.Parse(&diags, "kms_key_arn", m.KMSKeyARN, awsname.ParseKMSKeyARN),
		Access: framework.Parse(&diags, "access", m.Access, iampolicy.ParseAccess),
	}
	for _, text := range prefixes {
		prefix, err := awsname.ParseKeyPrefix(text.ValueString())
		if err != nil {
			diags.AddAttributeError(path.Root("key_prefixes"), "Invalid key prefix", framework.Sentence(err))
		}
		grant.KeyPrefixes = append(grant.KeyPrefixes, prefix)
	}
	document := iampolicy.Delivery(grant).JSON()
	if len(document) > iampolicy.MaxInlinePolicy {
		diags.AddAttributeError(path.Root("key_prefixes"), "Too many key prefixes",
			fmt.Sprintf("The role's permissions would have %d characters, and IAM takes %d. Prefixes with a common beginning can be replaced by it.",
				len(document), iampolicy.MaxInlinePolicy))
	}
	return framework.PolicyValue(document), diags
}

// knownStrings returns a set's elements, and false while the set or one of them is unknown.
func knownStrings(set types.Set) ([]types.String, bool) {
	if set.IsUnknown() {
		return nil, false
	}
	var out []types.String
	for _, element := range set.Elements() {
		text, ok := element.(types.String)
		if !ok || text.IsUnknown() {
			return nil, false
		}
		out = append(out, text)
	}
	return out, true
}

// recoverTrust sets the arguments that a trust policy was made from. A policy of someone else's leaves them alone:
// then the policy itself shows the difference.
func (m *policyModel) recoverTrust(document string) {
	meaning, err := iampolicy.UnderstandTrust(document, iampolicy.TrustHint{})
	if err != nil || !framework.PolicyEquivalent(iampolicy.Trust(meaning.Principal, meaning.ExternalID).JSON(), document) {
		return
	}
	m.setTrust(meaning)
}

// recoverPermissions sets the arguments that a permissions policy was made from, as recoverTrust does.
func (m *policyModel) recoverPermissions(document string) {
	meaning, err := iampolicy.UnderstandDelivery(document)
	if err != nil || !framework.PolicyEquivalent(iampolicy.Delivery(meaning.Grant).JSON(), document) {
		return
	}
	m.setGrant(meaning.Grant)
}

// setTrust sets the arguments that a trust policy means. An account ID as principal stays one: IAM shows its root.
func (m *policyModel) setTrust(meaning iampolicy.TrustMeaning) {
	if !samePrincipal(m.VoiceBaseARN, meaning.Principal) {
		m.VoiceBaseARN = stringOrNull(meaning.Principal.String())
	}
	m.ExternalID = stringOrNull(string(meaning.ExternalID))
}

// setGrant sets the arguments that a permissions policy means.
func (m *policyModel) setGrant(grant iampolicy.Grant) {
	m.BucketARN = types.StringValue(grant.Bucket.String())
	m.Access = types.StringValue(string(grant.Access))
	m.KMSKeyARN = types.StringNull()
	if grant.KMSKey != (awsname.ARN{}) {
		m.KMSKeyARN = types.StringValue(grant.KMSKey.String())
	}
	m.KeyPrefixes = types.SetNull(types.StringType)
	if len(grant.KeyPrefixes) > 0 {
		elements := make([]attr.Value, 0, len(grant.KeyPrefixes))
		for _, prefix := range grant.KeyPrefixes {
			elements = append(elements, types.StringValue(string(prefix)))
		}
		m.KeyPrefixes = types.SetValueMust(types.StringType, elements)
	}
}

// samePrincipal reports whether value names principal, if in another way: an account ID is its root ARN.
func samePrincipal(value types.String, principal awsname.TrustedPrincipal) bool {
	named, err := awsname.ParsePrincipal(value.ValueString())
	return err == nil && named.Same(principal)
}

func stringOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
