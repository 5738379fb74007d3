package policies

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// TypeName is the data source's name in configurations.
const TypeName = "voicebase_delivery_policies"

var _ datasource.DataSourceWithConfigure = (*policiesDataSource)(nil)

// NewDataSource returns the data source voicebase_delivery_policies.
func NewDataSource() datasource.DataSource { return &policiesDataSource{} }

type policiesDataSource struct {
	framework.DataSource
}

func (d *policiesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = TypeName
}

func (d *policiesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Renders the policies of a delivery as JSON, for roles and buckets that you manage with other tools. They are the same documents that `voicebase_delivery_role` and `voicebase_delivery_bucket` write. The data source makes no AWS calls and needs no credentials.",
		Attributes: map[string]schema.Attribute{
			"bucket_arn": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "ARN of the bucket that VoiceBase delivers to.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseBucketARN, awsname.BucketARNForms)},
			},
			"voicebase_arn": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Who may assume the role: " + awsname.PrincipalForms + ". VoiceBase support tells you the value. Default: the provider's `voicebase_arn`. Without either, `trust_policy` is null.",
				Validators:          []validator.String{framework.Parsed(awsname.ParsePrincipal, awsname.PrincipalForms)},
			},
			"external_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "External ID that VoiceBase must send when it assumes the role: your VoiceBase organization ID, " + awsname.ExternalIDForms + ". " +
					"Without an external ID, the trust policy has no such condition, and the provider warns. Default: the provider's `external_id`.",
				Validators: []validator.String{framework.Parsed(awsname.ParseExternalID, awsname.ExternalIDForms)},
			},
			"bucket_account_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "ID of the AWS account that owns the bucket. The role can write to the bucket only while that account owns it. " +
					"Default: the role's own account.",
				Validators: []validator.String{framework.Parsed(awsname.ParseAccountID, "12 digits")},
			},
			"key_prefixes": schema.SetAttribute{
				ElementType: types.StringType, Optional: true,
				MarkdownDescription: "Key prefixes below which VoiceBase may write. Each must end with `/`; wildcards are not allowed. Default: the whole bucket.",
				Validators: []validator.Set{
					setvalidator.NoNullValues(),
					setvalidator.ValueStringsAre(framework.Parsed(awsname.ParseKeyPrefix, awsname.KeyPrefixForms)),
				},
			},
			"kms_key_arn": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "ARN of the KMS key that the bucket encrypts with. Allows the role to use it, through S3 only.",
				Validators:          []validator.String{framework.Parsed(awsname.ParseKMSKeyARN, awsname.KMSKeyARNForms)},
			},
			"access": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "What VoiceBase may do below the key prefixes. `write` allows writing, which is all that a delivery needs. `documented` allows the actions in VoiceBase's documentation: list, get, put and delete. " + iampolicy.DocumentedLimits + " Default: `write`.",
				Validators:          []validator.String{framework.Parsed(iampolicy.ParseAccess, "one of "+framework.Codes(iampolicy.Accesses))},
			},
			"presigned_url_max_age": schema.StringAttribute{
				Optional: true, CustomType: framework.DurationType{},
				MarkdownDescription: "Maximum age of pre-signed URLs, as a duration such as `24h`, at most `168h`. S3 refuses a URL that is older, even if it has not " +
					"expired, so allow at least the `expires_in` of your `voicebase_presigned_callback_url`. Default: no limit other than the URL's own expiry.",
				Validators: []validator.String{framework.Parsed(iampolicy.ParsePresignedAge, "a duration of 1ms to 168h, such as 24h")},
			},
			"presigned_url_source_ips": schema.SetAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "CIDR ranges that pre-signed PUTs may come from. Default: any address.",
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.NoNullValues(),
					setvalidator.ValueStringsAre(framework.Parsed(iampolicy.ParseSourceCIDR, "an IPv4 or IPv6 range such as 52.6.244.43/32")),
				},
			},
			"policy": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Your own bucket policy statements, as a JSON policy. The data source merges them with the guards, the statements that deny insecure requests. Default: only the guards.",
				Validators: []validator.String{framework.Parsed(
					func(text string) (string, error) { return text, iampolicy.CheckBucketPolicy(text) }, iampolicy.OwnPolicyForms)},
			},
			"trust_policy":       schema.StringAttribute{Computed: true, MarkdownDescription: "Trust policy of the role, as JSON."},
			"permissions_policy": schema.StringAttribute{Computed: true, MarkdownDescription: "Permissions policy of the role, as JSON."},
			"bucket_policy":      schema.StringAttribute{Computed: true, MarkdownDescription: "Bucket policy, as JSON: the guards, which are the statements that deny insecure requests, and your own statements."},
		},
	}
}

func (d *policiesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model policiesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(model.setDefaults(d.Data)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(model.setDocuments(awsname.Partition(d.Data.Clients.Region()))...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}
