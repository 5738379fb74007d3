package bucket

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// prepareAdoption sets what is not a setting of the bucket to its default. An empty prefix lets any configuration keep
// the name.
func (m *bucketModel) prepareAdoption() {
	m.BucketPrefix = types.StringValue("")
	m.ManagePolicy, m.ManageLifecycle = types.BoolValue(true), types.BoolValue(true)
	if m.ForceDestroy.IsNull() {
		m.ForceDestroy = types.BoolValue(false)
	}
}

// readParts is like parts, except that an adoption reads everything.
func (m bucketModel) readParts(adopting bool) s3bucket.Parts {
	if adopting {
		return s3bucket.Parts{Lifecycle: true, Policy: true, AccessLogging: true, EventBridge: true}
	}
	return m.parts()
}

// adopt derives the arguments from a bucket that somebody else has created, and warns about what a plan with the
// defaults changes.
func (m *bucketModel) adopt(found s3bucket.Settings) diag.Diagnostics {
	diags := m.adoptPolicy()
	diags.Append(m.warnOfEncryption(found.Encryption)...)
	diags.Append(m.adoptLifecycle(found.Lifecycle)...)
	return diags
}

// adoptLifecycle leaves rules that no retention can express as they are, and unmanaged.
func (m *bucketModel) adoptLifecycle(rules []s3bucket.LifecycleRule) diag.Diagnostics {
	var diags diag.Diagnostics
	foreign := foreignRules(rules)
	if _, ok := s3bucket.UnderstandRetention(rules); ok || len(foreign) == 0 {
		return diags
	}
	m.leaveLifecycle()
	diags.AddAttributeWarning(path.Root("manage_lifecycle"), "Lifecycle configuration not managed",
		fmt.Sprintf("Bucket %q has lifecycle rules, and retention cannot express all of them: %s. They stay as they are, and the resource does not manage them. "+
			"If you set retention or manage_lifecycle = true, the next apply replaces them.", m.Bucket.ValueString(), strings.Join(foreign, ", ")))
	return diags
}

// retentionOf reads rules by their meaning if retention can express all of them, or else the provider's own by their IDs.
func retentionOf(rules []s3bucket.LifecycleRule) s3bucket.Retention {
	if meaning, ok := s3bucket.UnderstandRetention(rules); ok {
		return meaning
	}
	return s3bucket.RetentionOf(rules)
}

// foreignRules are the IDs of rules that no retention creates.
func foreignRules(rules []s3bucket.LifecycleRule) []string {
	ours := s3bucket.RetentionOf(rules).Rules()
	var foreign []string
	for _, rule := range rules {
		if !slices.ContainsFunc(ours, rule.Equal) {
			foreign = append(foreign, fmt.Sprintf("%q", rule.ID))
		}
	}
	return foreign
}

// adoptPolicy derives the arguments from the bucket's policy. A policy that the guards cannot be merged with stays as
// it is, and unmanaged.
func (m *bucketModel) adoptPolicy() diag.Diagnostics {
	var diags diag.Diagnostics
	m.Policy = framework.PolicyNull()
	m.PresignedURLMaxAge = framework.NullDuration()
	m.PresignedURLSourceIPs = framework.StringSet[string](nil)
	if m.EffectivePolicy.IsNull() {
		return diags
	}
	guards, own, err := iampolicy.AdoptBucketPolicy(m.ARN.ValueString(), m.EffectivePolicy.ValueString())
	if err != nil {
		m.ManagePolicy, m.EffectivePolicy = types.BoolValue(false), framework.PolicyNull()
		diags.AddAttributeWarning(path.Root("manage_policy"), "Bucket policy not managed",
			fmt.Sprintf("The policy of bucket %q cannot be merged with the guards: %s Set manage_policy = false, and the policy stays as it is. "+
				"Otherwise the next apply replaces it with the guards and the policy argument.", m.Bucket.ValueString(), framework.Sentence(err)))
		return diags
	}
	if own != "" {
		m.Policy = framework.PolicyValue(own)
	}
	if guards.PresignedMaxAge > 0 {
		m.PresignedURLMaxAge = framework.DurationValue(guards.PresignedMaxAge)
	}
	m.PresignedURLSourceIPs = framework.StringSet(guards.PresignedSources)
	return diags
}
