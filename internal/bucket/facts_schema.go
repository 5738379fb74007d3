package bucket

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// Descriptions that the resource and the data source share.
var factDescriptions = map[string]string{
	"id":                          "The bucket's name.",
	"arn":                         "The bucket's ARN.",
	"bucket_domain_name":          "The bucket's host name without its region. Requests by it can be redirected; `bucket_regional_domain_name` is safer.",
	"bucket_regional_domain_name": "The bucket's host name in its region.",
	"hosted_zone_id":              "Route 53 zone of S3's website endpoint in the bucket's region, for alias records.",
	"delivery_url":                "Base URL of the bucket for delivery by the role, as `url` of a callback: https, in path style, without a slash last.",
	"effective_policy":            "The bucket's whole policy, guards included, as JSON. Null for a bucket without, and where `manage_policy` is `false`.",
	"public_access_block":         "S3's four switches against public access.",
	"object_ownership":            "Who owns the objects: `BucketOwnerEnforced` stands for the bucket's account, with no ACLs.",
	"encryption":                  "How S3 encrypts an object whose writer asks for nothing.",
	"lifecycle_rules":             "The bucket's lifecycle rules, sorted by ID. Rules of others appear here, and go with the next apply.",
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
		"block_public_acls":       flag("Whether a request that would set a public ACL is refused."),
		"block_public_policy":     flag("Whether a public bucket policy is refused."),
		"ignore_public_acls":      flag("Whether public ACLs that are there have no effect."),
		"restrict_public_buckets": flag("Whether a public policy lets in only AWS services and the bucket's account."),
	}
}

func encryptionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"algorithm":          text("`AES256` for S3's own encryption, `aws:kms` for a KMS key."),
		"kms_key_arn":        text("The KMS key."),
		"bucket_key_enabled": flag("Whether S3 uses a bucket key, which saves KMS calls."),
		"blocked_encryption_types": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Encryption types that writers must not use: `SSE-C` on a bucket that this resource makes; on one that was " +
				"imported, or changed since, what it has.",
		},
	}
}

func lifecycleRuleAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                                  text("The rule's ID."),
		"enabled":                             flag("Whether the rule is in effect."),
		"prefix":                              text("Prefix of the keys that the rule is for; empty for all."),
		"expire_after_days":                   number("Days after which an object is deleted."),
		"noncurrent_expire_after_days":        number("Days after which a replaced version is deleted."),
		"abort_incomplete_uploads_after_days": number("Days after which an unfinished upload is deleted."),
		"other_settings":                      flag("Whether the rule has more than the above, such as transitions."),
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
