package standin

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// sessionName shows up in the customer's CloudTrail.
const sessionName = "voicebase-delivery"

// Session is what the customer's role lets VoiceBase do, for an hour at most.
type Session struct {
	// S3 works with the role's credentials against the host that the callback's url names.
	S3 *s3.Client
	// Bucket is the bucket that the callback's url names.
	Bucket string
}

func (v *VoiceBase) deliverByRole(ctx context.Context, callback Callback, mediaID string, result result) Attempt {
	attempt := Attempt{Name: callback.Name(), Target: callback.Role, ContentType: result.contentType, Size: len(result.body)}
	session, err := v.Assume(ctx, callback, &v.organizationID)
	if err != nil {
		attempt.outcome(err)
		return attempt
	}
	key := path.Join(callback.PrependFolder, mediaID, strings.ReplaceAll(callback.Name(), "/", "."))
	return session.Put(ctx, callback.Name(), key, result.contentType, result.body)
}

// Assume takes on the callback's role. A nil external ID sends none, as VoiceBase never does.
func (v *VoiceBase) Assume(ctx context.Context, callback Callback, externalID *string) (*Session, error) {
	endpoint, bucket, region, err := base(callback.URL)
	if err != nil {
		return nil, err
	}
	out, err := v.sts.AssumeRole(ctx, &sts.AssumeRoleInput{
		RoleArn:         &callback.Role,
		RoleSessionName: aws.String(sessionName),
		ExternalId:      externalID,
	})
	if err != nil {
		return nil, err
	}
	given := aws.Credentials{
		AccessKeyID:     aws.ToString(out.Credentials.AccessKeyId),
		SecretAccessKey: aws.ToString(out.Credentials.SecretAccessKey),
		SessionToken:    aws.ToString(out.Credentials.SessionToken),
	}
	client := s3.New(s3.Options{
		BaseEndpoint: &endpoint,
		UsePathStyle: true,
		Region:       region,
		HTTPClient:   v.http,
		Retryer:      aws.NopRetryer{},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return given, nil
		}),
	})
	return &Session{S3: client, Bucket: bucket}, nil
}

// Put writes one object with the role's credentials.
func (s *Session) Put(ctx context.Context, name, key, contentType string, body []byte) Attempt {
	attempt := Attempt{Name: name, Target: "s3://" + s.Bucket + "/" + key, ContentType: contentType, Size: len(body)}
	_, err := s.S3.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.Bucket, Key: &key, ContentType: &contentType, Body: bytes.NewReader(body),
	})
	attempt.outcome(err)
	return attempt
}

// regionalHost has the region of a path-style host, in today's form or with the dash of VoiceBase's own example.
var regionalHost = regexp.MustCompile(`^s3(?:-fips)?(?:\.dualstack)?[.-]([a-z0-9-]+)\.amazonaws\.`)

// base takes the base URL of role delivery apart. A host that is not Amazon's says nothing of the region; S3's
// first one is as good as any there.
func base(address string) (endpoint, bucket, region string, err error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", "", "", bare(err)
	}
	bucket = strings.TrimPrefix(parsed.Path, "/")
	if parsed.Host == "" || bucket == "" || strings.Contains(bucket, "/") {
		return "", "", "", errors.New("the url of role delivery is not the base URL of a bucket in path style")
	}
	region = "us-east-1"
	if match := regionalHost.FindStringSubmatch(parsed.Host); match != nil {
		region = match[1]
	}
	return parsed.Scheme + "://" + parsed.Host, bucket, region, nil
}

// bare leaves the URL out of an error of net/url or net/http: it may be a credential.
func bare(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
