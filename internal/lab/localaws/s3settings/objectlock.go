package s3settings

import (
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// objectLock is a setting that versitygw enforces.
func objectLock() *Setting {
	return &Setting{
		Root: "ObjectLockConfiguration", Missing: "ObjectLockConfigurationNotFoundError", Forwarded: true,
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			if Only(root, "ObjectLockEnabled", "Rule") != nil || root.Value("ObjectLockEnabled") != "Enabled" {
				return nil, s3error.MalformedXML()
			}
			return root, nil
		},
	}
}

// Locked is the setting of a bucket with Object Lock that retains nothing by
// default.
func Locked() *awsxml.Node {
	return awsxml.New("ObjectLockConfiguration", awsxml.Leaf("ObjectLockEnabled", "Enabled"))
}
