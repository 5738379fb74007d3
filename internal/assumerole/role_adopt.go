package assumerole

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// reservedPaths are the paths of service-linked roles and of IAM Identity Center's roles:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html.
var reservedPaths = []string{"/aws-service-role/", "/aws-reserved/"}

// adopt derives the arguments from a role that somebody else created. What the arguments cannot express is an error if
// the next apply would widen the role by dropping it, and a warning if it would narrow the role.
func (r *roleResource) adopt(ctx context.Context, state *roleModel, role *iamrole.Role) diag.Diagnostics {
	var diags diag.Diagnostics
	if !state.ARN.IsNull() && state.ARN.ValueString() != role.ARN {
		diags.AddError("Unable to import delivery role", fmt.Sprintf("The role %q of the provider's account has the ARN %s, not %s. "+
			"Use credentials of the account that the role is in.", role.Name, role.ARN, state.ARN.ValueString()))
		return diags
	}
	if slices.ContainsFunc(reservedPaths, func(reserved string) bool { return strings.HasPrefix(role.Path, reserved) }) {
		diags.AddError("Unable to import delivery role", fmt.Sprintf("The role %q has the path %s: it belongs to an AWS service, and only AWS can change it. "+
			"Create a role for VoiceBase instead.", role.Name, role.Path))
		return diags
	}
	// The configuration decides whether the name was generated: name and name_prefix are mutually exclusive there.
	state.NamePrefix = types.StringValue("")
	diags.Append(state.adoptTrust(role, r.hint(role))...)
	others, documents, err := r.otherPolicies(ctx, role.Name)
	if err != nil {
		diags.Append(othersUnknown(role.Name, err))
	}
	diags.Append(state.adoptPermissions(role, documents)...)
	if len(others.All()) > 0 {
		diags.Append(othersFound(role.Name, others))
	}
	return diags
}

// hint returns what the provider block says about VoiceBase, and the account that owns the role.
func (r *roleResource) hint(role *iamrole.Role) iampolicy.TrustHint {
	var hint iampolicy.TrustHint
	hint.Principal, _ = awsname.ParsePrincipal(r.Data.VoiceBaseARN.ValueString())
	hint.ExternalID, _ = awsname.ParseExternalID(r.Data.ExternalID.ValueString())
	if own, err := awsname.ParsePrincipal(role.ARN); err == nil {
		hint.AccountID = own.AccountID
	}
	return hint
}

// otherPolicies lists what is on the role besides our own policy, and reads the inline policies. It reads managed
// policies only if nothing else names the bucket that the role writes to.
func (r *roleResource) otherPolicies(ctx context.Context, name string) (iamrole.OtherPolicies, []string, error) {
	client, err := r.Data.Clients.IAM(ctx)
	if err != nil {
		return iamrole.OtherPolicies{}, nil, err
	}
	others, err := iamrole.FindOtherPolicies(ctx, client, name)
	if err != nil {
		return iamrole.OtherPolicies{}, nil, err
	}
	documents, err := iamrole.ReadInlinePolicies(ctx, client, name, others.Inline)
	if err != nil || findsBucket(documents) {
		return others, documents, err
	}
	managed, err := iamrole.ReadManagedPolicies(ctx, client, others.Managed)
	if err != nil {
		return others, documents, err
	}
	return others, append(documents, managed...), nil
}

func findsBucket(documents []string) bool {
	meaning, err := iampolicy.UnderstandDelivery(documents...)
	return err == nil && meaning.Grant.Bucket != (awsname.ARN{})
}

func (m *roleModel) adoptTrust(role *iamrole.Role, hint iampolicy.TrustHint) diag.Diagnostics {
	var diags diag.Diagnostics
	meaning, err := iampolicy.UnderstandTrust(role.TrustPolicy, hint)
	if err != nil {
		diags.AddAttributeError(path.Root("assume_role_policy"), "Unable to import the trust policy", framework.Sentence(err))
		return diags
	}
	m.setTrust(meaning)
	if meaning.Undecided && hint.ExternalID == "" {
		diags.AddAttributeWarning(path.Root("external_id"), "No external ID found",
			fmt.Sprintf("The trust policy of role %q requires an external ID, but not exactly one that external_id can express, so external_id is empty after the import. "+
				"Set it: otherwise the next apply lets VoiceBase assume the role without an external ID.", role.Name))
	}
	if len(meaning.Lost) > 0 {
		diags.AddAttributeError(path.Root("assume_role_policy"), "Unable to import the trust policy",
			fmt.Sprintf("The trust policy of role %q has restrictions that voicebase_delivery_role has no argument for. The next apply would remove them and "+
				"widen the trust policy:\n\n%s\n\nIf the role doesn't need them, remove them from the trust policy first. Otherwise, manage the role without this resource.",
				role.Name, bullets(meaning.Lost)))
	}
	if len(meaning.Beyond) > 0 {
		diags.AddAttributeWarning(path.Root("assume_role_policy"), "Trust policy will be narrowed",
			fmt.Sprintf("The trust policy of role %q allows more than voicebase_delivery_role has arguments for. The next apply removes it:\n\n%s",
				role.Name, bullets(meaning.Beyond)))
	}
	return diags
}

// adoptPermissions reads our own inline policy if it names a bucket, and all other policies together if not.
func (m *roleModel) adoptPermissions(role *iamrole.Role, others []string) diag.Diagnostics {
	var diags diag.Diagnostics
	if role.PermissionsPolicy != "" {
		meaning, err := iampolicy.UnderstandDelivery(role.PermissionsPolicy)
		if err == nil {
			diags.Append(ownPolicyRemarks(role.Name, meaning)...)
			if meaning.Grant.Bucket != (awsname.ARN{}) {
				m.setGrant(meaning.Grant)
				return diags
			}
		}
	}
	meaning, err := iampolicy.UnderstandDelivery(others...)
	if err != nil {
		diags.AddAttributeError(path.Root("permissions_policy"), "Unable to import the permissions", framework.Sentence(err))
		return diags
	}
	if meaning.Grant.Bucket == (awsname.ARN{}) {
		diags.Append(noBucket(role.Name, meaning))
		return diags
	}
	m.setGrant(meaning.Grant)
	if len(meaning.Lost) > 0 {
		diags.Append(lostConditions(role.Name, meaning.Lost))
	}
	return diags
}

// ownPolicyRemarks returns the remarks about the policy that the next apply rewrites.
func ownPolicyRemarks(name string, meaning iampolicy.DeliveryMeaning) diag.Diagnostics {
	var diags diag.Diagnostics
	if lost := append(meaning.Lost, meaning.Denied...); len(lost) > 0 {
		diags.Append(lostConditions(name, lost))
	}
	if len(meaning.Beyond) > 0 {
		diags.AddAttributeWarning(path.Root("permissions_policy"), "Permissions will be narrowed",
			fmt.Sprintf("The inline policy %q of role %q allows more than voicebase_delivery_role has arguments for. The next apply removes it:\n\n%s",
				iamrole.PolicyName, name, bullets(meaning.Beyond)))
	}
	return diags
}

func lostConditions(name string, lost []iampolicy.Remark) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("permissions_policy"), "Unable to import the permissions",
		fmt.Sprintf("The permissions of role %q have restrictions that voicebase_delivery_role has no argument for. The next apply would write the inline policy %q "+
			"without them:\n\n%s\n\nIf the role doesn't need them, remove them first. Otherwise, manage the role without this resource.", name, iamrole.PolicyName, bullets(lost)))
}

func noBucket(name string, meaning iampolicy.DeliveryMeaning) diag.Diagnostic {
	detail := fmt.Sprintf("No policy of role %q grants s3:PutObject on one bucket, so bucket_arn and key_prefixes are empty after the import. "+
		"Set them in the configuration: the next apply adds the inline policy %q.", name, iamrole.PolicyName)
	if len(meaning.Beyond) > 0 {
		detail += " What the role has:\n\n" + bullets(meaning.Beyond)
	}
	return diag.NewAttributeWarningDiagnostic(path.Root("bucket_arn"), "No delivery bucket found", detail)
}

func othersFound(name string, others iamrole.OtherPolicies) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("exclusive_policies"), "Other policies on the role",
		fmt.Sprintf("Besides the inline policy %q, role %q has:\n\n%s\n\nThey are kept, and VoiceBase keeps the permissions that they grant. Set exclusive_policies = true to remove them with the next apply.", iamrole.PolicyName, name, lines(others)))
}

func othersUnknown(name string, err error) diag.Diagnostic {
	awsError := framework.AWSError(actionListPolicies, kind, name, err)
	return diag.NewAttributeWarningDiagnostic(path.Root("exclusive_policies"), awsError.Summary(),
		"The import cannot tell which other policies are on the role, nor read bucket_arn from them. "+
			"It needs iam:ListRolePolicies, iam:ListAttachedRolePolicies and iam:GetRolePolicy, and for managed policies iam:GetPolicy and iam:GetPolicyVersion.\n\n"+awsError.Detail())
}

func bullets(remarks []iampolicy.Remark) string {
	lines := make([]string, 0, len(remarks))
	for _, remark := range remarks {
		lines = append(lines, "- "+remark.String())
	}
	return strings.Join(lines, "\n")
}
