package s3front

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

const expectedOwner = "X-Amz-Expected-Bucket-Owner"

// checkOwner refuses a call that expects another account's bucket. What goes on from here is without the header, signed
// anew: versitygw compares it with a key, not with an account.
func (f *Front) checkOwner(q *request) error {
	owner := q.Header.Get(expectedOwner)
	switch {
	case owner == "" || !q.exists:
		return nil
	case owner != q.record.Owner:
		return accessDenied("Access Denied")
	case q.auth.Query:
		return nil // A signed URL is for no call that is forwarded with the header.
	}
	body, err := io.ReadAll(q.Body)
	if err != nil {
		return fmt.Errorf("reading a body: %w", err)
	}
	r := q.Clone(q.Context())
	r.Header.Del(expectedOwner)
	r.Header.Del("X-Amz-Security-Token")
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	hash := r.Header.Get("X-Amz-Content-Sha256")
	if len(hash) == sha256.Size*2 {
		sum := sha256.Sum256(body)
		hash = hex.EncodeToString(sum[:])
	}
	root := f.directory.Customer().Root
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	credentials := aws.Credentials{AccessKeyID: root.AccessKey, SecretAccessKey: root.Secret}
	if err := signer.SignHTTP(q.Context(), credentials, r, hash, "s3", q.auth.Region, time.Now()); err != nil {
		return fmt.Errorf("signing a request: %w", err)
	}
	q.Request = r
	return nil
}
