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

// providerBlocks have the shape that they have in hashicorp/aws: a list even where one block is the limit.
func providerBlocks() map[string]schema.Block {
	atMostOne := []validator.List{listvalidator.SizeAtMost(1)}
	return map[string]schema.Block{
		"assume_role": schema.ListNestedBlock{
			MarkdownDescription: "A role to be assumed before AWS is called. Several blocks form a chain, each role assumed with the " +
				"credentials of the one before.",
			NestedObject: schema.NestedBlockObject{Attributes: assumeRoleAttributes()},
		},
		"assume_role_with_web_identity": schema.ListNestedBlock{
			MarkdownDescription: "A role to be assumed with the token of an identity provider (OpenID Connect), for example that of a CI " +
				"system. Exactly one of the two token arguments is needed, here or from the environment.",
			NestedObject: schema.NestedBlockObject{Attributes: webIdentityAttributes()},
			Validators:   atMostOne,
		},
		"default_tags": schema.ListNestedBlock{
			MarkdownDescription: "Tags of every object that can have tags.",
			Validators:          atMostOne,
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"tags": schema.MapAttribute{
					ElementType: types.StringType,
					Optional:    true,
					MarkdownDescription: "The tags. One with the same key in an object's own `tags` overrides it. Environment, for each key " +
						"that is not set here: `" + defaultTagPrefix + "<key>`.",
					Validators: []validator.Map{framework.TagsValidator{}},
				},
			}},
		},
		"ignore_tags": schema.ListNestedBlock{
			MarkdownDescription: "Tags that are left alone on every object, because someone else sets them.",
			Validators:          atMostOne,
			NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
				"keys": schema.SetAttribute{
					ElementType:         types.StringType,
					Optional:            true,
					MarkdownDescription: "Keys to be ignored, besides those, separated by commas, of the environment: `" + ignoreKeysVariable + "`.",
				},
				"key_prefixes": schema.SetAttribute{
					ElementType: types.StringType,
					Optional:    true,
					MarkdownDescription: "Beginnings of keys to be ignored, besides those, separated by commas, of the environment: `" +
						ignoreKeyPrefixesVariable + "`.",
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
		MarkdownDescription: "URL of " + service + ". " + variable(environment, "AWS_ENDPOINT_URL") + " " +
			sharedConfig("endpoint_url"),
		Validators: parsed(awsclient.ParseEndpoint, "an `https://` or `http://` URL"),
	}
}

func assumeRoleAttributes() map[string]schema.Attribute {
	attributes := sessionAttributes("15 minutes")
	maps.Copy(attributes, map[string]schema.Attribute{
		"external_id": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "External ID that the role's trust policy asks for; not VoiceBase's, but yours: " +
				awsname.ExternalIDForms + ".",
			Validators: parsed(awsname.ParseExternalID, awsname.ExternalIDForms),
		},
		"source_identity": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Source identity of the session, which CloudTrail shows: " + sessionNameForms + ".",
			Validators:          parsed(awsclient.ParseSessionName, sessionNameForms),
		},
		"tags": schema.MapAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "Tags of the session, at most 50.",
			Validators:          []validator.Map{framework.TagsValidator{}},
		},
		"transitive_tag_keys": schema.SetAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "Keys of the session tags that the next role of a chain gets too.",
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
			MarkdownDescription: "Path of a file with the token, read at each renewal. Conflicts with `web_identity_token`. " +
				variable(webIdentityTokenFileVariable) + " The AWS SDK wants `AWS_ROLE_ARN` beside it.",
		},
	})
	return attributes
}

// sessionNameForms says what awsclient.ParseSessionName takes.
const sessionNameForms = "2 to 64 characters out of letters, digits and `_+=,.@-`"

// sessionAttributes are those that both ways of assuming a role have. They differ in the default of duration,
// which the SDK chooses for the one, and STS for the other.
func sessionAttributes(defaultDuration string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"role_arn": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "ARN of the role.",
			Validators:          parsed(awsname.ParseRoleARN, awsname.RoleARNForms),
		},
		"duration": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Duration of the session, such as `1h30m`, from 15 minutes to 12 hours. Default: " + defaultDuration + ".",
			Validators:          parsed(awsclient.ParseSessionDuration, "a duration from `15m` to `12h`"),
		},
		"policy": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Policy as JSON that restricts the session further.",
			Validators:          parsed(awsclient.ParseSessionPolicy, "a policy as JSON"),
		},
		"policy_arns": schema.SetAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "ARNs of policies that restrict the session further.",
			Validators: []validator.Set{
				setvalidator.ValueStringsAre(framework.Parsed(awsname.ParsePolicyARN, awsname.PolicyARNForms)),
			},
		},
		"session_name": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Name of the session, which CloudTrail shows: " + sessionNameForms + ". Default: a generated one.",
			Validators:          parsed(awsclient.ParseSessionName, sessionNameForms),
		},
	}
}
