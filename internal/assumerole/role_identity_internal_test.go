package assumerole

import (
	"strings"
	"testing"
)

func TestParseImportID(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:iam::111122223333:role/team/delivery"
	for id, want := range map[string][2]string{"delivery": {"delivery", ""}, arn: {"delivery", arn}} {
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
