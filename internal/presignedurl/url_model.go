package presignedurl

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// urlModel is what the three objects share. Each embeds it.
type urlModel struct {
	Bucket           types.String `tfsdk:"bucket"`
	Key              types.String `tfsdk:"key"`
	Region           types.String `tfsdk:"region"`
	ExpiresIn        types.Int64  `tfsdk:"expires_in"`
	Type             types.String `tfsdk:"type"`
	Format           types.String `tfsdk:"format"`
	ContentType      types.String `tfsdk:"content_type"`
	ContentTypeQuery types.Bool   `tfsdk:"content_type_query"`

	URL                 types.String   `tfsdk:"url"`
	Method              types.String   `tfsdk:"method"`
	Headers             types.Map      `tfsdk:"headers"`
	SignedAt            framework.Time `tfsdk:"signed_at"`
	ExpiresAt           framework.Time `tfsdk:"expires_at"`
	CredentialsExpireAt framework.Time `tfsdk:"credentials_expire_at"`
	EffectiveExpiresAt  framework.Time `tfsdk:"effective_expires_at"`
}

// sign signs for the given time and sets the model's outputs.
func (m *urlModel) sign(ctx context.Context, clients *awsclient.Clients, at time.Time) (s3presign.Signed, diag.Diagnostics) {
	diags := m.checkRegion(clients)
	if diags.HasError() {
		return s3presign.Signed{}, diags
	}
	signed, err := m.signed(ctx, clients, at)
	if err != nil {
		diags.Append(framework.AWSError(framework.ActionSign, "callback URL", "s3://"+m.Bucket.ValueString()+"/"+m.Key.ValueString(), err))
		return signed, diags
	}
	m.URL = types.StringValue(signed.URL)
	m.SignedAt = framework.TimeValue(signed.SignedAt)
	m.ExpiresAt = framework.TimeValue(signed.ExpiresAt)
	m.CredentialsExpireAt = framework.NullTime()
	if !signed.CredentialsExpireAt.IsZero() {
		m.CredentialsExpireAt = framework.TimeValue(signed.CredentialsExpireAt)
	}
	m.EffectiveExpiresAt = framework.TimeValue(signed.EffectiveEnd())
	return signed, diags
}

// checkRegion refuses a region that AWS does not have, because the URL would name a host that does not exist.
func (m *urlModel) checkRegion(clients *awsclient.Clients) diag.Diagnostics {
	var diags diag.Diagnostics
	if err := clients.CheckRegion(m.regionOf(clients)); err != nil {
		diags.AddAttributeError(path.Root("region"), "Invalid region", framework.Sentence(err))
	}
	return diags
}

func (m *urlModel) signed(ctx context.Context, clients *awsclient.Clients, at time.Time) (s3presign.Signed, error) {
	if err := m.setContentType(); err != nil {
		return s3presign.Signed{}, err
	}
	client, err := clients.S3(ctx, m.regionOf(clients))
	if err != nil {
		return s3presign.Signed{}, err
	}
	m.Region = types.StringValue(client.Options().Region)
	return s3presign.New(client).Sign(ctx, s3presign.Request{
		Bucket:           m.Bucket.ValueString(),
		Key:              m.Key.ValueString(),
		ContentType:      m.ContentType.ValueString(),
		ExpiresIn:        lifetime(m.ExpiresIn),
		SignedAt:         at,
		ContentTypeQuery: m.ContentTypeQuery.IsNull() || m.ContentTypeQuery.ValueBool(),
	})
}

// setContentType derives the content type from type and format, and what follows from it. Both must be known. It needs
// no AWS.
func (m *urlModel) setContentType() error {
	if m.Type.ValueString() != "" {
		derived, err := contentType(m.Type, m.Format)
		if err != nil {
			return err
		}
		m.ContentType = types.StringValue(derived)
	}
	m.Method = types.StringValue(s3presign.Method)
	m.Headers = types.MapValueMust(types.StringType, map[string]attr.Value{"Content-Type": m.ContentType})
	return nil
}

// regionOf returns the region to sign for if no call is needed to find it out, and "" otherwise.
func (m *urlModel) regionOf(clients *awsclient.Clients) string {
	if framework.IsKnown(m.Region) {
		return m.Region.ValueString()
	}
	if bucket, err := s3presign.ParseBucket(m.Bucket.ValueString()); err == nil && bucket.Region != "" {
		return bucket.Region
	}
	return clients.Region()
}

func contentType(resultType, format types.String) (string, error) {
	return voicebase.ContentType(voicebase.ResultType(resultType.ValueString()), voicebase.Format(format.ValueString()))
}

// lifetime returns expires_in, or its default if it is null.
func lifetime(expiresIn types.Int64) time.Duration {
	if expiresIn.IsNull() {
		return s3presign.DefaultExpiresIn
	}
	return time.Duration(expiresIn.ValueInt64()) * time.Second
}
