package s3front

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// bypassGovernance is the header that asks to delete what is retained.
const bypassGovernance = "X-Amz-Bypass-Governance-Retention"

// checkBypass refuses the header where nothing can be retained.
func checkBypass(q *request) error {
	if q.Header.Get(bypassGovernance) != "" && q.exists && q.record.Settings["object-lock"] == "" {
		return s3error.BadRequest("InvalidArgument", "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.")
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
		return s3error.BadRequest("InvalidRequest", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters")
	}
	return nil
}
