package bucket

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// derive sets everything that follows from name, region and the arguments. What depends on an unknown value is unknown.
// prior is the state, nil for a new bucket.
func (r *bucketResource) derive(ctx context.Context, m, prior *bucketModel) diag.Diagnostics {
	var diags diag.Diagnostics
	m.locate(r.Data.Clients)
	m.PublicAccessBlock = newPublicAccessBlock(s3bucket.AllBlocked)
	m.ObjectOwnership = types.StringValue(s3bucket.ObjectOwnership)
	m.deriveEncryption(ctx, prior, &diags)
	m.deriveLifecycleRules(ctx, prior, &diags)
	m.deriveSpelling(prior)
	m.derivePolicy(prior, &diags)
	all, tagDiags := framework.PlannedTagsAll(m.Tags, r.Data.Tags)
	m.TagsAll = all
	diags.Append(tagDiags...)
	return diags
}

// deriveEncryption keeps the encryption types that a bucket blocks, unless the configuration sets them: AWS changed the
// default for existing buckets, and so may the bucket's owner.
func (m *bucketModel) deriveEncryption(ctx context.Context, prior *bucketModel, diags *diag.Diagnostics) {
	if !framework.AllKnown(m.KMSKeyARN, m.BlockedEncryption) {
		m.Encryption = types.ObjectUnknown(encryptionTypes)
		return
	}
	blocked := []string{s3bucket.BlockedSSEC}
	if prior != nil && !prior.Encryption.IsNull() {
		blocked = decode[encryptionModel](ctx, prior.Encryption, diags).toAPI().Blocked
	}
	if !m.BlockedEncryption.IsNull() {
		blocked = slices.DeleteFunc(framework.Strings(m.BlockedEncryption), func(kind string) bool { return kind == s3bucket.BlockedNone })
	}
	m.Encryption = newEncryption(s3bucket.NewEncryption(m.KMSKeyARN.ValueString(), blocked))
}

// deriveSpelling keeps the state's spelling of values that are only written differently, so that they are no change.
func (m *bucketModel) deriveSpelling(prior *bucketModel) {
	if prior == nil {
		return
	}
	if framework.IsKnown(m.Policy) && framework.PolicyEquivalent(prior.Policy.ValueString(), m.Policy.ValueString()) {
		m.Policy = prior.Policy
	}
	was, wasErr := iampolicy.ParsePresignedAge(prior.PresignedURLMaxAge.ValueString())
	is, isErr := iampolicy.ParsePresignedAge(m.PresignedURLMaxAge.ValueString())
	if wasErr == nil && isErr == nil && was == is {
		m.PresignedURLMaxAge = prior.PresignedURLMaxAge
	}
}

func (m *bucketModel) derivePolicy(prior *bucketModel, diags *diag.Diagnostics) {
	if !m.ManagePolicy.IsUnknown() && !m.ManagePolicy.ValueBool() {
		m.EffectivePolicy = framework.PolicyNull()
		return
	}
	m.EffectivePolicy = framework.PolicyUnknown()
	if !framework.AllKnown(m.ManagePolicy, m.ARN, m.PresignedURLMaxAge, m.PresignedURLSourceIPs, m.Policy) {
		return
	}
	policy, errs := m.policyArguments().BucketPolicy()
	if len(errs) > 0 {
		diags.Append(framework.ArgumentErrors(errs)...)
		return
	}
	if prior != nil && framework.PolicyEquivalent(prior.EffectivePolicy.ValueString(), policy) {
		policy = prior.EffectivePolicy.ValueString()
	}
	m.EffectivePolicy = framework.PolicyValue(policy)
}
