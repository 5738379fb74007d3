package s3settings

import (
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// blocks are the four settings of a public access block.
func blocks() []string {
	return []string{"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}
}

func publicAccessBlock() *Setting {
	initial := awsxml.New("PublicAccessBlockConfiguration")
	for _, name := range blocks() {
		initial.Children = append(initial.Children, awsxml.Leaf(name, "true"))
	}
	return &Setting{
		Root: initial.Name, Initial: initial, Missing: "NoSuchPublicAccessBlockConfiguration", Deletable: true,
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			out := awsxml.New(root.Name)
			for _, name := range blocks() {
				value, err := Boolean(root.Child(name))
				if err != nil {
					return nil, err
				}
				out.Children = append(out.Children, awsxml.Leaf(name, value))
			}
			return out, Only(root, blocks()...)
		},
	}
}

// IsBlocked says whether a bucket has one of the four blocks on; put is false
// while the bucket has the setting that it was made with.
func IsBlocked(document string, put bool, name string) bool {
	if !put {
		return true
	}
	root, err := awsxml.Parse([]byte(document))
	return err == nil && root.Value(name) == "true"
}

func accelerate() *Setting {
	return choice("AccelerateConfiguration", "Status", nil, "Enabled", "Suspended")
}

func requestPayment() *Setting {
	return choice("RequestPaymentConfiguration", "Payer", awsxml.Leaf("Payer", "BucketOwner"), "BucketOwner", "Requester")
}

// choice is a setting with one element that is one of some values.
func choice(root, element string, initial *awsxml.Node, values ...string) *Setting {
	first := awsxml.New(root)
	if initial != nil {
		first.Children = append(first.Children, initial)
	}
	return &Setting{
		Root: root, Initial: first,
		Check: func(n *awsxml.Node) (*awsxml.Node, error) {
			if Only(n, element) != nil || Once(n, element) != nil || !slices.Contains(values, n.Value(element)) {
				return nil, s3error.MalformedXML()
			}
			return n, nil
		},
	}
}

func replication() *Setting {
	return &Setting{
		Root: "ReplicationConfiguration", Missing: "ReplicationConfigurationNotFoundError",
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			if Only(root, "Role", "Rule") != nil || len(root.All("Rule")) == 0 {
				return nil, s3error.MalformedXML()
			}
			if !strings.HasPrefix(root.Value("Role"), "arn:aws:iam::") {
				return nil, s3error.BadRequest("InvalidArgument", "Invalid Role")
			}
			return root, nil
		},
	}
}
