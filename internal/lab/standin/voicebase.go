package standin

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// VoiceBase delivers the results of one media.
type VoiceBase struct {
	sts            *sts.Client
	http           *http.Client
	organizationID string
}

// New returns a VoiceBase that assumes roles by client, whose principal is VoiceBase's own, and tells them the
// customer's organization ID as the external ID. All requests to S3 go through transport.
func New(client *sts.Client, transport http.RoundTripper, organizationID string) *VoiceBase {
	return &VoiceBase{
		sts: client,
		http: &http.Client{
			Transport: transport,
			// An uploader that streams a body once cannot follow a redirect.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		organizationID: organizationID,
	}
}

// Deliver makes one delivery for each callback of the configuration, in order, and reports each of them. The
// error is about the configuration; what AWS refused stands in the attempts.
func (v *VoiceBase) Deliver(ctx context.Context, configuration []byte, mediaID string) ([]Attempt, error) {
	callbacks, err := Callbacks(configuration)
	if err != nil {
		return nil, err
	}
	attempts := make([]Attempt, 0, len(callbacks))
	for _, callback := range callbacks {
		result, err := sample(callback, mediaID)
		if err != nil {
			return nil, err
		}
		if callback.S3Delivery {
			attempts = append(attempts, v.deliverByRole(ctx, callback, mediaID, result))
		} else {
			attempts = append(attempts, v.deliverByURL(ctx, callback, result))
		}
	}
	return attempts, nil
}
