package s3front

import (
	"io"
	"slices"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv2"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// maxLegacyBody is the largest upload with Signature Version 2, in bytes.
const maxLegacyBody = 64 << 20

// authenticateV2 is authenticate for Signature Version 2, which AWS still takes
// in its oldest regions, for new buckets as well. versitygw does not know it:
// what was verified goes on as the root's, in Version 4.
func (f *Front) authenticateV2(q *request) error {
	region := legacyRegion
	if q.exists {
		region = q.record.Region
	}
	if !slices.Contains(sigv2.Regions(), region) {
		return s3error.BadRequest("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")
	}
	auth, err := sigv2.Parse(q.Request)
	if err != nil {
		return err
	}
	id, err := f.directory.Lookup(q.Context(), auth.AccessKey)
	if err != nil {
		return err
	}
	if err := auth.Verify(q.Request, id.Secret, time.Now()); err != nil {
		return err
	}
	if err := id.CheckToken(auth.Token, time.Now()); err != nil {
		return err
	}
	q.auth = &sigv4.Auth{AccessKey: auth.AccessKey, Region: region, Service: "s3", Query: auth.Query, Token: auth.Token, Legacy: true}
	q.caller = id.Principal
	return f.renew(q, region)
}

// renew signs a request anew, in Version 4.
func (f *Front) renew(q *request, region string) error {
	body, err := io.ReadAll(io.LimitReader(q.Body, maxLegacyBody+1))
	if err != nil {
		return err
	}
	if len(body) > maxLegacyBody {
		return s3error.NotImplemented("Signature Version 2 of a large upload")
	}
	old := q.Clone(q.Context())
	sigv2.Strip(old)
	q.Request, err = gateway.SignAs(f.directory.Customer().Root, "s3", region, old, body)
	return err
}
