package s3bucket_test

import (
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

func TestRetentionSurvivesItsRules(t *testing.T) {
	for _, want := range []s3bucket.Retention{
		{},
		{AbortUploadsAfterDays: 7},
		{ExpireAfterDays: 1, NoncurrentExpireAfterDays: 2, AbortUploadsAfterDays: 3},
		{Transitions: []s3bucket.Transition{moves(0, "GLACIER")}, AbortUploadsAfterDays: 7},
		{ExpireAfterDays: 400, NoncurrentExpireAfterDays: 90, Transitions: []s3bucket.Transition{moves(30, "STANDARD_IA"), moves(60, "GLACIER")}, NoncurrentTransitions: []s3bucket.Transition{moves(30, "ONEZONE_IA")}},
	} {
		rules := want.Rules()
		foreign := s3bucket.LifecycleRule{
			ID: "foreign", Enabled: true, ExpireAfterDays: 9, NoncurrentExpireAfterDays: 9, AbortUploadsAfterDays: 9,
			Transitions: []s3bucket.Transition{moves(8, "GLACIER")}, NoncurrentTransitions: []s3bucket.Transition{moves(8, "GLACIER")},
		}
		if got := s3bucket.RetentionOf(append(slices.Clone(rules), foreign)); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		parts := 0
		for field := range reflect.TypeFor[s3bucket.Retention]().Fields() {
			if !reflect.ValueOf(want).FieldByIndex(field.Index).IsZero() {
				parts++
			}
		}
		if len(rules) != parts {
			t.Errorf("%d parts make the rules %+v", parts, rules)
		}
		if !slices.IsSortedFunc(rules, func(a, b s3bucket.LifecycleRule) int { return strings.Compare(a.ID, b.ID) }) {
			t.Errorf("not sorted: %+v", rules)
		}
		for i := range rules {
			rules[i].Enabled = false
		}
		if got := s3bucket.RetentionOf(rules); !reflect.DeepEqual(got, s3bucket.Retention{}) {
			t.Errorf("disabled rules give %+v", got)
		}
	}
}

// wholeLifecycle is what S3 gets for TestLifecycleSurvivesS3.
func wholeLifecycle() []types.LifecycleRule {
	rule := func(id string) types.LifecycleRule {
		return types.LifecycleRule{ID: aws.String("voicebase-" + id), Status: "Enabled", Filter: &types.LifecycleRuleFilter{Prefix: aws.String("")}}
	}
	abort, expire, noncurrent, moving, movingNoncurrent := rule("abort-incomplete-uploads"), rule("expire"), rule("expire-noncurrent"), rule("transition"), rule("transition-noncurrent")
	abort.AbortIncompleteMultipartUpload = &types.AbortIncompleteMultipartUpload{DaysAfterInitiation: aws.Int32(7)}
	expire.Expiration = &types.LifecycleExpiration{Days: aws.Int32(400)}
	// Delete markers must not stay when the versions under them are gone.
	noncurrent.Expiration = &types.LifecycleExpiration{ExpiredObjectDeleteMarker: aws.Bool(true)}
	noncurrent.NoncurrentVersionExpiration = &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(90)}
	moving.Transitions = []types.Transition{
		{Days: aws.Int32(30), StorageClass: "STANDARD_IA"}, {Days: aws.Int32(60), StorageClass: "GLACIER"}, {Days: aws.Int32(150), StorageClass: "DEEP_ARCHIVE"},
	}
	movingNoncurrent.NoncurrentVersionTransitions = []types.NoncurrentVersionTransition{
		{NoncurrentDays: aws.Int32(0), StorageClass: "GLACIER_IR"}, {NoncurrentDays: aws.Int32(90), StorageClass: "GLACIER"},
	}
	return []types.LifecycleRule{abort, expire, noncurrent, moving, movingNoncurrent}
}

// What is put is what is read again, whatever the order in which S3 returns it.
func TestLifecycleSurvivesS3(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		to := complete()
		to.Lifecycle = s3bucket.Retention{
			ExpireAfterDays: 400, NoncurrentExpireAfterDays: 90, AbortUploadsAfterDays: 7,
			Transitions:           []s3bucket.Transition{moves(30, "STANDARD_IA"), moves(60, "GLACIER"), moves(150, "DEEP_ARCHIVE")},
			NoncurrentTransitions: []s3bucket.Transition{moves(0, "GLACIER_IR"), moves(90, "GLACIER")},
		}.Rules()
		f := &fakeBucket{}
		if err := s3bucket.Update(t.Context(), f, bucketName, complete(), to, nil); err != nil {
			t.Fatal(err)
		}
		rules := f.has.GetBucketLifecycleConfiguration.Rules
		if want := wholeLifecycle(); !reflect.DeepEqual(rules, want) {
			t.Errorf("put %+v", rules)
		}
		for _, rule := range rules {
			slices.Reverse(rule.Transitions)
			slices.Reverse(rule.NoncurrentVersionTransitions)
		}
		slices.Reverse(rules)
		found, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{Lifecycle: true})
		if err != nil || !reflect.DeepEqual(found.Lifecycle, to.Lifecycle) {
			t.Errorf("got %+v, %v\nwant %+v", found.Lifecycle, err, to.Lifecycle)
		}
	})
}

// What a rule of somebody else has beyond ours is told.
func TestRulesOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, rule := range map[string]types.LifecycleRule{
			"a date":          {Transitions: []types.Transition{{Date: aws.Time(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)), StorageClass: "GLACIER"}}},
			"newer versions":  {NoncurrentVersionTransitions: []types.NoncurrentVersionTransition{{NoncurrentDays: aws.Int32(1), NewerNoncurrentVersions: aws.Int32(3), StorageClass: "GLACIER"}}},
			"kept versions":   {NoncurrentVersionExpiration: &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(1), NewerNoncurrentVersions: aws.Int32(3)}},
			"an expiry date":  {Expiration: &types.LifecycleExpiration{Date: aws.Time(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))}},
			"a smallest size": {Filter: &types.LifecycleRuleFilter{ObjectSizeGreaterThan: aws.Int64(1)}},
			"a largest size":  {Filter: &types.LifecycleRuleFilter{ObjectSizeLessThan: aws.Int64(1)}},
			"a tag":           {Filter: &types.LifecycleRuleFilter{Tag: &types.Tag{}}},
			"a tag, and days": {
				Filter: &types.LifecycleRuleFilter{Tag: &types.Tag{}}, Expiration: &types.LifecycleExpiration{Days: aws.Int32(100)},
				NoncurrentVersionExpiration: &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(100)},
			},
			"a tag, and one end": {
				Filter: &types.LifecycleRuleFilter{Tag: &types.Tag{}}, NoncurrentVersionExpiration: &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(100)},
			},
			"a tag, and a move":  {Filter: &types.LifecycleRuleFilter{Tag: &types.Tag{}}, Transitions: []types.Transition{{Days: aws.Int32(1), StorageClass: "GLACIER"}}},
			"a tag, and another": {Filter: &types.LifecycleRuleFilter{Tag: &types.Tag{}}, NoncurrentVersionTransitions: []types.NoncurrentVersionTransition{{NoncurrentDays: aws.Int32(1), StorageClass: "GLACIER"}}},
			"a tag, a prefix":    {Filter: &types.LifecycleRuleFilter{And: &types.LifecycleRuleAndOperator{Prefix: aws.String("a")}}},
		} {
			f := &fakeBucket{}
			f.has.GetBucketLifecycleConfiguration.Rules = []types.LifecycleRule{rule}
			found, err := s3bucket.Find(t.Context(), f, bucketName, s3bucket.Parts{Lifecycle: true})
			if err != nil || !found.Lifecycle[0].Other {
				t.Errorf("%s: %+v, %v", name, found.Lifecycle, err)
			}
		}
	})
}

// S3 resets the smallest size that moves with each put that does not say it. It bears on transitions alone, so a bucket
// without any costs no call, and a new bucket has none to carry over.
func TestLifecycleKeepsTheSmallestSizeThatMoves(t *testing.T) {
	const varies = types.TransitionDefaultMinimumObjectSizeVariesByStorageClass
	moving := complete()
	moving.Lifecycle = s3bucket.Retention{AbortUploadsAfterDays: 7, NoncurrentTransitions: []s3bucket.Transition{moves(0, "GLACIER")}}.Rules()
	other := complete()
	other.Lifecycle = s3bucket.Retention{AbortUploadsAfterDays: 8}.Rules()
	for name, test := range map[string]struct {
		to    s3bucket.Settings
		err   error
		calls []string
		want  types.TransitionDefaultMinimumObjectSize
	}{
		"transitions":    {moving, nil, []string{"GetBucketLifecycleConfiguration", "PutBucketLifecycleConfiguration"}, varies},
		"none":           {other, nil, []string{"PutBucketLifecycleConfiguration"}, ""},
		"no rules there": {moving, refusal(http.StatusNotFound, "NoSuchLifecycleConfiguration", ""), []string{"GetBucketLifecycleConfiguration", "PutBucketLifecycleConfiguration"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fakeBucket{}
				f.has.GetBucketLifecycleConfiguration.TransitionDefaultMinimumObjectSize = varies
				if test.err != nil {
					f.has.GetBucketLifecycleConfiguration.TransitionDefaultMinimumObjectSize = ""
					f.errs = map[string][]error{"GetBucketLifecycleConfiguration": {test.err}}
				}
				if err := s3bucket.Update(t.Context(), f, bucketName, complete(), test.to, nil); err != nil {
					t.Fatal(err)
				}
				expectCalls(t, f, test.calls...)
				if got := f.has.GetBucketLifecycleConfiguration.TransitionDefaultMinimumObjectSize; got != test.want {
					t.Errorf("put %q, want %q", got, test.want)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		denied := refusal(http.StatusForbidden, "AccessDenied", "no")
		f := &fakeBucket{errs: map[string][]error{"GetBucketLifecycleConfiguration": {denied}}}
		if err := s3bucket.Update(t.Context(), f, bucketName, complete(), moving, nil); !errors.Is(err, denied) {
			t.Errorf("what cannot be read is reset: %v", err)
		}
		expectCalls(t, f, "GetBucketLifecycleConfiguration")
		f = &fakeBucket{}
		if err := s3bucket.Configure(t.Context(), f, bucketName, s3bucket.Made{}, moving); err != nil {
			t.Error(err)
		}
		expectCalls(t, f, setUp...)
	})
}

// Rules of anybody are understood where a retention does all that they do, however they are named and split.
func TestUnderstandRetention(t *testing.T) {
	type rules = []s3bucket.LifecycleRule
	on := func(rule s3bucket.LifecycleRule) s3bucket.LifecycleRule { rule.Enabled = true; return rule }
	for name, test := range map[string]struct {
		rules rules
		want  *s3bucket.Retention
	}{
		"nothing": {nil, &s3bucket.Retention{}},
		"named by somebody": {
			rules{on(s3bucket.LifecycleRule{ID: "drop", ExpireAfterDays: 90})}, &s3bucket.Retention{ExpireAfterDays: 90},
		},
		"all in one": {
			rules{on(s3bucket.LifecycleRule{ID: "all", ExpireAfterDays: 400, NoncurrentExpireAfterDays: 30, AbortUploadsAfterDays: 1, Transitions: []s3bucket.Transition{moves(30, "STANDARD_IA"), moves(90, "GLACIER")}})},
			&s3bucket.Retention{ExpireAfterDays: 400, NoncurrentExpireAfterDays: 30, AbortUploadsAfterDays: 1, Transitions: []s3bucket.Transition{moves(30, "STANDARD_IA"), moves(90, "GLACIER")}},
		},
		"one move a rule": {
			rules{on(s3bucket.LifecycleRule{ID: "b", Transitions: []s3bucket.Transition{moves(90, "GLACIER")}}), on(s3bucket.LifecycleRule{ID: "a", Transitions: []s3bucket.Transition{moves(30, "STANDARD_IA")}})},
			&s3bucket.Retention{Transitions: []s3bucket.Transition{moves(30, "STANDARD_IA"), moves(90, "GLACIER")}},
		},
		"said twice": {
			rules{on(s3bucket.LifecycleRule{ID: "a", AbortUploadsAfterDays: 3}), on(s3bucket.LifecycleRule{ID: "b", AbortUploadsAfterDays: 3})},
			&s3bucket.Retention{AbortUploadsAfterDays: 3},
		},
		"markers beside versions": {
			rules{on(s3bucket.LifecycleRule{ID: "a", NoncurrentExpireAfterDays: 3}), on(s3bucket.LifecycleRule{ID: "b", ExpiredDeleteMarkers: true})},
			&s3bucket.Retention{NoncurrentExpireAfterDays: 3},
		},
		"older versions' moves": {
			rules{on(s3bucket.LifecycleRule{ID: "b", NoncurrentTransitions: []s3bucket.Transition{moves(90, "GLACIER"), moves(30, "STANDARD_IA")}, NoncurrentExpireAfterDays: 100})},
			&s3bucket.Retention{NoncurrentTransitions: []s3bucket.Transition{moves(30, "STANDARD_IA"), moves(90, "GLACIER")}, NoncurrentExpireAfterDays: 100},
		},
		"ends before a move": {rules{on(s3bucket.LifecycleRule{ID: "a", ExpireAfterDays: 9, Transitions: []s3bucket.Transition{moves(10, "GLACIER")}})}, nil},
		"older versions end before a move": {
			rules{on(s3bucket.LifecycleRule{ID: "a", NoncurrentExpireAfterDays: 9, NoncurrentTransitions: []s3bucket.Transition{moves(10, "GLACIER")}})}, nil,
		},
		"markers below a prefix":               {rules{on(s3bucket.LifecycleRule{ID: "a", NoncurrentExpireAfterDays: 3}), on(s3bucket.LifecycleRule{ID: "b", ExpiredDeleteMarkers: true, Prefix: "tmp/"})}, nil},
		"two ends":                             {rules{on(s3bucket.LifecycleRule{ID: "a", ExpireAfterDays: 3}), on(s3bucket.LifecycleRule{ID: "b", ExpireAfterDays: 4})}, nil},
		"markers alone":                        {rules{on(s3bucket.LifecycleRule{ID: "a", ExpiredDeleteMarkers: true})}, nil},
		"below a prefix":                       {rules{on(s3bucket.LifecycleRule{ID: "a", ExpireAfterDays: 3, Prefix: "tmp/"})}, nil},
		"uploads below a prefix":               {rules{on(s3bucket.LifecycleRule{ID: "a", AbortUploadsAfterDays: 3, Prefix: "tmp/"})}, nil},
		"older versions below a prefix":        {rules{on(s3bucket.LifecycleRule{ID: "a", NoncurrentExpireAfterDays: 3, Prefix: "tmp/"})}, nil},
		"moves below a prefix":                 {rules{on(s3bucket.LifecycleRule{ID: "a", Transitions: []s3bucket.Transition{moves(30, "GLACIER")}, Prefix: "tmp/"})}, nil},
		"older versions' moves below a prefix": {rules{on(s3bucket.LifecycleRule{ID: "a", NoncurrentTransitions: []s3bucket.Transition{moves(30, "GLACIER")}, Prefix: "tmp/"})}, nil},
		"disabled":                             {rules{{ID: "a", ExpireAfterDays: 3}}, nil},
		"with a filter":                        {rules{on(s3bucket.LifecycleRule{ID: "a", ExpireAfterDays: 3, Other: true})}, nil},
		"beside a filter":                      {rules{on(s3bucket.LifecycleRule{ID: "a", ExpireAfterDays: 3}), on(s3bucket.LifecycleRule{ID: "b", AbortUploadsAfterDays: 3, Other: true})}, nil},
		"two rules' moves":                     {rules{on(s3bucket.LifecycleRule{ID: "a", Transitions: []s3bucket.Transition{moves(30, "GLACIER")}}), on(s3bucket.LifecycleRule{ID: "b", Transitions: []s3bucket.Transition{moves(60, "GLACIER_IR")}})}, nil},
	} {
		var got s3bucket.Retention
		var ok bool
		for range 20 { // The effects come in no order.
			if got, ok = s3bucket.UnderstandRetention(test.rules); ok != (test.want != nil) || ok && !reflect.DeepEqual(got, *test.want) {
				t.Errorf("%s: %+v, %t, want %+v", name, got, ok, test.want)
			}
		}
		if ok && name != "all in one" && name != "older versions' moves" && !s3bucket.SameEffect(got.Rules(), test.rules) {
			t.Errorf("%s: %+v does something else than %+v", name, got.Rules(), test.rules)
		}
		if test.rules != nil && s3bucket.SameEffect(nil, test.rules) {
			t.Errorf("%s does nothing", name)
		}
	}
}

// TestSameEffect changes one thing that a rule does at a time, and what makes no difference.
func TestSameEffect(t *testing.T) {
	whole := func() s3bucket.LifecycleRule {
		return s3bucket.LifecycleRule{
			ID: "a", Enabled: true, Prefix: "p/", ExpireAfterDays: 100, NoncurrentExpireAfterDays: 100, AbortUploadsAfterDays: 1, ExpiredDeleteMarkers: true,
			Transitions: []s3bucket.Transition{moves(1, "GLACIER")}, NoncurrentTransitions: []s3bucket.Transition{moves(1, "GLACIER")},
		}
	}
	fields.Varied(whole, func(path string, varied s3bucket.LifecycleRule) {
		if whole().Equal(varied) {
			t.Errorf("%s: %+v is equal", path, varied)
		}
		if same := s3bucket.SameEffect([]s3bucket.LifecycleRule{whole()}, []s3bucket.LifecycleRule{varied}); same != (path == "ID") {
			t.Errorf("%s: %+v does the same: %t", path, varied, same)
		}
		// What only another vendor's rule has is the same where it is equal, and nowhere else.
		if one := []s3bucket.LifecycleRule{varied}; !s3bucket.SameEffect(one, one) {
			t.Errorf("%s: %+v does not do the same as itself", path, varied)
		}
	})
	if !whole().Equal(whole()) {
		t.Error("the same is not equal")
	}
	disabled := whole()
	disabled.Enabled = false
	for _, rules := range [][2][]s3bucket.LifecycleRule{{nil, {disabled}}, {{disabled}, nil}} {
		if s3bucket.SameEffect(rules[0], rules[1]) {
			t.Errorf("%+v does the same as %+v", rules[0], rules[1])
		}
	}
}
