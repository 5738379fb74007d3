package bucket

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

type lifecycleRuleModel struct {
	ID                    types.String `tfsdk:"id"`
	Enabled               types.Bool   `tfsdk:"enabled"`
	Prefix                types.String `tfsdk:"prefix"`
	ExpireAfter           types.Int32  `tfsdk:"expire_after_days"`
	NoncurrentExpireAfter types.Int32  `tfsdk:"noncurrent_expire_after_days"`
	AbortUploadsAfter     types.Int32  `tfsdk:"abort_incomplete_uploads_after_days"`
	OtherSettings         types.Bool   `tfsdk:"other_settings"`
}

var lifecycleRuleType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"id":                                  types.StringType,
	"enabled":                             types.BoolType,
	"prefix":                              types.StringType,
	"expire_after_days":                   types.Int32Type,
	"noncurrent_expire_after_days":        types.Int32Type,
	"abort_incomplete_uploads_after_days": types.Int32Type,
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
			"other_settings":                      types.BoolValue(rule.Other),
		}))
	}
	return types.ListValueMust(lifecycleRuleType, elements)
}

func (m lifecycleRuleModel) toAPI() s3bucket.LifecycleRule {
	return s3bucket.LifecycleRule{
		ID:                        m.ID.ValueString(),
		Enabled:                   m.Enabled.ValueBool(),
		Prefix:                    m.Prefix.ValueString(),
		ExpireAfterDays:           m.ExpireAfter.ValueInt32(),
		NoncurrentExpireAfterDays: m.NoncurrentExpireAfter.ValueInt32(),
		AbortUploadsAfterDays:     m.AbortUploadsAfter.ValueInt32(),
		Other:                     m.OtherSettings.ValueBool(),
	}
}

type retentionModel struct {
	ExpireAfter           types.Int32 `tfsdk:"expire_after_days"`
	NoncurrentExpireAfter types.Int32 `tfsdk:"noncurrent_expire_after_days"`
	AbortUploadsAfter     types.Int32 `tfsdk:"abort_incomplete_uploads_after_days"`
}

var retentionTypes = map[string]attr.Type{
	"expire_after_days":                   framework.WholeNumber32Type{},
	"noncurrent_expire_after_days":        framework.WholeNumber32Type{},
	"abort_incomplete_uploads_after_days": framework.WholeNumber32Type{},
}

func newRetention(retention s3bucket.Retention) types.Object {
	return types.ObjectValueMust(retentionTypes, map[string]attr.Value{
		"expire_after_days":                   days(retention.ExpireAfterDays),
		"noncurrent_expire_after_days":        days(retention.NoncurrentExpireAfterDays),
		"abort_incomplete_uploads_after_days": days(retention.AbortUploadsAfterDays),
	})
}

// known reports whether each of the days is known.
func (m retentionModel) known() bool {
	return !m.ExpireAfter.IsUnknown() && !m.NoncurrentExpireAfter.IsUnknown() && !m.AbortUploadsAfter.IsUnknown()
}

func (m retentionModel) toAPI() s3bucket.Retention {
	return s3bucket.Retention{
		ExpireAfterDays:           m.ExpireAfter.ValueInt32(),
		NoncurrentExpireAfterDays: m.NoncurrentExpireAfter.ValueInt32(),
		AbortUploadsAfterDays:     m.AbortUploadsAfter.ValueInt32(),
	}
}

// days is null for 0, which stands for never.
func days(n int32) types.Int32 {
	if n == 0 {
		return types.Int32Null()
	}
	return types.Int32Value(n)
}
