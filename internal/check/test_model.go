package check

import (
	"cmp"
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

type testModel struct {
	Bucket    types.String `tfsdk:"bucket"`
	Region    types.String `tfsdk:"region"`
	Key       types.String `tfsdk:"key"`
	KeyPrefix types.String `tfsdk:"key_prefix"`
	Type      types.String `tfsdk:"type"`
	Format    types.String `tfsdk:"format"`
	Keep      types.Bool   `tfsdk:"keep"`
}

func (m testModel) resultType() voicebase.ResultType {
	return cmp.Or(voicebase.ResultType(m.Type.ValueString()), voicebase.Analytics)
}

// validAlone reports whether type and format are each valid. If one of them isn't, its own validator reports that.
func (m testModel) validAlone() bool {
	_, typeErr := voicebase.ParseResultType(string(m.resultType()))
	_, formatErr := voicebase.ParseFormat(m.Format.ValueString())
	return (typeErr == nil || m.Type.IsNull()) && (formatErr == nil || m.Format.IsNull())
}

func (m testModel) contentType() (string, error) {
	return voicebase.ContentType(m.resultType(), voicebase.Format(m.Format.ValueString()))
}

// testLife is the lifetime of the test's URL. A slow upload must not outlive it, and nobody else is to use it.
const testLife = 5 * time.Minute

// testName is the prefix of the key that the action generates.
const testName = "voicebase-test-delivery-"

// key is the configured key, or a generated one that no object has.
func (m testModel) key() string {
	if key := m.Key.ValueString(); key != "" {
		return key
	}
	return m.KeyPrefix.ValueString() + testName + strings.ToLower(rand.Text())
}

// prepare signs the URL. It makes no calls except those that find credentials.
func (a *testAction) prepare(ctx context.Context, model testModel) (*testDelivery, diag.Diagnostics) {
	var diags diag.Diagnostics
	bucket := model.Bucket.ValueString()
	failed := func(err error) (*testDelivery, diag.Diagnostics) {
		diags.Append(framework.AWSError("prepare", "test delivery", bucket, err))
		return nil, diags
	}
	contentType, err := model.contentType()
	if err != nil {
		return failed(err)
	}
	reference, err := s3presign.ParseBucket(bucket)
	if err != nil {
		return failed(err)
	}
	region := cmp.Or(model.Region.ValueString(), reference.Region, a.Data.Clients.Region())
	if err := a.Data.Clients.CheckRegion(region); err != nil {
		diags.AddAttributeError(path.Root("region"), "Invalid region", framework.Sentence(err))
		return nil, diags
	}
	client, err := a.Data.Clients.S3(ctx, region)
	if err != nil {
		return failed(err)
	}
	plain, err := a.Data.Clients.Plain(ctx)
	if err != nil {
		return failed(err)
	}
	delivery := &testDelivery{
		http: plain, bucket: bucket, key: model.key(), contentType: contentType,
		body: sample(model.resultType(), voicebase.Format(model.Format.ValueString())),
		keep: model.Keep.ValueBool(), named: model.Key.ValueString() != "",
	}
	delivery.object = s3bucket.NewObject(client, bucket, delivery.key)
	delivery.signed, err = s3presign.New(client).Sign(ctx, s3presign.Request{
		Bucket: bucket, Key: delivery.key, ContentType: contentType, ExpiresIn: testLife, SignedAt: a.Data.Clients.Now(), ContentTypeQuery: true,
	})
	if err != nil {
		return failed(err)
	}
	return delivery, diags
}
