package provider_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// The role of a callback, the roles of the provider block and the principal of a trust are held against one rule.
func TestNames_rolesAgree(t *testing.T) {
	awsfake.Isolate(t)
	places := map[string]func(string) bool{
		"voicebase_arn": func(value string) bool { return len(validate(t, block{"voicebase_arn": value})) == 0 },
		"assume_role": func(value string) bool {
			return len(validate(t, block{"assume_role": []block{{"role_arn": value}}})) == 0
		},
		"a callback": callbackTakesRole,
	}
	for value, want := range map[string]bool{
		"arn:aws:iam::111122223333:role/s3-delivery-role":                   true,
		"arn:aws:iam::111122223333:role/team/voicebase":                     true,
		"arn:aws:iam::111122223333:role/" + strings.Repeat("n", 64):         true,
		"arn:aws:iam::111122223333:role/" + strings.Repeat("n", 65):         false,
		"arn:aws:iam::111122223333:role/" + strings.Repeat("p", 511) + "/n": false,
		"arn:aws-nowhere:iam::111122223333:role/s3-delivery-role":           false,
		"arn:aws:iam::11112222333:role/s3-delivery-role":                    false,
		"arn:aws:iam:us-east-1:111122223333:role/s3-delivery-role":          false,
		"arn:aws:iam::111122223333:role/":                                   false,
		"arn:aws:sts::111122223333:assumed-role/s3-delivery-role/upload":    false,
		"s3-delivery-role": false,
	} {
		for place, takes := range places {
			if got := takes(value); got != want {
				t.Errorf("%s takes %.80q: %v, want %v", place, value, got, want)
			}
		}
	}
}

func callbackTakesRole(role string) bool {
	url, delivery := "https://s3.us-east-1.amazonaws.com/acme", true
	callback := voicebase.Callback{URL: &url, S3Delivery: &delivery, Role: &role}
	return !slices.ContainsFunc(voicebase.Validate([]voicebase.Draft{{Callback: callback}}, time.Now()), func(problem voicebase.Problem) bool {
		return problem.Attribute == voicebase.AttributeRole
	})
}
