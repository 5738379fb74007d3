package iamrole_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// TestReadManagedPolicies reads what is in force: the default version of each policy of the account, and none of AWS's.
func TestReadManagedPolicies(t *testing.T) {
	t.Parallel()
	const first, second, ofAWS = "arn:aws:iam::111122223333:policy/a", "arn:aws-cn:iam::111122223333:policy/b", "arn:aws:iam::aws:policy/ReadOnlyAccess"
	arns := []string{first, ofAWS, second}
	fake := &fakeIAM{
		managed: map[string]map[string]string{first: {"v1": "{}", "v2": `{"a": "2"}`, "v3": "{}"}, second: {"v1": `{"b": "1"}`, "v9": "{}"}, ofAWS: {"v1": "{}"}},
		current: map[string]string{first: "v2", second: "v1", ofAWS: "v1"},
		errors:  map[string][]error{},
	}
	got, err := iamrole.ReadManagedPolicies(t.Context(), fake, arns)
	if err != nil || !slices.Equal(got, []string{`{"a": "2"}`, `{"b": "1"}`}) {
		t.Errorf("got %q, %v", got, err)
	}
	if !slices.Equal(arns, []string{first, ofAWS, second}) {
		t.Errorf("the caller's list became %q", arns)
	}
	for _, action := range []string{"GetPolicy", "GetPolicyVersion"} {
		refused := errors.New("refused")
		fake.errors[action] = []error{refused}
		if _, err := iamrole.ReadManagedPolicies(t.Context(), fake, arns); !errors.Is(err, refused) {
			t.Errorf("%s: %v", action, err)
		}
	}
}
