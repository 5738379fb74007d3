package bucket

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// ValidateConfig refuses arguments for parts that are left alone, and transitions that S3 would refuse.
func (r *bucketResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config bucketModel
	resp.Diagnostics.Append(framework.Decode(ctx, req.Config.Schema, req.Config.Raw, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(config.checkUnmanaged()...)
	resp.Diagnostics.Append(config.checkRetention(ctx)...)
}

// checkUnmanaged refuses a guard if the policy is not managed, and a retention if the lifecycle is not.
func (m bucketModel) checkUnmanaged() diag.Diagnostics {
	var diags diag.Diagnostics
	refuse := func(name, switchName, what string) {
		diags.AddAttributeError(path.Root(name), "Bucket "+what+" is not managed",
			fmt.Sprintf("With %s = false, the resource does not manage the bucket %s, so %s has no effect. Remove %s or %s.", switchName, what, name, name, switchName))
	}
	if framework.IsKnown(m.ManagePolicy) && !m.ManagePolicy.ValueBool() {
		for name, value := range map[string]attr.Value{
			"policy": m.Policy, "presigned_url_max_age": m.PresignedURLMaxAge, "presigned_url_source_ips": m.PresignedURLSourceIPs,
		} {
			if framework.IsKnown(value) {
				refuse(name, "manage_policy", "policy")
			}
		}
	}
	if framework.IsKnown(m.ManageLifecycle) && !m.ManageLifecycle.ValueBool() && framework.IsKnown(m.Retention) {
		refuse("retention", "manage_lifecycle", "lifecycle configuration")
	}
	return diags
}

// ModifyPlan computes what follows from the arguments at plan time, so that a plan shows it, and shows changes made
// outside of Terraform as differences that the apply corrects.
func (r *bucketResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || framework.KeepsAll(ctx, req, resp, "bucket", "bucket_prefix") {
		return
	}
	var config, plan bucketModel
	var prior *bucketModel
	resp.Diagnostics.Append(framework.Decode(ctx, req.Config.Schema, req.Config.Raw, &config)...)
	resp.Diagnostics.Append(framework.Decode(ctx, req.Plan.Schema, req.Plan.Raw, &plan)...)
	if !req.State.Raw.IsNull() {
		prior = &bucketModel{}
		resp.Diagnostics.Append(framework.Decode(ctx, req.State.Schema, req.State.Raw, prior)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	r.place(config, &plan, prior)
	foreign, diags := framework.Foreign(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	foreign = foreign && prior != nil
	plan.placeLifecycle(config, prior, foreign)
	// A region that is not known yet may be another one.
	if prior != nil && !plan.Region.Equal(prior.Region) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("region"))
	}
	// Check again, because Terraform validates the configuration before ignore_changes merges the state into it.
	resp.Diagnostics.Append(config.checkUnmanaged()...)
	resp.Diagnostics.Append(config.checkRetention(ctx)...)
	resp.Diagnostics.Append(r.checkPlace(plan, prior)...)
	resp.Diagnostics.Append(r.derive(ctx, &plan, prior)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if foreign {
		plan.keepLifecycle(config, *prior)
	}
	resp.Diagnostics.Append(framework.SetPlan(ctx, &resp.Plan, plan)...)
}

// place sets name and region if the configuration does not. The bucket's region follows the provider's, as in
// hashicorp/aws. A name from the configuration has the prefix "", also as there: see KeepsAll.
func (r *bucketResource) place(config bucketModel, plan, prior *bucketModel) {
	if config.Region.IsNull() {
		plan.Region = types.StringUnknown()
		if region := r.Data.Clients.Region(); region != "" {
			plan.Region = types.StringValue(region)
		} else if prior != nil {
			plan.Region = prior.Region
		}
	}
	if prior != nil {
		if config.Bucket.IsNull() {
			plan.Bucket = prior.Bucket
		}
		if config.BucketPrefix.IsNull() {
			plan.BucketPrefix = prior.BucketPrefix
		}
		return
	}
	if config.Bucket.IsNull() {
		plan.Bucket = types.StringUnknown()
	}
	if config.BucketPrefix.IsNull() {
		plan.BucketPrefix = newPrefix(config.Bucket)
	}
}

// newPrefix returns the prefix of a new bucket that has a name or nothing. A name that is not known yet may turn out to
// be null.
func newPrefix(name types.String) types.String {
	switch {
	case name.IsUnknown():
		return types.StringUnknown()
	case name.IsNull():
		return types.StringValue(defaultPrefix)
	}
	return types.StringValue("")
}

// checkPlace refuses a name that S3 would not give to a new bucket, and what S3 accepts but a delivery would fail on.
func (r *bucketResource) checkPlace(plan bucketModel, prior *bucketModel) diag.Diagnostics {
	var diags diag.Diagnostics
	if framework.IsKnown(plan.Bucket) && (prior == nil || !plan.Bucket.Equal(prior.Bucket)) {
		framework.Parse(&diags, "bucket", plan.Bucket, awsname.ParseNewBucketName)
	}
	for name, value := range map[string]types.String{"bucket": plan.Bucket, "bucket_prefix": plan.BucketPrefix} {
		if !strings.Contains(value.ValueString(), ".") || !r.Data.Clients.RefusesDots() {
			continue
		}
		if prior != nil && plan.Bucket.Equal(prior.Bucket) {
			diags.AddAttributeWarning(path.Root(name), "Dot in the bucket's name",
				"TLS connections to the bucket's own host fail, because S3's certificates don't cover names with dots. Set s3_use_path_style = true in the provider block, and use path-style URLs.")
		} else {
			diags.AddAttributeError(path.Root(name), "Dot in the bucket's name",
				"TLS connections to the bucket's own host fail, because S3's certificates don't cover names with dots. Choose a name without dots, or set s3_use_path_style = true in the provider block if all clients of the bucket use path-style URLs.")
		}
	}
	if err := r.Data.Clients.CheckRegion(plan.Region.ValueString()); err != nil {
		diags.AddAttributeError(path.Root("region"), "Invalid region", framework.Sentence(err))
	}
	diags.Append(plan.checkKey(prior)...)
	return diags
}

// checkKey refuses a KMS key that the bucket cannot use. The key that the bucket already has stays.
func (m bucketModel) checkKey(prior *bucketModel) diag.Diagnostics {
	var diags diag.Diagnostics
	if !framework.IsKnown(m.KMSKeyARN) || prior != nil && m.KMSKeyARN.Equal(prior.KMSKeyARN) {
		return diags
	}
	err := checkKey(m.KMSKeyARN.ValueString(), m.Region.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("kms_key_arn"), "Invalid KMS key", framework.Sentence(err))
	}
	return diags
}

// checkKey refuses a KMS key that a bucket of this region cannot use. "" stands for a region that is not known yet.
func checkKey(text, region string) error {
	key, err := awsname.ParseKMSKeyARN(text)
	if err != nil {
		return err
	}
	if err := awsname.PartitionMatches(key.Partition, awsname.Partition(region)); err != nil {
		return err
	}
	if region != "" && key.Region != region {
		return fmt.Errorf("the KMS key is in region %s and the bucket in %s: both must be in the same region", key.Region, region)
	}
	return nil
}
