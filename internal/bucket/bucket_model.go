package bucket

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// foundModel is what the resource and the data source both report about a bucket.
type foundModel struct {
	ID                 types.String     `tfsdk:"id"`
	Bucket             types.String     `tfsdk:"bucket"`
	Region             types.String     `tfsdk:"region"`
	ARN                types.String     `tfsdk:"arn"`
	DomainName         types.String     `tfsdk:"bucket_domain_name"`
	RegionalDomainName types.String     `tfsdk:"bucket_regional_domain_name"`
	HostedZoneID       types.String     `tfsdk:"hosted_zone_id"`
	DeliveryURL        types.String     `tfsdk:"delivery_url"`
	Versioning         types.Bool       `tfsdk:"versioning"`
	EffectivePolicy    framework.Policy `tfsdk:"effective_policy"`
	PublicAccessBlock  types.Object     `tfsdk:"public_access_block"`
	ObjectOwnership    types.String     `tfsdk:"object_ownership"`
	Encryption         types.Object     `tfsdk:"encryption"`
	LifecycleRules     types.List       `tfsdk:"lifecycle_rules"`
	TagsAll            types.Map        `tfsdk:"tags_all"`
}

// bucketModel is the resource.
type bucketModel struct {
	foundModel
	BucketPrefix          types.String       `tfsdk:"bucket_prefix"`
	KMSKeyARN             types.String       `tfsdk:"kms_key_arn"`
	BlockedEncryption     types.Set          `tfsdk:"blocked_encryption_types"`
	Retention             types.Object       `tfsdk:"retention"`
	AccessLogging         types.Object       `tfsdk:"access_logging"`
	EventBridge           types.Bool         `tfsdk:"eventbridge_notifications"`
	PresignedURLMaxAge    framework.Duration `tfsdk:"presigned_url_max_age"`
	PresignedURLSourceIPs types.Set          `tfsdk:"presigned_url_source_ips"`
	Policy                framework.Policy   `tfsdk:"policy"`
	ManagePolicy          types.Bool         `tfsdk:"manage_policy"`
	ManageLifecycle       types.Bool         `tfsdk:"manage_lifecycle"`
	ForceDestroy          types.Bool         `tfsdk:"force_destroy"`
	Tags                  types.Map          `tfsdk:"tags"`
	Timeouts              timeouts.Value     `tfsdk:"timeouts"`
}

// toSettings returns the settings in a plan or a state.
func (m bucketModel) toSettings(ctx context.Context) (s3bucket.Settings, diag.Diagnostics) {
	var diags diag.Diagnostics
	settings := s3bucket.Settings{
		ObjectOwnership: m.ObjectOwnership.ValueString(),
		Versioning:      m.Versioning.ValueBool(),
		Policy:          m.EffectivePolicy.ValueString(),
		Tags:            framework.StringMap(m.TagsAll),
		EventBridge:     m.EventBridge.ValueBool(),
	}
	settings.PublicAccessBlock = decode[publicAccessBlockModel](ctx, m.PublicAccessBlock, &diags).toAPI()
	settings.Encryption = decode[encryptionModel](ctx, m.Encryption, &diags).toAPI()
	settings.AccessLogging = decode[accessLoggingModel](ctx, m.AccessLogging, &diags).toAPI()
	settings.Lifecycle = lifecycleRulesOf(ctx, m.LifecycleRules, &diags)
	return settings, diags
}

// parts says what to read besides the settings that are always managed.
func (m bucketModel) parts() s3bucket.Parts {
	return s3bucket.Parts{
		Lifecycle:     m.ManageLifecycle.ValueBool(),
		Policy:        m.ManagePolicy.ValueBool(),
		AccessLogging: !m.AccessLogging.IsNull(),
		EventBridge:   m.EventBridge.ValueBool(),
	}
}

// fromAPI takes over AWS's settings. The arguments that only shape the policy stay: a change of the policy shows in
// effective_policy.
func (m *bucketModel) fromAPI(found s3bucket.Settings, config tags.Config) {
	m.foundModel.fromAPI(found)
	m.KMSKeyARN = keyARN(found.Encryption)
	m.Retention = newRetention(retentionOf(found.Lifecycle))
	if !m.ManageLifecycle.ValueBool() {
		m.leaveLifecycle()
	}
	m.AccessLogging = newAccessLogging(found.AccessLogging)
	m.EventBridge = types.BoolValue(found.EventBridge)
	m.Tags, m.TagsAll = framework.TagsFromAPI(found.Tags, m.Tags, config)
}

// leaveLifecycle removes somebody else's lifecycle configuration from the state.
func (m *bucketModel) leaveLifecycle() {
	m.ManageLifecycle = types.BoolValue(false)
	m.Retention = types.ObjectNull(retentionTypes)
	m.LifecycleRules = types.ListNull(lifecycleRuleType)
}

// shows reports whether AWS's answer matches the state, which is what the provider has written. It ignores differences
// that waiting does not resolve: a principal of the policy that was deleted, and tags that ignore_tags has since left
// to others.
func (m bucketModel) shows(ctx context.Context, config tags.Config) func(s3bucket.Settings, error) bool {
	written, diags := m.toSettings(ctx)
	written.Tags = config.Managed(written.Tags)
	return func(found s3bucket.Settings, err error) bool {
		if err != nil {
			return !errors.Is(err, awsclient.ErrNotFound)
		}
		read := m
		read.fromAPI(found, config)
		now, nowDiags := read.toSettings(ctx)
		return diags.HasError() || nowDiags.HasError() || now.Equal(written, framework.PolicyEquivalent) ||
			iampolicy.DeadPrincipal(found.Policy) != ""
	}
}

// fromAPI takes over AWS's settings except the tags, which the resource handles in its own way.
func (m *foundModel) fromAPI(found s3bucket.Settings) {
	m.Versioning = types.BoolValue(found.Versioning)
	m.EffectivePolicy = framework.PolicyNull()
	if found.Policy != "" {
		m.EffectivePolicy = framework.PolicyValue(found.Policy)
	}
	m.PublicAccessBlock = newPublicAccessBlock(found.PublicAccessBlock)
	m.ObjectOwnership = framework.StringOrNull(found.ObjectOwnership)
	m.Encryption = newEncryption(found.Encryption)
	m.LifecycleRules = newLifecycleRules(found.Lifecycle)
}

// policyArguments returns the arguments of the bucket's policy as plain values.
func (m bucketModel) policyArguments() iampolicy.BucketArguments {
	return iampolicy.BucketArguments{
		BucketARN:             m.ARN.ValueString(),
		PresignedURLMaxAge:    m.PresignedURLMaxAge.ValueString(),
		PresignedURLSourceIPs: framework.Strings(m.PresignedURLSourceIPs),
		Policy:                m.Policy.ValueString(),
	}
}
