package s3bucket_test

import (
	"errors"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

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
	f := &fakeBucket{}
	if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, complete()); err != nil {
		t.Fatal(err)
	}
	expectCalls(t, f, setUp...)
	if got := f.has.GetBucketEncryption.ServerSideEncryptionConfiguration.Rules[0].BlockedEncryptionTypes.EncryptionType; !slices.Equal(got, []types.EncryptionType{"SSE-C"}) {
		t.Errorf("blocked %v", got)
	}
}

func TestConfigureBucketStopsAtTheFirstRefusal(t *testing.T) {
	for i, action := range setUp {
		t.Run(action, func(t *testing.T) {
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
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBucket{errs: map[string][]error{"PutPublicAccessBlock": {denied}}}
			f.has.GetPublicAccessBlock.PublicAccessBlockConfiguration = test.found
			err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, complete())
			if errors.Is(err, denied) != test.fails {
				t.Errorf("got %v", err)
			}
			if !test.fails {
				expectCalls(t, f, slices.Concat(setUp[:1], []string{"GetPublicAccessBlock"}, setUp[1:])...)
			}
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
	f := &fakeBucket{errs: map[string][]error{"PutBucketOwnershipControls": {refusal(http.StatusBadRequest, "InvalidBucketAclWithObjectOwnership", "no")}}}
	from := complete()
	from.ObjectOwnership = "ObjectWriter"
	err := s3bucket.Update(t.Context(), f, bucketName, from, complete(), nil)
	if err == nil || !strings.Contains(err.Error(), "set the ACL to private") {
		t.Errorf("got %v", err)
	}
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
		"EventBridge":          {func(s *s3bucket.Settings) { s.EventBridge = false }, []string{"GetBucketNotificationConfiguration", "PutBucketNotificationConfiguration"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBucket{}
			to := complete()
			test.change(&to)
			if err := s3bucket.Update(t.Context(), f, bucketName, complete(), to, maps.Clone[map[string]string]); err != nil {
				t.Fatal(err)
			}
			expectCalls(t, f, test.want...)
		})
	}
}

// How the log names its objects, and who may read them, is not lost with its prefix.
func TestUpdateBucketCarriesOverTheLog(t *testing.T) {
	f := &fakeBucket{}
	f.has.GetBucketLogging.LoggingEnabled = &types.LoggingEnabled{
		TargetBucket: aws.String("log"), TargetGrants: []types.TargetGrant{{Permission: types.BucketLogsPermissionRead}},
		TargetObjectKeyFormat: &types.TargetObjectKeyFormat{PartitionedPrefix: &types.PartitionedPrefix{PartitionDateSource: types.PartitionDateSourceEventTime}},
	}
	to := complete()
	to.AccessLogging.Prefix = "new/"
	if err := s3bucket.Update(t.Context(), f, bucketName, complete(), to, nil); err != nil {
		t.Fatal(err)
	}
	got := f.has.GetBucketLogging.LoggingEnabled
	if *got.TargetPrefix != "new/" || len(got.TargetGrants) != 1 || got.TargetObjectKeyFormat == nil {
		t.Errorf("%+v", got)
	}
}

func TestUpdateBucketCarriesOverTagsOfOthers(t *testing.T) {
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
}

func TestCreateBucket(t *testing.T) {
	free := refusal(http.StatusNotFound, "NotFound", "")
	for name, test := range map[string]struct {
		bucket, region string
		head, create   error
		calls          []string
		want           string
	}{
		"us-east-1":           {bucketName, "us-east-1", free, nil, []string{"HeadBucket", "CreateBucket"}, ""},
		"elsewhere":           {bucketName, "eu-west-1", nil, nil, []string{"CreateBucket"}, ""},
		"there in us-east-1":  {bucketName, "us-east-1", nil, refusal(http.StatusConflict, "BucketAlreadyOwnedByYou", ""), []string{"HeadBucket", "CreateBucket"}, "already exists"},
		"another's":           {bucketName, "us-east-1", refusal(http.StatusForbidden, "Forbidden", ""), nil, []string{"HeadBucket"}, "it belongs to another account"},
		"in another region":   {bucketName, "us-east-1", elsewhere(http.StatusMovedPermanently, "MovedPermanently", "", "eu-west-1"), nil, []string{"HeadBucket"}, "in region eu-west-1"},
		"bodyless":            {bucketName, "us-east-1", elsewhere(http.StatusBadRequest, "BadRequest", "", "eu-west-1"), nil, []string{"HeadBucket"}, "in region eu-west-1"},
		"bodyless, not so":    {bucketName, "us-east-1", elsewhere(http.StatusBadRequest, "BadRequest", "expired", "us-east-1"), nil, []string{"HeadBucket"}, "BadRequest: expired"},
		"moved elsewhere":     {bucketName, "eu-west-1", nil, elsewhere(http.StatusBadRequest, "AuthorizationHeaderMalformed", "the region 'eu-west-1' is wrong; expecting 'us-east-2'", ""), []string{"CreateBucket"}, "in region us-east-2"},
		"head fails":          {bucketName, "us-east-1", refusal(http.StatusInternalServerError, "InternalError", "sorry"), nil, []string{"HeadBucket"}, "sorry"},
		"there elsewhere":     {bucketName, "eu-west-1", nil, refusal(http.StatusConflict, "BucketAlreadyOwnedByYou", ""), []string{"CreateBucket"}, "already exists and belongs to this account"},
		"another's elsewhere": {bucketName, "eu-west-1", nil, refusal(http.StatusConflict, "BucketAlreadyExists", ""), []string{"CreateBucket"}, "in another account or region"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBucket{errs: map[string][]error{}}
			if test.head != nil {
				f.errs["HeadBucket"] = []error{test.head}
			}
			if test.create != nil {
				f.errs["CreateBucket"] = []error{test.create}
			}
			_, err := s3bucket.Create(t.Context(), f, s3bucket.New{Name: test.bucket, Region: test.region})
			if (err == nil) != (test.want == "") || (err != nil && !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			expectCalls(t, f, test.calls...)
		})
	}
}

func TestCreateBucketSaysWhereAndHow(t *testing.T) {
	f := &fakeBucket{}
	const name = "results-111122223333-eu-west-1-an"
	if _, err := s3bucket.Create(t.Context(), f, s3bucket.New{Name: name, Region: "eu-west-1"}); err != nil {
		t.Fatal(err)
	}
	in := f.created
	if in.CreateBucketConfiguration.LocationConstraint != "eu-west-1" || in.ObjectOwnership != "BucketOwnerEnforced" || in.BucketNamespace != "account-regional" {
		t.Errorf("created %+v", in)
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
	f := &fakeBucket{}
	if _, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(f.calls)
	expectCalls(t, f, "GetBucketEncryption", "GetBucketOwnershipControls", "GetBucketTagging", "GetBucketVersioning", "GetPublicAccessBlock")
}

func TestFindBucketThatHasNothingConfigured(t *testing.T) {
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
}

func TestFindBucketInTheWrongRegion(t *testing.T) {
	for name, answer := range map[string]error{
		"redirect":  elsewhere(http.StatusMovedPermanently, "PermanentRedirect", "use the endpoint", "eu-west-1"),
		"signature": refusal(http.StatusBadRequest, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong; expecting 'eu-west-1'"),
	} {
		f := &fakeBucket{errs: map[string][]error{"GetBucketPolicy": {answer}}}
		_, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{Policy: true})
		if err == nil || !strings.Contains(err.Error(), "is in region eu-west-1") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// A bucket key is of no use to S3's own encryption, so that it is no drift there.
func TestFindBucketKey(t *testing.T) {
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
}
