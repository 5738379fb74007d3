package framework_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

func stringSet(values ...attr.Value) types.Set { return types.SetValueMust(types.StringType, values) }

func TestStringOrNull(t *testing.T) {
	t.Parallel()
	if got := framework.StringOrNull(""); !got.Equal(types.StringNull()) {
		t.Errorf("nothing is %s", got)
	}
	if got := framework.StringOrNull("a"); !got.Equal(types.StringValue("a")) {
		t.Errorf("a is %s", got)
	}
}

func TestStringSet_andBack(t *testing.T) {
	t.Parallel()
	a, b := types.StringValue("a"), types.StringValue("b")
	for _, test := range []struct {
		texts []string
		want  types.Set
		back  []string
	}{
		{nil, types.SetNull(types.StringType), nil},
		{[]string{}, types.SetNull(types.StringType), nil},
		{[]string{"a", "b"}, stringSet(a, b), []string{"a", "b"}},
	} {
		got := framework.StringSet(test.texts)
		if !got.Equal(test.want) || !reflect.DeepEqual(framework.Strings(got), test.back) {
			t.Errorf("%q: %s, and back %#v", test.texts, got, framework.Strings(got))
		}
	}
	// An empty set is not a missing one, and what is not known is left out.
	if got := framework.Strings(stringSet()); got == nil || len(got) > 0 {
		t.Errorf("an empty set: %#v", got)
	}
	if got := framework.Strings(types.SetUnknown(types.StringType)); got != nil {
		t.Errorf("an unknown set: %#v", got)
	}
	if got := framework.Strings(stringSet(a, types.StringUnknown(), types.StringNull())); !reflect.DeepEqual(got, []string{"a"}) {
		t.Errorf("what is known of a set: %#v", got)
	}
	if got := framework.Strings(types.ListValueMust(types.BoolType, []attr.Value{types.BoolValue(true)})); len(got) > 0 {
		t.Errorf("truth values: %#v", got)
	}
}

func TestKnown(t *testing.T) {
	t.Parallel()
	inner := types.ListValueMust(types.SetType{ElemType: types.StringType}, []attr.Value{stringSet(types.StringUnknown())})
	for _, test := range []struct {
		value      attr.Value
		known, all bool
	}{
		{types.StringValue("a"), true, true},
		{types.StringValue(""), true, true},
		{types.StringNull(), false, true},
		{types.StringUnknown(), false, false},
		{stringSet(), true, true},
		{stringSet(types.StringValue("a"), types.StringNull()), true, true},
		{stringSet(types.StringValue("a"), types.StringUnknown()), true, false},
		{types.SetNull(types.StringType), false, true},
		{types.SetUnknown(types.StringType), false, false},
		{inner, true, false},
	} {
		if got := framework.IsKnown(test.value); got != test.known {
			t.Errorf("IsKnown(%s) = %t", test.value, got)
		}
		for _, values := range [][]attr.Value{{test.value}, {types.StringValue("b"), test.value}, {test.value, types.StringValue("b")}} {
			if got := framework.AllKnown(values...); got != test.all {
				t.Errorf("AllKnown(%s) = %t", values, got)
			}
		}
	}
	if !framework.AllKnown() {
		t.Error("nothing is not known")
	}
}

func TestArgumentErrors(t *testing.T) {
	t.Parallel()
	got := framework.ArgumentErrors([]iampolicy.ArgumentError{
		{Argument: "external_id", Summary: "Invalid external ID", Err: errors.New("it is short")},
		{Argument: "key_prefixes", Summary: "No key prefix", Err: errors.New("the set is empty")},
	})
	want := diag.Diagnostics{
		diag.NewAttributeErrorDiagnostic(path.Root("external_id"), "Invalid external ID", "It is short."),
		diag.NewAttributeErrorDiagnostic(path.Root("key_prefixes"), "No key prefix", "The set is empty."),
	}
	if !got.Equal(want) || len(framework.ArgumentErrors(nil)) > 0 {
		t.Errorf("%v", got)
	}
}

// TestParse checks values that no validator has seen, on the argument that they stand for.
func TestParse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		value types.String
		want  int
		diags diag.Diagnostics
	}{
		{types.StringNull(), 0, nil},
		{types.StringValue("4"), 4, nil},
		{types.StringValue("3"), 0, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("key_count"), "Invalid key count", `"3" is odd.`)}},
		{types.StringValue(""), 0, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("key_count"), "Invalid key count", `"" is odd.`)}},
	} {
		var diags diag.Diagnostics
		if got := framework.Parse(&diags, "key_count", test.value, parseEven); got != test.want || !diags.Equal(test.diags) {
			t.Errorf("%s: %d, %v", test.value, got, diags)
		}
	}
	if got := framework.Codes([]string{"a", "b"}); got != "`a`, `b`" {
		t.Error(got)
	}
}
