package s3bucket

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Transition moves objects to another storage class, the given number of days after their creation or after they became
// noncurrent.
type Transition struct {
	AfterDays    int32
	StorageClass string
}

// StorageClasses are the classes that a lifecycle rule can move objects to, in the order of S3's waterfall,
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html.
var StorageClasses = []string{"STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"}

// InfrequentAccessDays is how many days objects stay in S3 Standard before they can move to STANDARD_IA or ONEZONE_IA,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html.
const InfrequentAccessDays = 30

// leastDays are the minimum days before S3 moves objects to a class.
var leastDays = map[string]int32{"STANDARD_IA": InfrequentAccessDays, "ONEZONE_IA": InfrequentAccessDays}

// daysIn are the minimum days that objects stay in a class before the same rule moves them on. The user guide above has
// the first two; the others are from S3's refusal "must be 90 days more than".
var daysIn = map[string]int32{"STANDARD_IA": 30, "ONEZONE_IA": 30, "GLACIER_IR": 90, "GLACIER": 90}

// reachable are the classes that objects can move to from another one, according to the user guide above.
var reachable = map[string][]string{
	"STANDARD_IA":         {"INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
	"INTELLIGENT_TIERING": {"ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
	"ONEZONE_IA":          {"GLACIER", "DEEP_ARCHIVE"},
	"GLACIER_IR":          {"GLACIER", "DEEP_ARCHIVE"},
	"GLACIER":             {"DEEP_ARCHIVE"},
}

// TransitionError is what S3 refuses in a list of transitions.
type TransitionError struct {
	// Index is the position of the transition, and Argument its argument that is wrong.
	Index    int
	Argument string
	Err      error
}

func (e *TransitionError) Error() string { return e.Err.Error() }

// CheckTransitions returns what is wrong with the transitions of a rule, in the order in which they happen, if the
// objects expire after the given number of days (0 stands for never). It is nil if S3 accepts them.
func CheckTransitions(transitions []Transition, expireAfterDays int32) *TransitionError {
	for i, t := range transitions {
		days := func(format string, args ...any) *TransitionError {
			return &TransitionError{Index: i, Argument: "after_days", Err: fmt.Errorf(format, args...)}
		}
		if least := leastDays[t.StorageClass]; t.AfterDays < least {
			return days("S3 moves objects to %s after %d days at the earliest, not after %d", t.StorageClass, least, t.AfterDays)
		}
		if expireAfterDays > 0 && t.AfterDays >= expireAfterDays {
			return days("the objects expire after %d days, so they cannot move to %s after %d: must be less than %d", expireAfterDays, t.StorageClass, t.AfterDays, expireAfterDays)
		}
		if i == 0 {
			continue
		}
		before := transitions[i-1]
		if err := checkClass(before.StorageClass, t.StorageClass); err != nil {
			return &TransitionError{Index: i, Argument: "storage_class", Err: err}
		}
		if stays := max(daysIn[before.StorageClass], 1); t.AfterDays-before.AfterDays < stays {
			return days("objects that moved to %s after %d days can move on to %s after %d days at the earliest, not after %d: list the transitions in the order in which they happen",
				before.StorageClass, before.AfterDays, t.StorageClass, int64(before.AfterDays)+int64(stays), t.AfterDays)
		}
	}
	return nil
}

func checkClass(from, to string) error {
	next := reachable[from]
	switch {
	case slices.Contains(next, to):
		return nil
	case from == to:
		return fmt.Errorf("the transition before already moves the objects to %s", to)
	case len(next) == 0:
		return fmt.Errorf("S3 moves no objects out of %s", from)
	}
	return fmt.Errorf("S3 does not move objects from %s to %s: must be %s", from, to, strings.Join(next, ", "))
}

// sortTransitions sorts them in the order in which they happen, because the order in S3's answer has no meaning.
func sortTransitions(transitions []Transition) {
	slices.SortFunc(transitions, func(a, b Transition) int {
		return cmp.Or(cmp.Compare(a.AfterDays, b.AfterDays), cmp.Compare(slices.Index(StorageClasses, a.StorageClass), slices.Index(StorageClasses, b.StorageClass)))
	})
}
