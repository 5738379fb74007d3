package s3front

import (
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// versioning and ownership are settings that versitygw has to know, too: what
// is put is handed on to it before it is kept here.

func versioning() *setting {
	return &setting{
		root: "VersioningConfiguration", initial: awsxml.New("VersioningConfiguration"), forwarded: true,
		check: func(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
			if only(root, "Status", "MfaDelete") != nil || once(root, "Status", "MfaDelete") != nil {
				return nil, malformedXML()
			}
			switch status := root.Value("Status"); {
			case root.Child("Status") == nil:
				return nil, badRequest("IllegalVersioningConfigurationException", "The Versioning element must be specified")
			case status != "Enabled" && status != "Suspended":
				return nil, malformedXML()
			case root.Value("MfaDelete") == "Enabled":
				return nil, notImplemented("MfaDelete")
			}
			return root, nil
		},
	}
}

func ownership() *setting {
	return &setting{
		root: "OwnershipControls", initial: ownershipControls("BucketOwnerEnforced"),
		missing: "OwnershipControlsNotFoundError", deletable: true, forwarded: true,
		check: func(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
			values := []string{"BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"}
			if only(root, "Rule") != nil || len(root.All("Rule")) != 1 || only(root.Child("Rule"), "ObjectOwnership") != nil ||
				!slices.Contains(values, root.Value("Rule", "ObjectOwnership")) {
				return nil, malformedXML()
			}
			return root, nil
		},
	}
}

func ownershipControls(value string) *awsxml.Node {
	return awsxml.New("OwnershipControls", awsxml.New("Rule", awsxml.Leaf("ObjectOwnership", value)))
}

// objectOwnership is the value of a bucket's setting, "" once it is deleted.
func objectOwnership(b Bucket) string {
	document, ok := b.Settings["ownershipControls"]
	if !ok {
		return "BucketOwnerEnforced" // as on every new bucket
	}
	root, err := awsxml.Parse([]byte(document))
	if err != nil {
		return ""
	}
	return root.Value("Rule", "ObjectOwnership")
}
