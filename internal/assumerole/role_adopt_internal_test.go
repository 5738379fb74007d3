package assumerole

import (
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// An external ID that is demanded and cannot be told from the policy is warned of, unless the provider block has one.
func TestAdoptTrustExternalID(t *testing.T) {
	t.Parallel()
	for condition, warned := range map[string]bool{
		`{"StringEquals":{"sts:ExternalId":["org-a","org-b"]}}`:       true,
		`{"StringLike":{"sts:ExternalId":"org-*"}}`:                   true,
		`{"StringEquals":{"sts:ExternalId":"org-a"}}`:                 false,
		`{"StringEquals":{"sts:ExternalId":"${aws:PrincipalTag/o}"}}`: true,
	} {
		role := &iamrole.Role{Spec: iamrole.Spec{Name: "r", TrustPolicy: `{"Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Condition":` + condition + `}}`}}
		for _, hint := range []iampolicy.TrustHint{{}, {ExternalID: "org-c"}} {
			found := false
			for _, d := range (&roleModel{}).adoptTrust(role, hint).Warnings() {
				found = found || strings.Contains(d.Detail(), "lets VoiceBase assume the role without an external ID")
			}
			if want := warned && hint.ExternalID == ""; found != want {
				t.Errorf("%s, provider's %q: warned is %t", condition, hint.ExternalID, found)
			}
		}
	}
}
