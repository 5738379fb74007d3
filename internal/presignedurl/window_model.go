package presignedurl

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

// windowModel is a URL that is signed again with each read, for the data source and the ephemeral resource.
type windowModel struct {
	urlModel
	SigningWindow framework.Duration `tfsdk:"signing_window"`
}

// read signs, and warns about what cannot last.
func (m *windowModel) read(ctx context.Context, clients *awsclient.Clients) diag.Diagnostics {
	now := clients.Now()
	configured := m.SignedAt
	at, diags := m.signingTime(now)
	if diags.HasError() {
		return diags
	}
	signed, signDiags := m.sign(ctx, clients, at)
	diags.Append(signDiags...)
	if diags.HasError() {
		return diags
	}
	if !configured.IsNull() {
		// Keep the user's own spelling of the time, which may have another offset.
		m.SignedAt = configured
	}
	diags.Append(lifetimeWarnings(signed, now)...)
	diags.Append(unknownEndWarning(signed)...)
	return diags
}

func (m *windowModel) signingTime(now time.Time) (time.Time, diag.Diagnostics) {
	if !m.SignedAt.IsNull() {
		return m.SignedAt.ValueRFC3339Time()
	}
	if m.SigningWindow.IsNull() {
		return s3presign.Window(now, s3presign.DefaultWindow(lifetime(m.ExpiresIn))), nil
	}
	window, diags := m.SigningWindow.ValueGoDuration()
	return s3presign.Window(now, window), diags
}
