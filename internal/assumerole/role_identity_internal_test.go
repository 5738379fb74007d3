package assumerole

import (
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// The time of a role's creation is in UTC and in whole seconds, as hashicorp/aws has it, wherever the clock is.
func TestSetIdentity(t *testing.T) {
	t.Parallel()
	var m foundModel
	m.setIdentity(&iamrole.Role{
		Spec: iamrole.Spec{Name: "delivery"}, ARN: "arn", UniqueID: "AROA",
		CreateDate: time.Date(2026, 1, 2, 3, 4, 5, 678_000_000, time.FixedZone("", 2*60*60)),
	})
	got := [5]string{m.ID.ValueString(), m.Name.ValueString(), m.ARN.ValueString(), m.UniqueID.ValueString(), m.CreateDate.ValueString()}
	if want := [5]string{"delivery", "delivery", "arn", "AROA", "2026-01-02T01:04:05Z"}; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParseImportID(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:iam::111122223333:role/team/delivery"
	china := strings.Replace(arn, "arn:aws:", "arn:aws-cn:", 1)
	for id, want := range map[string][2]string{"delivery": {"delivery", ""}, arn: {"delivery", arn}, china: {"delivery", china}} {
		if name, arn, err := parseImportID(id); err != nil || name != want[0] || arn != want[1] {
			t.Errorf("%s: got %q, %q, %v", id, name, arn, err)
		}
	}
	for _, id := range []string{"", "a b", "team/delivery", "arn:aws:iam::111122223333:user/delivery", "arn:aws:s3:::delivery", "arn:aws:iam::111122223333:role/"} {
		_, _, err := parseImportID(id)
		if err == nil || !strings.Contains(err.Error(), "give the name of the role, such as s3-delivery-role, or ") || !strings.Contains(err.Error(), "ARN") {
			t.Errorf("%q: %v", id, err)
		}
	}
}
