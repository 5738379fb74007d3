package assumerole

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

var _ datasource.DataSourceWithConfigure = (*roleDataSource)(nil)

// NewDataSource returns the data source voicebase_delivery_role.
func NewDataSource() datasource.DataSource { return &roleDataSource{} }

type roleDataSource struct {
	framework.DataSource
}

func (d *roleDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = TypeName
}

func (d *roleDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	computed := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	policy := func(description string) schema.StringAttribute {
		return schema.StringAttribute{CustomType: framework.PolicyType{}, Computed: true, MarkdownDescription: description}
	}
	const ours = " Null if the policy cannot be expressed by this attribute."
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up a delivery role that another configuration manages.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the role.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseRoleName, awsname.RoleNameForms)},
			},
			"id":                   computed("Name of the role."),
			"arn":                  computed("ARN of the role, for a callback's `role`."),
			"unique_id":            computed("Unique ID of the role."),
			"create_date":          computed("When the role was made, as an RFC 3339 time."),
			"path":                 computed("IAM path of the role."),
			"description":          computed("Description of the role."),
			"permissions_boundary": computed("ARN of the managed policy that bounds the role's permissions."),
			"max_session_duration": schema.Int64Attribute{
				Computed:            true,
				MarkdownDescription: "Maximum duration of a session, in seconds.",
			},
			"voicebase_arn":     computed("Who may assume the role." + ours),
			"external_id":       computed("External ID that VoiceBase must send when it assumes the role." + ours),
			"bucket_arn":        computed("ARN of the bucket that VoiceBase delivers to." + ours),
			"bucket_account_id": computed("ID of the account that must own the bucket; null for the role's own account." + ours),
			"key_prefixes": schema.SetAttribute{
				ElementType:         types.StringType,
				Computed:            true,
				MarkdownDescription: "Key prefixes below which VoiceBase may write. Also null if VoiceBase may write to the whole bucket." + ours,
			},
			"kms_key_arn":        computed("ARN of the KMS key that the role may use." + ours),
			"access":             computed("What VoiceBase may do below the key prefixes: one of " + framework.Codes(iampolicy.Accesses) + "." + ours),
			"assume_role_policy": policy("The trust policy, as JSON."),
			"permissions_policy": policy("The inline policy with the role's permissions, as JSON; null when it is missing."),
			"tags_all": schema.MapAttribute{
				ElementType:         types.StringType,
				Computed:            true,
				MarkdownDescription: "All tags, except those that the provider's `ignore_tags` ignores.",
			},
		},
	}
}

func (d *roleDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model foundModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	name := model.Name.ValueString()
	role, err := findRole(ctx, d.Data.Clients, name)
	if errors.Is(err, awsclient.ErrNotFound) {
		resp.Diagnostics.AddAttributeError(path.Root("name"), "No such delivery role", fmt.Sprintf("There is no role %q in this account.", name))
		return
	}
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionRead, kind, name, err))
		return
	}
	if id := iampolicy.DeadPrincipal(role.TrustPolicy); id != "" {
		resp.Diagnostics.Append(deadPrincipalWarning(name, id, "Apply the configuration that the role is from: that writes the ARN into the trust policy again."))
	}
	model.fromAPI(role)
	_, model.TagsAll = framework.TagsFromAPI(role.Tags, types.MapNull(types.StringType), d.Data.Tags)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}
