package assumerole

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// untouched is an AWS that must not be called.
type untouched struct{ iamrole.API }

// The policies of others stay on a role that is not exclusive, whatever the state knows of them.
func TestRemoveOthers_notExclusive(t *testing.T) {
	t.Parallel()
	others := types.SetValueMust(types.StringType, []attr.Value{types.StringValue("others")})
	for _, before := range []bool{false, true} {
		plan := roleModel{ExclusivePolicies: types.BoolValue(false)}
		state := roleModel{ExclusivePolicies: types.BoolValue(before)}
		plan.ID, plan.OtherPolicies, state.OtherPolicies = types.StringValue("delivery"), others, others
		if err := removeOthers(t.Context(), untouched{}, plan, state); err != nil {
			t.Error(err)
		}
	}
}
