package check

import (
	"context"
	"net/http"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// settleBucket turns the results of the reads into facts. One read may not see a bucket that another one does:
// HeadBucket decides.
func (g *gatherer) settleBucket() {
	found, errs := g.inspection, g.inspection.Errors
	head := errs[s3bucket.OperationHead]
	facts := &g.facts.Bucket
	switch {
	case head == nil:
		facts.Place.Value = readiness.Place{Exists: true, Region: found.Region}
	case s3bucket.IsMissing(head):
		return
	case awsclient.Refused(head), s3bucket.IsElsewhere(head):
		facts.Place.Value = readiness.Place{Exists: true, Region: found.Region}
	default:
		g.fail(head)
		return
	}
	if found.Region != "" && found.Region != g.question.Region {
		return // No read was answered, except for the bucket's region.
	}
	facts.PublicAccessBlocked = fact(g, s3bucket.OperationPublicAccessBlock, found.PublicAccessBlock == s3bucket.AllBlocked)
	facts.ObjectOwnership = fact(g, s3bucket.OperationOwnership, found.ObjectOwnership)
	facts.Encryption = fact(g, s3bucket.OperationEncryption, readiness.Encryption{
		KMS: strings.HasPrefix(found.Encryption.Algorithm, s3bucket.EncryptionKMS), Key: found.Encryption.KMSKey,
	})
	facts.Versioning = fact(g, s3bucket.OperationVersioning, found.Versioning)
	facts.Policy = fact(g, s3bucket.OperationPolicy, found.Policy)
	facts.DefaultRetention = fact(g, s3bucket.OperationObjectLock, found.DefaultRetention)
	facts.Owned.Value = len(errs) < len(s3bucket.Permissions)
}

// fact is what a read found, unless the read failed.
func fact[T any](g *gatherer, operation string, value T) readiness.Fact[T] {
	return readiness.Fact[T]{Value: value, Unknown: g.unknown(g.inspection.Errors[operation])}
}

// confirmOwner finds out who owns the bucket. With a role, each read has named the owner, so one success is enough; if
// all are refused, a read without the owner tells a foreign bucket from missing permissions. Without a role, the
// account was not known before.
func (g *gatherer) confirmOwner(ctx context.Context) {
	owned := &g.facts.Bucket.Owned
	place := g.facts.Bucket.Place.Value
	if !place.Exists || place.Region != "" && place.Region != g.question.Region {
		return
	}
	if owned.Value && g.question.ByRole() {
		return
	}
	client, err := g.clients.S3(ctx, g.question.Region)
	if err != nil {
		g.fail(err)
		return
	}
	if g.question.ByRole() {
		owned.Unknown = g.unknown(s3bucket.Look(ctx, client, g.question.Bucket))
		return
	}
	err = s3bucket.Look(ctx, awsclient.OwnedBy(client, g.question.AccountID), g.question.Bucket)
	owned.Value = err == nil
	// If a read without the owner succeeds, the other reads were refused because of the owner.
	if g.inspection.Errors[s3bucket.OperationHead] != nil {
		owned.Unknown = g.unknown(err)
	}
}

// unknown says why a fact is not known: a missing permission, or an API that doesn't exist. Any other error ends the
// check. It is "" for a nil error.
func (g *gatherer) unknown(err error) string {
	switch {
	case err == nil:
		return ""
	case s3bucket.IsMissing(err):
		return "S3 does not see the bucket everywhere yet; plan again"
	case awsclient.Refused(err):
		return readiness.Needs(permission(awsclient.Operation(err)))
	case notImplemented(err):
		return "the endpoint has no " + awsclient.Operation(err)
	}
	g.fail(err)
	return ""
}

// permission is the permission that an operation requires. IAM's permissions have the names of the operations.
func permission(operation string) string {
	if action, ok := s3bucket.Permissions[operation]; ok {
		return action
	}
	return "iam:" + operation
}

// notImplemented reports whether another implementation of AWS's APIs answered that it doesn't have the call.
func notImplemented(err error) bool {
	switch awsclient.Code(err) {
	case "NotImplemented", "InvalidAction", "UnknownOperationException":
		return true
	}
	return awsclient.Status(err) == http.StatusNotImplemented
}

// fail keeps the first error that ends the check.
func (g *gatherer) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fatal == nil {
		g.fatal = err
	}
}
