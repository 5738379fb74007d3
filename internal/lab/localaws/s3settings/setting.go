// Package s3settings has the settings of S3's buckets: what a new bucket has,
// what AWS takes and how it shows it.
package s3settings

import (
	"net/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// Setting is how a sub-resource is kept.
type Setting struct {
	Root string // of the document
	// Initial is what a new bucket has; without it there is the error Missing.
	Initial *awsxml.Node
	Missing string
	// Deletable defaults do not come back once they are deleted.
	Deletable bool
	// Forwarded says that versitygw has the setting, too.
	Forwarded bool
	// Check returns the document to store, as AWS shows it.
	Check func(root *awsxml.Node) (*awsxml.Node, error)
}

// Lookup returns the setting that a sub-resource stands for, or nil.
func Lookup(name string) *Setting {
	return map[string]*Setting{
		"abac": abac(), "accelerate": accelerate(), "encryption": encryption(), "lifecycle": lifecycle(), "logging": logging(),
		"notification": notification(), "object-lock": objectLock(), "ownershipControls": ownership(), "publicAccessBlock": publicAccessBlock(),
		"replication": replication(), "requestPayment": requestPayment(), "tagging": tagging(), "versioning": versioning(),
	}[name]
}

// NotFound is the error for a setting called name that is not there.
func (s *Setting) NotFound(name string) error {
	if name == "tagging" {
		return s3error.New(http.StatusNotFound, s.Missing, "The TagSet does not exist")
	}
	return s3error.New(http.StatusNotFound, s.Missing, "The %s configuration was not found", name)
}

// abac is whether tags decide on access. Then they change by S3 Control only.
func abac() *Setting {
	return choice("AbacStatus", "Status", awsxml.Leaf("Status", "Disabled"), "Enabled", "Disabled")
}
