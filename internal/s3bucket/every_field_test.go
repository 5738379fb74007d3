package s3bucket_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

var everything = s3bucket.Parts{Lifecycle: true, Policy: true, AccessLogging: true, EventBridge: true}

// everySetting has something in each field, for fields.Varied to change.
func everySetting() s3bucket.Settings {
	all := complete()
	all.Encryption = s3bucket.NewEncryption("arn:aws:kms:us-east-1:111122223333:key/1", []string{s3bucket.BlockedSSEC})
	all.AccessLogging.Prefix = "log/"
	all.Lifecycle = s3bucket.Retention{
		ExpireAfterDays: 400, NoncurrentExpireAfterDays: 90, AbortUploadsAfterDays: 7,
		Transitions:           []s3bucket.Transition{moves(30, "STANDARD_IA"), moves(60, "GLACIER")},
		NoncurrentTransitions: []s3bucket.Transition{moves(10, "GLACIER_IR")},
	}.Rules()
	return all
}

// TestEachSettingIsWrittenAndRead changes one field of the settings at a time, there and back: what an update has sent is
// what a read then finds.
func TestEachSettingIsWrittenAndRead(t *testing.T) {
	seen := 0
	fields.Varied(everySetting, func(path string, varied s3bucket.Settings) {
		slices.SortFunc(varied.Lifecycle, func(a, b s3bucket.LifecycleRule) int { return strings.Compare(a.ID, b.ID) })
		if slices.ContainsFunc(varied.Lifecycle, notOurs) {
			return
		}
		seen++
		t.Run(path, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fakeBucket{}
				if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, everySetting()); err != nil {
					t.Fatal(err)
				}
				if err := s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{}, everySetting(), noneUnmanaged); err != nil {
					t.Fatal(err)
				}
				for _, step := range []struct{ from, to s3bucket.Settings }{{everySetting(), varied}, {varied, everySetting()}} {
					before := len(f.calls)
					if err := s3bucket.Update(t.Context(), f, bucketName, step.from, step.to, noneUnmanaged); err != nil {
						t.Fatal(err)
					}
					if len(f.calls) == before {
						t.Error("the update sends nothing")
					}
					found, err := s3bucket.Find(t.Context(), f, bucketName, everything)
					if err != nil || !reflect.DeepEqual(found, step.to) && !found.Equal(step.to, func(a, b string) bool { return a == b }) {
						t.Errorf("wrote %+v\nfound %+v, %v", step.to, found, err)
					}
				}
			})
		})
	})
	if seen < 30 {
		t.Errorf("only %d changes were tried", seen)
	}
}

// notOurs reports a rule that is only read: the provider makes none that does nothing, none with what it has no setting
// for, and S3 takes none that expires current versions and delete markers.
func notOurs(rule s3bucket.LifecycleRule) bool {
	return !rule.Enabled || rule.Other || rule.ExpireAfterDays > 0 && rule.ExpiredDeleteMarkers
}

func noneUnmanaged(map[string]string) map[string]string { return map[string]string{} }

// unseen are the fields of S3's answers, with all that is in them, that bear on none of our settings, each with the
// reason.
var unseen = map[string]string{
	"GetBucketVersioning.MFADelete":                                      "who may delete versions is no setting of ours, and PutBucketVersioning leaves it as it is",
	"GetBucketLifecycleConfiguration.TransitionDefaultMinimumObjectSize": "carried over by the update, see TestLifecycleKeepsTheSmallestSizeThatMoves",
	"GetBucketLifecycleConfiguration.Rules.Filter.And":                   "a rule with it is somebody else's, whatever it holds: see TestRulesOfOthers",
	"GetBucketLifecycleConfiguration.Rules.Filter.Tag":                   "as is one with a tag",
	"GetBucketLogging.LoggingEnabled.TargetGrants":                       "grants need ACLs, which log buckets of today do not have",
	"GetBucketLogging.LoggingEnabled.TargetObjectKeyFormat":              "the form of the log's keys is no setting of ours",
}

// TestEachFieldOfAnAnswerIsSeen sets one field of S3's answers at a time: a read sees it, or it is known not to.
func TestEachFieldOfAnAnswerIsSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		seen := map[string]bool{}
		fields.Alone(func(path string, without, with settings) {
			found := [2]s3bucket.Settings{}
			for i, has := range []settings{without, with} {
				var err error
				if found[i], err = s3bucket.Find(t.Context(), &fakeBucket{has: has}, bucketName, everything); err != nil {
					t.Fatal(err)
				}
			}
			seen[path] = seen[path] || !reflect.DeepEqual(found[0], found[1])
		})
		for path, is := range seen {
			listed := slices.ContainsFunc(slices.Collect(maps.Keys(unseen)), func(field string) bool { return strings.HasPrefix(path+".", field+".") })
			switch {
			case !is && !listed && !otherNotifications(path):
				t.Errorf("a read does not see %s: let it, or say in unseen why not", path)
			case is && listed:
				t.Errorf("a read does see %s: take it out of unseen", path)
			}
		}
		if len(seen) < 40 {
			t.Errorf("only %d fields were tried", len(seen))
		}
	})
}

// otherNotifications are those that TestUpdateCarriesOverEachNotification is about.
func otherNotifications(path string) bool {
	rest, ok := strings.CutPrefix(path, "GetBucketNotificationConfiguration.")
	return ok && rest != "EventBridgeConfiguration"
}

// TestUpdateCarriesOverEachNotification has one kind of notification at a time on the bucket, when EventBridge goes on and
// off.
func TestUpdateCarriesOverEachNotification(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fields.Alone(func(path string, _, with s3.GetBucketNotificationConfigurationOutput) {
			for _, on := range []bool{true, false} {
				f := &fakeBucket{}
				f.has.GetBucketNotificationConfiguration = with
				if err := s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{EventBridge: !on}, s3bucket.Settings{EventBridge: on}, nil); err != nil {
					t.Fatal(err)
				}
				want := with
				want.EventBridgeConfiguration = nil
				if on {
					want.EventBridgeConfiguration = &types.EventBridgeConfiguration{}
				}
				if got := f.has.GetBucketNotificationConfiguration; !reflect.DeepEqual(got, want) {
					t.Errorf("%s: there is %+v after EventBridge was set to %t, want %+v", path, got, on, want)
				}
			}
		})
	})
}

// TestFindTakesOnlyRulesOfTheWholeBucketForOurs: a rule of somebody else that does not say what ours do is told apart.
func TestFindTakesOnlyRulesOfTheWholeBucketForOurs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeBucket{}
		f.has.GetBucketLifecycleConfiguration.Rules = []types.LifecycleRule{
			{ID: aws.String("b"), Prefix: aws.String("old/"), Status: types.ExpirationStatusEnabled, Transitions: []types.Transition{
				{Days: aws.Int32(9), StorageClass: "GLACIER"}, {Days: aws.Int32(9), StorageClass: "DEEP_ARCHIVE"}, {Days: aws.Int32(9), StorageClass: "GLACIER_IR"},
			}},
			{ID: aws.String("a"), Prefix: aws.String("old/"), Filter: &types.LifecycleRuleFilter{Prefix: aws.String("new/")}},
		}
		found, err := s3bucket.Find(t.Context(), f, bucketName, everything)
		want := []s3bucket.LifecycleRule{{ID: "a", Prefix: "new/"}, {
			ID: "b", Prefix: "old/", Enabled: true, Transitions: []s3bucket.Transition{moves(9, "GLACIER_IR"), moves(9, "GLACIER"), moves(9, "DEEP_ARCHIVE")},
		}}
		if err != nil || !reflect.DeepEqual(found.Lifecycle, want) {
			t.Errorf("got %+v, %v", found.Lifecycle, err)
		}
	})
}

// TestList asks for the buckets of a region, page by page.
func TestList(t *testing.T) {
	for prefix, want := range map[string]*string{"": nil, "acme-": aws.String("acme-")} {
		f := &fakeBucket{pages: true, buckets: []types.Bucket{{Name: aws.String("acme-a")}, {Name: aws.String("acme-b")}, {Name: aws.String("acme-c")}}}
		names := map[string]bool{}
		for name, err := range s3bucket.List(t.Context(), f, "eu-west-1", prefix) {
			if err != nil {
				t.Fatal(err)
			}
			names[name] = true
		}
		if !maps.Equal(names, map[string]bool{"acme-a": true, "acme-b": true, "acme-c": true}) || len(f.listed) != 2 {
			t.Errorf("listed %v in %d pages", names, len(f.listed))
		}
		for _, asked := range f.listed {
			if aws.ToString(asked.BucketRegion) != "eu-west-1" || !reflect.DeepEqual(asked.Prefix, want) || aws.ToInt32(asked.MaxBuckets) != 1000 {
				t.Errorf("asked for %+v", asked)
			}
		}
	}
}

// TestListStops where the caller has enough.
func TestListStops(t *testing.T) {
	f := &fakeBucket{pages: true, buckets: []types.Bucket{{Name: aws.String("acme-a")}, {Name: aws.String("acme-b")}}}
	for name, err := range s3bucket.List(t.Context(), f, "eu-west-1", "") {
		if name != "acme-a" || err != nil {
			t.Errorf("first comes %q, %v", name, err)
		}
		break
	}
	expectCalls(t, f, "ListBuckets")
}

// TestPutEncryption compares the whole input, and what is read of it and of others' settings.
func TestPutEncryption(t *testing.T) {
	const key = "arn:aws:kms:us-east-1:111122223333:key/1"
	rule := func(algorithm types.ServerSideEncryption, key *string, bucketKey bool, blocked ...types.EncryptionType) *types.ServerSideEncryptionConfiguration {
		return &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{{
			ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: algorithm, KMSMasterKeyID: key},
			BlockedEncryptionTypes:             &types.BlockedEncryptionTypes{EncryptionType: blocked}, BucketKeyEnabled: &bucketKey,
		}}}
	}
	for name, test := range map[string]struct {
		put  s3bucket.Encryption
		want *types.ServerSideEncryptionConfiguration
	}{
		"S3's own":          {s3bucket.NewEncryption("", nil), rule("AES256", nil, false, "NONE")},
		"S3's own, blocked": {s3bucket.NewEncryption("", []string{"SSE-C"}), rule("AES256", nil, false, "SSE-C")},
		"a key":             {s3bucket.NewEncryption(key, []string{"A", "SSE-C"}), rule("aws:kms", aws.String(key), true, "A", "SSE-C")},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := &fakeBucket{}
			if err := s3bucket.Update(t.Context(), f, bucketName, s3bucket.Settings{}, s3bucket.Settings{Encryption: test.put}, nil); err != nil {
				t.Fatal(err)
			}
			if got := f.has.GetBucketEncryption.ServerSideEncryptionConfiguration; !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s: put %+v", name, got)
			}
			slices.Reverse(f.has.GetBucketEncryption.ServerSideEncryptionConfiguration.Rules[0].BlockedEncryptionTypes.EncryptionType)
			if found, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{}); err != nil || !reflect.DeepEqual(found.Encryption, test.put) {
				t.Errorf("%s: found %+v, %v", name, found.Encryption, err)
			}
		})
	}
}

func TestNewEncryption(t *testing.T) {
	const key = "arn:aws:kms:us-east-1:111122223333:key/1"
	for name, want := range map[string]s3bucket.Encryption{
		"":  {Algorithm: "AES256", Blocked: []string{"SSE-C"}},
		key: {Algorithm: "aws:kms", KMSKey: key, BucketKey: true, Blocked: []string{"SSE-C"}},
	} {
		if got := s3bucket.NewEncryption(name, []string{s3bucket.BlockedSSEC}); !got.Equal(want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
