package s3front

import (
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// blocks are the four settings of a public access block.
func blocks() []string {
	return []string{"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}
}

func publicAccessBlock() *setting {
	initial := awsxml.New("PublicAccessBlockConfiguration")
	for _, name := range blocks() {
		initial.Children = append(initial.Children, awsxml.Leaf(name, "true"))
	}
	return &setting{
		root: initial.Name, initial: initial, missing: "NoSuchPublicAccessBlockConfiguration", deletable: true,
		check: func(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
			out := awsxml.New(root.Name)
			for _, name := range blocks() {
				value, err := boolean(root.Child(name))
				if err != nil {
					return nil, err
				}
				out.Children = append(out.Children, awsxml.Leaf(name, value))
			}
			return out, only(root, blocks()...)
		},
	}
}

// isBlocked says whether a bucket has one of the four blocks on.
func isBlocked(b Bucket, name string) bool {
	document, ok := b.Settings["publicAccessBlock"]
	if !ok {
		return true // as on every new bucket
	}
	root, err := awsxml.Parse([]byte(document))
	return err == nil && root.Value(name) == "true"
}

func accelerate() *setting {
	return choice("AccelerateConfiguration", "Status", nil, "Enabled", "Suspended")
}

func requestPayment() *setting {
	return choice("RequestPaymentConfiguration", "Payer", awsxml.Leaf("Payer", "BucketOwner"), "BucketOwner", "Requester")
}

// choice is a setting with one element that is one of some values.
func choice(root, element string, initial *awsxml.Node, values ...string) *setting {
	first := awsxml.New(root)
	if initial != nil {
		first.Children = append(first.Children, initial)
	}
	return &setting{
		root: root, initial: first,
		check: func(_ *Front, _ *request, n *awsxml.Node) (*awsxml.Node, error) {
			if only(n, element) != nil || once(n, element) != nil || !slices.Contains(values, n.Value(element)) {
				return nil, malformedXML()
			}
			return n, nil
		},
	}
}

func replication() *setting {
	return &setting{
		root: "ReplicationConfiguration", missing: "ReplicationConfigurationNotFoundError",
		check: func(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
			if only(root, "Role", "Rule") != nil || len(root.All("Rule")) == 0 {
				return nil, malformedXML()
			}
			if !strings.HasPrefix(root.Value("Role"), "arn:aws:iam::") {
				return nil, badRequest("InvalidArgument", "Invalid Role")
			}
			return root, nil
		},
	}
}
