package s3bucket_test

import (
	"slices"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

func moves(days int32, class string) s3bucket.Transition {
	return s3bucket.Transition{AfterDays: days, StorageClass: class}
}

func TestCheckTransitions(t *testing.T) {
	for name, test := range map[string]struct {
		transitions []s3bucket.Transition
		expire      int32
		// at is where the error is, "" for none.
		at    string
		index int
		want  string
	}{
		"none":                      {nil, 1, "", 0, ""},
		"archived at once":          {[]s3bucket.Transition{moves(0, "GLACIER")}, 0, "", 0, ""},
		"tiered at once":            {[]s3bucket.Transition{moves(0, "INTELLIGENT_TIERING"), moves(1, "GLACIER_IR")}, 0, "", 0, ""},
		"infrequent in time":        {[]s3bucket.Transition{moves(30, "STANDARD_IA")}, 0, "", 0, ""},
		"infrequent too early":      {[]s3bucket.Transition{moves(29, "STANDARD_IA")}, 0, "after_days", 0, "S3 moves objects to STANDARD_IA after 30 days at the earliest, not after 29"},
		"one zone too early":        {[]s3bucket.Transition{moves(0, "ONEZONE_IA")}, 0, "after_days", 0, "S3 moves objects to ONEZONE_IA after 30 days at the earliest, not after 0"},
		"the whole waterfall":       {[]s3bucket.Transition{moves(30, "STANDARD_IA"), moves(60, "GLACIER_IR"), moves(150, "GLACIER"), moves(240, "DEEP_ARCHIVE")}, 241, "", 0, ""},
		"on from infrequent early":  {[]s3bucket.Transition{moves(30, "STANDARD_IA"), moves(59, "GLACIER")}, 0, "after_days", 1, "objects that moved to STANDARD_IA after 30 days can move on to GLACIER after 60 days at the earliest, not after 59: list the transitions in the order in which they happen"},
		"on from one zone early":    {[]s3bucket.Transition{moves(40, "ONEZONE_IA"), moves(69, "GLACIER")}, 0, "after_days", 1, "objects that moved to ONEZONE_IA after 40 days can move on to GLACIER after 70 days at the earliest, not after 69: list the transitions in the order in which they happen"},
		"on from Glacier early":     {[]s3bucket.Transition{moves(0, "GLACIER"), moves(89, "DEEP_ARCHIVE")}, 0, "after_days", 1, "objects that moved to GLACIER after 0 days can move on to DEEP_ARCHIVE after 90 days at the earliest, not after 89: list the transitions in the order in which they happen"},
		"on from Glacier in time":   {[]s3bucket.Transition{moves(0, "GLACIER"), moves(90, "DEEP_ARCHIVE")}, 0, "", 0, ""},
		"on from instant retrieval": {[]s3bucket.Transition{moves(10, "GLACIER_IR"), moves(99, "GLACIER")}, 0, "after_days", 1, "objects that moved to GLACIER_IR after 10 days can move on to GLACIER after 100 days at the earliest, not after 99: list the transitions in the order in which they happen"},
		"at the same time":          {[]s3bucket.Transition{moves(5, "INTELLIGENT_TIERING"), moves(5, "GLACIER")}, 0, "after_days", 1, "objects that moved to INTELLIGENT_TIERING after 5 days can move on to GLACIER after 6 days at the earliest, not after 5: list the transitions in the order in which they happen"},
		"out of order":              {[]s3bucket.Transition{moves(90, "STANDARD_IA"), moves(30, "GLACIER")}, 0, "after_days", 1, "objects that moved to STANDARD_IA after 90 days can move on to GLACIER after 120 days at the earliest, not after 30: list the transitions in the order in which they happen"},
		"up the waterfall":          {[]s3bucket.Transition{moves(30, "GLACIER"), moves(300, "STANDARD_IA")}, 0, "storage_class", 1, "S3 does not move objects from GLACIER to STANDARD_IA: must be DEEP_ARCHIVE"},
		"tiered to infrequent":      {[]s3bucket.Transition{moves(0, "INTELLIGENT_TIERING"), moves(300, "STANDARD_IA")}, 0, "storage_class", 1, "S3 does not move objects from INTELLIGENT_TIERING to STANDARD_IA: must be ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE"},
		"one zone to instant":       {[]s3bucket.Transition{moves(30, "ONEZONE_IA"), moves(300, "GLACIER_IR")}, 0, "storage_class", 1, "S3 does not move objects from ONEZONE_IA to GLACIER_IR: must be GLACIER, DEEP_ARCHIVE"},
		"twice":                     {[]s3bucket.Transition{moves(30, "GLACIER"), moves(300, "GLACIER")}, 0, "storage_class", 1, "the transition before already moves the objects to GLACIER"},
		"out of the last":           {[]s3bucket.Transition{moves(30, "DEEP_ARCHIVE"), moves(300, "GLACIER")}, 0, "storage_class", 1, "S3 moves no objects out of DEEP_ARCHIVE"},
		"expired before":            {[]s3bucket.Transition{moves(30, "GLACIER")}, 29, "after_days", 0, "the objects expire after 29 days, so they cannot move to GLACIER after 30: must be less than 29"},
		"expired at the same time":  {[]s3bucket.Transition{moves(30, "GLACIER")}, 30, "after_days", 0, "the objects expire after 30 days, so they cannot move to GLACIER after 30: must be less than 30"},
		"expired the day after":     {[]s3bucket.Transition{moves(30, "GLACIER")}, 31, "", 0, ""},
		"the second never happens":  {[]s3bucket.Transition{moves(30, "STANDARD_IA"), moves(60, "GLACIER")}, 45, "after_days", 1, "the objects expire after 45 days, so they cannot move to GLACIER after 60: must be less than 45"},
		"far off":                   {[]s3bucket.Transition{moves(2147483647, "STANDARD_IA"), moves(2147483647, "GLACIER")}, 0, "after_days", 1, "objects that moved to STANDARD_IA after 2147483647 days can move on to GLACIER after 2147483677 days at the earliest, not after 2147483647: list the transitions in the order in which they happen"},
	} {
		t.Run(name, func(t *testing.T) {
			err := s3bucket.CheckTransitions(test.transitions, test.expire)
			switch {
			case test.at == "" && err != nil:
				t.Errorf("got %q on %s of %d", err.Err, err.Argument, err.Index)
			case test.at != "" && (err == nil || err.Argument != test.at || err.Index != test.index || err.Error() != test.want):
				t.Errorf("got %+v, want %q on %s of %d", err, test.want, test.at, test.index)
			}
		})
	}
}

// TestCheckTransitions_classes moves objects from each class to each.
func TestCheckTransitions_classes(t *testing.T) {
	all := []string{"STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"}
	if !slices.Equal(s3bucket.StorageClasses, all) {
		t.Errorf("the classes are %v", s3bucket.StorageClasses)
	}
	for from, to := range map[string][]string{
		"STANDARD_IA":         {"INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
		"INTELLIGENT_TIERING": {"ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
		"ONEZONE_IA":          {"GLACIER", "DEEP_ARCHIVE"},
		"GLACIER_IR":          {"GLACIER", "DEEP_ARCHIVE"},
		"GLACIER":             {"DEEP_ARCHIVE"},
		"DEEP_ARCHIVE":        nil,
	} {
		for _, class := range all {
			err := s3bucket.CheckTransitions([]s3bucket.Transition{moves(30, from), moves(120, class)}, 0)
			if reaches := slices.Contains(to, class); reaches != (err == nil) {
				t.Errorf("from %s to %s: %v", from, class, err)
			}
		}
	}
}
