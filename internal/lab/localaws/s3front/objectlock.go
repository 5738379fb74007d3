package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// bypassGovernance is the header that asks to delete what is retained.
const bypassGovernance = "X-Amz-Bypass-Governance-Retention"

// objectLock is a setting that versitygw enforces. What it retains by default
// is known here, too.
func objectLock() *setting {
	return &setting{
		root: "ObjectLockConfiguration", missing: "ObjectLockConfigurationNotFoundError", forwarded: true,
		check: func(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
			if only(root, "ObjectLockEnabled", "Rule") != nil || root.Value("ObjectLockEnabled") != "Enabled" {
				return nil, malformedXML()
			}
			return root, nil
		},
	}
}

// locked is the setting of a bucket with Object Lock that retains nothing by
// default.
func locked() string {
	return string(awsxml.New("ObjectLockConfiguration", awsxml.Leaf("ObjectLockEnabled", "Enabled")).Document(awsxml.S3Namespace))
}

// checkBypass refuses the header where nothing can be retained.
func checkBypass(q *request) error {
	if q.Header.Get(bypassGovernance) != "" && q.exists && q.record.Settings["object-lock"] == "" {
		return badRequest("InvalidArgument", "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.")
	}
	return nil
}

// checkRetained refuses an upload without a checksum that would be retained.
func checkRetained(q *request) error {
	root, err := awsxml.Parse([]byte(q.record.Settings["object-lock"]))
	retained := err == nil && root.Child("Rule").Child("DefaultRetention") != nil
	for _, name := range []string{"X-Amz-Object-Lock-Mode", "X-Amz-Object-Lock-Legal-Hold", "X-Amz-Object-Lock-Retain-Until-Date"} {
		retained = retained || q.Header.Get(name) != ""
	}
	if retained && q.Method == http.MethodPut && !hasChecksum(q.Header) {
		return badRequest("InvalidRequest", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters")
	}
	return nil
}
