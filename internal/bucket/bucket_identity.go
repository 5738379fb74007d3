package bucket

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

var (
	_ resource.ResourceWithIdentity    = (*bucketResource)(nil)
	_ resource.ResourceWithImportState = (*bucketResource)(nil)
)

type bucketIdentity struct {
	Bucket types.String `tfsdk:"bucket"`
	Region types.String `tfsdk:"region"`
}

// IdentitySchema describes what identifies a bucket. The region is the one to ask for it.
func (r *bucketResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"bucket": identityschema.StringAttribute{RequiredForImport: true, Description: "Name of the bucket."},
		"region": identityschema.StringAttribute{OptionalForImport: true, Description: "Region of the bucket. Default: the provider's."},
	}}
}

// identify sets the identity that Terraform stores beside the state.
func (m foundModel) identify(ctx context.Context, identity *tfsdk.ResourceIdentity) diag.Diagnostics {
	return identity.Set(ctx, bucketIdentity{Bucket: m.Bucket, Region: m.Region})
}

// ImportState accepts "bucket", "bucket@region", the bucket's ARN, or its identity.
func (r *bucketResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var found foundModel
	if req.ID == "" {
		var identity bucketIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		found.Bucket, found.Region = identity.Bucket, identity.Region
	} else {
		name, region, err := parseImportID(req.ID, r.partition())
		if err != nil {
			resp.Diagnostics.AddError("Invalid import ID", framework.Sentence(err))
			return
		}
		found.Bucket, found.Region = types.StringValue(name), framework.StringOrNull(region)
	}
	resp.Diagnostics.Append(found.checkImport()...)
	if r.Data != nil { // An import without a configured provider ends here.
		if err := r.Data.Clients.CheckRegion(found.Region.ValueString()); err != nil {
			resp.Diagnostics.AddError("Invalid import ID", framework.Sentence(err))
		}
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.Bucket)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("bucket"), found.Bucket)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("region"), found.Region)...)
	resp.Diagnostics.Append(found.identify(ctx, resp.Identity)...)
	resp.Diagnostics.Append(framework.MarkForAdoption(ctx, resp.Private)...)
}

// partition is the provider's, or "" where Terraform has not configured it.
func (r *bucketResource) partition() string {
	if r.Data == nil {
		return ""
	}
	return awsname.Partition(r.Data.Clients.Region())
}

// checkImport refuses names that S3 cannot be asked for.
func (m foundModel) checkImport() diag.Diagnostics {
	var diags diag.Diagnostics
	if _, err := awsname.ParseBucketName(m.Bucket.ValueString()); err != nil {
		diags.AddError("Invalid import ID", framework.Sentence(err)+" Give "+importForms+".")
	}
	if m.Region.IsNull() {
		return diags
	}
	if _, err := awsname.ParseRegionName(m.Region.ValueString()); err != nil {
		diags.AddError("Invalid import ID", framework.Sentence(err)+" Give "+importForms+".")
	}
	return diags
}

// importForms describes what an import accepts.
const importForms = "the bucket's name, <bucket>@<region> if it is not in the provider's region, or its ARN"

// parseImportID parses an import ID: a bucket, with its region if that is not the provider's, in the form of
// hashicorp/aws, or the bucket's ARN, which must be in the provider's partition unless that is not known (""): the name
// alone would find another bucket there.
func parseImportID(id, partition string) (name, region string, err error) {
	id, region, given := strings.Cut(id, "@")
	if strings.HasPrefix(id, "arn:") {
		arn, err := awsname.ParseBucketARN(id)
		if err != nil {
			return "", "", fmt.Errorf("%w: give %s", err, importForms)
		}
		if err := awsname.PartitionMatches(arn.Partition, partition); err != nil {
			return "", "", fmt.Errorf("bucket %q: %w", arn, err)
		}
		id = arn.Resource
	}
	if id == "" || (given && region == "") || strings.Contains(region, "@") {
		return "", "", fmt.Errorf("%q is neither a bucket's name nor <bucket>@<region>: give %s", id, importForms)
	}
	return id, region, nil
}

// createError explains how to import the bucket if it already exists.
func (r *bucketResource) createError(plan bucketModel, err error) diag.Diagnostic {
	name, region := plan.Bucket.ValueString(), plan.Region.ValueString()
	if !errors.Is(err, s3bucket.ErrExists) {
		return framework.AWSError(framework.ActionCreate, kind, name, err)
	}
	id := name
	if region != r.Data.Clients.Region() {
		id += "@" + region
	}
	return framework.ExistsError(kind, name, id, err)
}
