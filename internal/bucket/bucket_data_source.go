package bucket

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

var _ datasource.DataSourceWithConfigure = (*bucketDataSource)(nil)

// NewDataSource returns the data source voicebase_delivery_bucket.
func NewDataSource() datasource.DataSource { return &bucketDataSource{} }

type bucketDataSource struct {
	framework.DataSource
}

// Metadata names the data source.
func (d *bucketDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = TypeName
}

// Schema describes the data source.
func (d *bucketDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := framework.ComputedAttributes(factAttributes())
	attributes["bucket"] = schema.StringAttribute{
		Required: true, MarkdownDescription: "Name of the bucket.",
		Validators: []validator.String{framework.Parsed(awsname.ParseBucketName, awsname.BucketNameForms)},
	}
	attributes["region"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: "AWS region of the bucket. Default: the provider's region.",
		Validators: []validator.String{framework.Parsed(awsname.ParseRegionName, awsname.RegionForms)},
	}
	attributes["versioning"] = schema.BoolAttribute{
		Computed: true, MarkdownDescription: "Whether earlier versions of objects are kept.",
	}
	attributes["tags_all"] = schema.MapAttribute{
		Computed: true, ElementType: types.StringType,
		MarkdownDescription: "Tags of the bucket, except those that AWS manages or the provider's `ignore_tags` ignores.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Looks up an existing bucket, such as one that another configuration manages. It is an error if the bucket does not exist.",
		Attributes:          attributes,
	}
}

// Read looks the bucket up.
func (d *bucketDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model foundModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := d.Data.Clients.CheckRegion(cmp.Or(model.Region.ValueString(), d.Data.Clients.Region())); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("region"), "Invalid region", framework.Sentence(err))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	found, err := find(ctx, d.Data.Clients, &model, s3bucket.Parts{Lifecycle: true, Policy: true})
	if err != nil {
		if errors.Is(err, awsclient.ErrNotFound) {
			err = fmt.Errorf("%w: there is no such bucket in region %s", err, model.Region.ValueString())
		}
		resp.Diagnostics.Append(framework.AWSError(framework.ActionFind, kind, model.Bucket.ValueString(), err))
		return
	}
	model.fromAPI(found)
	resp.Diagnostics.Append(model.warnOfKey(found.Encryption, "Permissions are for the key, so a role needs its ARN.")...)
	_, model.TagsAll = framework.TagsFromAPI(found.Tags, types.MapNull(types.StringType), d.Data.Tags)
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
