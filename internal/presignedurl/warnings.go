package presignedurl

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// clockSkew is how far a user's clock and ours may differ without a warning.
const clockSkew = 5 * time.Minute

// lifetimeWarnings warns about a URL that may have expired when VoiceBase uses it. now stands for the first attempt, at
// the earliest.
func lifetimeWarnings(signed s3presign.Signed, now time.Time) diag.Diagnostics {
	var diags diag.Diagnostics
	if !signed.ExpiresAt.After(now) {
		diags.AddAttributeWarning(path.Root("signed_at"), "Callback URL has expired",
			fmt.Sprintf("The URL was signed for %s and expired at %s. S3 refuses every delivery to it. Set a later signed_at, or remove it.",
				written(signed.SignedAt), written(signed.ExpiresAt)))
		return diags
	}
	if signed.SignedAt.After(now.Add(clockSkew)) {
		diags.AddAttributeWarning(path.Root("signed_at"), "Callback URL is not valid yet",
			fmt.Sprintf("The URL is signed for %s, and S3 refuses every delivery to it before then. Set an earlier signed_at, or remove it.",
				written(signed.SignedAt)))
	}
	lastRetry := now.Add(voicebase.LastRetry)
	if signed.ExpiresAt.Before(lastRetry) {
		diags.AddAttributeWarning(path.Root("expires_in"), "Callback URL expires before VoiceBase's last retry",
			fmt.Sprintf("The URL expires at %s. VoiceBase retries a failed delivery for %d seconds after its first attempt, so until %s or later. "+
				"Increase expires_in to cover the retries and the processing time.",
				written(signed.ExpiresAt), int64(voicebase.LastRetry.Seconds()), written(lastRetry)))
	}
	if end := signed.CredentialsExpireAt; !end.IsZero() && end.Before(signed.ExpiresAt) {
		diags.Append(credentialsWarning(signed, lastRetry))
	}
	return diags
}

func credentialsWarning(signed s3presign.Signed, lastRetry time.Time) diag.Diagnostic {
	detail := fmt.Sprintf("The URL was signed with temporary credentials that expire at %s. It stops working then, not at %s.",
		written(signed.CredentialsExpireAt), written(signed.ExpiresAt))
	if signed.CredentialsExpireAt.Before(lastRetry) {
		detail += fmt.Sprintf(" VoiceBase's last retry comes at %s or later.", written(lastRetry))
	}
	return diag.NewWarningDiagnostic("Callback URL expires with its credentials", detail)
}

// unknownEndWarning warns about a URL that expires with a session token at an unknown time.
func unknownEndWarning(signed s3presign.Signed) diag.Diagnostics {
	var diags diag.Diagnostics
	if signed.UnknownEnd() {
		diags.AddWarning("Callback URL may expire with its credentials",
			fmt.Sprintf("The URL was signed with a session token of unknown expiry, such as one from environment variables. It stops working when the "+
				"token expires, which may be long before %s. Use credentials with a known expiry, such as a profile or assume_role, or an IAM user's keys.",
				written(signed.ExpiresAt)))
	}
	return diags
}

// written formats a time as the attributes do.
func written(at time.Time) string { return at.UTC().Truncate(time.Second).Format(time.RFC3339) }
