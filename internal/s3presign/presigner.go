package s3presign

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// contentTypeParameter is the query parameter from which VoiceBase reads the content type: SigV4 names the header in
// X-Amz-SignedHeaders, but not its value. S3 accepts a further signed parameter and ignores it.
const contentTypeParameter = "content-type"

// putPresigner is the SDK's SigV4 signer with two settings for which the SDK has no option: the signing time, and the
// query parameters to sign. It stores the credentials that it received, so that their end belongs to this signature:
// asked again, a provider may have renewed them.
type putPresigner struct {
	signer      *v4.Signer
	request     Request
	credentials aws.Credentials
}

// newV4Signer returns a signer that caches the keys that it derives from the credentials, one for each day and region.
func newV4Signer() *v4.Signer {
	return v4.NewSigner(func(o *v4.SignerOptions) {
		// Unlike the other services, S3 signs the path escaped once.
		o.DisableURIPathEscaping = true
	})
}

// PresignHTTP implements s3.HTTPPresignerV4. It leaves out the SDK's options, which are the client's logger and whether
// to log what is signed: a signed URL is a credential.
func (p *putPresigner) PresignHTTP(
	ctx context.Context, credentials aws.Credentials, r *http.Request, payloadHash, service, region string,
	_ time.Time, _ ...func(*v4.SignerOptions),
) (string, http.Header, error) {
	p.credentials = credentials
	unsigned, target := *r, *r.URL
	unsigned.URL = &target
	query := target.Query()
	// The SDK's x-id names the operation for AWS's own statistics; S3 doesn't need it.
	query.Del("x-id")
	if p.request.ContentTypeQuery {
		query.Set(contentTypeParameter, p.request.ContentType)
	}
	target.RawQuery = query.Encode()
	return p.signer.PresignHTTP(ctx, credentials, &unsigned, payloadHash, service, region, p.request.SignedAt)
}
