package s3front

import (
	"regexp"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

func encryption() *setting {
	initial := awsxml.New("ServerSideEncryptionConfiguration", awsxml.New("Rule",
		awsxml.New("ApplyServerSideEncryptionByDefault", awsxml.Leaf("SSEAlgorithm", "AES256")),
		awsxml.Leaf("BucketKeyEnabled", "false")))
	return &setting{root: initial.Name, initial: initial, check: checkEncryption}
}

// kmsKey is a key's ID, alias or ARN.
var kmsKey = regexp.MustCompile(`^(arn:aws:kms:[a-z0-9-]+:\d{12}:)?((key/)?(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|alias/[\w/-]+)$`)

func checkEncryption(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
	rules := root.All("Rule")
	if len(rules) != 1 || only(root, "Rule") != nil {
		return nil, malformedXML()
	}
	rule := rules[0]
	if err := only(rule, "ApplyServerSideEncryptionByDefault", "BucketKeyEnabled", "BlockedEncryptionTypes"); err != nil {
		return nil, err
	}
	enabled, err := boolean(rule.Child("BucketKeyEnabled"))
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
	if only(n, "EncryptionType") != nil || len(kinds) != 1 || kinds[0].Text != "NONE" && kinds[0].Text != "SSE-C" {
		return malformedXML()
	}
	return nil
}

func checkAlgorithm(n *awsxml.Node) error {
	if err := only(n, "SSEAlgorithm", "KMSMasterKeyID"); err != nil {
		return err
	}
	key := n.Value("KMSMasterKeyID")
	switch n.Value("SSEAlgorithm") {
	case "AES256":
		if n.Child("KMSMasterKeyID") != nil {
			return badRequest("InvalidArgument", "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse")
		}
	case "aws:kms", "aws:kms:dsse":
		if key != "" && !kmsKey.MatchString(key) {
			return badRequest("KMS.NotFoundException", "Invalid keyId %s", key)
		}
	default:
		return malformedXML()
	}
	return nil
}
