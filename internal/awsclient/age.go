package awsclient

import (
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
)

// MadeSince reports whether something that AWS says was created at a time can be the work of a call begun at another,
// by this machine's clock. answer is the metadata of the answer that told: it has AWS's own time, so that a clock that
// is wrong here does not matter. AWS's times are whole seconds.
func MadeSince(begun, created time.Time, answer middleware.Metadata) bool {
	now, ok := awsmiddleware.GetServerTime(answer)
	if !ok {
		now = time.Now()
	}
	return now.Sub(created) <= time.Since(begun)+time.Second
}
