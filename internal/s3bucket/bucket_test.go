package s3bucket_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

const bucketName = "acme-voicebase-results"

// complete has every setting away from that of a new bucket.
func complete() s3bucket.Settings {
	return s3bucket.Settings{
		PublicAccessBlock: s3bucket.AllBlocked,
		ObjectOwnership:   s3bucket.ObjectOwnership,
		Encryption:        s3bucket.NewEncryption("", []string{s3bucket.BlockedSSEC}),
		Versioning:        true,
		Lifecycle:         s3bucket.Retention{AbortUploadsAfterDays: 7}.Rules(),
		Policy:            "{}",
		Tags:              map[string]string{"Team": "speech"},
		AccessLogging:     s3bucket.AccessLogging{Bucket: "log"},
		EventBridge:       true,
	}
}

var setUp = []string{
	"PutPublicAccessBlock", "PutBucketEncryption", "PutBucketVersioning", "PutBucketLifecycleConfiguration", "PutBucketPolicy",
	"PutBucketTagging", "PutBucketLogging", "PutBucketNotificationConfiguration",
}

func TestConfigureBucketSendsInOrderAndReadsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, complete()); err != nil {
			t.Fatal(err)
		}
		expectCalls(t, f, setUp...)
		if got := f.has.GetBucketEncryption.ServerSideEncryptionConfiguration.Rules[0].BlockedEncryptionTypes.EncryptionType; !slices.Equal(got, []types.EncryptionType{"SSE-C"}) {
			t.Errorf("blocked %v", got)
		}
	})
}

func TestConfigureBucketStopsAtTheFirstRefusal(t *testing.T) {
	for i, action := range setUp {
		t.Run(action, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				denied := refusal(http.StatusForbidden, "AccessDenied", "no")
				f := &fakeBucket{errs: map[string][]error{action: {denied}}}
				if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, complete()); !errors.Is(err, denied) {
					t.Errorf("got %v", err)
				}
				want := slices.Clone(setUp[:i+1])
				if action == "PutPublicAccessBlock" { // Then it looks whether the bucket has it already.
					want = append(want, "GetPublicAccessBlock")
				}
				expectCalls(t, f, want...)
			})
		})
	}
}

// An organization may forbid the call while the bucket has all four switches on; one that is off is not passed over.
func TestConfigureBucketWhereAnOrganizationForbids(t *testing.T) {
	denied := refusal(http.StatusForbidden, "AccessDenied", "with an explicit deny in a service control policy")
	for name, test := range map[string]struct {
		found *types.PublicAccessBlockConfiguration
		fails bool
	}{
		"all on":  {blocked(true), false},
		"one off": {blocked(false), true},
		"none":    {nil, true},
		"failing": {blocked(true), true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, denied := &fakeBucket{}, denied
				if name == "failing" {
					denied = refusal(http.StatusInternalServerError, "InternalError", "")
				}
				f.errs = map[string][]error{"PutPublicAccessBlock": {denied}}
				f.has.GetPublicAccessBlock.PublicAccessBlockConfiguration = test.found
				err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, complete())
				if errors.Is(err, denied) != test.fails {
					t.Errorf("got %v", err)
				}
				if !test.fails {
					expectCalls(t, f, slices.Concat(setUp[:1], []string{"GetPublicAccessBlock"}, setUp[1:])...)
				}
			})
		})
	}
}

func blocked(restricted bool) *types.PublicAccessBlockConfiguration {
	on := aws.Bool(true)
	return &types.PublicAccessBlockConfiguration{BlockPublicAcls: on, BlockPublicPolicy: on, IgnorePublicAcls: on, RestrictPublicBuckets: &restricted}
}

func TestConfigureBucketWaitsForANewBucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		missing := refusal(http.StatusNotFound, "NoSuchBucket", "no")
		f := &fakeBucket{errs: map[string][]error{"PutBucketEncryption": {missing, missing}}}
		if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, complete()); err != nil {
			t.Fatal(err)
		}
		expectCalls(t, f, slices.Concat(setUp[:1], []string{"PutBucketEncryption", "PutBucketEncryption"}, setUp[1:])...)
	})
}

func TestUpdateBucketSaysWhatToDoAboutAnACL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		given := refusal(http.StatusBadRequest, "InvalidBucketAclWithObjectOwnership", "no")
		f := &fakeBucket{errs: map[string][]error{"PutBucketOwnershipControls": {given}}}
		from := complete()
		from.ObjectOwnership = "ObjectWriter"
		err := s3bucket.Update(t.Context(), f, bucketName, from, complete(), nil)
		want := `the ACL of bucket "acme-voicebase-results" grants access to others, so ACLs cannot be turned off: ` +
			`let those who still need it in by the bucket policy, then set the ACL to private: ` + given.Error()
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %q", err, want)
		}
	})
}

func TestUpdateBucketSendsOnlyWhatDiffers(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*s3bucket.Settings)
		want   []string
	}{
		"nothing":              {func(*s3bucket.Settings) {}, nil},
		"public access block":  {func(s *s3bucket.Settings) { s.PublicAccessBlock.BlockPublicACLs = false }, []string{"PutPublicAccessBlock"}},
		"ownership":            {func(s *s3bucket.Settings) { s.ObjectOwnership = "ObjectWriter" }, []string{"PutBucketOwnershipControls"}},
		"blocked encryption":   {func(s *s3bucket.Settings) { s.Encryption.Blocked = nil }, []string{"PutBucketEncryption"}},
		"versioning":           {func(s *s3bucket.Settings) { s.Versioning = false }, []string{"PutBucketVersioning"}},
		"lifecycle":            {func(s *s3bucket.Settings) { s.Lifecycle[0].AbortUploadsAfterDays = 1 }, []string{"PutBucketLifecycleConfiguration"}},
		"lifecycle left alone": {func(s *s3bucket.Settings) { s.Lifecycle = nil }, nil},
		"policy":               {func(s *s3bucket.Settings) { s.Policy = `{"Id":"x"}` }, []string{"PutBucketPolicy"}},
		"policy left alone":    {func(s *s3bucket.Settings) { s.Policy = "" }, nil},
		"no logging":           {func(s *s3bucket.Settings) { s.AccessLogging = s3bucket.AccessLogging{} }, []string{"PutBucketLogging"}},
		"another log":          {func(s *s3bucket.Settings) { s.AccessLogging.Prefix = "new/" }, []string{"GetBucketLogging", "PutBucketLogging"}},
		"tags":                 {func(s *s3bucket.Settings) { s.Tags["Team"] = "sales" }, []string{"GetBucketTagging", "PutBucketTagging"}},
		"all": {
			func(s *s3bucket.Settings) {
				*s = s3bucket.Settings{ObjectOwnership: "ObjectWriter", Lifecycle: s3bucket.Retention{ExpireAfterDays: 1}.Rules(), Policy: `{"Id":"x"}`}
			},
			[]string{
				"PutPublicAccessBlock", "PutBucketOwnershipControls", "PutBucketEncryption", "PutBucketVersioning", "PutBucketLifecycleConfiguration", "PutBucketPolicy",
				"GetBucketTagging", "DeleteBucketTagging", "PutBucketLogging", "GetBucketNotificationConfiguration", "PutBucketNotificationConfiguration",
			},
		},
		"EventBridge": {func(s *s3bucket.Settings) { s.EventBridge = false }, []string{"GetBucketNotificationConfiguration", "PutBucketNotificationConfiguration"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fakeBucket{}
				to := complete()
				test.change(&to)
				if err := s3bucket.Update(t.Context(), f, bucketName, complete(), to, maps.Clone[map[string]string]); err != nil {
					t.Fatal(err)
				}
				expectCalls(t, f, test.want...)
			})
		})
	}
}

// TestConfigureBucketLogging compares the whole input: a log needs no prefix, and a prefix alone is no log.
func TestConfigureBucketLogging(t *testing.T) {
	for logging, want := range map[s3bucket.AccessLogging]*types.LoggingEnabled{
		{Bucket: "log"}:                    {TargetBucket: aws.String("log"), TargetPrefix: aws.String("")},
		{Bucket: "log", Prefix: "prefix/"}: {TargetBucket: aws.String("log"), TargetPrefix: aws.String("prefix/")},
		{Prefix: "prefix/"}:                nil,
	} {
		f := &fakeBucket{}
		if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, s3bucket.Settings{ObjectOwnership: s3bucket.ObjectOwnership, AccessLogging: logging}); err != nil {
			t.Fatal(err)
		}
		if got := f.has.GetBucketLogging.LoggingEnabled; !reflect.DeepEqual(got, want) {
			t.Errorf("%+v: put %+v", logging, got)
		}
	}
}

// How the log names its objects, and who may read them, is not lost with its prefix.
func TestUpdateBucketCarriesOverTheLog(t *testing.T) {
	grants := []types.TargetGrant{{Permission: types.BucketLogsPermissionRead}}
	format := &types.TargetObjectKeyFormat{PartitionedPrefix: &types.PartitionedPrefix{PartitionDateSource: types.PartitionDateSourceEventTime}}
	for name, test := range map[string]struct {
		from, to s3bucket.AccessLogging
		want     *types.LoggingEnabled
	}{
		"a prefix":  {s3bucket.AccessLogging{Bucket: "log"}, s3bucket.AccessLogging{Bucket: "log", Prefix: "new/"}, &types.LoggingEnabled{TargetBucket: aws.String("log"), TargetPrefix: aws.String("new/"), TargetGrants: grants, TargetObjectKeyFormat: format}},
		"no prefix": {s3bucket.AccessLogging{Bucket: "log", Prefix: "old/"}, s3bucket.AccessLogging{Bucket: "log"}, &types.LoggingEnabled{TargetBucket: aws.String("log"), TargetPrefix: aws.String(""), TargetGrants: grants, TargetObjectKeyFormat: format}},
		"a bucket":  {s3bucket.AccessLogging{Bucket: "log"}, s3bucket.AccessLogging{Bucket: "other"}, &types.LoggingEnabled{TargetBucket: aws.String("other"), TargetPrefix: aws.String(""), TargetGrants: grants, TargetObjectKeyFormat: format}},
		"no log":    {s3bucket.AccessLogging{Bucket: "log"}, s3bucket.AccessLogging{}, nil},
	} {
		f := &fakeBucket{}
		f.has.GetBucketLogging.LoggingEnabled = &types.LoggingEnabled{
			TargetBucket: &test.from.Bucket, TargetPrefix: &test.from.Prefix, TargetGrants: grants, TargetObjectKeyFormat: format,
		}
		if err := s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{AccessLogging: test.from}, s3bucket.Settings{AccessLogging: test.to}, nil); err != nil {
			t.Fatal(err)
		}
		if got := f.has.GetBucketLogging.LoggingEnabled; !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: put %+v", name, got)
		}
	}
}

func TestUpdateBucketCarriesOverTagsOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.has.GetBucketTagging.TagSet = []types.Tag{
			{Key: aws.String("aws:cloudformation:stack-id"), Value: aws.String("x")}, {Key: aws.String("Team"), Value: aws.String("speech")},
		}
		to := complete()
		to.Tags = map[string]string{"Stage": "test"}
		unmanaged := func(remote map[string]string) map[string]string {
			delete(remote, "Team")
			return remote
		}
		if err := s3bucket.Update(t.Context(), f, bucketName, complete(), to, unmanaged); err != nil {
			t.Fatal(err)
		}
		got := tagsOf(f.has.GetBucketTagging.TagSet)
		if want := map[string]string{"aws:cloudformation:stack-id": "x", "Stage": "test"}; !maps.Equal(got, want) {
			t.Errorf("put %v, want %v", got, want)
		}
	})
}

// TestCreateBucket compares the whole error, each of which ends with S3's own.
func TestCreateBucket(t *testing.T) {
	const advice = ": choose another name, or bring it under Terraform with `terraform import`: "
	const denied = "access to bucket \"acme-voicebase-results\" is denied: either it belongs to another account (bucket names are unique within a partition), " +
		"or these credentials are wrong or lack s3:ListBucket: "
	const elsewhereUntil = `bucket "acme-voicebase-results" already exists, or existed until recently, in region `
	free := refusal(http.StatusNotFound, "NotFound", "")
	owned := refusal(http.StatusConflict, "BucketAlreadyOwnedByYou", "")
	moved := "the region 'eu-west-1' is wrong; expecting 'us-east-2'"
	for name, test := range map[string]struct {
		region       string
		head, create error
		calls        []string
		// want is the error up to S3's own, "-" for that alone.
		want string
	}{
		"us-east-1":          {"us-east-1", free, nil, []string{"HeadBucket", "CreateBucket"}, ""},
		"elsewhere":          {"eu-west-1", nil, nil, []string{"CreateBucket"}, ""},
		"there in us-east-1": {"us-east-1", nil, owned, []string{"HeadBucket", "CreateBucket"}, `bucket "acme-voicebase-results" already exists and belongs to this account: `},
		"another's":          {"us-east-1", refusal(http.StatusForbidden, "Forbidden", ""), nil, []string{"HeadBucket"}, denied},
		"in another region":  {"us-east-1", elsewhere(http.StatusMovedPermanently, "MovedPermanently", "", "eu-west-1"), nil, []string{"HeadBucket"}, elsewhereUntil + "eu-west-1" + advice},
		"bodyless":           {"us-east-1", elsewhere(http.StatusBadRequest, "BadRequest", "", "eu-west-1"), nil, []string{"HeadBucket"}, elsewhereUntil + "eu-west-1" + advice},
		"bodyless, not so":   {"us-east-1", elsewhere(http.StatusBadRequest, "BadRequest", "expired", "us-east-1"), nil, []string{"HeadBucket"}, "-"},
		"moved elsewhere":    {"eu-west-1", nil, elsewhere(http.StatusBadRequest, "AuthorizationHeaderMalformed", moved, ""), []string{"CreateBucket"}, elsewhereUntil + "us-east-2" + advice},
		"not moved":          {"us-east-2", nil, elsewhere(http.StatusBadRequest, "AuthorizationHeaderMalformed", moved, ""), []string{"CreateBucket"}, "-"},
		"head fails":         {"us-east-1", refusal(http.StatusInternalServerError, "InternalError", "sorry"), nil, []string{"HeadBucket"}, "-"},
		"fails":              {"eu-west-1", nil, refusal(http.StatusInternalServerError, "InternalError", "sorry"), []string{"CreateBucket"}, "-"},
		"there elsewhere":    {"eu-west-1", nil, owned, []string{"CreateBucket"}, `bucket "acme-voicebase-results" already exists and belongs to this account: `},
		"another's elsewhere": {
			"eu-west-1", nil, refusal(http.StatusConflict, "BucketAlreadyExists", ""),
			[]string{"CreateBucket"},
			`bucket "acme-voicebase-results" already exists in another account or region (bucket names are unique within a partition)` + advice,
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBucket{errs: map[string][]error{}}
			if test.head != nil {
				f.errs["HeadBucket"] = []error{test.head}
			}
			if test.create != nil {
				f.errs["CreateBucket"] = []error{test.create}
			}
			made, err := s3bucket.Create(t.Context(), f, s3bucket.New{Name: bucketName, Region: test.region})
			if got, own := fmt.Sprint(err), fmt.Sprint(cmp.Or(test.create, test.head)); test.want != "" && got != strings.TrimPrefix(test.want, "-")+own || (err == nil) != (test.want == "") {
				t.Errorf("got %v, want %q and %s", err, test.want, own)
			}
			if made.Tags != nil {
				t.Errorf("made %v", made)
			}
			expectCalls(t, f, test.calls...)
		})
	}
}

// TestCreateBucketSaysWhereAndHow compares the whole input.
func TestCreateBucketSaysWhereAndHow(t *testing.T) {
	tags := []types.Tag{{Key: aws.String("Stage"), Value: aws.String("test")}, {Key: aws.String("Team"), Value: aws.String("speech")}}
	for _, test := range []struct {
		bucket    s3bucket.New
		place     *types.CreateBucketConfiguration
		namespace types.BucketNamespace
	}{
		{s3bucket.New{Name: "results", Region: "us-east-1"}, nil, ""},
		{s3bucket.New{Name: "results", Region: "eu-west-1"}, &types.CreateBucketConfiguration{LocationConstraint: "eu-west-1"}, ""},
		{s3bucket.New{Name: "results", Region: "us-east-1", Tags: map[string]string{"Team": "speech", "Stage": "test"}}, &types.CreateBucketConfiguration{Tags: tags}, ""},
		{
			s3bucket.New{Name: "results-111122223333-eu-west-1-an", Region: "eu-west-1", Tags: map[string]string{"Team": "speech", "Stage": "test"}},
			&types.CreateBucketConfiguration{LocationConstraint: "eu-west-1", Tags: tags}, "account-regional",
		},
	} {
		f := &fakeBucket{}
		test.bucket.Generated = true
		if _, err := s3bucket.Create(t.Context(), f, test.bucket); err != nil {
			t.Fatal(err)
		}
		want := &s3.CreateBucketInput{Bucket: &test.bucket.Name, ObjectOwnership: "BucketOwnerEnforced", BucketNamespace: test.namespace, CreateBucketConfiguration: test.place}
		if !reflect.DeepEqual(f.created, want) {
			t.Errorf("created %+v of %+v", f.created, test.bucket)
		}
	}
}

func TestFindBucketReadsSideBySide(t *testing.T) {
	// A read that waits for another one ends the test at once: nothing in the bubble can go on.
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{together: make(chan struct{}), expected: 9}
		f.has.GetBucketNotificationConfiguration.EventBridgeConfiguration = &types.EventBridgeConfiguration{}
		found, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{Lifecycle: true, Policy: true, AccessLogging: true, EventBridge: true})
		if err != nil || !found.EventBridge {
			t.Errorf("got %+v, %v", found, err)
		}
	})
}

func TestFindBucketReadsOnlyWhatIsManaged(t *testing.T) {
	always := []string{"GetBucketEncryption", "GetBucketOwnershipControls", "GetBucketTagging", "GetBucketVersioning", "GetPublicAccessBlock"}
	for more, parts := range map[string]s3bucket.Parts{
		"":                                   {},
		"GetBucketLifecycleConfiguration":    {Lifecycle: true},
		"GetBucketPolicy":                    {Policy: true},
		"GetBucketLogging":                   {AccessLogging: true},
		"GetBucketNotificationConfiguration": {EventBridge: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := &fakeBucket{}
			if _, err := s3bucket.Find(t.Context(), f, bucketName, parts); err != nil {
				t.Fatal(err)
			}
			slices.Sort(f.calls)
			want := slices.Sorted(slices.Values(append(slices.Clone(always), more)))
			expectCalls(t, f, slices.DeleteFunc(want, func(call string) bool { return call == "" })...)
		})
	}
}

func TestFindBucketThatHasNothingConfigured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		none := func(code string) []error { return []error{refusal(http.StatusNotFound, code, "")} }
		f := &fakeBucket{errs: map[string][]error{
			"GetPublicAccessBlock": none("NoSuchPublicAccessBlockConfiguration"), "GetBucketOwnershipControls": none("OwnershipControlsNotFoundError"),
			"GetBucketEncryption": none("ServerSideEncryptionConfigurationNotFoundError"), "GetBucketLifecycleConfiguration": none("NoSuchLifecycleConfiguration"),
			"GetBucketPolicy": none("NoSuchBucketPolicy"), "GetBucketTagging": none("NoSuchTagSet"),
		}}
		found, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{Lifecycle: true, Policy: true})
		if err != nil || !reflect.DeepEqual(found, s3bucket.Settings{Tags: map[string]string{}}) {
			t.Errorf("got %+v, %v", found, err)
		}
		// No rule says as much.
		f.has.GetBucketOwnershipControls.OwnershipControls = &types.OwnershipControls{}
		f.has.GetBucketEncryption.ServerSideEncryptionConfiguration = &types.ServerSideEncryptionConfiguration{}
		found, err = s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{})
		if err != nil || !reflect.DeepEqual(found, s3bucket.Settings{Tags: map[string]string{}}) {
			t.Errorf("got %+v, %v", found, err)
		}
	})
}

// TestVerbsInTheWrongRegion: each of them says where the bucket is.
func TestVerbsInTheWrongRegion(t *testing.T) {
	for action, verb := range map[string]func(context.Context, *fakeBucket) error{
		"GetBucketPolicy": func(ctx context.Context, f *fakeBucket) error {
			found, err := s3bucket.Find(ctx, f, bucketName, s3bucket.Parts{Policy: true})
			if !reflect.DeepEqual(found, s3bucket.Settings{}) {
				t.Errorf("found %+v", found)
			}
			return err
		},
		"PutBucketPolicy": func(ctx context.Context, f *fakeBucket) error {
			return s3bucket.Update(ctx, f, bucketName, s3bucket.Settings{}, s3bucket.Settings{Policy: "{}"}, nil)
		},
		"DeleteBucket": func(ctx context.Context, f *fakeBucket) error { return s3bucket.Delete(ctx, f, bucketName, false) },
	} {
		for name, answer := range map[string]error{
			"redirect":  elsewhere(http.StatusMovedPermanently, "PermanentRedirect", "expecting 'us-east-2', use the endpoint", "eu-west-1"),
			"signature": refusal(http.StatusBadRequest, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong; expecting 'eu-west-1'"),
			"plain":     &smithy.GenericAPIError{Code: "AuthorizationHeaderMalformed", Message: "expecting 'eu-west-1'"},
			"unsaid":    elsewhere(http.StatusMovedPermanently, "PermanentRedirect", "use the endpoint", ""),
			"refused":   elsewhere(http.StatusForbidden, "AccessDenied", "expecting 'eu-west-1'", "eu-west-1"),
		} {
			synctest.Test(t, func(t *testing.T) {
				want := answer.Error()
				if name != "unsaid" && name != "refused" {
					want = `bucket "acme-voicebase-results" is in region eu-west-1, not in the configured region: set region = "eu-west-1", or import it by the ID acme-voicebase-results@eu-west-1: ` + want
				}
				err := verb(t.Context(), &fakeBucket{errs: map[string][]error{action: {answer}}})
				if !errors.Is(err, answer) || err.Error() != want {
					t.Errorf("%s of %s: got %v, want %q", name, action, err, want)
				}
			})
		}
	}
}

// A bucket key is of no use to S3's own encryption, so that it is no drift there.
func TestFindBucketKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for algorithm, want := range map[types.ServerSideEncryption]bool{
			types.ServerSideEncryptionAes256: false, types.ServerSideEncryptionAwsKms: true, types.ServerSideEncryptionAwsKmsDsse: true,
		} {
			f := &fakeBucket{}
			f.has.GetBucketEncryption.ServerSideEncryptionConfiguration = &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{{
				ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: algorithm}, BucketKeyEnabled: aws.Bool(true),
			}}}
			found, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{})
			if err != nil || found.Encryption.BucketKey != want {
				t.Errorf("%s: got %+v, %v", algorithm, found.Encryption, err)
			}
		}
	})
}

// A policy that S3 cannot read is not waited for, though its code is that of a missing principal; nor does a refusal of
// what cannot be read either pass for a bucket that has no blocks.
func TestConfigureBucketFailsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		malformed := refusal(http.StatusBadRequest, "MalformedPolicy", "Missing required field Statement")
		f := &fakeBucket{errs: map[string][]error{"PutBucketPolicy": {malformed}}}
		if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, complete()); !errors.Is(err, malformed) {
			t.Errorf("got %v", err)
		}
		denied := refusal(http.StatusForbidden, "AccessDenied", "no")
		f = &fakeBucket{errs: map[string][]error{"PutPublicAccessBlock": {denied}, "GetPublicAccessBlock": {denied}}}
		if err := s3bucket.Update(t.Context(), f, bucketName, complete(), s3bucket.Settings{}, nil); !errors.Is(err, denied) {
			t.Errorf("got %v", err)
		}
		expectCalls(t, f, "PutPublicAccessBlock", "GetPublicAccessBlock")
	})
}
