package s3bucket

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"
	"golang.org/x/sync/errgroup"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

const (
	// emptyWorkers is how many batches are deleted concurrently.
	emptyWorkers = 4
	// logEvery is how many object versions are deleted between two progress messages.
	logEvery = 5000
	// toName is how many undeletable versions an error names.
	toName = 5
	// toGiveUp is how many undeletable versions end a round: one page.
	toGiveUp = 1000
)

// emptier deletes the content of a bucket in rounds.
type emptier struct {
	api  API
	name string

	mu      sync.Mutex
	removed int
	// passing is the last temporary failure of this round, refused are the others.
	passing error
	refused []refusal
}

// refusal is a version that S3 does not delete.
type refusal struct{ key, version, code, message string }

// round goes through the whole bucket once. It ends with errProgress if it has deleted something, with errNoProgress if
// not, and with another error if there is no point in another round.
func (e *emptier) round(ctx context.Context) error {
	before := e.removed
	e.passing, e.refused = nil, nil
	err := e.pass(ctx)
	switch {
	case awsclient.Code(err) == codeNoSuchBucket:
		return errProgress // The bucket is already gone. DeleteBucket reports that.
	case len(e.refused) > 0:
		return e.explain()
	case err != nil:
		return fmt.Errorf("empty bucket %q: %w", e.name, err)
	case e.removed > before:
		return errProgress
	case e.passing != nil:
		return fmt.Errorf("%w: %w", errNoProgress, e.passing)
	}
	return errNoProgress
}

// pass deletes while it lists, so that it needs little memory for any number of objects.
func (e *emptier) pass(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(emptyWorkers)
	err := errors.Join(e.deleteVersions(ctx, group), e.abortUploads(ctx, group))
	// A failed batch cancels the listing, so the batch's error has the cause.
	if failed := group.Wait(); failed != nil {
		return failed
	}
	return err
}

// deleteVersions deletes page by page: both a page and a batch have at most 1,000 versions and delete markers.
func (e *emptier) deleteVersions(ctx context.Context, group *errgroup.Group) error {
	for page, err := range versionPages(ctx, e.api, e.name) {
		if err != nil {
			return err
		}
		batch, single := split(page)
		if len(batch) > 0 {
			group.Go(func() error { return e.deleteBatch(ctx, batch) })
		}
		for _, version := range single {
			group.Go(func() error { return e.deleteSingly(ctx, version) })
		}
		if e.givesUp() {
			return nil
		}
	}
	return nil
}

// split separates versions whose keys fit into the XML of a batch from those that are deleted one by one.
func split(page []types.ObjectIdentifier) (batch, single []types.ObjectIdentifier) {
	for _, version := range page {
		if inXML(aws.ToString(version.Key)) {
			batch = append(batch, version)
		} else {
			single = append(single, version)
		}
	}
	return batch, single
}

// deleteBatch checks the single results, because S3 answers 200 even if it has not deleted some versions.
func (e *emptier) deleteBatch(ctx context.Context, batch []types.ObjectIdentifier) error {
	out, err := e.api.DeleteObjects(ctx, &s3.DeleteObjectsInput{
		Bucket: &e.name,
		Delete: &types.Delete{Objects: batch, Quiet: aws.Bool(true)},
	})
	if err != nil {
		return err
	}
	for _, failed := range out.Errors {
		e.fail(refusal{aws.ToString(failed.Key), aws.ToString(failed.VersionId), aws.ToString(failed.Code), aws.ToString(failed.Message)})
	}
	e.count(ctx, len(batch)-len(out.Errors))
	return nil
}

func (e *emptier) deleteSingly(ctx context.Context, version types.ObjectIdentifier) error {
	_, err := e.api.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &e.name, Key: version.Key, VersionId: version.VersionId})
	code := awsclient.Code(err)
	if err != nil && (code == "" || code == codeNoSuchBucket) {
		return err
	}
	if err != nil {
		e.fail(refusal{aws.ToString(version.Key), aws.ToString(version.VersionId), code, awsclient.Message(err)})
		return nil
	}
	e.count(ctx, 1)
	return nil
}

// abortUploads aborts incomplete uploads, because S3 does not delete a bucket that has any.
func (e *emptier) abortUploads(ctx context.Context, group *errgroup.Group) error {
	for page, err := range uploadPages(ctx, e.api, e.name) {
		if err != nil {
			return err
		}
		for _, upload := range page {
			group.Go(func() error {
				_, err := e.api.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &e.name, Key: upload.Key, UploadId: upload.UploadId})
				if err == nil {
					e.count(ctx, 1)
				}
				return unless(err, codeNoSuchUpload)
			})
		}
	}
	return nil
}

// count counts what was deleted, and logs every few thousand.
func (e *emptier) count(ctx context.Context, removed int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	before := e.removed
	e.removed += removed
	if e.removed/logEvery > before/logEvery {
		tflog.Info(ctx, "emptying the bucket", map[string]any{"bucket": e.name, "removed": e.removed})
	}
}

// fail records the failure of one version. One that is listed although it is gone is neither a failure nor progress:
// the next round waits for a listing without it.
func (e *emptier) fail(failed refusal) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch failed.code {
	case "NoSuchKey", "NoSuchVersion":
	case "InternalError", "SlowDown", "ServiceUnavailable", "OperationAborted", "RequestTimeout":
		e.passing = fmt.Errorf("%q: %s (%s)", failed.key, failed.message, failed.code)
	default:
		e.refused = append(e.refused, failed)
	}
}

func (e *emptier) givesUp() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.refused) >= toGiveUp
}

// explain names versions that S3 does not delete, and says what to do about them.
func (e *emptier) explain() error {
	var text strings.Builder
	denied := false
	for i, failed := range e.refused {
		denied = denied || failed.code == codeAccessDenied
		if i < toName {
			fmt.Fprintf(&text, "\n- %q, version %s: %s (%s)", failed.key, failed.version, failed.message, failed.code)
		}
	}
	if more := len(e.refused) - toName; more > 0 {
		fmt.Fprintf(&text, "\n- and %d more", more)
	}
	if denied {
		fmt.Fprintf(&text, "\n\nEither these credentials lack s3:DeleteObjectVersion, or a policy denies it, or Object Lock keeps the versions until their retention ends. "+
			"With s3:BypassGovernanceRetention you can delete a version in governance mode before:\n\n"+
			"aws s3api delete-object --bypass-governance-retention --bucket %s --key KEY --version-id VERSION", e.name)
	}
	return fmt.Errorf("%d object versions of bucket %q could not be deleted:\n%s", len(e.refused), e.name, text.String())
}
