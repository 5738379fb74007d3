package awsclient

import (
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
)

// MadeSince reports whether an object with this creation time can be the result of a call that began at since, by this
// machine's clock. answer is the metadata of the response that contained the time: it has AWS's own time, so that a
// wrong clock here does not matter. AWS's times are whole seconds.
func MadeSince(begun, created time.Time, answer middleware.Metadata) bool {
	now, ok := awsmiddleware.GetServerTime(answer)
	if !ok {
		now = time.Now()
	}
	return now.Sub(created) <= time.Since(begun)+time.Second
}
