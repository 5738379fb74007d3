package assumerole

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// defaultNamePrefix is the prefix of a generated name if neither a name nor a prefix is given.
const defaultNamePrefix = "voicebase-"

func (r *roleResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := policyAttributes()
	maps.Copy(attributes, settingAttributes())
	maps.Copy(attributes, computedAttributes())
	maps.Copy(attributes, framework.TagsAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages the IAM role that VoiceBase assumes to deliver results. The role trusts VoiceBase's principal on condition of the external ID, and may only write below the key prefixes of one bucket. Use its `arn` as the `role` of a callback.\n\n" +
			"You can import an existing role, or move it from `aws_iam_role`: see [Migration](../guides/migration.md).",
		Attributes: attributes,
		Blocks:     map[string]schema.Block{"timeouts": framework.TimeoutsBlock(ctx, defaultTimeout, defaultTimeout)},
	}
}

// policyAttributes are the arguments that determine the two policies.
func policyAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"voicebase_arn": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "Who may assume the role: " + awsname.PrincipalForms + ". " +
				"VoiceBase support tells you the value. Must be in the provider's AWS partition. Default: the provider's `voicebase_arn`.",
			Validators: []validator.String{framework.Parsed(awsname.ParsePrincipal, awsname.PrincipalForms)},
		},
		"external_id": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "External ID that VoiceBase must send when it assumes the role: your VoiceBase organization ID, " + awsname.ExternalIDForms + ". " +
				"Without an external ID, the role has no such condition, and the provider warns. Default: the provider's `external_id`.",
			Validators: []validator.String{framework.Parsed(awsname.ParseExternalID, awsname.ExternalIDForms)},
		},
		"bucket_arn": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "ARN of the bucket that VoiceBase delivers to.",
			Validators:          []validator.String{framework.Parsed(awsname.ParseBucketARN, awsname.BucketARNForms)},
		},
		"bucket_account_id": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "ID of the AWS account that owns the bucket. The role can write to the bucket only while that account owns it, so that " +
				"nobody receives deliveries by registering the bucket's name after it is deleted. Default: the role's own account.",
			Validators: []validator.String{framework.Parsed(awsname.ParseAccountID, "12 digits")},
		},
		"key_prefixes": schema.SetAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "Key prefixes below which VoiceBase may write. Each must end with `/`; wildcards are not allowed. Must not be empty. Default: the whole bucket.",
			Validators: []validator.Set{
				setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(framework.Parsed(awsname.ParseKeyPrefix, awsname.KeyPrefixForms)),
			},
		},
		"kms_key_arn": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "ARN of the KMS key that the bucket encrypts with. Allows the role to use it, through S3 only. The key policy must enable IAM policies, as it does by default.",
			Validators:          []validator.String{framework.Parsed(awsname.ParseKMSKeyARN, awsname.KMSKeyARNForms)},
		},
		"access": schema.StringAttribute{
			Optional: true,
			Computed: true,
			Default:  stringdefault.StaticString(string(iampolicy.Accesses[0])),
			MarkdownDescription: fmt.Sprintf("What VoiceBase may do below the key prefixes. Must be one of %s. `%[2]s` allows writing, which is all that a delivery needs. `%[3]s` allows the actions in VoiceBase's documentation: list, get, put and delete. %[4]s Default: `%[2]s`.",
				framework.Codes(iampolicy.Accesses), iampolicy.AccessWrite, iampolicy.AccessDocumented, iampolicy.DocumentedLimits),
			Validators: []validator.String{framework.Parsed(iampolicy.ParseAccess, fmt.Sprintf("one of %q, %q", iampolicy.AccessWrite, iampolicy.AccessDocumented))},
		},
	}
}

// settingAttributes are the arguments that every IAM role has, as in hashicorp/aws.
func settingAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Name of the role, " + awsname.RoleNameForms + ". A change replaces the role. Default: a generated name.",
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()},
			Validators:          []validator.String{framework.Parsed(awsname.ParseRoleName, awsname.RoleNameForms)},
		},
		"name_prefix": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Prefix of a generated name, " + awsname.RoleNamePrefixForms + ". Conflicts with `name`. A change replaces the role. Default: `" + defaultNamePrefix + "`.",
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown(), framework.ReplaceForPrefix("name")},
			Validators: []validator.String{
				framework.Parsed(awsname.ParseRoleNamePrefix, awsname.RoleNamePrefixForms),
				stringvalidator.ConflictsWith(path.MatchRoot("name")),
			},
		},
		"path": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			Default:             stringdefault.StaticString("/"),
			MarkdownDescription: "IAM path of the role: " + awsname.PathForms + ". A change replaces the role. Default: `/`.",
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			Validators:          []validator.String{framework.Parsed(awsname.ParsePath, awsname.PathForms)},
		},
		"description": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Description of the role, " + awsname.RoleDescriptionForms + ".",
			Validators:          []validator.String{framework.Parsed(awsname.ParseRoleDescription, awsname.RoleDescriptionForms)},
		},
		"permissions_boundary": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "ARN of the managed policy to use as the role's permissions boundary.",
			Validators:          []validator.String{framework.Parsed(awsname.ParsePolicyARN, awsname.PolicyARNForms)},
		},
		"max_session_duration": schema.Int64Attribute{
			CustomType: framework.WholeNumberType{},
			Optional:   true,
			Computed:   true,
			Default:    int64default.StaticInt64(awsname.MinSessionDuration),
			MarkdownDescription: fmt.Sprintf("Maximum duration of a session in seconds, %d to %d. Default: `%[1]d`.",
				awsname.MinSessionDuration, awsname.MaxSessionDuration),
			Validators: []validator.Int64{int64validator.Between(awsname.MinSessionDuration, awsname.MaxSessionDuration)},
		},
		"exclusive_policies": schema.BoolAttribute{
			Optional:            true,
			Computed:            true,
			Default:             booldefault.StaticBool(false),
			MarkdownDescription: "Whether the role may have only the policies of this resource. If `true`, other inline and managed policies show as drift in `other_policies`, and the next apply removes them. If `false`, plans ignore them. Default: `false`.",
		},
		"force_detach_policies": schema.BoolAttribute{
			Optional:            true,
			Computed:            true,
			Default:             booldefault.StaticBool(false),
			MarkdownDescription: "Whether to detach policies and instance profiles that this resource doesn't manage before deleting the role. Otherwise they prevent its deletion. Default: `false`.",
		},
	}
}

func computedAttributes() map[string]schema.Attribute {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the role.",
			PlanModifiers:       kept,
		},
		"arn": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "ARN of the role, for a callback's `role`.",
			PlanModifiers:       kept,
		},
		"unique_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Unique ID of the role, which changes when the role is recreated.",
			PlanModifiers:       kept,
		},
		"create_date": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the role was created (RFC 3339).",
			PlanModifiers:       kept,
		},
		"assume_role_policy": schema.StringAttribute{
			CustomType:          framework.PolicyType{},
			Computed:            true,
			MarkdownDescription: "The trust policy, as JSON.",
		},
		"permissions_policy": schema.StringAttribute{
			CustomType:          framework.PolicyType{},
			Computed:            true,
			MarkdownDescription: "The inline policy with the role's permissions, as JSON.",
		},
		"other_policies": schema.SetAttribute{
			ElementType: types.StringType,
			Computed:    true,
			MarkdownDescription: "Names of the inline policies and ARNs of the managed policies on the role that this resource doesn't manage. " +
				"Null unless `exclusive_policies` is `true`.",
		},
	}
}
