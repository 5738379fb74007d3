package readiness

import (
	"fmt"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

// trust judges whether VoiceBase, and VoiceBase for nobody else, may assume the role.
func (q Question) trust(role Role) []Finding {
	if role.Found.Unknown != "" {
		return []Finding{unknown(RoleTrustsVoiceBase, Error, role.Found.Unknown), unknown(RoleExternalID, Error, role.Found.Unknown)}
	}
	document := role.Found.Value.TrustPolicy
	verdict, err := q.assume(document, q.ExternalID)
	if err != nil {
		return []Finding{failed(RoleTrustsVoiceBase, Error, "The trust policy cannot be read: "+err.Error()+".", trustRemedy)}
	}
	if verdict.Allowed == iampolicy.False && !q.anyIDPasses(document, verdict) {
		return []Finding{q.distrust(verdict)}
	}
	return []Finding{q.trusts(verdict), q.externalID(document, verdict)}
}

const trustRemedy = "Set voicebase_arn on voicebase_delivery_role and apply, or write a trust policy with that principal, as trust_policy of voicebase_delivery_policies has it."

// assume judges the call by which VoiceBase gets into the role, for the customer with an ID.
func (q Question) assume(document, id string) (iampolicy.TrustVerdict, error) {
	return iampolicy.JudgeTrust(document, iampolicy.Caller{
		Principal: q.VoiceBase, ExternalID: id,
		Request: iampolicy.Request{"aws:sourceip": {sourceAddress(document)}},
	})
}

// anyIDPasses reports whether it is the external ID that keeps VoiceBase out, and nothing else.
func (q Question) anyIDPasses(document string, verdict iampolicy.TrustVerdict) bool {
	for _, id := range append([]string{""}, verdict.ExternalIDs...) { // A pattern of IDs takes itself, too.
		other, _ := q.assume(document, id) // The document was read before.
		if other.Allowed != iampolicy.False {
			return true
		}
	}
	return false
}

// distrust says why VoiceBase may not assume the role, whatever its external ID.
func (q Question) distrust(verdict iampolicy.TrustVerdict) Finding {
	if verdict.Named != iampolicy.False {
		detail := "The trust policy names " + q.VoiceBase.String() + ", but under conditions that VoiceBase doesn't meet."
		if verdict.Denied {
			detail = "A Deny statement of the trust policy keeps " + q.VoiceBase.String() + " out."
		}
		return failed(RoleTrustsVoiceBase, Error, detail, trustRemedy)
	}
	if dead := slices.IndexFunc(verdict.Trusted, awsname.IsUniqueID); dead >= 0 {
		return failed(RoleTrustsVoiceBase, Error,
			fmt.Sprintf("The trust policy names %s, the unique ID of a principal that was deleted. IAM doesn't trust a new principal of the same name in its place.", verdict.Trusted[dead]),
			"Apply the role's configuration again, or save the trust policy again with the ARN "+q.VoiceBase.String()+".")
	}
	whom := "no AWS principal"
	if len(verdict.Trusted) > 0 {
		whom = strings.Join(verdict.Trusted, ", ")
	}
	return failed(RoleTrustsVoiceBase, Error,
		fmt.Sprintf("The trust policy names %s, not %s.", whom, q.VoiceBase.String()), trustRemedy)
}

func (q Question) trusts(verdict iampolicy.TrustVerdict) Finding {
	switch {
	case verdict.Named == iampolicy.Unknown:
		return failed(RoleTrustsVoiceBase, Warning,
			fmt.Sprintf("The trust policy names %s, not the whole of VoiceBase's account %s.", strings.Join(verdict.Trusted, ", "), q.VoiceBase.AccountID),
			"Ask VoiceBase support which principal assumes the role, and set voicebase_arn to it.")
	case verdict.Allowed == iampolicy.Unknown:
		return Finding{
			Name: RoleTrustsVoiceBase, Severity: Error,
			Detail: UnknownPrefix + "the trust policy has conditions on " + strings.Join(verdict.Open, ", ") + ", of which nothing is known before the request",
			Remedy: "Ask VoiceBase support whether it meets the conditions, or remove them: the principal and the external ID are what AWS recommends.",
		}
	case verdict.Everyone:
		return failed(RoleTrustsVoiceBase, Warning,
			"The trust policy names everyone; the external ID alone keeps other AWS accounts out.", trustRemedy)
	}
	return passed(RoleTrustsVoiceBase, Error, "The trust policy names %s.", q.VoiceBase.String())
}

// anotherCustomer is an external ID that is nobody's.
const anotherCustomer = "another-customer-of-voicebase"

func (q Question) externalID(document string, verdict iampolicy.TrustVerdict) Finding {
	other, _ := q.assume(document, anotherCustomer) // The document was read before.
	open := other.Allowed != iampolicy.False
	accepted := strings.Join(verdict.ExternalIDs, ", ")
	switch {
	case q.ExternalID != "" && verdict.Allowed == iampolicy.False:
		detail := fmt.Sprintf("The trust policy accepts the external ID %s, not %s.", accepted, q.ExternalID)
		if accepted == "" || open {
			detail = fmt.Sprintf("The trust policy refuses the external ID %s.", q.ExternalID)
		}
		return failed(RoleExternalID, Error, detail,
			"Set external_id to your VoiceBase organization ID, here and on the role. VoiceBase support can tell it.")
	case open:
		return failed(RoleExternalID, Warning,
			"The trust policy accepts any external ID, so whoever has VoiceBase deliver to this role's ARN gets their results into your bucket.",
			"Set external_id on voicebase_delivery_role to your VoiceBase organization ID and apply.")
	case q.ExternalID == "":
		return Finding{
			Name: RoleExternalID, Severity: Error,
			Detail: UnknownPrefix + "the trust policy accepts the external ID " + accepted + "; there is none to compare it with",
			Remedy: "Set external_id, here or in the provider block, to your VoiceBase organization ID.",
		}
	}
	return passed(RoleExternalID, Error, "The trust policy requires the external ID %s.", q.ExternalID)
}
