// Package s3presign signs the PUT URLs that VoiceBase delivers to. It knows the AWS SDK and no Terraform type.
package s3presign

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Request says what is to be signed. ContentTypeQuery adds the signed content-type query parameter, which is
// where VoiceBase reads the content type from.
type Request struct {
	Bucket           string
	Key              string
	ContentType      string
	ExpiresIn        time.Duration
	SignedAt         time.Time
	ContentTypeQuery bool
}

// Signed is a URL ready to be handed out. CredentialsExpireAt is zero when the credentials have no known end;
// Temporary tells then whether they have one all the same (a session token of unknown age).
type Signed struct {
	URL                 string
	Headers             map[string]string
	SignedAt            time.Time
	ExpiresAt           time.Time
	CredentialsExpireAt time.Time
	Temporary           bool
}

// Signer signs with the credentials, region and endpoint of an S3 client.
type Signer struct{ client *s3.Client }

// New returns a Signer for the client's region and endpoint.
func New(client *s3.Client) *Signer { return &Signer{client: client} }

// Sign makes the URL. The same request and credentials give the same bytes.
func (s *Signer) Sign(ctx context.Context, request Request) (Signed, error) {
	return Signed{}, errors.New("unfinished")
}
