package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// Lengths of a web identity token: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html.
const (
	minTokenLength = 4
	maxTokenLength = 20000
)

// providerBlocks have the same form as in hashicorp/aws: a list even where the limit is one block.
func providerBlocks() map[string]schema.Block {
	atMostOne := []validator.List{listvalidator.SizeAtMost(1)}
	noNulls := []validator.Set{setvalidator.NoNullValues()}
	return map[string]schema.Block{
		"assume_role": schema.ListNestedBlock{
			MarkdownDescription: "IAM role to assume before calling AWS. With several blocks, the provider assumes the roles in order, each with the credentials of the previous one.",
			NestedObject:        schema.NestedBlockObject{Attributes: assumeRoleAttributes()},
		},
		"assume_role_with_web_identity": schema.ListNestedBlock{
			MarkdownDescription: "IAM role to assume with the token of an OpenID Connect identity provider, such as that of a CI system. Exactly one of the two token arguments is required, here or in the environment.",
			NestedObject:        schema.NestedBlockObject{Attributes: webIdentityAttributes()},
			Validators:          atMostOne,
		},
		"default_tags": schema.ListNestedBlock{
			MarkdownDescription: "Tags for every resource that supports tags.",
			Validators:          atMostOne,
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"tags": schema.MapAttribute{
					ElementType:         types.StringType,
					Optional:            true,
					MarkdownDescription: "Default tags. A tag with the same key in a resource's `tags` takes precedence. Environment, for each key that is not set here: `" + defaultTagPrefix + "<key>`.",
					Validators:          []validator.Map{framework.TagsValidator{}},
				},
			}},
		},
		"ignore_tags": schema.ListNestedBlock{
			MarkdownDescription: "Tags to ignore on every resource, because something else manages them.",
			Validators:          atMostOne,
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"keys": schema.SetAttribute{
					ElementType:         types.StringType,
					Optional:            true,
					MarkdownDescription: "Tag keys to ignore, in addition to the comma-separated ones in the environment: `" + ignoreKeysVariable + "`.",
					Validators:          noNulls,
				},
				"key_prefixes": schema.SetAttribute{
					ElementType: types.StringType,
					Optional:    true,
					MarkdownDescription: "Prefixes of tag keys to ignore, in addition to the comma-separated ones in the environment: `" +
						ignoreKeyPrefixesVariable + "`.",
					Validators: noNulls,
				},
			}},
		},
		"endpoints": schema.SetNestedBlock{
			MarkdownDescription: "Custom endpoints, for VPC endpoints and other implementations of the AWS APIs.",
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"s3":  endpointAttribute("S3", "AWS_ENDPOINT_URL_S3"),
				"iam": endpointAttribute("IAM", "AWS_ENDPOINT_URL_IAM"),
				"sts": endpointAttribute("STS", "AWS_ENDPOINT_URL_STS"),
			}},
		},
	}
}

func endpointAttribute(service, environment string) schema.Attribute {
	return schema.StringAttribute{
		Optional: true,
		MarkdownDescription: "URL of the " + service + " endpoint. " + variable(environment, "AWS_ENDPOINT_URL") + " " +
			sharedConfig("endpoint_url"),
		Validators: parsed(awsclient.ParseEndpoint, "an `https://` or `http://` URL"),
	}
}

func assumeRoleAttributes() map[string]schema.Attribute {
	attributes := sessionAttributes("15 minutes")
	maps.Copy(attributes, map[string]schema.Attribute{
		"external_id": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "External ID that the role's trust policy requires. This is not your VoiceBase organization ID. Must be " +
				awsname.ExternalIDForms + ".",
			Validators: parsed(awsname.ParseExternalID, awsname.ExternalIDForms),
		},
		"source_identity": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Source identity of the session, as recorded by CloudTrail. Must be " + sessionNameForms + ".",
			Validators:          parsed(awsclient.ParseSessionName, sessionNameForms),
		},
		"tags": schema.MapAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "Session tags, at most 50.",
			Validators:          []validator.Map{framework.TagsValidator{}},
		},
		"transitive_tag_keys": schema.SetAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "Keys of the session tags to pass on to the next role in the chain.",
			Validators:          []validator.Set{setvalidator.NoNullValues()},
		},
	})
	return attributes
}

func webIdentityAttributes() map[string]schema.Attribute {
	attributes := sessionAttributes("one hour")
	maps.Copy(attributes, map[string]schema.Attribute{
		"web_identity_token": schema.StringAttribute{
			Optional:            true,
			Sensitive:           true,
			MarkdownDescription: "The token. Conflicts with `web_identity_token_file`. " + variable(webIdentityTokenVariable),
			Validators: []validator.String{
				stringvalidator.LengthBetween(minTokenLength, maxTokenLength),
				stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("web_identity_token_file")),
			},
		},
		"web_identity_token_file": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Path of a file with the token, which is read at each renewal. Conflicts with `web_identity_token`. " +
				variable(webIdentityTokenFileVariable) + " The AWS SDK also requires `AWS_ROLE_ARN` then.",
		},
	})
	return attributes
}

// sessionNameForms describes what awsclient.ParseSessionName accepts.
const sessionNameForms = "2 to 64 characters: letters, digits and `_+=,.@-`"

// sessionAttributes are the attributes that both ways of assuming a role share. They differ in the default of duration,
// which is the SDK's for one and STS's for the other.
func sessionAttributes(defaultDuration string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"role_arn": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "ARN of the role.",
			Validators:          parsed(awsname.ParseRoleARN, awsname.RoleARNForms),
		},
		"duration": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Duration of the session, from 15 minutes to 12 hours, such as `1h30m`. Default: " + defaultDuration + ".",
			Validators:          parsed(awsclient.ParseSessionDuration, "a duration from `15m` to `12h`"),
		},
		"policy": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Session policy as JSON, which further restricts the permissions.",
			Validators:          parsed(awsclient.ParseSessionPolicy, "a policy as JSON"),
		},
		"policy_arns": schema.SetAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "ARNs of managed policies to use as session policies, which further restrict the permissions.",
			Validators: []validator.Set{
				setvalidator.NoNullValues(),
				setvalidator.ValueStringsAre(framework.Parsed(awsname.ParsePolicyARN, awsname.PolicyARNForms)),
			},
		},
		"session_name": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Name of the session, as recorded by CloudTrail. Must be " + sessionNameForms + ". Default: a generated name.",
			Validators:          parsed(awsclient.ParseSessionName, sessionNameForms),
		},
	}
}
