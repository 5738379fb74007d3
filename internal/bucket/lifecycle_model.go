package bucket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

type transitionModel struct {
	AfterDays    types.Int32  `tfsdk:"after_days"`
	StorageClass types.String `tfsdk:"storage_class"`
}

// transitionType is the type of an argument, foundTransitionType that of a rule in S3.
var (
	transitionType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"after_days": framework.WholeNumber32Type{}, "storage_class": types.StringType,
	}}
	foundTransitionType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"after_days": types.Int32Type, "storage_class": types.StringType,
	}}
)

func newTransitions(of types.ObjectType, transitions []s3bucket.Transition) types.List {
	elements := make([]attr.Value, 0, len(transitions))
	for _, t := range transitions {
		elements = append(elements, types.ObjectValueMust(of.AttrTypes, map[string]attr.Value{
			"after_days": types.Int32Value(t.AfterDays), "storage_class": types.StringValue(t.StorageClass),
		}))
	}
	return types.ListValueMust(of, elements)
}

// transitionsOf reads a list of transitions. It returns nil for null.
func transitionsOf(ctx context.Context, list types.List, diags *diag.Diagnostics) []s3bucket.Transition {
	if !framework.IsKnown(list) {
		return nil
	}
	var models []transitionModel
	diags.Append(list.ElementsAs(ctx, &models, false)...)
	var out []s3bucket.Transition
	for _, m := range models {
		out = append(out, s3bucket.Transition{AfterDays: m.AfterDays.ValueInt32(), StorageClass: m.StorageClass.ValueString()})
	}
	return out
}

type lifecycleRuleModel struct {
	ID                    types.String `tfsdk:"id"`
	Enabled               types.Bool   `tfsdk:"enabled"`
	Prefix                types.String `tfsdk:"prefix"`
	ExpireAfter           types.Int32  `tfsdk:"expire_after_days"`
	NoncurrentExpireAfter types.Int32  `tfsdk:"noncurrent_expire_after_days"`
	AbortUploadsAfter     types.Int32  `tfsdk:"abort_incomplete_uploads_after_days"`
	ExpiredDeleteMarkers  types.Bool   `tfsdk:"expired_object_delete_marker"`
	Transitions           types.List   `tfsdk:"transitions"`
	NoncurrentTransitions types.List   `tfsdk:"noncurrent_transitions"`
	OtherSettings         types.Bool   `tfsdk:"other_settings"`
}

var lifecycleRuleType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"id":                                  types.StringType,
	"enabled":                             types.BoolType,
	"prefix":                              types.StringType,
	"expire_after_days":                   types.Int32Type,
	"noncurrent_expire_after_days":        types.Int32Type,
	"abort_incomplete_uploads_after_days": types.Int32Type,
	"expired_object_delete_marker":        types.BoolType,
	"transitions":                         types.ListType{ElemType: foundTransitionType},
	"noncurrent_transitions":              types.ListType{ElemType: foundTransitionType},
	"other_settings":                      types.BoolType,
}}

func newLifecycleRules(rules []s3bucket.LifecycleRule) types.List {
	elements := make([]attr.Value, 0, len(rules))
	for _, rule := range rules {
		elements = append(elements, types.ObjectValueMust(lifecycleRuleType.AttrTypes, map[string]attr.Value{
			"id":                                  types.StringValue(rule.ID),
			"enabled":                             types.BoolValue(rule.Enabled),
			"prefix":                              types.StringValue(rule.Prefix),
			"expire_after_days":                   days(rule.ExpireAfterDays),
			"noncurrent_expire_after_days":        days(rule.NoncurrentExpireAfterDays),
			"abort_incomplete_uploads_after_days": days(rule.AbortUploadsAfterDays),
			"expired_object_delete_marker":        types.BoolValue(rule.ExpiredDeleteMarkers),
			"transitions":                         newTransitions(foundTransitionType, rule.Transitions),
			"noncurrent_transitions":              newTransitions(foundTransitionType, rule.NoncurrentTransitions),
			"other_settings":                      types.BoolValue(rule.Other),
		}))
	}
	return types.ListValueMust(lifecycleRuleType, elements)
}

func lifecycleRulesOf(ctx context.Context, list types.List, diags *diag.Diagnostics) []s3bucket.LifecycleRule {
	var models []lifecycleRuleModel
	diags.Append(list.ElementsAs(ctx, &models, false)...)
	var rules []s3bucket.LifecycleRule
	for _, m := range models {
		rules = append(rules, m.toAPI(ctx, diags))
	}
	return rules
}

func (m lifecycleRuleModel) toAPI(ctx context.Context, diags *diag.Diagnostics) s3bucket.LifecycleRule {
	return s3bucket.LifecycleRule{
		ID:                        m.ID.ValueString(),
		Enabled:                   m.Enabled.ValueBool(),
		Prefix:                    m.Prefix.ValueString(),
		ExpireAfterDays:           m.ExpireAfter.ValueInt32(),
		NoncurrentExpireAfterDays: m.NoncurrentExpireAfter.ValueInt32(),
		AbortUploadsAfterDays:     m.AbortUploadsAfter.ValueInt32(),
		ExpiredDeleteMarkers:      m.ExpiredDeleteMarkers.ValueBool(),
		Transitions:               transitionsOf(ctx, m.Transitions, diags),
		NoncurrentTransitions:     transitionsOf(ctx, m.NoncurrentTransitions, diags),
		Other:                     m.OtherSettings.ValueBool(),
	}
}

// days returns null for 0, which stands for never.
func days(n int32) types.Int32 {
	if n == 0 {
		return types.Int32Null()
	}
	return types.Int32Value(n)
}
