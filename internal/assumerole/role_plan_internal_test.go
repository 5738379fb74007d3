package assumerole

import (
	"strings"
	"testing"

	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// inPartition is a role whose every ARN is of one partition.
func inPartition(partition string) roleModel {
	arn := func(rest string) types.String { return types.StringValue("arn:" + partition + ":" + rest) }
	return roleModel{foundModel: foundModel{
		policyModel: policyModel{
			VoiceBaseARN: arn("iam::111122223333:role/voicebase"),
			ExternalID:   types.StringValue("organization"),
			BucketARN:    arn("s3:::acme-results"),
			KeyPrefixes:  types.SetNull(types.StringType),
			KMSKeyARN:    arn("kms:us-east-1:111122223333:key/1234abcd"),
			Access:       types.StringValue("write"),
		},
		PermissionsBoundary: arn("iam::aws:policy/PowerUserAccess"),
	}}
}

func checkPartitions(m roleModel, known string) diag.Diagnostics {
	_, errs := m.arguments().Partition(known)
	return framework.ArgumentErrors(errs)
}

func TestCheckPartitions(t *testing.T) {
	t.Parallel()
	for _, partition := range []string{"aws", "aws-cn", "aws-us-gov"} {
		for _, of := range []string{partition, ""} { // The provider's region is not always known.
			if diags := checkPartitions(inPartition(partition), of); diags.HasError() {
				t.Errorf("%s in %q: %v", partition, of, diags)
			}
		}
		other := "aws-iso"
		if diags := checkPartitions(inPartition(partition), other); diags.ErrorsCount() != 4 {
			t.Errorf("%s in %s: %d errors, want one on each argument: %v", partition, other, diags.ErrorsCount(), diags)
		}
	}
}

// Each argument by itself is the one that is reported when it does not go with the bucket.
func TestCheckPartitionsNamesTheArgument(t *testing.T) {
	t.Parallel()
	odd := inPartition("aws-cn")
	for name, change := range map[string]func(*roleModel){
		"voicebase_arn":        func(m *roleModel) { m.VoiceBaseARN = odd.VoiceBaseARN },
		"kms_key_arn":          func(m *roleModel) { m.KMSKeyARN = odd.KMSKeyARN },
		"permissions_boundary": func(m *roleModel) { m.PermissionsBoundary = odd.PermissionsBoundary },
	} {
		for _, partition := range []string{"aws", ""} {
			model := inPartition("aws")
			change(&model)
			expectOneError(t, checkPartitions(model, partition), name, "Wrong partition", `"arn:aws-cn:`)
		}
	}
	model := inPartition("aws")
	model.VoiceBaseARN, model.KMSKeyARN, model.PermissionsBoundary = types.StringValue("111122223333"), types.StringNull(), types.StringUnknown()
	if diags := checkPartitions(model, "aws"); diags.HasError() {
		t.Errorf("an account ID is of every partition: %v", diags)
	}
}

func expectOneError(t *testing.T, diags diag.Diagnostics, argument, summary, detail string) {
	t.Helper()
	if len(diags) != 1 {
		t.Errorf("want one error on %s, got %v", argument, diags)
		return
	}
	with, ok := diags[0].(diag.DiagnosticWithPath)
	if !ok || with.Path().String() != argument || with.Summary() != summary || !strings.Contains(with.Detail(), detail) {
		t.Errorf("want %q on %s with %s, got %v", summary, argument, detail, diags[0])
	}
}

func TestTrustFollowsPartition(t *testing.T) {
	t.Parallel()
	account := policyModel{VoiceBaseARN: types.StringValue("111122223333"), ExternalID: types.StringValue("organization")}
	for _, partition := range []string{"aws", "aws-cn", "aws-us-gov"} {
		policy, diags := account.trust(partition)
		if diags.HasError() || !strings.Contains(policy.ValueString(), `"arn:`+partition+`:iam::111122223333:root"`) {
			t.Errorf("%s: %s, %v", partition, policy, diags)
		}
	}
	if policy, _ := account.trust(""); !policy.IsUnknown() {
		t.Errorf("no partition is known: %s", policy)
	}
	// The bucket's partition stands in for the provider's.
	model := inPartition("aws-cn")
	model.VoiceBaseARN = account.VoiceBaseARN
	partition, _ := model.arguments().Partition("")
	if diags := model.planPolicies(roleModel{}, partition); diags.HasError() || !strings.Contains(model.AssumeRolePolicy.ValueString(), `"arn:aws-cn:iam::`) {
		t.Errorf("%s, %v", model.AssumeRolePolicy, diags)
	}
}

// A default of the provider is no argument of the resource, so no validator has seen it.
func TestTrustChecksDefaults(t *testing.T) {
	t.Parallel()
	model := inPartition("aws").policyModel
	model.ExternalID = types.StringValue("x")
	_, diags := model.trust("aws")
	expectOneError(t, diags, "external_id", "Invalid external ID", "2–1224 characters")
	bad := inPartition("aws")
	bad.VoiceBaseARN = types.StringValue("*")
	expectOneError(t, checkPartitions(bad, "aws"), "voicebase_arn", "Invalid VoiceBase ARN", "every AWS account")
}

func TestPermissionsNeverWiden(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		prefixes types.Set
		wantErr  bool
		unknown  bool
	}{
		{"none", types.SetNull(types.StringType), false, false},
		{"unknown", types.SetUnknown(types.StringType), false, true},
		{"one unknown", set(types.StringValue("a/"), types.StringUnknown()), false, true},
		{"empty", set(), true, false},
		{"null inside", set(types.StringNull()), true, false},
		{"empty inside", set(types.StringValue("")), true, false},
		{"wildcard", set(types.StringValue("*/")), true, false},
	} {
		model := inPartition("aws").policyModel
		model.KeyPrefixes = test.prefixes
		policy, diags := model.permissions()
		if diags.HasError() != test.wantErr || policy.IsUnknown() != test.unknown {
			t.Errorf("%s: %s, %v", test.name, policy, diags)
		}
	}
}

func set(elements ...attr.Value) types.Set { return types.SetValueMust(types.StringType, elements) }

// The arguments come back out of the policies, as an import needs them; foreign policies leave them alone.
func TestRecover(t *testing.T) {
	t.Parallel()
	want := inPartition("aws").policyModel
	want.KeyPrefixes = set(types.StringValue("a/"), types.StringValue("b c/"))
	want.Access = types.StringValue(string(iampolicy.AccessDocumented))
	trust, _ := want.trust("aws")
	permissions, _ := want.permissions()

	got := policyModel{KeyPrefixes: types.SetNull(types.StringType)}
	got.recoverTrust(trust.ValueString())
	got.recoverPermissions(permissions.ValueString())
	expectModel(t, got, want)

	// An account that is trusted keeps the spelling of the argument.
	byAccount := policyModel{VoiceBaseARN: types.StringValue("111122223333")}
	trust, _ = byAccount.trust("aws")
	byAccount.recoverTrust(trust.ValueString())
	if got := byAccount.VoiceBaseARN.ValueString(); got != "111122223333" || !strings.Contains(trust.ValueString(), "arn:aws:iam::111122223333:root") {
		t.Errorf("%q from %s", got, trust)
	}
	trust, _ = want.trust("aws")

	foreign := strings.Replace(permissions.ValueString(), `"s3:DeleteObject*"`, `"s3:*"`, 1)
	kept := inPartition("aws-cn").policyModel
	kept.recoverTrust(strings.Replace(trust.ValueString(), "sts:AssumeRole", "sts:*", 1))
	kept.recoverPermissions(foreign)
	expectModel(t, kept, inPartition("aws-cn").policyModel)

	// What the policies no longer say is gone.
	less := inPartition("aws").policyModel
	less.ExternalID, less.KMSKeyARN, less.KeyPrefixes = types.StringNull(), types.StringNull(), set(types.StringValue("a/"))
	trust, _ = less.trust("aws")
	permissions, _ = less.permissions()
	got = inPartition("aws").policyModel
	got.BucketAccountID = types.StringValue("444455556666")
	got.recoverTrust(trust.ValueString())
	got.recoverPermissions(permissions.ValueString())
	expectModel(t, got, less)
}

func expectModel(t *testing.T, got, want policyModel) {
	t.Helper()
	for name, pair := range map[string][2]attr.Value{
		"voicebase_arn": {got.VoiceBaseARN, want.VoiceBaseARN},
		"external_id":   {got.ExternalID, want.ExternalID},
		"bucket_arn":    {got.BucketARN, want.BucketARN},
		"key_prefixes":  {got.KeyPrefixes, want.KeyPrefixes},
		"kms_key_arn":   {got.KMSKeyARN, want.KMSKeyARN},
		"access":        {got.Access, want.Access},

		"bucket_account_id": {got.BucketAccountID, want.BucketAccountID},
	} {
		if !pair[0].Equal(pair[1]) {
			t.Errorf("%s = %s, want %s", name, pair[0], pair[1])
		}
	}
}

// An error of IAM about the principal is on the argument that names it, whatever the verb; others are not.
func TestTrustError(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]path.Path{
		`Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/gone"`: path.Root("voicebase_arn"),
		"The policy is too long": path.Empty(),
	} {
		at := path.Empty()
		got := trustError("arn:aws:iam::111122223333:role/gone", framework.ActionUpdate, "delivery", &iamtypes.MalformedPolicyDocumentException{Message: &message})
		if placed, ok := got.(diag.DiagnosticWithPath); ok {
			at = placed.Path()
		}
		if !at.Equal(want) || got.Summary() != "Unable to update delivery role" || !strings.Contains(got.Detail(), message) ||
			strings.Contains(got.Detail(), "cannot find the principal arn:aws:iam::111122223333:role/gone.") == at.Equal(path.Empty()) {
			t.Errorf("%s: at %q: %s: %s", message, at, got.Summary(), got.Detail())
		}
	}
}

// A plan keeps each document as IAM has it where it means the same, and no other.
func TestPlanPoliciesKeepsDocuments(t *testing.T) {
	t.Parallel()
	written := inPartition("aws")
	if diags := written.planPolicies(roleModel{}, "aws"); diags.HasError() {
		t.Fatal(diags)
	}
	trust, permissions := written.AssumeRolePolicy.ValueString(), written.PermissionsPolicy.ValueString()
	for name, test := range map[string]struct {
		trust, permissions string
		kept               [2]bool
	}{
		"other words":    {strings.Replace(trust, "StringEquals", "StringLike", 1), strings.ReplaceAll(permissions, `"Sid":"`, `"Sid":"Old`), [2]bool{true, true}},
		"other meanings": {strings.Replace(trust, "organization", "another", 1), strings.Replace(permissions, "s3:PutObject", "s3:GetObject", 1), [2]bool{}},
	} {
		var state roleModel
		state.AssumeRolePolicy, state.PermissionsPolicy = framework.PolicyValue(test.trust), framework.PolicyValue(test.permissions)
		plan := inPartition("aws")
		diags := plan.planPolicies(state, "aws")
		kept := [2]bool{plan.AssumeRolePolicy.ValueString() == test.trust, plan.PermissionsPolicy.ValueString() == test.permissions}
		if diags.HasError() || kept != test.kept || !test.kept[0] && (plan.AssumeRolePolicy.ValueString() != trust || plan.PermissionsPolicy.ValueString() != permissions) {
			t.Errorf("%s: %s, %s, %v", name, plan.AssumeRolePolicy, plan.PermissionsPolicy, diags)
		}
	}
}

func TestUnlessSame(t *testing.T) {
	t.Parallel()
	current, planned := framework.PolicyValue(`{"Statement":[{"Resource":["b","a"]}]}`), framework.PolicyValue(`{"Statement":[{"Resource":["a","b"]}]}`)
	if got := unlessSame(planned, current, samePermissions); !got.Equal(current) {
		t.Errorf("equivalent: %s", got)
	}
	for _, other := range []framework.Policy{framework.PolicyNull(), framework.PolicyValue(`{}`)} {
		if got := unlessSame(planned, other, samePermissions); !got.Equal(planned) {
			t.Errorf("instead of %s: %s", other, got)
		}
	}
	if got := unlessSame(framework.PolicyUnknown(), current, samePermissions); !got.IsUnknown() {
		t.Errorf("unknown: %s", got)
	}
}
