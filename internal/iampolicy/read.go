package iampolicy

import "github.com/voicebase/terraform-provider-voicebase/internal/awsname"

// DeadPrincipal returns the unique ID that stands in a trust policy, or in a bucket's, in place of a principal which
// was deleted, or "". IAM never brings such a trust to life again, not even when a role of the same name is made:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
func DeadPrincipal(document string) string {
	statements, err := parseForeign(document)
	if err != nil {
		return ""
	}
	for _, statement := range statements {
		for _, principal := range statement.Principal["AWS"] {
			if awsname.IsUniqueID(principal) {
				return principal
			}
		}
	}
	return ""
}
