package policies

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

type policiesModel struct {
	BucketARN             types.String         `tfsdk:"bucket_arn"`
	VoiceBaseARN          types.String         `tfsdk:"voicebase_arn"`
	ExternalID            types.String         `tfsdk:"external_id"`
	KeyPrefixes           types.Set            `tfsdk:"key_prefixes"`
	KMSKeyARN             types.String         `tfsdk:"kms_key_arn"`
	Access                types.String         `tfsdk:"access"`
	PresignedURLMaxAge    timetypes.GoDuration `tfsdk:"presigned_url_max_age"`
	PresignedURLSourceIPs types.Set            `tfsdk:"presigned_url_source_ips"`
	Policy                types.String         `tfsdk:"policy"`
	TrustPolicy           types.String         `tfsdk:"trust_policy"`
	PermissionsPolicy     types.String         `tfsdk:"permissions_policy"`
	BucketPolicy          types.String         `tfsdk:"bucket_policy"`
}

// setDefaults fills in what the provider block gives. What that does not know yet cannot be in a document.
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
				"The provider block's "+argument+" is only known after the apply. Set it here too, so that this data source waits for it.")
		}
	}
	return diags
}

// checkPartitions holds the ARNs against each other, and against the provider's partition where it has a region.
func (m *policiesModel) checkPartitions(partition string) diag.Diagnostics {
	var diags diag.Diagnostics
	bucket := framework.Parse(&diags, "bucket_arn", m.BucketARN, awsname.ParseBucketARN)
	key := framework.Parse(&diags, "kms_key_arn", m.KMSKeyARN, awsname.ParseKMSKeyARN)
	principal := framework.Parse(&diags, "voicebase_arn", m.VoiceBaseARN, awsname.ParsePrincipal)
	if diags.HasError() {
		return diags
	}
	want := cmp.Or(partition, bucket.Partition)
	for _, argument := range []struct{ name, partition string }{
		{"bucket_arn", bucket.Partition}, {"kms_key_arn", key.Partition}, {"voicebase_arn", principal.Partition},
	} {
		if argument.partition == "" {
			continue
		}
		if err := awsname.PartitionMatches(argument.partition, want); err != nil {
			diags.AddAttributeError(path.Root(argument.name), "Wrong partition", framework.Sentence(err))
		}
	}
	return diags
}

// setTrust builds the trust policy; a bare account ID is one of the bucket's partition.
func (m *policiesModel) setTrust() diag.Diagnostics {
	var diags diag.Diagnostics
	if m.VoiceBaseARN.IsNull() {
		return diags
	}
	principal := framework.Parse(&diags, "voicebase_arn", m.VoiceBaseARN, awsname.ParsePrincipal)
	id := framework.Parse(&diags, "external_id", m.ExternalID, awsname.ParseExternalID)
	bucket := framework.Parse(&diags, "bucket_arn", m.BucketARN, awsname.ParseBucketARN)
	if m.ExternalID.IsNull() {
		diags.Append(framework.NoExternalID())
	}
	m.TrustPolicy = types.StringValue(iampolicy.Trust(principal.In(bucket.Partition), id).JSON())
	return diags
}

func (m *policiesModel) setPermissions(ctx context.Context) diag.Diagnostics {
	var diags diag.Diagnostics
	grant := iampolicy.Grant{
		Bucket: framework.Parse(&diags, "bucket_arn", m.BucketARN, awsname.ParseBucketARN),
		KMSKey: framework.Parse(&diags, "kms_key_arn", m.KMSKeyARN, awsname.ParseKMSKeyARN),
		Access: framework.Parse(&diags, "access", m.Access, iampolicy.ParseAccess),
	}
	var prefixes []types.String
	diags.Append(m.KeyPrefixes.ElementsAs(ctx, &prefixes, false)...)
	for _, prefix := range prefixes {
		grant.KeyPrefixes = append(grant.KeyPrefixes, framework.Parse(&diags, "key_prefixes", prefix, awsname.ParseKeyPrefix))
	}
	m.PermissionsPolicy = types.StringValue(iampolicy.Delivery(grant).JSON())
	return diags
}

func (m *policiesModel) setBucketPolicy(ctx context.Context) diag.Diagnostics {
	var diags diag.Diagnostics
	guards := iampolicy.BucketGuards{
		BucketARN:       m.BucketARN.ValueString(),
		PresignedMaxAge: framework.Parse(&diags, "presigned_url_max_age", m.PresignedURLMaxAge.StringValue, iampolicy.ParsePresignedAge),
	}
	diags.Append(m.PresignedURLSourceIPs.ElementsAs(ctx, &guards.PresignedSources, false)...)
	if diags.HasError() {
		return diags
	}
	policy, err := iampolicy.BucketPolicy(guards, m.Policy.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("policy"), "Invalid bucket policy", framework.Sentence(err))
		return diags
	}
	m.BucketPolicy = types.StringValue(policy)
	return diags
}
