package bucket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

var _ resource.ResourceWithMoveState = (*bucketResource)(nil)

// awsBucket holds what is taken over from the state of aws_s3_bucket.
type awsBucket struct {
	ID           string            `json:"id"`
	Region       string            `json:"region"`
	ForceDestroy bool              `json:"force_destroy"`
	Tags         map[string]string `json:"tags"`
}

// MoveState takes over aws_s3_bucket. Its companions, such as aws_s3_bucket_policy, are settings of this resource.
func (r *bucketResource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		source, diags := framework.MovedFromAWS[awsBucket](req, "aws_s3_bucket", TypeName)
		resp.Diagnostics.Append(diags...)
		found := foundModel{Bucket: types.StringValue(source.ID), Region: framework.StringOrNull(source.Region)}
		if resp.Diagnostics.HasError() {
			return
		}
		resp.Diagnostics.Append(found.checkImport()...)
		for name, value := range map[string]any{
			"id": found.Bucket, "bucket": found.Bucket, "region": found.Region, "force_destroy": source.ForceDestroy, "tags": source.Tags,
		} {
			resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root(name), value)...)
		}
		resp.Diagnostics.Append(found.identify(ctx, resp.TargetIdentity)...)
		resp.Diagnostics.Append(framework.MarkForAdoption(ctx, resp.TargetPrivate)...)
	}}}
}
