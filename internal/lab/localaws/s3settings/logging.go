package s3settings

import (
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

func logging() *Setting {
	return &Setting{
		Root: "BucketLoggingStatus", Initial: awsxml.New("BucketLoggingStatus"),
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			enabled := root.Child("LoggingEnabled")
			if Only(root, "LoggingEnabled") != nil || Once(root, "LoggingEnabled") != nil {
				return nil, s3error.MalformedXML()
			}
			if enabled == nil {
				return root, nil
			}
			if enabled.Child("TargetBucket") == nil || enabled.Child("TargetPrefix") == nil ||
				Only(enabled, "TargetBucket", "TargetPrefix", "TargetGrants", "TargetObjectKeyFormat") != nil {
				return nil, s3error.MalformedXML()
			}
			return root, nil
		},
	}
}
