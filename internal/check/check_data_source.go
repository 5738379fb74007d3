package check

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

// TypeName is the data source's name in configurations.
const TypeName = "voicebase_delivery_check"

// readTimeout limits all reads of a check together.
const readTimeout = 5 * time.Minute

var _ datasource.DataSourceWithConfigure = (*checkDataSource)(nil)

// NewDataSource returns the data source voicebase_delivery_check.
func NewDataSource() datasource.DataSource { return &checkDataSource{} }

type checkDataSource struct {
	framework.DataSource
}

// Metadata names the data source.
func (d *checkDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = TypeName
}

// Schema describes the data source.
func (d *checkDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Checks whether VoiceBase's deliveries will work before VoiceBase tries. Reads the bucket and the role, whoever made them, " +
			"and asks IAM's policy simulator what the role may do. It changes nothing. Without `role_arn` it checks the bucket alone, for deliveries " +
			"with pre-signed URLs.\n\n" +
			"A finding that the credentials may not look into has `passed = false`, and a `detail` that begins with `" + readiness.UnknownPrefix +
			"` and names the permission. Findings about a bucket or a role that doesn't exist are left out.",
		Attributes: map[string]schema.Attribute{
			"bucket": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the bucket.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseBucketName, awsname.BucketNameForms)},
			},
			"region": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Region that deliveries are addressed to, which is the bucket's if all is well. Default: the provider's region.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseRegionName, awsname.RegionForms)},
			},
			"role_arn": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "ARN of the role that VoiceBase assumes. Default: none; deliveries use pre-signed URLs.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseRoleARN, awsname.RoleARNForms)},
			},
			"key_prefix": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Prefix of the delivered keys: the callback's `prepend_folder` with a trailing `/`. Default: none; " +
					"deliveries go to the top of the bucket.",
				Validators: []validator.String{framework.Parsed(awsname.ParseKeyPrefix, awsname.KeyPrefixForms)},
			},
			"voicebase_arn": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Principal that assumes the role: " + awsname.PrincipalForms + ". Required with `role_arn`, here or in the provider block. " +
					"Default: the provider's `voicebase_arn`.",
				Validators: []validator.String{framework.Parsed(awsname.ParsePrincipal, awsname.PrincipalForms)},
			},
			"external_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Your VoiceBase organization ID, which VoiceBase sends as the external ID. Default: the provider's `external_id`.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseExternalID, awsname.ExternalIDForms)},
			},
			"kms_key_arn": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "ARN of the KMS key that the bucket encrypts with. Needed where the bucket names its key by an alias, and, without `role_arn`, " +
					"to say which key the signer of the URLs may use.",
				Validators: []validator.String{framework.Parsed(awsname.ParseKMSKeyARN, awsname.KMSKeyARNForms)},
			},
			"passed": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether deliveries will work: no finding of severity `error` failed.",
			},
			"findings": findingsAttribute(),
		},
	}
}

func findingsAttribute() schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: "What was found, always in the same order.",
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Name of the finding: one of " + framework.Codes(readiness.Names) + ".",
			},
			"passed": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether it is as it should be. `false` also where this could not be judged.",
			},
			"severity": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "`error` where deliveries fail or go to the wrong place, `warning` where they work but safety suffers.",
			},
			"detail": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "What was found.",
			},
			"remedy": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "What to do about it. Null for a finding that passed.",
			},
		}},
	}
}

// Read gathers the facts and judges them.
func (d *checkDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model checkModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	question, diags := model.question(d.Data)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	question, facts, err := gather(ctx, d.Data.Clients, question)
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError("check", "delivery", question.Bucket, err))
		return
	}
	model.setFindings(readiness.Judge(question, facts))
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}
