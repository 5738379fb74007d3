package bucket

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// Descriptions that the resource and the data source share.
var factDescriptions = map[string]string{
	"id":                          "Name of the bucket.",
	"arn":                         "ARN of the bucket.",
	"bucket_domain_name":          "Domain name of the bucket, without its region. S3 may redirect requests to it, so prefer `bucket_regional_domain_name`.",
	"bucket_regional_domain_name": "Regional domain name of the bucket.",
	"hosted_zone_id":              "Route 53 hosted zone ID of the S3 website endpoint in the bucket's region, for alias records.",
	"delivery_url":                "Base URL of the bucket for role delivery, as the `url` of a callback: `https`, path style, no trailing slash.",
	"effective_policy":            "Complete bucket policy as JSON, including the guards, the statements that deny insecure requests. Null if the bucket has no policy, or if `manage_policy` is `false`.",
	"public_access_block":         "S3 Block Public Access settings.",
	"object_ownership":            "Object ownership. `BucketOwnerEnforced` means that the bucket's account owns all objects and ACLs are disabled.",
	"encryption":                  "Default encryption of new objects.",
	"lifecycle_rules":             "Lifecycle rules of the bucket, sorted by ID.",
}

func factAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"effective_policy": schema.StringAttribute{
			Computed: true, CustomType: framework.PolicyType{}, MarkdownDescription: factDescriptions["effective_policy"],
		},
		"public_access_block": schema.SingleNestedAttribute{
			Computed: true, MarkdownDescription: factDescriptions["public_access_block"], Attributes: publicAccessBlockAttributes(),
		},
		"encryption": schema.SingleNestedAttribute{
			Computed: true, MarkdownDescription: factDescriptions["encryption"], Attributes: encryptionAttributes(),
		},
		"lifecycle_rules": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: factDescriptions["lifecycle_rules"],
			NestedObject: schema.NestedAttributeObject{Attributes: lifecycleRuleAttributes()},
		},
	}
	for _, name := range []string{
		"id", "arn", "bucket_domain_name", "bucket_regional_domain_name", "hosted_zone_id", "delivery_url", "object_ownership",
	} {
		attributes[name] = text(factDescriptions[name])
	}
	return attributes
}

func publicAccessBlockAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"block_public_acls":       flag("Whether S3 rejects requests that set a public ACL."),
		"block_public_policy":     flag("Whether S3 rejects public bucket policies."),
		"ignore_public_acls":      flag("Whether S3 ignores existing public ACLs."),
		"restrict_public_buckets": flag("Whether a public policy gives access only to AWS services and the bucket's account."),
	}
}

func encryptionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"algorithm":          text("`AES256` (SSE-S3) or `aws:kms` (SSE-KMS)."),
		"kms_key_arn":        text("KMS key that encrypts new objects."),
		"bucket_key_enabled": flag("Whether S3 uses an S3 Bucket Key, which reduces calls to KMS."),
		"blocked_encryption_types": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Encryption types that writers must not use. `SSE-C` on a bucket that this resource creates. Changes made to this setting outside Terraform, or before an import, are kept.",
		},
	}
}

func lifecycleRuleAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                                  text("ID of the rule."),
		"enabled":                             flag("Whether the rule is enabled."),
		"prefix":                              text("Key prefix that the rule applies to. Empty for all keys."),
		"expire_after_days":                   number("Days after which objects expire."),
		"noncurrent_expire_after_days":        number("Days after which noncurrent versions are deleted."),
		"abort_incomplete_uploads_after_days": number("Days after which incomplete multipart uploads are deleted."),
		"expired_object_delete_marker":        flag("Whether delete markers that no version is left under are removed."),
		"transitions":                         transitionsFound("Moves of objects to other storage classes."),
		"noncurrent_transitions":              transitionsFound("Moves of noncurrent versions to other storage classes."),
		"other_settings":                      flag("Whether the rule has other settings, such as a filter by tags or by size."),
	}
}

func transitionsFound(description string) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: description,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"after_days":    number("Days after which they move."),
			"storage_class": text("Storage class that they move to."),
		}},
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func flag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}

func number(description string) schema.Int32Attribute {
	return schema.Int32Attribute{Computed: true, MarkdownDescription: description}
}
