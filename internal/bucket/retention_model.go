package bucket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

type retentionModel struct {
	ExpireAfter           types.Int32 `tfsdk:"expire_after_days"`
	NoncurrentExpireAfter types.Int32 `tfsdk:"noncurrent_expire_after_days"`
	AbortUploadsAfter     types.Int32 `tfsdk:"abort_incomplete_uploads_after_days"`
	Transitions           types.List  `tfsdk:"transitions"`
	NoncurrentTransitions types.List  `tfsdk:"noncurrent_transitions"`
}

var retentionTypes = map[string]attr.Type{
	"expire_after_days":                   framework.WholeNumber32Type{},
	"noncurrent_expire_after_days":        framework.WholeNumber32Type{},
	"abort_incomplete_uploads_after_days": framework.WholeNumber32Type{},
	"transitions":                         types.ListType{ElemType: transitionType},
	"noncurrent_transitions":              types.ListType{ElemType: transitionType},
}

// newRetention returns null for a list without transitions, which no configuration can have.
func newRetention(retention s3bucket.Retention) types.Object {
	transitions := func(of []s3bucket.Transition) types.List {
		if len(of) == 0 {
			return types.ListNull(transitionType)
		}
		return newTransitions(transitionType, of)
	}
	return types.ObjectValueMust(retentionTypes, map[string]attr.Value{
		"expire_after_days":                   days(retention.ExpireAfterDays),
		"noncurrent_expire_after_days":        days(retention.NoncurrentExpireAfterDays),
		"abort_incomplete_uploads_after_days": days(retention.AbortUploadsAfterDays),
		"transitions":                         transitions(retention.Transitions),
		"noncurrent_transitions":              transitions(retention.NoncurrentTransitions),
	})
}

func (m retentionModel) toAPI(ctx context.Context, diags *diag.Diagnostics) s3bucket.Retention {
	return s3bucket.Retention{
		ExpireAfterDays:           m.ExpireAfter.ValueInt32(),
		NoncurrentExpireAfterDays: m.NoncurrentExpireAfter.ValueInt32(),
		AbortUploadsAfterDays:     m.AbortUploadsAfter.ValueInt32(),
		Transitions:               transitionsOf(ctx, m.Transitions, diags),
		NoncurrentTransitions:     transitionsOf(ctx, m.NoncurrentTransitions, diags),
	}
}

// asksForLifecycle reports whether a configuration takes over the lifecycle rules of an imported bucket.
func (m bucketModel) asksForLifecycle() bool {
	return !m.Retention.IsNull() || m.ManageLifecycle.ValueBool()
}

// keepLifecycle leaves rules that existed at the import as they are until the configuration mentions them, so that
// nothing is lost by accident.
func (m *bucketModel) keepLifecycle(config, prior bucketModel) {
	if config.Retention.IsNull() && config.ManageLifecycle.IsNull() {
		m.ManageLifecycle, m.Retention, m.LifecycleRules = prior.ManageLifecycle, prior.Retention, prior.LifecycleRules
	}
}

// placeLifecycle sets what the configuration does not. Somebody else's rules have no retention.
func (m *bucketModel) placeLifecycle(config bucketModel, prior *bucketModel, foreign bool) {
	if foreign && config.ManageLifecycle.IsNull() && config.Retention.IsUnknown() && !prior.ManageLifecycle.ValueBool() {
		m.ManageLifecycle = types.BoolUnknown()
	}
	switch {
	case !config.Retention.IsNull():
	case m.ManageLifecycle.IsUnknown():
		m.Retention = types.ObjectUnknown(retentionTypes)
	case !m.ManageLifecycle.ValueBool():
		m.Retention = types.ObjectNull(retentionTypes)
	default:
		m.Retention = newRetention(s3bucket.Retention{AbortUploadsAfterDays: abortUploadsDays})
	}
}

// deriveLifecycleRules keeps rules that somebody else has named or split differently, if S3 does the same with them.
func (m *bucketModel) deriveLifecycleRules(ctx context.Context, prior *bucketModel, diags *diag.Diagnostics) {
	switch {
	case m.ManageLifecycle.IsUnknown() || !fullyKnown(ctx, m.Retention):
		m.LifecycleRules = types.ListUnknown(lifecycleRuleType)
	case !m.ManageLifecycle.ValueBool():
		m.LifecycleRules = types.ListNull(lifecycleRuleType)
	default:
		rules := decode[retentionModel](ctx, m.Retention, diags).toAPI(ctx, diags).Rules()
		m.LifecycleRules = newLifecycleRules(rules)
		if prior != nil && s3bucket.SameEffect(rules, lifecycleRulesOf(ctx, prior.LifecycleRules, diags)) {
			m.LifecycleRules = prior.LifecycleRules
		}
	}
}

// checkRetention refuses transitions that S3 would refuse, as far as they are known.
func (m bucketModel) checkRetention(ctx context.Context) diag.Diagnostics {
	var diags diag.Diagnostics
	retention := decode[retentionModel](ctx, m.Retention, &diags)
	for name, of := range map[string]struct {
		list   types.List
		expire types.Int32
	}{
		"transitions":            {retention.Transitions, retention.ExpireAfter},
		"noncurrent_transitions": {retention.NoncurrentTransitions, retention.NoncurrentExpireAfter},
	} {
		if !framework.IsKnown(of.list) || !fullyKnown(ctx, of.list) {
			continue
		}
		err := s3bucket.CheckTransitions(transitionsOf(ctx, of.list, &diags), of.expire.ValueInt32())
		if err != nil {
			at := path.Root("retention").AtName(name).AtListIndex(err.Index).AtName(err.Argument)
			diags.AddAttributeError(at, "Invalid transition", framework.Sentence(err))
		}
	}
	return diags
}

// fullyKnown reports whether a value and everything in it is known. A null value is.
func fullyKnown(ctx context.Context, value attr.Value) bool {
	raw, err := value.ToTerraformValue(ctx)
	return err == nil && raw.IsFullyKnown()
}
