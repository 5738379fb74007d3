package s3settings

import (
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

const ownerEnforced = "BucketOwnerEnforced" // as every new bucket has it

// versioning and ownership are settings that versitygw has to know, too: what
// is put is handed on to it before it is kept here.

func versioning() *Setting {
	return &Setting{
		Root: "VersioningConfiguration", Initial: awsxml.New("VersioningConfiguration"), Forwarded: true,
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			if Only(root, "Status", "MfaDelete") != nil || Once(root, "Status", "MfaDelete") != nil {
				return nil, s3error.MalformedXML()
			}
			switch status := root.Value("Status"); {
			case root.Child("Status") == nil:
				return nil, s3error.BadRequest("IllegalVersioningConfigurationException", "The Versioning element must be specified")
			case status != "Enabled" && status != "Suspended":
				return nil, s3error.MalformedXML()
			case root.Value("MfaDelete") == "Enabled":
				return nil, s3error.NotImplemented("MfaDelete")
			}
			return root, nil
		},
	}
}

func ownership() *Setting {
	return &Setting{
		Root: "OwnershipControls", Initial: OwnershipControls(ownerEnforced),
		Missing: "OwnershipControlsNotFoundError", Deletable: true, Forwarded: true,
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			values := []string{ownerEnforced, "BucketOwnerPreferred", "ObjectWriter"}
			if Only(root, "Rule") != nil || len(root.All("Rule")) != 1 || Only(root.Child("Rule"), "ObjectOwnership") != nil ||
				!slices.Contains(values, root.Value("Rule", "ObjectOwnership")) {
				return nil, s3error.MalformedXML()
			}
			return root, nil
		},
	}
}

// OwnershipControls is the document that says value.
func OwnershipControls(value string) *awsxml.Node {
	return awsxml.New("OwnershipControls", awsxml.New("Rule", awsxml.Leaf("ObjectOwnership", value)))
}

// ObjectOwnership is the value of a bucket's setting, "" once it is deleted; put
// is false while the bucket has the one that it was made with.
func ObjectOwnership(document string, put bool) string {
	if !put {
		return ownerEnforced
	}
	root, err := awsxml.Parse([]byte(document))
	if err != nil {
		return ""
	}
	return root.Value("Rule", "ObjectOwnership")
}
