package s3settings

import (
	"regexp"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

func encryption() *Setting {
	initial := awsxml.New("ServerSideEncryptionConfiguration", awsxml.New("Rule",
		awsxml.New("ApplyServerSideEncryptionByDefault", awsxml.Leaf("SSEAlgorithm", "AES256")),
		awsxml.Leaf("BucketKeyEnabled", "false")))
	return &Setting{Root: initial.Name, Initial: initial, Check: checkEncryption}
}

// KMSKey is a key's ID, alias or ARN.
var KMSKey = regexp.MustCompile(`^(arn:aws:kms:[a-z0-9-]+:\d{12}:)?((key/)?(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|alias/[\w/-]+)$`)

func checkEncryption(root *awsxml.Node) (*awsxml.Node, error) {
	rules := root.All("Rule")
	if len(rules) != 1 || Only(root, "Rule") != nil {
		return nil, s3error.MalformedXML()
	}
	rule := rules[0]
	if err := Only(rule, "ApplyServerSideEncryptionByDefault", "BucketKeyEnabled", "BlockedEncryptionTypes"); err != nil {
		return nil, err
	}
	enabled, err := Boolean(rule.Child("BucketKeyEnabled"))
	if err != nil {
		return nil, err
	}
	algorithm := rule.Child("ApplyServerSideEncryptionByDefault")
	if algorithm == nil {
		algorithm = awsxml.New("ApplyServerSideEncryptionByDefault", awsxml.Leaf("SSEAlgorithm", "AES256"))
	}
	if err := checkAlgorithm(algorithm); err != nil {
		return nil, err
	}
	out := awsxml.New("Rule", algorithm, awsxml.Leaf("BucketKeyEnabled", enabled))
	if blocked := rule.Child("BlockedEncryptionTypes"); blocked != nil {
		if err := checkBlocked(blocked); err != nil {
			return nil, err
		}
		out.Children = append(out.Children, blocked)
	}
	return awsxml.New(root.Name, out), nil
}

// checkBlocked checks which encryptions a bucket refuses: NONE, or SSE-C.
func checkBlocked(n *awsxml.Node) error {
	kinds := n.All("EncryptionType")
	if Only(n, "EncryptionType") != nil || len(kinds) != 1 || kinds[0].Text != "NONE" && kinds[0].Text != "SSE-C" {
		return s3error.MalformedXML()
	}
	return nil
}

func checkAlgorithm(n *awsxml.Node) error {
	if err := Only(n, "SSEAlgorithm", "KMSMasterKeyID"); err != nil {
		return err
	}
	key := n.Value("KMSMasterKeyID")
	switch n.Value("SSEAlgorithm") {
	case "AES256":
		if n.Child("KMSMasterKeyID") != nil {
			return s3error.BadRequest("InvalidArgument", "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse")
		}
	case "aws:kms", "aws:kms:dsse":
		if key != "" && !KMSKey.MatchString(key) {
			return s3error.BadRequest("KMS.NotFoundException", "Invalid keyId %s", key)
		}
	default:
		return s3error.MalformedXML()
	}
	return nil
}

// EncryptionRule is the rule that a bucket's encryption consists of; without a
// document it is that of every new bucket.
func EncryptionRule(document string) *awsxml.Node {
	if root, err := awsxml.Parse([]byte(document)); err == nil {
		return root.Child("Rule")
	}
	return encryption().Initial.Child("Rule")
}
