package bucket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

type publicAccessBlockModel struct {
	BlockPublicACLs       types.Bool `tfsdk:"block_public_acls"`
	BlockPublicPolicy     types.Bool `tfsdk:"block_public_policy"`
	IgnorePublicACLs      types.Bool `tfsdk:"ignore_public_acls"`
	RestrictPublicBuckets types.Bool `tfsdk:"restrict_public_buckets"`
}

var publicAccessBlockTypes = map[string]attr.Type{
	"block_public_acls":       types.BoolType,
	"block_public_policy":     types.BoolType,
	"ignore_public_acls":      types.BoolType,
	"restrict_public_buckets": types.BoolType,
}

func newPublicAccessBlock(block s3bucket.PublicAccessBlock) types.Object {
	return types.ObjectValueMust(publicAccessBlockTypes, map[string]attr.Value{
		"block_public_acls":       types.BoolValue(block.BlockPublicACLs),
		"block_public_policy":     types.BoolValue(block.BlockPublicPolicy),
		"ignore_public_acls":      types.BoolValue(block.IgnorePublicACLs),
		"restrict_public_buckets": types.BoolValue(block.RestrictPublicBuckets),
	})
}

func (m publicAccessBlockModel) toAPI() s3bucket.PublicAccessBlock {
	return s3bucket.PublicAccessBlock{
		BlockPublicACLs:       m.BlockPublicACLs.ValueBool(),
		BlockPublicPolicy:     m.BlockPublicPolicy.ValueBool(),
		IgnorePublicACLs:      m.IgnorePublicACLs.ValueBool(),
		RestrictPublicBuckets: m.RestrictPublicBuckets.ValueBool(),
	}
}

type encryptionModel struct {
	Algorithm types.String `tfsdk:"algorithm"`
	KMSKeyARN types.String `tfsdk:"kms_key_arn"`
	BucketKey types.Bool   `tfsdk:"bucket_key_enabled"`
	Blocked   types.List   `tfsdk:"blocked_encryption_types"`
}

var encryptionTypes = map[string]attr.Type{
	"algorithm":                types.StringType,
	"kms_key_arn":              types.StringType,
	"bucket_key_enabled":       types.BoolType,
	"blocked_encryption_types": types.ListType{ElemType: types.StringType},
}

// newEncryption returns null for a bucket without default encryption, such as one created before 2023.
func newEncryption(encryption s3bucket.Encryption) types.Object {
	if encryption.Algorithm == "" {
		return types.ObjectNull(encryptionTypes)
	}
	blocked := make([]attr.Value, 0, len(encryption.Blocked))
	for _, kind := range encryption.Blocked {
		blocked = append(blocked, types.StringValue(kind))
	}
	return types.ObjectValueMust(encryptionTypes, map[string]attr.Value{
		"algorithm":                types.StringValue(encryption.Algorithm),
		"kms_key_arn":              keyARN(encryption),
		"bucket_key_enabled":       types.BoolValue(encryption.BucketKey),
		"blocked_encryption_types": types.ListValueMust(types.StringType, blocked),
	})
}

func (m encryptionModel) toAPI() s3bucket.Encryption {
	encryption := s3bucket.Encryption{
		Algorithm: m.Algorithm.ValueString(),
		KMSKey:    m.KMSKeyARN.ValueString(),
		BucketKey: m.BucketKey.ValueBool(),
	}
	for _, element := range m.Blocked.Elements() {
		if kind, ok := element.(types.String); ok {
			encryption.Blocked = append(encryption.Blocked, kind.ValueString())
		}
	}
	return encryption
}

type accessLoggingModel struct {
	Bucket types.String `tfsdk:"bucket"`
	Prefix types.String `tfsdk:"prefix"`
}

var accessLoggingTypes = map[string]attr.Type{"bucket": types.StringType, "prefix": types.StringType}

func newAccessLogging(logging s3bucket.AccessLogging) types.Object {
	if logging.Bucket == "" {
		return types.ObjectNull(accessLoggingTypes)
	}
	return types.ObjectValueMust(accessLoggingTypes, map[string]attr.Value{
		"bucket": types.StringValue(logging.Bucket),
		"prefix": types.StringValue(logging.Prefix),
	})
}

func (m accessLoggingModel) toAPI() s3bucket.AccessLogging {
	return s3bucket.AccessLogging{Bucket: m.Bucket.ValueString(), Prefix: m.Prefix.ValueString()}
}

// decode reads a nested attribute. A null or unknown one becomes the zero value.
func decode[T any](ctx context.Context, object types.Object, diags *diag.Diagnostics) T {
	var out T
	diags.Append(object.As(ctx, &out, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true, UnhandledUnknownAsEmpty: true})...)
	return out
}
