package framework_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

const (
	trust          = `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}`
	trustRewritten = `{ "Statement": {"Action": ["sts:AssumeRole"], "Principal": {"AWS": ["arn:aws:iam::111122223333:root"]}, "Effect": "Allow", "Sid": "A"},
		"Version": "2012-10-17" }`
	trustEveryone = `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}`
	trustNobody   = `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}`
)

func TestPolicyEquivalent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, a, b string
		want       bool
	}{
		{"same bytes", trust, trust, true},
		{"another order, lists of one, root ARN", trust, trustRewritten, true},
		{"resources in another order", `{"Statement":[{"Resource":["a","b"]}]}`, `{"Statement":[{"Resource":["b","a"]}]}`, true},
		{"statements in another order", `{"Statement":[{"Sid":"a"},{"Sid":"b"}]}`, `{"Statement":[{"Sid":"b"},{"Sid":"a"}]}`, true},
		{"everyone instead of one", trust, trustEveryone, false},
		{"another effect", trust, trustNobody, false},
		{"another version", `{"Version":"2008-10-17","Statement":[]}`, `{"Version":"2012-10-17","Statement":[]}`, false},
		{"a statement more", `{"Statement":[{"Sid":"a"}]}`, `{"Statement":[{"Sid":"a"},{"Sid":"b"}]}`, false},
		{"a resource more", `{"Statement":[{"Resource":"a"}]}`, `{"Statement":[{"Resource":["a","b"]}]}`, false},
		{"no policy and an empty one", ``, `{}`, false},
		{"not JSON, same", `{"Version"`, `{"Version"`, true},
		{"not JSON, other", `{"Version"`, `{"Versio"`, false},
		{"JSON and not", trust, `nonsense`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := framework.PolicyEquivalent(test.a, test.b); got != test.want {
				t.Errorf("PolicyEquivalent = %t", got)
			}
			if got := framework.PolicyEquivalent(test.b, test.a); got != test.want {
				t.Errorf("PolicyEquivalent the other way = %t", got)
			}
		})
	}
}

func TestPolicySemanticEquals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		a, b framework.Policy
		want bool
	}{
		{"equivalent", framework.PolicyValue(trust), framework.PolicyValue(trustRewritten), true},
		{"different", framework.PolicyValue(trust), framework.PolicyValue(trustEveryone), false},
		{"null and null", framework.PolicyNull(), framework.PolicyNull(), true},
		{"null and empty", framework.PolicyNull(), framework.PolicyValue(""), false},
		{"null and a policy", framework.PolicyNull(), framework.PolicyValue(trust), false},
		{"unknown and a policy", framework.PolicyUnknown(), framework.PolicyValue(trust), false},
	} {
		got, diags := test.a.StringSemanticEquals(t.Context(), test.b)
		if diags.HasError() || got != test.want {
			t.Errorf("%s: %t, %v", test.name, got, diags)
		}
	}
	if _, diags := framework.PolicyNull().StringSemanticEquals(t.Context(), types.StringNull()); !diags.HasError() {
		t.Error("a plain string is of another type")
	}
}

// The framework decodes through the type and compares values and types while it plans.
func TestPolicyType(t *testing.T) {
	t.Parallel()
	policyType := framework.PolicyType{}
	for _, test := range []struct {
		in   tftypes.Value
		want framework.Policy
	}{
		{tftypes.NewValue(tftypes.String, trust), framework.PolicyValue(trust)},
		{tftypes.NewValue(tftypes.String, nil), framework.PolicyNull()},
		{tftypes.NewValue(tftypes.String, tftypes.UnknownValue), framework.PolicyUnknown()},
	} {
		got, err := policyType.ValueFromTerraform(t.Context(), test.in)
		if err != nil || !got.Equal(test.want) {
			t.Errorf("ValueFromTerraform(%s) = %s, %v", test.in, got, err)
		}
	}
	if _, err := policyType.ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.Bool, true)); err == nil {
		t.Error("a bool is no policy")
	}
	wrapped, diags := policyType.ValueFromString(t.Context(), types.StringValue(trust))
	if diags.HasError() || !wrapped.Equal(framework.PolicyValue(trust)) {
		t.Errorf("ValueFromString = %s, %v", wrapped, diags)
	}
	if !policyType.Equal(framework.PolicyValue(trust).Type(t.Context())) || policyType.Equal(basetypes.StringType{}) {
		t.Error("the type is equal to itself alone")
	}
	if framework.PolicyValue(trust).Equal(framework.PolicyValue(trustRewritten)) || framework.PolicyValue(trust).Equal(types.StringValue(trust)) {
		t.Error("Equal is to the byte, and to the type")
	}
	if !policyType.ValueType(t.Context()).Equal(framework.Policy{}) || policyType.String() != "framework.PolicyType" {
		t.Errorf("ValueType or String: %v, %s", policyType.ValueType(t.Context()), policyType)
	}
}
