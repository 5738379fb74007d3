package iamfront

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// tagRole hands on tags, but none of AWS's own, which versitygw would take.
func (f *Front) tagRole(c *call) ([]*awsxml.Node, error) {
	if err := checkTags(c); err != nil {
		return nil, err
	}
	return nil, f.mustPass(c)
}

// checkTags refuses the tags that only AWS may set.
func checkTags(c *call) error {
	for i := 1; ; i++ {
		key := fmt.Sprintf("Tags.member.%d.Key", i)
		switch {
		case !c.form.Has(key):
			return nil
		case strings.HasPrefix(strings.ToLower(c.str(key)), "aws:"):
			return fail(http.StatusBadRequest, "InvalidInput", "aws: prefixed tag key names are not allowed for external use.")
		}
	}
}
