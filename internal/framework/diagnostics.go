package framework

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// permissionsPage lists the permissions that the provider's credentials need.
const permissionsPage = "https://registry.terraform.io/providers/voicebase/voicebase/latest/docs/guides/permissions"

// AWSError says what the provider tried, on which object, and what AWS answered. action and kind complete "Unable to
// <action> <kind>", and name is the object's name: AWSError("create", "delivery bucket", "acme", err).
func AWSError(action, kind, name string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("Unable to %s %s", action, kind), awsDetail(name, err, afterwards(action, err)))
}

// LostError is AWSError for a create whose answer was lost. The object has been saved as tainted, because no other
// object can have its name.
func LostError(kind, name string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to create "+kind, awsDetail(name, err, stoppedBy(ActionCreate, err)+
		"AWS may have created it anyway: the answer was lost. It is in state as tainted, so the next apply deletes whatever exists and creates it again."))
}

// ExistsError is AWSError for a create that found an object of its name, with the command that imports it. Terraform
// has no state from a provider that was killed during a create, so an earlier apply may have created the object.
func ExistsError(kind, name, importID string, err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Unable to create "+kind, awsDetail(name, err, fmt.Sprintf(
		"An earlier apply that ended before it saved its state may have created it. To manage it with this resource, import it and apply again:\n\n"+
			"    terraform import ADDRESS %s\n\nADDRESS is this resource's address, which is shown with this error. Otherwise, choose another name.", importID)))
}

// awsDetail says what happened and what to do, with AWS's error code and request ID.
func awsDetail(name string, err error, afterwards string) string {
	var b strings.Builder
	b.WriteString(Sentence(err))
	if afterwards != "" {
		b.WriteString("\n\n" + afterwards)
	}
	if awsclient.Refused(err) {
		b.WriteString("\n\nThe permissions that the provider's credentials need are listed at " + permissionsPage + ".")
	}
	b.WriteString("\n\nName: " + name)
	if code := awsclient.Code(err); code != "" {
		b.WriteString("\nAWS error code: " + code)
	}
	if id := awsclient.RequestID(err); id != "" {
		b.WriteString("\nRequest ID: " + id)
	}
	return b.String()
}

// NoExternalID warns about a trust policy without the condition that keeps VoiceBase's other customers out.
func NoExternalID() diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("external_id"), "No external ID",
		"Without an external ID, any VoiceBase customer who knows this role's ARN can have results written to your bucket. Set external_id to your VoiceBase organization ID, here, in the provider block, or in the environment as VOICEBASE_EXTERNAL_ID.")
}

// Sentence turns a Go error into a sentence for a diagnostic: it starts with a capital and ends with a full stop,
// unless it ends with a question mark.
func Sentence(err error) string {
	text := strings.TrimSpace(err.Error())
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
		text += "."
	}
	return text
}
