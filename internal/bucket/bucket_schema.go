package bucket

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// defaultPrefix is the prefix of a generated name if neither a name nor a prefix is given.
const defaultPrefix = "voicebase-"

// Schema describes the resource.
func (r *bucketResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := placeAttributes()
	maps.Copy(attributes, settingAttributes())
	maps.Copy(attributes, lifecycleAttributes())
	maps.Copy(attributes, policyAttributes())
	maps.Copy(attributes, framework.TagsAttributes())
	maps.Copy(attributes, factAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages the S3 bucket that VoiceBase delivers to, secure by default: public access is blocked, ACLs are disabled, objects are encrypted and versioned, incomplete multipart uploads are deleted, and plain HTTP and TLS below 1.2 are denied.\n\n" +
			"The resource owns the bucket policy and the lifecycle configuration, unless `manage_policy` or `manage_lifecycle` is `false`. The next apply reverts changes that others make to them.\n\n" +
			"You can import an existing bucket, or move it from `aws_s3_bucket`: see [Migration](../guides/migration.md).",
		Attributes: attributes,
		Blocks: map[string]schema.Block{
			"timeouts": framework.TimeoutsBlock(ctx, defaultTimeout, deleteTimeout),
		},
	}
}

func placeAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"bucket": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Name of the bucket: " + awsname.NewBucketNameForms + ". Must not contain dots, which break TLS, unless the provider's `s3_use_path_style` is `true`. A change replaces the bucket. Default: a generated name.",
			Validators:          []validator.String{framework.Parsed(parseName, awsname.NewBucketNameForms)},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplaceIfConfigured()},
		},
		"bucket_prefix": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: fmt.Sprintf("Prefix of a generated name, at most %d characters. Conflicts with `bucket`. A change replaces the bucket. Default: `%s`.", awsname.MaxBucketPrefix, defaultPrefix),
			Validators: []validator.String{
				framework.Parsed(awsname.ParseBucketPrefix, fmt.Sprintf("at most %d characters: lowercase letters, digits, dots and hyphens, starting with a letter or digit", awsname.MaxBucketPrefix)),
				stringvalidator.ConflictsWith(path.MatchRoot("bucket")),
			},
			PlanModifiers: []planmodifier.String{framework.ReplaceForPrefix("bucket")},
		},
		"region": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "AWS region of the bucket. A change replaces the bucket. Default: the provider's region.",
			Validators:          []validator.String{framework.Parsed(awsname.ParseRegionName, awsname.RegionForms)},
		},
		"force_destroy": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether to delete all object versions, delete markers and incomplete uploads permanently when the bucket is destroyed. Must be applied before the destroy. Default: `false`.",
		},
	}
}

// parseName accepts any name that a bucket can have, because an old bucket may have been imported. checkPlace checks a
// new name against today's rules. For a name that no bucket can have, those rules say what is wrong.
func parseName(name string) (string, error) {
	if _, err := awsname.ParseBucketName(name); err == nil {
		return name, nil
	}
	return awsname.ParseNewBucketName(name)
}

func settingAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"kms_key_arn": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "ARN of the KMS key that encrypts new objects, with an S3 Bucket Key. Must be in the bucket's region. Everyone who writes to the bucket needs permission to use the key. Must not be a key ID or an alias: where a bucket has one, a plan warns and shows null. Default: encryption with Amazon S3 managed keys (SSE-S3).",
			Validators:          []validator.String{framework.Parsed(awsname.ParseKMSKeyARN, awsname.KMSKeyARNForms)},
		},
		"blocked_encryption_types": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Encryption that writers must not use: `[\"SSE-C\"]` for keys that only the writer has, or `[\"NONE\"]` to block nothing. Default: `[\"SSE-C\"]` on a bucket that this resource creates; otherwise what the bucket has.",
			Validators: []validator.Set{
				setvalidator.SizeBetween(1, 1),
				setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(stringvalidator.OneOf(s3bucket.BlockedSSEC, s3bucket.BlockedNone)),
			},
		},
		"versioning": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether to keep earlier versions of objects, because a repeated delivery replaces the object. `false` suspends versioning on a bucket that has versions, and keeps them. Default: `true`.",
		},
		"access_logging": schema.SingleNestedAttribute{
			Optional:            true,
			MarkdownDescription: "Server access logging. Default: off.",
			Attributes: map[string]schema.Attribute{
				"bucket": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "Name of the bucket to write the logs to, in the same region. Its policy must allow `logging.s3.amazonaws.com` to write.",
					Validators:          []validator.String{framework.Parsed(awsname.ParseBucketName, awsname.BucketNameForms)},
				},
				"prefix": schema.StringAttribute{
					Optional: true, Computed: true, Default: stringdefault.StaticString(""),
					MarkdownDescription: "Key prefix of the logs. Default: none.",
				},
			},
		},
		"eventbridge_notifications": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether S3 sends events of the bucket to Amazon EventBridge. Other notifications of the bucket are kept. If `false`, plans don't detect that it was enabled elsewhere. Default: `false`.",
		},
	}
}

func policyAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"presigned_url_max_age": schema.StringAttribute{
			Optional: true, CustomType: framework.DurationType{},
			MarkdownDescription: "Maximum age of pre-signed URLs, as a duration such as `24h`, at most `168h`. S3 refuses a URL that is older, even if it has not " +
				"expired, so allow at least the `expires_in` of your `voicebase_presigned_callback_url`. Default: no limit other than the URL's own expiry.",
			Validators: []validator.String{framework.Parsed(iampolicy.ParsePresignedAge, "a duration of 1ms to 168h, such as 24h")},
		},
		"presigned_url_source_ips": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "CIDR ranges that pre-signed PUTs may come from. VoiceBase publishes its addresses. Requests through a VPC endpoint are denied too. Default: any address.",
			Validators: []validator.Set{
				setvalidator.SizeAtLeast(1),
				setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(framework.Parsed(iampolicy.ParseSourceCIDR, "an IPv4 or IPv6 range such as 52.6.244.43/32")),
			},
		},
		"policy": schema.StringAttribute{
			Optional: true, CustomType: framework.PolicyType{},
			MarkdownDescription: fmt.Sprintf("Your own bucket policy statements, as a JSON policy of version %s. The resource merges them with its guards, the statements that deny insecure requests. Must not use the Sids of the guards: `%s`. At most %d bytes in total. Default: only the guards.",
				iampolicy.Version, strings.Join(iampolicy.GuardSids, "`, `"), iampolicy.MaxBucketPolicySize),
			Validators: []validator.String{framework.Parsed(
				func(text string) (string, error) { return text, iampolicy.CheckBucketPolicy(text) },
				iampolicy.OwnPolicyForms)},
		},
		"manage_policy": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether the resource manages the bucket policy. If `false`, it neither reads nor writes the policy, doesn't add the guards (see `policy`), and does not allow `policy`, `presigned_url_max_age` and `presigned_url_source_ips`. Default: `true`.",
		},
	}
}
