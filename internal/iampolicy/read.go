package iampolicy

import "github.com/voicebase/terraform-provider-voicebase/internal/awsname"

// DeadPrincipal returns the unique ID that a trust policy or a bucket policy contains in place of a deleted principal,
// or "". IAM never restores such a trust, not even if a role of the same name is created:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
func DeadPrincipal(document string) string {
	statements, _ := parseForeign(document)
	for _, statement := range statements {
		for _, principal := range statement.Principal["AWS"] {
			if awsname.IsUniqueID(principal) {
				return principal
			}
		}
	}
	return ""
}
