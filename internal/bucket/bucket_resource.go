package bucket

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// TypeName is the name of the resource and the data source.
const TypeName = "voicebase_delivery_bucket"

// kind is the name of the object in messages.
const kind = "delivery bucket"

// Default timeouts. A destroy that empties the bucket can take long; the others are a few calls.
const (
	defaultTimeout = 10 * time.Minute
	deleteTimeout  = 60 * time.Minute
)

var (
	_ resource.ResourceWithConfigure      = (*bucketResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*bucketResource)(nil)
	_ resource.ResourceWithValidateConfig = (*bucketResource)(nil)
)

// NewResource returns the resource voicebase_delivery_bucket.
func NewResource() resource.Resource { return &bucketResource{} }

type bucketResource struct {
	framework.Resource
}

// Metadata names the resource.
func (r *bucketResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = TypeName
}

// Create creates the bucket, saves it, and then sets it up. After the save, a failure leaves a bucket that is in the
// state as tainted.
func (r *bucketResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan bucketModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	client, _, err := r.Data.Clients.OwnS3(ctx, plan.Region.ValueString())
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionCreate, kind, plan.Bucket.ValueString(), err))
		return
	}
	generated := plan.Bucket.IsUnknown()
	resp.Diagnostics.Append(r.complete(ctx, &plan, client.Options().Region)...)
	settings, diags := plan.toSettings(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	name := plan.Bucket.ValueString()
	made, err := s3bucket.Create(ctx, client, s3bucket.New{
		Name: name, Region: plan.Region.ValueString(), Tags: settings.Tags, Generated: generated,
	})
	if err != nil && generated && awsclient.MaybeDone(err) {
		// Only this error would contain the name, so nobody could find the bucket again.
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		resp.Diagnostics.Append(plan.identify(ctx, resp.Identity)...)
		resp.Diagnostics.Append(framework.LostError(kind, name, err))
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.createError(plan, err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(plan.identify(ctx, resp.Identity)...)
	if err := s3bucket.Configure(ctx, client, name, made, settings); err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionSetUp, kind, name, err))
		return
	}
	resp.Diagnostics.Append(framework.Written(ctx, resp.Private, r.Data.Clients.Now())...)
}

// Read takes over AWS's settings, or removes a bucket that is gone from the state.
func (r *bucketResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state bucketModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	// This comes first, because the framework requires an identity even for a bucket that is gone.
	resp.Diagnostics.Append(state.identify(ctx, resp.Identity)...)
	adopting, diags := framework.TakeForAdoption(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if adopting {
		state.prepareAdoption()
	}
	name := state.Bucket.ValueString()
	settling := framework.Settling(ctx, req.Private, r.Data.Clients.Now())
	found, err := awsclient.UntilSeen(ctx, settling, state.shows(ctx, r.Data.Tags), func(ctx context.Context) (s3bucket.Settings, error) {
		return findOwn(ctx, r.Data.Clients, &state.foundModel, state.readParts(adopting))
	})
	if errors.Is(err, awsclient.ErrNotFound) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionRead, kind, name, err))
		return
	}
	state.fromAPI(found, r.Data.Tags)
	resp.Diagnostics.Append(state.warnOfKey(found.Encryption,
		"Set kms_key_arn to the key's ARN to keep the key; without it, the next apply sets SSE-S3.")...)
	if adopting {
		resp.Diagnostics.Append(state.adopt(found)...)
	}
	if adopting && len(foreignRules(found.Lifecycle)) > 0 {
		resp.Diagnostics.Append(framework.MarkForeign(ctx, resp.Private)...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(state.identify(ctx, resp.Identity)...)
}

// Update sends the differences between state and plan.
func (r *bucketResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, state bucketModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	from, diags := state.toSettings(ctx)
	resp.Diagnostics.Append(diags...)
	to, diags := plan.toSettings(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	name := plan.Bucket.ValueString()
	resp.Diagnostics.Append(framework.Writing(ctx, resp.Private)...)
	client, accountID, err := r.Data.Clients.OwnS3(ctx, plan.Region.ValueString())
	if err == nil {
		err = ofAnother(accountID, s3bucket.Update(ctx, client, name, from, to, r.Data.Tags.Unmanaged))
	}
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionUpdate, kind, name, err))
		return
	}
	resp.Diagnostics.Append(framework.Written(ctx, resp.Private, r.Data.Clients.Now())...)
	if config.asksForLifecycle() {
		resp.Diagnostics.Append(framework.MarkOwn(ctx, resp.Private)...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(plan.identify(ctx, resp.Identity)...)
}

// Delete deletes the bucket, including everything in it if force_destroy was applied.
func (r *bucketResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state bucketModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, deleteTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	name := state.Bucket.ValueString()
	client, accountID, err := r.Data.Clients.OwnS3(ctx, state.Region.ValueString())
	if err == nil {
		err = ofAnother(accountID, s3bucket.Delete(ctx, client, name, state.ForceDestroy.ValueBool()))
	}
	if err != nil {
		resp.Diagnostics.Append(framework.AWSError(framework.ActionDelete, kind, name, err))
	}
}

// complete sets what the plan could not know: a generated name, a region from an instance's metadata, and what follows
// from them.
func (r *bucketResource) complete(ctx context.Context, plan *bucketModel, region string) diag.Diagnostics {
	plan.Region = types.StringValue(region)
	if plan.Bucket.IsUnknown() {
		plan.Bucket = types.StringValue(awsname.GenerateName(plan.BucketPrefix.ValueString(), r.Data.Clients.Now()))
	}
	return r.derive(ctx, plan, nil)
}
