package iamrole_test

import (
	"reflect"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// TestSpecEqual notices a difference in each field, those included that are still to come.
func TestSpecEqual(t *testing.T) {
	t.Parallel()
	same := func(a, b string) bool { return a+" " == b }
	rewritten := spec()
	rewritten.TrustPolicy += " "
	rewritten.PermissionsPolicy += " "
	if !spec().Equal(spec(), same) || !spec().Equal(rewritten, same) {
		t.Error("the same is not equal")
	}
	for field := range reflect.TypeFor[iamrole.Spec]().Fields() {
		other := spec()
		reflect.ValueOf(&other).Elem().FieldByIndex(field.Index).SetZero()
		if spec().Equal(other, same) {
			t.Errorf("a difference in %s goes unseen", field.Name)
		}
	}
}
