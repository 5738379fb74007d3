package bucket

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

var _ list.ListResourceWithConfigure = (*bucketList)(nil)

// NewListResource returns the list resource voicebase_delivery_bucket.
func NewListResource() list.ListResource { return &bucketList{} }

type bucketList struct {
	bucketResource
}

type listModel struct {
	Prefix types.String `tfsdk:"prefix"`
	Region types.String `tfsdk:"region"`
}

// ListResourceConfigSchema describes the filters.
func (l *bucketList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the account's buckets in one region, to import them as `voicebase_delivery_bucket`.",
		Attributes: map[string]schema.Attribute{
			"prefix": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Beginning of the buckets' names. Default: all buckets.",
			},
			"region": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Region of the buckets. Default: the provider's.",
				Validators: []validator.String{framework.Parsed(awsname.ParseRegionName, awsname.RegionForms)},
			},
		},
	}
}

// List lists the buckets. It reads each of them if the request includes the resource.
func (l *bucketList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	if diags := req.Config.Get(ctx, &config); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	if err := l.Data.Clients.CheckRegion(cmp.Or(config.Region.ValueString(), l.Data.Clients.Region())); err != nil {
		stream.Results = list.ListResultsStreamDiagnostics(diag.Diagnostics{
			diag.NewAttributeErrorDiagnostic(path.Root("region"), "Invalid region", framework.Sentence(err)),
		})
		return
	}
	client, err := l.Data.Clients.S3(ctx, config.Region.ValueString())
	if err != nil {
		stream.Results = list.ListResultsStreamDiagnostics(diag.Diagnostics{framework.AWSError(framework.ActionList, kind, config.Prefix.ValueString(), err)})
		return
	}
	region := client.Options().Region
	stream.Results = func(push func(list.ListResult) bool) {
		var listed int64
		for name, err := range s3bucket.List(ctx, client, region, config.Prefix.ValueString()) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{framework.AWSError(framework.ActionList, kind, config.Prefix.ValueString(), err)}})
				return
			}
			if listed++; listed > req.Limit || !push(l.result(ctx, req, name, region)) {
				return
			}
		}
	}
}

func (l *bucketList) result(ctx context.Context, req list.ListRequest, name, region string) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = name
	found := foundModel{Bucket: types.StringValue(name), Region: types.StringValue(region)}
	result.Diagnostics.Append(found.identify(ctx, result.Identity)...)
	if !req.IncludeResource {
		return result
	}
	framework.Emptied(ctx, &result)
	var model bucketModel
	diags := result.Resource.Get(ctx, &model)
	model.Bucket, model.Region = found.Bucket, found.Region
	diags.Append(l.adoptListed(ctx, &model)...)
	if diags.HasError() {
		return framework.ListWarning(diags)
	}
	result.Diagnostics.Append(diags...)
	result.Diagnostics.Append(result.Resource.Set(ctx, model)...)
	return result
}

// adoptListed reads a bucket as an import does.
func (l *bucketList) adoptListed(ctx context.Context, model *bucketModel) diag.Diagnostics {
	model.prepareAdoption()
	found, err := find(ctx, l.Data.Clients, &model.foundModel, model.readParts(true))
	if err != nil {
		return diag.Diagnostics{framework.AWSError(framework.ActionRead, kind, model.Bucket.ValueString(), err)}
	}
	model.fromAPI(found, l.Data.Tags)
	return model.adopt(found)
}
