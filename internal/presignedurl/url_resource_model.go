package presignedurl

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// resourceModel is a URL that is stored in the state, with the arguments of its renewal.
type resourceModel struct {
	urlModel
	RenewBefore         framework.Duration `tfsdk:"renew_before"`
	CredentialsLifetime framework.Duration `tfsdk:"credentials_lifetime"`
}

// planOutputs sets what a plan can know about a URL without signing it. With a content type of its own, the URL has the
// type "": see framework.KeepsAll. The validators have refused a type and a format that do not match.
func (m *resourceModel) planOutputs(clients *awsclient.Clients, config resourceModel) {
	if config.Region.IsNull() && !m.Bucket.IsUnknown() {
		m.planRegion(clients)
	}
	if config.Type.IsNull() {
		m.Type = types.StringValue("")
	}
	if m.Type.IsUnknown() || m.Format.IsUnknown() || m.ContentType.IsUnknown() && m.Type.ValueString() == "" {
		return
	}
	_ = m.setContentType()
}

// planRegion follows the provider's region, and stays if that is known only after a call.
func (m *resourceModel) planRegion(clients *awsclient.Clients) {
	planned := m.Region
	m.Region = types.StringNull()
	if region := m.regionOf(clients); region != "" {
		planned = types.StringValue(region)
	}
	m.Region = planned
}

// keepOrRenew compares a planned URL with the one in the state, and whether that was due for renewal when it was read.
// It returns the attributes that require a new URL, none if the present one can stay. Update decides whether it can
// stay with changed arguments of the renewal.
func (m *resourceModel) keepOrRenew(state resourceModel, due bool) path.Paths {
	var replaced path.Paths
	for _, attribute := range []struct {
		name     string
		replaces bool
	}{
		{"region", !m.Region.Equal(state.Region)},
		{"type", !m.Type.Equal(state.Type)},
		{"content_type", !m.ContentType.Equal(state.ContentType)},
		{"renew_before", m.RenewBefore.IsUnknown()},
		{"credentials_lifetime", m.CredentialsLifetime.IsUnknown() && state.assumedEnd()},
		{"effective_expires_at", due && m.renewsAs(state)},
	} {
		if attribute.replaces {
			replaced.Append(path.Root(attribute.name))
		}
	}
	if len(replaced) > 0 || !m.renewsAs(state) {
		m.forget()
	}
	return replaced
}

// renewsAs reports whether the arguments of the renewal are the same as in the state. credentials_lifetime has no
// effect if the URL's end is known.
func (m *resourceModel) renewsAs(state resourceModel) bool {
	return m.RenewBefore.Equal(state.RenewBefore) && (m.CredentialsLifetime.Equal(state.CredentialsLifetime) || !state.assumedEnd())
}

// keep copies the outputs of the signature from the state.
func (m *resourceModel) keep(state resourceModel) {
	m.URL, m.SignedAt, m.ExpiresAt = state.URL, state.SignedAt, state.ExpiresAt
	m.CredentialsExpireAt, m.EffectiveExpiresAt = state.CredentialsExpireAt, state.EffectiveExpiresAt
}

// forget makes the outputs of the signature unknown.
func (m *resourceModel) forget() {
	m.URL = types.StringUnknown()
	m.SignedAt = framework.UnknownTime()
	m.ExpiresAt = framework.UnknownTime()
	m.CredentialsExpireAt = framework.UnknownTime()
	m.EffectiveExpiresAt = framework.UnknownTime()
}

// setEffectiveEnd assumes that a session token of unknown end lasts for credentials_lifetime.
func (m *resourceModel) setEffectiveEnd() diag.Diagnostics {
	if !m.assumedEnd() {
		return nil
	}
	assumed, diags := duration(m.CredentialsLifetime, defaultCredentialsLifetime)
	signedAt, d := m.SignedAt.ValueRFC3339Time()
	diags.Append(d...)
	expiresAt, d := m.ExpiresAt.ValueRFC3339Time()
	diags.Append(d...)
	m.EffectiveExpiresAt = framework.TimeValue(s3presign.Earlier(expiresAt, signedAt.Add(assumed)))
	return diags
}

// assumedEnd reports whether only the URL itself shows that it expires with a session.
func (m *resourceModel) assumedEnd() bool {
	return m.CredentialsExpireAt.IsNull() && s3presign.HasSessionToken(m.URL.ValueString())
}

// due reports whether it is time to renew the URL.
func (m *resourceModel) due(now time.Time) (bool, diag.Diagnostics) {
	signedAt, diags := m.SignedAt.ValueRFC3339Time()
	end, d := m.EffectiveExpiresAt.ValueRFC3339Time()
	diags.Append(d...)
	before, d := duration(m.RenewBefore, defaultRenewBefore(end.Sub(signedAt)))
	diags.Append(d...)
	return !diags.HasError() && !now.Before(end.Add(-before)), diags
}

// warnings are those of a URL that was just signed.
func (m *resourceModel) warnings(signed s3presign.Signed) diag.Diagnostics {
	diags := lifetimeWarnings(signed, signed.SignedAt)
	if m.assumedEnd() {
		diags.AddAttributeWarning(path.Root("credentials_lifetime"), "Assumed expiry of the credentials",
			fmt.Sprintf("The URL was signed with a session token of unknown expiry, such as one from environment variables, and stops working when the "+
				"token expires. The provider assumes that this is at %s and renews the URL before. Set credentials_lifetime to change the assumption.",
				m.EffectiveExpiresAt.ValueString()))
	}
	if due, _ := m.due(signed.SignedAt); due {
		diags.AddAttributeWarning(path.Root("renew_before"), "Callback URL is due for renewal from the start",
			fmt.Sprintf("The URL expires with its credentials at %s, which is less than renew_before from now, so every plan will replace it. "+
				"Use credentials that are valid for longer, or reduce renew_before.", m.EffectiveExpiresAt.ValueString()))
	}
	return diags
}

// defaultCredentialsLifetime is the shortest default among AWS's sessions, that of a chained role and of a role.
const defaultCredentialsLifetime = time.Hour

// defaultRenewBefore leaves VoiceBase time for its whole retry schedule. A URL with too short a lifetime for that is
// kept for a quarter of it; otherwise it would be due from the start.
func defaultRenewBefore(life time.Duration) time.Duration {
	return min(voicebase.LastRetry, life*3/4)
}

// duration returns a configured duration or its default.
func duration(configured framework.Duration, otherwise time.Duration) (time.Duration, diag.Diagnostics) {
	if configured.IsNull() {
		return otherwise, nil
	}
	return configured.ValueGoDuration()
}
