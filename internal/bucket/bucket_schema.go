package bucket

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int32validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int32default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
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

// abortUploadsDays is how long the parts of an unfinished upload are kept, and paid for, by default.
const abortUploadsDays = 7

// defaultPrefix begins the name of a bucket that is given neither name nor prefix.
const defaultPrefix = "voicebase-"

// Schema describes the resource.
func (r *bucketResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := placeAttributes()
	maps.Copy(attributes, settingAttributes())
	maps.Copy(attributes, policyAttributes())
	maps.Copy(attributes, framework.TagsAttributes())
	maps.Copy(attributes, factAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "The S3 bucket that VoiceBase delivers to, safe without being asked: public access blocked, no ACLs, " +
			"encrypted, versioned, unfinished uploads dropped, and no access by plain HTTP or TLS below 1.2.\n\n" +
			"The resource owns the bucket's policy and its lifecycle configuration: what others write there is undone by the next apply.",
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
			MarkdownDescription: "Name of the bucket: " + awsname.NewBucketNameForms + ". A name with dots is refused for what it does to TLS, " +
				"unless the provider's `s3_use_path_style` is on. Default: a generated name. A change replaces the bucket.",
			Validators:    []validator.String{framework.Parsed(parseName, awsname.NewBucketNameForms)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIfConfigured()},
		},
		"bucket_prefix": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: fmt.Sprintf("Beginning of a generated name, at most %d characters. At most one of `bucket` and "+
				"`bucket_prefix`. A change replaces the bucket.", awsname.MaxBucketPrefix),
			Validators: []validator.String{
				framework.Parsed(awsname.ParseBucketPrefix, fmt.Sprintf("at most %d characters that a bucket name can begin with", awsname.MaxBucketPrefix)),
				stringvalidator.ConflictsWith(path.MatchRoot("bucket")),
			},
			PlanModifiers: []planmodifier.String{framework.ReplaceForPrefix("bucket")},
		},
		"region": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Region of the bucket. Default: the provider's. A change replaces the bucket.",
			Validators:          []validator.String{framework.Parsed(awsname.ParseRegionName, awsname.RegionForms)},
		},
		"force_destroy": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether a destroy deletes all that is in the bucket first: object versions, delete markers and unfinished " +
				"uploads, for good. It has to be applied before the destroy. Default: `false`.",
		},
	}
}

// parseName takes whatever a bucket can be named, since an old one may have been imported; checkPlace holds a new one to
// today's rules. Of a name that no bucket has, those say what is wrong.
func parseName(name string) (string, error) {
	if _, err := awsname.ParseBucketName(name); err == nil {
		return name, nil
	}
	return awsname.ParseNewBucketName(name)
}

func settingAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"kms_key_arn": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "ARN of the KMS key, in the bucket's region, that new objects are encrypted with, with an S3 bucket key. " +
				"Whoever writes to the bucket needs the key too. A bucket that was imported with a key ID or an alias keeps it where that is set here. " +
				"Default: S3's own encryption.",
			Validators: []validator.String{framework.Parsed(awsname.ParseBucketKey, awsname.KMSKeyARNForms)},
		},
		"versioning": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether an object that is written again stays as an older version: a repeated delivery replaces the one before. " +
				"On a bucket that has versions, `false` suspends versioning and keeps them. Default: `true`.",
		},
		"retention": retentionAttribute(),
		"access_logging": schema.SingleNestedAttribute{
			Optional:            true,
			MarkdownDescription: "S3's access log. Default: none.",
			Attributes: map[string]schema.Attribute{
				"bucket": schema.StringAttribute{
					Required: true,
					MarkdownDescription: "Bucket that the log is written to, in the same region. Its own policy must let " +
						"`logging.s3.amazonaws.com` write.",
					Validators: []validator.String{framework.Parsed(awsname.ParseBucketName, awsname.BucketNameForms)},
				},
				"prefix": schema.StringAttribute{
					Optional: true, Computed: true, Default: stringdefault.StaticString(""),
					MarkdownDescription: "Prefix of the log's keys. Default: none.",
				},
			},
		},
		"eventbridge_notifications": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether S3 tells EventBridge of each new object. Other notifications of the bucket stay as they are. " +
				"Default: `false`; what turns it on elsewhere is then not noticed.",
		},
	}
}

func retentionAttribute() schema.Attribute {
	number := func(text string) schema.Int32Attribute {
		return schema.Int32Attribute{
			Optional: true, CustomType: framework.WholeNumber32Type{}, MarkdownDescription: text,
			Validators: []validator.Int32{int32validator.AtLeast(1)},
		}
	}
	abort := number(fmt.Sprintf("Days after which the parts of an unfinished upload are deleted. Default: `%d`.", abortUploadsDays))
	abort.Computed, abort.Default = true, int32default.StaticInt32(abortUploadsDays)
	return schema.SingleNestedAttribute{
		Optional: true, Computed: true,
		Default:             objectdefault.StaticValue(newRetention(s3bucket.Retention{AbortUploadsAfterDays: abortUploadsDays})),
		MarkdownDescription: "After how many days what is deleted, as lifecycle rules for the whole bucket. Default: unfinished uploads alone.",
		Attributes: map[string]schema.Attribute{
			"expire_after_days":                   number("Days after which an object is deleted; with versioning its versions stay. Default: never."),
			"noncurrent_expire_after_days":        number("Days after which a version that has been replaced or deleted goes for good. Default: never."),
			"abort_incomplete_uploads_after_days": abort,
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
			MarkdownDescription: "CIDR ranges that pre-signed PUTs may come from; VoiceBase publishes its addresses. What comes through a " +
				"VPC endpoint is refused with it. Default: anywhere.",
			Validators: []validator.Set{
				setvalidator.SizeAtLeast(1),
				setvalidator.ValueStringsAre(framework.Parsed(iampolicy.ParseSourceCIDR, "an IPv4 or IPv6 range such as 52.6.244.43/32")),
			},
		},
		"policy": schema.StringAttribute{
			Optional: true, CustomType: framework.PolicyType{},
			MarkdownDescription: fmt.Sprintf("Statements of your own, as the JSON of a policy of version %s; they are merged with the guards. "+
				"Statement IDs that are the guards' own are refused: `%s`. Together at most %d bytes. Default: the guards alone.",
				iampolicy.Version, strings.Join(iampolicy.GuardSids, "`, `"), iampolicy.MaxBucketPolicySize),
			Validators: []validator.String{framework.Parsed(
				func(text string) (string, error) { return text, iampolicy.CheckBucketPolicy(text) },
				iampolicy.OwnPolicyForms)},
		},
		"manage_policy": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether the bucket's policy is this resource's. With `false` it is neither read nor written, there are no guards, " +
				"and `policy`, `presigned_url_max_age` and `presigned_url_source_ips` are errors. Default: `true`.",
		},
	}
}
