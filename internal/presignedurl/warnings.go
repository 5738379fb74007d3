package presignedurl

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// lifetimeWarnings tells of a URL that VoiceBase may find dead. now stands for the first attempt, the earliest
// there can be.
func lifetimeWarnings(signed s3presign.Signed, now time.Time) diag.Diagnostics {
	var diags diag.Diagnostics
	if !signed.ExpiresAt.After(now) {
		diags.AddAttributeWarning(path.Root("signed_at"), "Callback URL has expired",
			fmt.Sprintf("The URL was signed for %s and ended at %s. VoiceBase's delivery would be refused.", written(signed.SignedAt), written(signed.ExpiresAt)))
		return diags
	}
	lastRetry := now.Add(voicebase.LastRetry)
	if signed.ExpiresAt.Before(lastRetry) {
		diags.AddAttributeWarning(path.Root("expires_in"), "Callback URL ends before VoiceBase's last retry",
			fmt.Sprintf("The URL ends at %s. VoiceBase tries a failed delivery again for %s after the first attempt, which is at %s at the earliest. "+
				"A greater expires_in, by the processing time too, survives the whole schedule.", written(signed.ExpiresAt), voicebase.LastRetry, written(lastRetry)))
	}
	if end := signed.CredentialsExpireAt; !end.IsZero() && end.Before(signed.ExpiresAt) {
		diags.Append(credentialsWarning(signed, lastRetry))
	}
	return diags
}

func credentialsWarning(signed s3presign.Signed, lastRetry time.Time) diag.Diagnostic {
	detail := fmt.Sprintf("The URL was signed with temporary credentials that expire at %s, and it stops working with them, not at %s.",
		written(signed.CredentialsExpireAt), written(signed.ExpiresAt))
	if signed.CredentialsExpireAt.Before(lastRetry) {
		detail += fmt.Sprintf(" VoiceBase's last retry is at %s at the earliest.", written(lastRetry))
	}
	return diag.NewWarningDiagnostic("Callback URL ends with its credentials", detail)
}

// unknownEndWarning tells of a URL that dies with a session token, nobody knows when.
func unknownEndWarning(signed s3presign.Signed) diag.Diagnostics {
	var diags diag.Diagnostics
	if signed.UnknownEnd() {
		diags.AddWarning("Callback URL may end with its credentials",
			fmt.Sprintf("The URL was signed with a session token whose end is not known, as one from the environment. It stops working when the token does, "+
				"maybe long before %s. Sign with credentials that tell their end, or with long-lived ones.", written(signed.ExpiresAt)))
	}
	return diags
}

// written writes a time as the attributes do.
func written(at time.Time) string { return at.UTC().Truncate(time.Second).Format(time.RFC3339) }
