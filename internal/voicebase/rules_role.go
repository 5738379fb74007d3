package voicebase

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// roleRules are about deliveries by a role.
var roleRules = []rule{
	{reads(AttributeS3Delivery, AttributeRole), checkRolePresent},
	{reads(AttributeRole), checkRole},
	{reads(AttributeURL, AttributeS3Delivery, AttributeRole), checkRolePartition},
	{reads(AttributeURL, AttributeS3Delivery), checkTrailingSlash},
	{reads(AttributeURL, AttributeS3Delivery), checkBaseURL},
	{reads(AttributeS3Delivery, AttributeRole), checkRoleUsed},
	{reads(AttributeS3Delivery, AttributePrependFolder), checkPrependFolderUsed},
	{reads(AttributeURL, AttributeS3Delivery), checkUnsigned},
}

// rolePattern is an IAM role's ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html.
var rolePattern = regexp.MustCompile(`^arn:(aws[a-z-]*):iam::\d{12}:role/(?:[\x21-\x7e]+/)?[\w+=,.@-]{1,64}$`)

const aRoleARN = `an ARN such as "arn:aws:iam::123456789012:role/s3-delivery-role"`

func checkRolePresent(c candidate) []Problem {
	if !c.s3Delivery() || c.Role != nil {
		return nil
	}
	return failure(AttributeRole, "With s3_delivery VoiceBase needs the role that it is to assume.", "no role", aRoleARN)
}

func checkRole(c candidate) []Problem {
	if c.Role == nil || rolePattern.MatchString(*c.Role) {
		return nil
	}
	return failure(AttributeRole, "The role is not the ARN of an IAM role.", quoted(*c.Role), aRoleARN)
}

func checkRolePartition(c candidate) []Problem {
	if !c.s3Delivery() || c.s3Err != nil || c.s3.Partition == "" || c.Role == nil {
		return nil
	}
	match := rolePattern.FindStringSubmatch(*c.Role)
	if match == nil || match[1] == c.s3.Partition {
		return nil
	}
	return failure(AttributeRole, "The role is in another partition than the bucket, and no role reaches across.",
		fmt.Sprintf("a role in %s for a bucket in %s", match[1], c.s3.Partition), "a role in "+c.s3.Partition)
}

func checkTrailingSlash(c candidate) []Problem {
	if c.URL == nil || !c.s3Delivery() || !strings.HasSuffix(*c.URL, "/") {
		return nil
	}
	return failure(AttributeURL, "VoiceBase appends to the bucket's base URL, so it must not end in a slash.",
		"a url with a trailing slash", "the same url without it")
}

func checkBaseURL(c candidate) []Problem {
	if !c.s3Delivery() || c.s3Err != nil || strings.Trim(c.s3.Key, "/") == "" || c.presigned() {
		return nil
	}
	return warning("URL below the bucket", AttributeURL,
		"With s3_delivery VoiceBase expects the base URL of the bucket, and this URL goes on below it.",
		"the URL of an object or a folder", "the bucket's base URL, and the folder in prepend_folder")
}

func checkRoleUsed(c candidate) []Problem { return unused(c, AttributeRole, c.Role != nil) }

func checkPrependFolderUsed(c candidate) []Problem {
	return unused(c, AttributePrependFolder, c.PrependFolder != nil)
}

func unused(c candidate, attribute Attribute, given bool) []Problem {
	if c.s3Delivery() || !given {
		return nil
	}
	return warning("Unused "+string(attribute), attribute,
		fmt.Sprintf("Without s3_delivery VoiceBase delivers to the url as it is, and does not use the %s.", attribute),
		fmt.Sprintf("%s without s3_delivery", attribute), fmt.Sprintf("s3_delivery = true, or no %s", attribute))
}

func checkUnsigned(c candidate) []Problem {
	if c.s3Delivery() || !c.meant || c.s3Err != nil || c.s3.Presigned() || c.s3.Style == s3url.CustomEndpoint {
		return nil
	}
	return warning("Unsigned S3 URL", AttributeURL,
		"The URL is one of S3's, but neither pre-signed nor used by a role: S3 refuses what nobody signed.",
		"an unsigned S3 url without s3_delivery", "a pre-signed url, or s3_delivery = true with a role")
}
