package voicebase

import (
	"fmt"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// roleRules check deliveries with a role.
var roleRules = []rule{
	{reads(AttributeS3Delivery, AttributeRole), checkRolePresent},
	{reads(AttributeRole), checkRole},
	{reads(AttributeURL, AttributeS3Delivery, AttributeRole), checkRolePartition},
	{reads(AttributeURL, AttributeS3Delivery), checkTrailingSlash},
	{reads(AttributeURL, AttributeS3Delivery), checkBaseURL},
	{reads(AttributeS3Delivery, AttributeRole), checkRoleUsed},
	{reads(AttributeS3Delivery, AttributePrependFolder), checkPrependFolderUsed},
	{reads(AttributeS3Delivery, AttributePrependFolder), checkPrependFolder},
	{reads(AttributeURL, AttributeS3Delivery), checkUnsigned},
}

const aRoleARN = `an ARN such as "arn:aws:iam::123456789012:role/s3-delivery-role"`

func checkRolePresent(c candidate) []Problem {
	if !c.s3Delivery() || c.Role != nil {
		return nil
	}
	return failure(AttributeRole, "With s3_delivery, VoiceBase needs the ARN of the role to assume.", "no role", aRoleARN)
}

func checkRole(c candidate) []Problem {
	if c.Role == nil {
		return nil
	}
	if _, err := awsname.ParseRoleARN(*c.Role); err == nil {
		return nil
	}
	return failure(AttributeRole, "The role is not a valid IAM role ARN.", quoted(*c.Role), aRoleARN)
}

func checkRolePartition(c candidate) []Problem {
	if !c.s3Delivery() || c.s3Err != nil || c.s3.Partition == "" || c.Role == nil {
		return nil
	}
	role, err := awsname.ParseRoleARN(*c.Role)
	if err != nil || role.Partition == c.s3.Partition {
		return nil
	}
	return failure(AttributeRole, "The role and the bucket are in different AWS partitions.",
		fmt.Sprintf("a role in %s for a bucket in %s", role.Partition, c.s3.Partition), "a role in "+c.s3.Partition)
}

func checkTrailingSlash(c candidate) []Problem {
	if c.URL == nil || !c.s3Delivery() || !strings.HasSuffix(*c.URL, "/") {
		return nil
	}
	return failure(AttributeURL, "VoiceBase appends the object key to the bucket's base URL, so the URL must have no trailing slash.",
		"a url with a trailing slash", "the same url without it")
}

func checkBaseURL(c candidate) []Problem {
	if !c.s3Delivery() || c.s3Err != nil || strings.Trim(c.s3.Key, "/") == "" || c.presigned() {
		return nil
	}
	return warning("URL below the bucket", AttributeURL,
		"With s3_delivery, VoiceBase expects the bucket's base URL, and this URL has a path below the bucket.",
		"the URL of an object or folder", "the bucket's base URL, with the folder in prepend_folder")
}

func checkRoleUsed(c candidate) []Problem { return unused(c, AttributeRole, c.Role != nil) }

func checkPrependFolderUsed(c candidate) []Problem {
	return unused(c, AttributePrependFolder, c.PrependFolder != nil)
}

// checkPrependFolder only warns: S3 accepts any of these keys, and how VoiceBase joins folder and key is not
// documented.
func checkPrependFolder(c candidate) []Problem {
	if c.PrependFolder == nil || *c.PrependFolder == "" || !c.s3Delivery() {
		return nil
	}
	folder := *c.PrependFolder
	given := ""
	for segment := range strings.SplitSeq(folder, "/") {
		if segment == "." || segment == ".." {
			given = quoted(segment) + " as a folder's name"
		}
	}
	switch {
	case strings.Trim(folder, "/") != folder:
		given = "a slash at the start or the end"
	case strings.Contains(folder, "//"):
		given = `"//"`
	}
	if given == "" {
		return nil
	}
	return warning("Unusual prepend_folder", AttributePrependFolder,
		"VoiceBase puts prepend_folder and a slash before each object key, so the keys would have folders without a usable name.",
		given, `folder names separated by single slashes, such as "voicebase" or "calls/2026"`)
}

func unused(c candidate, attribute Attribute, given bool) []Problem {
	if c.s3Delivery() || !given {
		return nil
	}
	return warning("Unused "+string(attribute), attribute,
		fmt.Sprintf("Without s3_delivery, VoiceBase sends the result to url as it stands and ignores %s.", attribute),
		fmt.Sprintf("%s without s3_delivery", attribute), fmt.Sprintf("s3_delivery = true, or leave %s out", attribute))
}

func checkUnsigned(c candidate) []Problem {
	if c.s3Delivery() || !c.meant || c.s3Err != nil || c.s3.Presigned() || c.s3.Style == s3url.CustomEndpoint {
		return nil
	}
	return failure(AttributeURL,
		"The URL is an S3 URL without a signature, and no role uses it. S3 refuses unsigned requests (403).",
		"an unsigned S3 url without s3_delivery", "a pre-signed url, or s3_delivery = true with a role")
}
