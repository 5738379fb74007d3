// Package s3presign signs the PUT URLs that VoiceBase delivers to. It imports the AWS SDK and no Terraform type.
package s3presign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// Method is the HTTP method that the URLs are signed for.
const Method = "PUT"

// Request says what to sign. SignedAt is truncated to the second, SigV4's precision. ContentTypeQuery adds the signed
// content-type query parameter, from which VoiceBase reads the content type.
type Request struct {
	Bucket           string
	Key              string
	ContentType      string
	ExpiresIn        time.Duration
	SignedAt         time.Time
	ContentTypeQuery bool
}

// Signed is a signed URL. CredentialsExpireAt is zero if the end of the credentials is not known; Temporary then says
// whether they have one anyway (a session token of unknown age).
type Signed struct {
	URL                 string
	Headers             map[string]string
	SignedAt            time.Time
	ExpiresAt           time.Time
	CredentialsExpireAt time.Time
	Temporary           bool
}

// Signer signs with the credentials, region and endpoint of an S3 client.
type Signer struct {
	client *s3.PresignClient
	signer *v4.Signer
	region string
	// custom says that the endpoint is the user's.
	custom bool
}

// New returns a Signer for the client's region and endpoint.
func New(client *s3.Client) *Signer {
	options := client.Options()
	return &Signer{client: s3.NewPresignClient(client), signer: newV4Signer(), region: options.Region, custom: options.BaseEndpoint != nil}
}

// Sign creates the URL, without a request to S3. The same request and credentials result in the same bytes. It returns
// an error for a request that S3 would refuse, and for a URL that is not signed exactly as VoiceBase will use it. No
// error contains the URL.
func (s *Signer) Sign(ctx context.Context, request Request) (Signed, error) {
	request.SignedAt = request.SignedAt.UTC().Truncate(time.Second)
	if err := s.validate(request); err != nil {
		return Signed{}, err
	}
	presigner := &putPresigner{signer: s.signer, request: request}
	// Anything else that is set here would become a header that VoiceBase does not send, or a checksum of the empty
	// body.
	presigned, err := s.client.PresignPutObject(ctx, &s3.PutObjectInput{
		Bucket:      &request.Bucket,
		Key:         &request.Key,
		ContentType: &request.ContentType,
	}, func(o *s3.PresignOptions) {
		o.Presigner = presigner
		o.Expires = request.ExpiresIn
	})
	if err != nil {
		return Signed{}, fmt.Errorf("sign a PUT of s3://%s/%s: %w", request.Bucket, request.Key, err)
	}
	if err := s.expectation(request, presigner.credentials).check(presigned.URL); err != nil {
		return Signed{}, fmt.Errorf("the URL that the AWS SDK signed for s3://%s/%s is unusable: %w", request.Bucket, request.Key, err)
	}
	return newSigned(request, presigned.URL, presigner.credentials), nil
}

func (s *Signer) validate(request Request) error {
	bucket, err := ParseBucket(request.Bucket)
	if err != nil {
		return err
	}
	region, err := awsname.ParseRegionName(s.region)
	if err != nil {
		return err
	}
	if bucket.Region != "" && bucket.Region != region {
		return fmt.Errorf("the access point is in %s, the region to sign for is %s", bucket.Region, region)
	}
	_, keyErr := awsname.ParseKey(request.Key)
	_, typeErr := ParseContentType(request.ContentType)
	return errors.Join(keyErr, typeErr, CheckExpiresIn(request.ExpiresIn), checkYears(request))
}

// checkYears refuses times that don't fit into SigV4's date of eight digits.
func checkYears(request Request) error {
	if first, last := request.SignedAt.Year(), request.SignedAt.Add(request.ExpiresIn).Year(); first < 0 || last > 9999 {
		return fmt.Errorf("a URL cannot be signed for the years %d to %d: in UTC, they have to be 0 to 9999", first, last)
	}
	return nil
}

func newSigned(request Request, url string, credentials aws.Credentials) Signed {
	signed := Signed{
		URL:       url,
		Headers:   map[string]string{"Content-Type": request.ContentType},
		SignedAt:  request.SignedAt,
		ExpiresAt: request.SignedAt.Add(request.ExpiresIn),
		Temporary: credentials.SessionToken != "",
	}
	if credentials.CanExpire {
		signed.CredentialsExpireAt = credentials.Expires.UTC().Truncate(time.Second)
	}
	return signed
}
