package s3bucket_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

var notEmpty = refusal(http.StatusConflict, "BucketNotEmpty", "not empty")

func TestDeleteBucketIsOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
			t.Fatal(err)
		}
		expectCalls(t, f, "DeleteBucket")
	})
}

func TestDeleteBucketThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{errs: map[string][]error{"DeleteBucket": {noSuchBucket}}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, false); err != nil {
			t.Error(err)
		}
	})
}

func TestDeleteBucketKeepsWhatItIsNotToldToDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.fill(1)
		err := s3bucket.Delete(t.Context(), f, bucketName, false)
		want := `bucket "acme-voicebase-results" is not empty: empty it, or set force_destroy = true and apply before you destroy it: ` + notEmpty.Error()
		if err == nil || err.Error() != want || len(f.versions) != 1 {
			t.Errorf("got %v", err)
		}
		expectCalls(t, f, "DeleteBucket")
	})
}

// TestDeleteBucketEmptiesALargeOne: in as few calls as there are pages, its progress in the log, each 5,000.
func TestDeleteBucketEmptiesALargeOne(t *testing.T) {
	const uploads = 1500
	line := regexp.MustCompile(`"@level":"info","@message":"emptying the bucket",.*"bucket":"acme-voicebase-results","removed":([0-9]+)`)
	for total, want := range map[int][]string{19_999: {"5000", "10000", "15000"}, 20_000: {"5000", "10000", "15000", "20000"}} {
		synctest.Test(t, func(t *testing.T) {
			s := &slow{fakeBucket: &fakeBucket{}}
			s.fill(total - uploads)
			for i := range uploads {
				s.uploads = append(s.uploads, version{fmt.Sprintf("upload %06d", i), "1"})
			}
			var log bytes.Buffer
			if err := s3bucket.Delete(tflogtest.RootLogger(t.Context(), &log), s, bucketName, true); err != nil {
				t.Fatal(err)
			}
			counted := map[string]int{}
			for _, call := range s.calls {
				counted[call]++
			}
			calls := map[string]int{"DeleteBucket": 2, "ListObjectVersions": 19, "DeleteObjects": 19, "ListMultipartUploads": 2, "AbortMultipartUpload": uploads}
			if !maps.Equal(counted, calls) {
				t.Errorf("made %v, want %v", counted, calls)
			}
			// The second page is asked for after the last upload of the first, whatever has been aborted in the meantime.
			if want := []string{"", "upload 0009991"}; !slices.Equal(s.uploadMarkers, want) {
				t.Errorf("listed uploads after %q, want %q", s.uploadMarkers, want)
			}
			var progress []string
			for _, match := range line.FindAllStringSubmatch(log.String(), -1) {
				progress = append(progress, match[1])
			}
			if !slices.Equal(progress, want) {
				t.Errorf("the progress is %v, want %v:\n%s", progress, want, log.String())
			}
		})
	}
}

const deletedTen = ` (10 object versions, delete markers and uploads were deleted from bucket "acme-voicebase-results")`

// TestDeleteBucketWithSingleFailures: what fails inside of a 200 passes, is done already, or is an error.
func TestDeleteBucketWithSingleFailures(t *testing.T) {
	const key = "key 000007+"
	const stuck = `the bucket is still not empty, and nothing could be deleted from it for two minutes`
	for name, test := range map[string]struct {
		codes []string
		want  string
	}{
		"is gone":             {codes: []string{"NoSuchKey"}},
		"its version is gone": {codes: []string{"NoSuchVersion"}},
		"passes":              {codes: []string{"InternalError", "SlowDown", "ServiceUnavailable", "OperationAborted", "RequestTimeout"}},
		"locked": {
			codes: []string{"AccessDenied"},
			want: `1 object versions of bucket "acme-voicebase-results" could not be deleted:` + "\n\n- " + `"key 000007+", version version: ` + lockedMessage + ` (AccessDenied)` +
				"\n\nEither these credentials lack s3:DeleteObjectVersion, or a policy denies it, or Object Lock keeps the versions until their retention ends. " +
				"With s3:BypassGovernanceRetention you can delete a version in governance mode before:\n\n" +
				"aws s3api delete-object --bypass-governance-retention --bucket acme-voicebase-results --key KEY --version-id VERSION" + deletedTen,
		},
		"refused otherwise": {
			codes: []string{"InvalidRequest"},
			want:  `1 object versions of bucket "acme-voicebase-results" could not be deleted:` + "\n\n- " + `"key 000007+", version version: ` + lockedMessage + ` (InvalidRequest)` + deletedTen,
		},
		"never passes": {codes: slices.Repeat([]string{"SlowDown"}, 1000), want: stuck + `: "key 000007+": ` + lockedMessage + ` (SlowDown)` + deletedTen},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fakeBucket{}
				f.fill(11)
				f.failures = map[string][]string{key: test.codes}
				start := time.Now()
				err := s3bucket.Delete(t.Context(), f, bucketName, true)
				if (err == nil) != (test.want == "") || err != nil && err.Error() != test.want {
					t.Errorf("got %v, want %q", err, test.want)
				}
				if took := time.Since(start); took > 3*time.Minute {
					t.Errorf("took %s", took)
				}
			})
		})
	}
	// What has passed is not the reason for what comes later.
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{errs: map[string][]error{"DeleteBucket": slices.Repeat([]error{notEmpty}, 1000)}}
		f.fill(10)
		f.failures = map[string][]string{key: {"SlowDown"}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err == nil || err.Error() != stuck+deletedTen {
			t.Errorf("got %v", err)
		}
	})
}

// slow takes a second for a page and the given time for a batch, and counts the batches under way.
type slow struct {
	*fakeBucket

	now, most atomic.Int32
	batch     time.Duration
}

func (s *slow) ListObjectVersions(ctx context.Context, in *s3.ListObjectVersionsInput, options ...func(*s3.Options)) (*s3.ListObjectVersionsOutput, error) {
	time.Sleep(time.Second)
	return s.fakeBucket.ListObjectVersions(ctx, in, options...)
}

func (s *slow) ListMultipartUploads(ctx context.Context, in *s3.ListMultipartUploadsInput, options ...func(*s3.Options)) (*s3.ListMultipartUploadsOutput, error) {
	time.Sleep(time.Second)
	return s.fakeBucket.ListMultipartUploads(ctx, in, options...)
}

func (s *slow) DeleteObjects(ctx context.Context, in *s3.DeleteObjectsInput, options ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	now := s.now.Add(1)
	time.Sleep(s.batch)
	s.most.Store(max(s.most.Load(), now))
	s.now.Add(-1)
	return s.fakeBucket.DeleteObjects(ctx, in, options...)
}

// TestDeleteBucketSideBySide deletes four batches at once.
func TestDeleteBucketSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slow{fakeBucket: &fakeBucket{}, batch: time.Minute}
		s.fill(8000)
		if err := s3bucket.Delete(t.Context(), s, bucketName, true); err != nil || s.most.Load() != 4 {
			t.Errorf("got %v, %d at once", err, s.most.Load())
		}
	})
}

// TestDeleteBucketGivesUp after 1,000 versions that may not be deleted: it lists the page that is on its way, and no
// other.
func TestDeleteBucketGivesUp(t *testing.T) {
	for deleted, want := range map[int]struct {
		pages               int
		refused, more, done string
	}{
		0: {2, "2000 object versions of bucket", "\n- and 1995 more\n", "--version-id VERSION"},
		1: {3, "2999 object versions of bucket", "\n- and 2994 more\n", "(1 object versions, delete markers and uploads were deleted from bucket \"acme-voicebase-results\")"},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &slow{fakeBucket: &fakeBucket{}, batch: time.Millisecond}
			s.fill(4000)
			s.failures = map[string][]string{}
			for _, v := range s.versions[deleted:] {
				s.failures[v.key] = []string{"AccessDenied"}
			}
			err := s3bucket.Delete(t.Context(), s, bucketName, true)
			if err == nil || !strings.HasPrefix(err.Error(), want.refused) || !strings.Contains(err.Error(), want.more) || !strings.HasSuffix(err.Error(), want.done) {
				t.Errorf("got %v", err)
			}
			if pages := len(slices.DeleteFunc(slices.Clone(s.calls), func(call string) bool { return call != "ListObjectVersions" })); pages != want.pages {
				t.Errorf("%d pages were listed, want %d", pages, want.pages)
			}
		})
	}
}

// TestDeleteBucketOneByOne: what is deleted singly is counted, explained and given up like a batch.
func TestDeleteBucketOneByOne(t *testing.T) {
	const counted = ` (3 object versions, delete markers and uploads were deleted from bucket "acme-voicebase-results")`
	refused := `2 object versions of bucket "acme-voicebase-results" could not be deleted:` + "\n\n- " + `"bell\a2", version 1: ` + lockedMessage + " (AccessDenied)\n- " +
		`"bell\a3", version 1: ` + lockedMessage + " (InvalidRequest)\n\nEither these credentials lack s3:DeleteObjectVersion"
	for name, test := range map[string]struct {
		errs     map[string][]error
		failures map[string][]string
		want     string
	}{
		"interrupted":     {errs: map[string][]error{"DeleteObject": {context.Canceled}}, want: `empty bucket "acme-voicebase-results": context canceled` + strings.Replace(counted, "3", "2", 1)},
		"gone":            {errs: map[string][]error{"DeleteObject": {noSuchBucket}, "DeleteBucket": {notEmpty, noSuchBucket}}},
		"deleted":         {errs: map[string][]error{"DeleteBucket": {notEmpty, context.Canceled}}, want: "context canceled" + counted},
		"upload is gone":  {errs: map[string][]error{"AbortMultipartUpload": {refusal(http.StatusNotFound, "NoSuchUpload", "")}, "DeleteBucket": {notEmpty, context.Canceled}}, want: "context canceled" + strings.Replace(counted, "3", "2", 1)},
		"two are refused": {failures: map[string][]string{"bell\a2": {"AccessDenied"}, "bell\a3": {"InvalidRequest"}}, want: refused},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := &fakeBucket{errs: test.errs}
			f.failures = test.failures
			f.versions, f.uploads = []version{{"bell\a2", "1"}, {"bell\a3", "1"}}, []version{{"u", "1"}}
			err := s3bucket.Delete(t.Context(), f, bucketName, true)
			if got := fmt.Sprint(err); (err == nil) != (test.want == "") || err != nil && got != test.want && (test.failures == nil || !sameLines(got, test.want)) {
				t.Errorf("%s: got %v, want %q", name, err, test.want)
			}
		})
	}
}

// sameLines reports whether the lines of a text begin with those that are wanted, in whatever order two batches came.
func sameLines(got, want string) bool {
	for _, line := range strings.Split(want, "\n") {
		if !strings.Contains(got, line) {
			return false
		}
	}
	return true
}

// TestDeleteBucketOfFewFailures names all.
func TestDeleteBucketOfFewFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.fill(5)
		f.failures = map[string][]string{}
		for _, v := range f.versions {
			f.failures[v.key] = []string{"InvalidRequest"}
		}
		f.failures[f.versions[0].key] = []string{"AccessDenied"}
		err := s3bucket.Delete(t.Context(), f, bucketName, true)
		if err == nil || !strings.Contains(err.Error(), "Either these credentials lack s3:DeleteObjectVersion") || strings.Count(err.Error(), "\n- \"key") != 5 || strings.Contains(err.Error(), " more") {
			t.Errorf("got %v", err)
		}
	})
}

// TestDeleteBucketNamesAFewOfMany, and does not go through a whole bucket of which nothing may be deleted.
func TestDeleteBucketNamesAFewOfMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.fill(9000)
		f.failures = map[string][]string{}
		for _, v := range f.versions {
			f.failures[v.key] = []string{"AccessDenied"}
		}
		err := s3bucket.Delete(t.Context(), f, bucketName, true)
		if err == nil || strings.Count(err.Error(), "\n- \"key") != 5 || !strings.Contains(err.Error(), " more") {
			t.Errorf("got %v", err)
		}
		if lists := len(slices.DeleteFunc(f.calls, func(call string) bool { return call != "ListObjectVersions" })); lists > 6 {
			t.Errorf("%d pages were listed", lists)
		}
	})
}

// TestDeleteBucketWithKeysThatXMLCannotCarry lists them encoded, and deletes them one by one.
func TestDeleteBucketWithKeysThatXMLCannotCarry(t *testing.T) {
	keys := []string{
		"\x01control", "a b+c", "bell\a", "line\nfeed", "noncharacter\uffff", "per%20cent", "ümlaut", "\U0001f600",
		"carriage\rreturn", "no UTF-8\xff", "noncharacter\ufffe", "replaced\ufffd", "tab\tulator", "unit\x1fseparator",
	}
	slices.Sort(keys)
	f := &fakeBucket{}
	for _, key := range keys {
		f.versions = append(f.versions, version{key, "1"})
		f.uploads = append(f.uploads, version{key, "1"})
	}
	f.failures = map[string][]string{"bell\a": {"NoSuchVersion"}, "\x01control": {"SlowDown"}}
	synctest.Test(t, func(t *testing.T) {
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil || len(f.versions)+len(f.uploads) != 0 {
			t.Errorf("got %v, left are %q and %q", err, f.versions, f.uploads)
		}
	})
	if single := len(slices.DeleteFunc(slices.Clone(f.calls), func(call string) bool { return call != "DeleteObject" })); single != 7 {
		t.Errorf("%d were deleted singly: %v", single, f.calls)
	}
}

// TestDeleteBucketOfAnS3WithoutEncoding takes keys as they are where the answer does not say that they are encoded.
func TestDeleteBucketOfAnS3WithoutEncoding(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.ignoresEncoding = true
		f.versions, f.uploads = []version{{"a%20b+c", "1"}}, []version{{"a%20b+c", "1"}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil || len(f.versions)+len(f.uploads) != 0 {
			t.Errorf("got %v, left are %q and %q", err, f.versions, f.uploads)
		}
	})
}

// TestDeleteBucketGoesOnWhileThereIsProgress: against a writer, as long as it takes. Whatever ends it says how far it
// came.
func TestDeleteBucketGoesOnWhileThereIsProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.writes = 50
		f.fill(1)
		start := time.Now()
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil || time.Since(start) > 0 {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		f = &fakeBucket{errs: map[string][]error{"DeleteBucket": {notEmpty, context.Canceled}}}
		f.fill(10)
		err := s3bucket.Delete(t.Context(), f, bucketName, true)
		if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "(10 object versions, delete markers and uploads were deleted from bucket") {
			t.Errorf("got %v", err)
		}
	})
}

// TestDeleteBucketWaitsForS3ToSeeThatItIsEmpty for two minutes at most.
func TestDeleteBucketWaitsForS3ToSeeThatItIsEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{errs: map[string][]error{"DeleteBucket": slices.Repeat([]error{notEmpty}, 5)}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
			t.Error(err)
		}
		f.errs["DeleteBucket"] = slices.Repeat([]error{notEmpty}, 1000)
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err == nil || !strings.Contains(err.Error(), "nothing could be deleted from it for two minutes") {
			t.Errorf("got %v", err)
		}
	})
}

// outdated lists what is gone.
type outdated struct{ *fakeBucket }

func (outdated) AbortMultipartUpload(context.Context, *s3.AbortMultipartUploadInput, ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	return nil, refusal(http.StatusNotFound, "NoSuchUpload", "")
}

func (outdated) DeleteObjects(_ context.Context, in *s3.DeleteObjectsInput, _ ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error) {
	out := &s3.DeleteObjectsOutput{}
	for _, object := range in.Delete.Objects {
		out.Errors = append(out.Errors, types.Error{Key: object.Key, VersionId: object.VersionId, Code: aws.String("NoSuchVersion")})
	}
	return out, nil
}

func (outdated) DeleteObject(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	return nil, refusal(http.StatusNotFound, "NoSuchKey", "")
}

// TestDeleteBucketOfOutdatedListings: what is gone already is no progress, so it is not asked for again without a pause.
func TestDeleteBucketOfOutdatedListings(t *testing.T) {
	for name, f := range map[string]*fakeBucket{
		"uploads": {content: content{uploads: []version{{"a", "1"}}}}, "versions": {content: content{versions: []version{{"a", "1"}}}}, "one by one": {content: content{versions: []version{{"bell\a", "1"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := s3bucket.Delete(t.Context(), outdated{f}, bucketName, true)
				if err == nil || !strings.Contains(err.Error(), "nothing could be deleted from it for two minutes") {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestDeleteBucketThatIsGoneMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{errs: map[string][]error{
			"DeleteBucket": {notEmpty, noSuchBucket}, "ListObjectVersions": {noSuchBucket}, "ListMultipartUploads": {noSuchBucket},
		}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
			t.Error(err)
		}
		slices.Sort(f.calls)
		expectCalls(t, f, "DeleteBucket", "DeleteBucket", "ListMultipartUploads", "ListObjectVersions")
		f = &fakeBucket{errs: map[string][]error{"AbortMultipartUpload": {refusal(http.StatusNotFound, "NoSuchUpload", "")}}}
		f.uploads = []version{{"a", "1"}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil {
			t.Error(err)
		}
	})
}

// TestDeleteBucketThatWasGoneForAMoment goes through the bucket once more, whatever S3 refused before.
func TestDeleteBucketThatWasGoneForAMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{errs: map[string][]error{"DeleteBucket": {notEmpty, notEmpty}, "ListMultipartUploads": {noSuchBucket}}}
		f.fill(1)
		f.failures = map[string][]string{"key 000000+": {"InvalidRequest"}}
		if err := s3bucket.Delete(t.Context(), f, bucketName, true); err != nil || len(f.versions) > 0 {
			t.Errorf("%v, left %v", err, f.versions)
		}
	})
}

// TestDeleteBucketOfGarbledLists: a key that cannot be decoded is no key to delete.
func TestDeleteBucketOfGarbledLists(t *testing.T) {
	for garbled, fill := range map[string]func(*content){
		"version": func(c *content) { c.versions = []version{{"a", "1"}} },
		"marker":  func(c *content) { c.versions = []version{{"a", "1"}, {"b", "1"}} },
		"next":    func(c *content) { c.fill(pageSize + 1) },
		"upload":  func(c *content) { c.uploads = []version{{"a", "1"}} },
		"last": func(c *content) {
			for i := range pageSize + 1 {
				c.uploads = append(c.uploads, version{fmt.Sprintf("%06d", i), "1"})
			}
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := &fakeBucket{}
			fill(&f.content)
			f.garbled = garbled
			err := s3bucket.Delete(t.Context(), f, bucketName, true)
			if want := `empty bucket "acme-voicebase-results": decode the key "%zz" of a list: invalid URL escape "%zz"`; err == nil || err.Error() != want {
				t.Errorf("%s: got %v, want %q", garbled, err, want)
			}
		})
	}
}

// stopped lists its second page until it is stopped, as a call that waits for its answer does.
type stopped struct{ *fakeBucket }

func (s stopped) ListObjectVersions(ctx context.Context, in *s3.ListObjectVersionsInput, options ...func(*s3.Options)) (*s3.ListObjectVersionsOutput, error) {
	if in.KeyMarker != nil {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return s.fakeBucket.ListObjectVersions(ctx, in, options...)
}

// TestDeleteBucketSaysWhyItStopped reports the batch that failed, and not the listing that it stopped.
func TestDeleteBucketSaysWhyItStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.fill(2000)
		f.errs = map[string][]error{"DeleteObjects": {refusal(http.StatusForbidden, "AccessDenied", "No")}}
		err := s3bucket.Delete(t.Context(), stopped{f}, bucketName, true)
		if err == nil || !strings.Contains(err.Error(), "AccessDenied") || errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}
