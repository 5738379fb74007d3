package check

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

type checkModel struct {
	Bucket       types.String   `tfsdk:"bucket"`
	Region       types.String   `tfsdk:"region"`
	RoleARN      types.String   `tfsdk:"role_arn"`
	KeyPrefix    types.String   `tfsdk:"key_prefix"`
	VoiceBaseARN types.String   `tfsdk:"voicebase_arn"`
	ExternalID   types.String   `tfsdk:"external_id"`
	KMSKeyARN    types.String   `tfsdk:"kms_key_arn"`
	Passed       types.Bool     `tfsdk:"passed"`
	Findings     []findingModel `tfsdk:"findings"`
}

type findingModel struct {
	Name     types.String `tfsdk:"name"`
	Passed   types.Bool   `tfsdk:"passed"`
	Severity types.String `tfsdk:"severity"`
	Detail   types.String `tfsdk:"detail"`
	Remedy   types.String `tfsdk:"remedy"`
}

// question fills in the provider's defaults and builds the question. The arguments have been validated; the defaults
// have not.
func (m *checkModel) question(data *framework.ProviderData) (readiness.Question, diag.Diagnostics) {
	var diags diag.Diagnostics
	m.setDefaults(data, &diags)
	if diags.HasError() {
		return readiness.Question{}, diags
	}
	q := readiness.Question{
		Bucket:     m.Bucket.ValueString(),
		Region:     m.Region.ValueString(),
		Partition:  awsname.S3Partition(m.Region.ValueString()),
		Role:       framework.Parse(&diags, "role_arn", m.RoleARN, awsname.ParseRoleARN),
		KeyPrefix:  m.KeyPrefix.ValueString(),
		VoiceBase:  framework.Parse(&diags, "voicebase_arn", m.VoiceBaseARN, awsname.ParsePrincipal),
		ExternalID: m.ExternalID.ValueString(),
		KMSKeyARN:  m.KMSKeyARN.ValueString(),
	}
	q.AccountID = q.Role.AccountID
	q.VoiceBase = q.VoiceBase.In(q.Partition)
	for argument, partition := range map[string]string{"role_arn": q.Role.Partition, "voicebase_arn": q.VoiceBase.Partition} {
		if err := awsname.PartitionMatches(partition, q.Partition); err != nil {
			diags.AddAttributeError(path.Root(argument), "Wrong partition", framework.Sentence(err))
		}
	}
	return q, diags
}

func (m *checkModel) setDefaults(data *framework.ProviderData, diags *diag.Diagnostics) {
	for argument, value := range map[string]struct{ own, otherwise *types.String }{
		"voicebase_arn": {&m.VoiceBaseARN, &data.VoiceBaseARN},
		"external_id":   {&m.ExternalID, &data.ExternalID},
	} {
		if value.own.IsNull() {
			*value.own = *value.otherwise
		}
		if value.own.IsUnknown() {
			diags.AddAttributeError(path.Root(argument), "Value not known yet",
				"The provider block's "+argument+" is known only after apply. Set it here too, so that this data source waits for it.")
		}
	}
	if m.Region.IsNull() {
		m.Region = types.StringValue(data.Clients.Region())
	}
	if m.Region.ValueString() == "" {
		diags.AddAttributeError(path.Root("region"), "No region",
			"Deliveries are addressed to a region, and none is known. Set region here or in the provider block.")
	}
	if err := data.Clients.CheckRegion(m.Region.ValueString()); err != nil {
		diags.AddAttributeError(path.Root("region"), "Invalid region", framework.Sentence(err))
	}
	if !m.RoleARN.IsNull() && m.VoiceBaseARN.IsNull() {
		diags.AddAttributeError(path.Root("voicebase_arn"), "No VoiceBase ARN",
			"Whether the role trusts VoiceBase depends on VoiceBase's ARN. Set voicebase_arn to it, here, in the provider block, or as the environment variable VOICEBASE_ARN.")
	}
}

func (m *checkModel) setFindings(findings []readiness.Finding) {
	m.Passed = types.BoolValue(readiness.Passed(findings))
	m.Findings = make([]findingModel, 0, len(findings))
	for _, f := range findings {
		remedy := types.StringNull()
		if f.Remedy != "" {
			remedy = types.StringValue(f.Remedy)
		}
		m.Findings = append(m.Findings, findingModel{
			Name: types.StringValue(string(f.Name)), Passed: types.BoolValue(f.Passed), Severity: types.StringValue(string(f.Severity)),
			Detail: types.StringValue(f.Detail), Remedy: remedy,
		})
	}
}
