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

// defaultNamePrefix begins the name of a role that is given neither a name nor a prefix.
const defaultNamePrefix = "voicebase-"

func (r *roleResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := policyAttributes()
	maps.Copy(attributes, settingAttributes())
	maps.Copy(attributes, computedAttributes())
	maps.Copy(attributes, framework.TagsAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "The IAM role that VoiceBase assumes to deliver results. It trusts VoiceBase's principal, under the condition of " +
			"the external ID, and may write below the key prefixes of one bucket, and nothing else. " +
			"The role's `arn` goes into a callback's `role`.",
		Attributes: attributes,
		Blocks:     map[string]schema.Block{"timeouts": framework.TimeoutsBlock(ctx, defaultTimeout, defaultTimeout)},
	}
}

// policyAttributes are the arguments that the two policies follow from.
func policyAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"voicebase_arn": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "Whom the role trusts, as VoiceBase gives it out: " + awsname.PrincipalForms + ". " +
				"Defaults to the provider's `voicebase_arn`. It must be of the provider's partition.",
			Validators: []validator.String{framework.Parsed(awsname.ParsePrincipal, awsname.PrincipalForms)},
		},
		"external_id": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "The external ID that VoiceBase must send along: your VoiceBase organization ID, " + awsname.ExternalIDForms + ". " +
				"Defaults to the provider's `external_id`. Without one there is a warning, and no such condition.",
			Validators: []validator.String{framework.Parsed(awsname.ParseExternalID, awsname.ExternalIDForms)},
		},
		"bucket_arn": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "ARN of the bucket that VoiceBase delivers to.",
			Validators:          []validator.String{framework.Parsed(awsname.ParseBucketARN, awsname.BucketARNForms)},
		},
		"key_prefixes": schema.SetAttribute{
			ElementType: types.StringType,
			Optional:    true,
			MarkdownDescription: "Key prefixes below which VoiceBase may write. Each ends in `/`, and is taken literally: wildcards are refused. " +
				"Left out, VoiceBase may write to the whole bucket; an empty set is refused.",
			Validators: []validator.Set{
				setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(framework.Parsed(awsname.ParseKeyPrefix, awsname.KeyPrefixForms)),
			},
		},
		"kms_key_arn": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "ARN of the KMS key that the bucket encrypts with; the role may then use it, through S3 only. " +
				"The key's own policy must let the account's IAM policies decide, as it does by default.",
			Validators: []validator.String{framework.Parsed(awsname.ParseKMSKeyARN, awsname.KMSKeyARNForms)},
		},
		"access": schema.StringAttribute{
			Optional: true,
			Computed: true,
			Default:  stringdefault.StaticString(string(iampolicy.Accesses[0])),
			MarkdownDescription: fmt.Sprintf("What VoiceBase may do below the key prefixes: one of %s. `%s`, the default, lets it write, which is all that a "+
				"delivery needs; `%s` is the list of actions that VoiceBase's documentation shows: list, get, put and delete.",
				framework.Codes(iampolicy.Accesses), iampolicy.AccessWrite, iampolicy.AccessDocumented),
			Validators: []validator.String{framework.Parsed(iampolicy.ParseAccess, fmt.Sprintf("one of %q, %q", iampolicy.AccessWrite, iampolicy.AccessDocumented))},
		},
	}
}

// settingAttributes are the arguments of every IAM role, as in hashicorp/aws.
func settingAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Name of the role, " + awsname.RoleNameForms + ". Generated when left out. Another name makes another role.",
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()},
			Validators:          []validator.String{framework.Parsed(awsname.ParseRoleName, awsname.RoleNameForms)},
		},
		"name_prefix": schema.StringAttribute{
			Optional: true,
			Computed: true,
			MarkdownDescription: "Beginning of a generated name, " + awsname.RoleNamePrefixForms + ". Defaults to `" + defaultNamePrefix + "`. " +
				"Conflicts with `name`. Another prefix makes another role.",
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), framework.ReplaceForPrefix("name")},
			Validators: []validator.String{
				framework.Parsed(awsname.ParseRoleNamePrefix, awsname.RoleNamePrefixForms),
				stringvalidator.ConflictsWith(path.MatchRoot("name")),
			},
		},
		"path": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			Default:             stringdefault.StaticString("/"),
			MarkdownDescription: "IAM path of the role: " + awsname.PathForms + ". Defaults to `/`. Another path makes another role.",
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
			MarkdownDescription: "ARN of the managed policy that bounds the role's permissions.",
			Validators:          []validator.String{framework.Parsed(awsname.ParsePolicyARN, awsname.PolicyARNForms)},
		},
		"max_session_duration": schema.Int64Attribute{
			CustomType: framework.WholeNumberType{},
			Optional:   true,
			Computed:   true,
			Default:    int64default.StaticInt64(awsname.MinSessionDuration),
			MarkdownDescription: fmt.Sprintf("How long VoiceBase may work with one session, in seconds: %d (the default) to %d.",
				awsname.MinSessionDuration, awsname.MaxSessionDuration),
			Validators: []validator.Int64{int64validator.Between(awsname.MinSessionDuration, awsname.MaxSessionDuration)},
		},
		"exclusive_policies": schema.BoolAttribute{
			Optional: true,
			Computed: true,
			Default:  booldefault.StaticBool(false),
			MarkdownDescription: "Whether the role has no policies but its own. If `true`, inline and managed policies that others put on the role " +
				"show in `other_policies` as drift, and the next apply removes them. If `false`, plans don't look at them. Default: `false`.",
		},
		"force_detach_policies": schema.BoolAttribute{
			Optional: true,
			Computed: true,
			Default:  booldefault.StaticBool(false),
			MarkdownDescription: "Whether deleting the role also takes away policies and instance profiles that others have attached to it. " +
				"Defaults to `false`: then they keep it from being deleted.",
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
			MarkdownDescription: "Unique ID of the role, which is another one each time that a role of this name is made.",
			PlanModifiers:       kept,
		},
		"create_date": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the role was made, as an RFC 3339 time.",
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
			MarkdownDescription: "Names of the inline policies and ARNs of the managed policies that others have put on the role. " +
				"Null unless `exclusive_policies` is `true`.",
		},
	}
}
