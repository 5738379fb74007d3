package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

func logging() *setting {
	return &setting{
		root: "BucketLoggingStatus", initial: awsxml.New("BucketLoggingStatus"),
		check: func(f *Front, q *request, root *awsxml.Node) (*awsxml.Node, error) {
			enabled := root.Child("LoggingEnabled")
			if only(root, "LoggingEnabled") != nil || once(root, "LoggingEnabled") != nil {
				return nil, malformedXML()
			}
			if enabled == nil {
				return root, nil
			}
			if enabled.Child("TargetBucket") == nil || enabled.Child("TargetPrefix") == nil ||
				only(enabled, "TargetBucket", "TargetPrefix", "TargetGrants", "TargetObjectKeyFormat") != nil {
				return nil, malformedXML()
			}
			target, exists := f.buckets.Get(enabled.Value("TargetBucket"))
			switch {
			case !exists:
				return nil, badRequest("InvalidTargetBucketForLogging", "The target bucket for logging does not exist")
			case target.Region != q.record.Region:
				return nil, fail(http.StatusForbidden, "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed.")
			}
			return root, nil
		},
	}
}
