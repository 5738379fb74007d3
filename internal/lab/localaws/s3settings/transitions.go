package s3settings

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// ways are the classes that objects move to from another one, and daysBefore how long they stay there before:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html.
var (
	ways = map[string][]string{
		"STANDARD_IA":         {"INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
		"INTELLIGENT_TIERING": {"ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
		"ONEZONE_IA":          {"GLACIER", "DEEP_ARCHIVE"},
		"GLACIER_IR":          {"GLACIER", "DEEP_ARCHIVE"},
		"GLACIER":             {"DEEP_ARCHIVE"},
	}
	daysBefore = map[string]int{"STANDARD_IA": 30, "ONEZONE_IA": 30, "GLACIER_IR": 90, "GLACIER": 90}
)

type move struct {
	days  int
	class string
}

// checkTransitions checks what the transitions of a rule say together, and beside the expiration of the same objects.
// Their order in the document has no meaning. Those by date are not compared.
func checkTransitions(rule *awsxml.Node, action, days, expiration string) error {
	var moves []move
	for _, n := range rule.All(action) {
		if slices.ContainsFunc(moves, func(m move) bool { return m.class == n.Value("StorageClass") }) {
			return s3error.BadRequest("InvalidRequest", "'StorageClass' must be different for '%s' actions in same 'Rule' with prefix ''", action)
		}
		if n.Child(days) == nil {
			return nil
		}
		after, err := strconv.Atoi(n.Value(days))
		if err != nil {
			return s3error.MalformedXML()
		}
		moves = append(moves, move{after, n.Value("StorageClass")})
	}
	slices.SortStableFunc(moves, func(a, b move) int { return cmp.Compare(a.days, b.days) })
	for i := 1; i < len(moves); i++ {
		if err := checkMove(moves[i-1], moves[i], action, days); err != nil {
			return err
		}
	}
	end, err := strconv.Atoi(rule.Child(expiration).Value(days))
	if err == nil && len(moves) > 0 && end <= moves[len(moves)-1].days {
		return s3error.BadRequest("InvalidArgument", "'%s' in the %s action for filter '(prefix=)' must be greater than '%s' in the %s action", days, expiration, days, action)
	}
	return nil
}

func checkMove(from, to move, action, days string) error {
	if !slices.Contains(ways[from.class], to.class) {
		// As S3 says it: the colder class has to come later.
		return s3error.BadRequest("InvalidArgument", "'%s' in the '%s' action for StorageClass '%s' for filter '(prefix=)' must be greater than 'filter '(prefix=)'' in the '%s' action for StorageClass '%s'",
			days, action, from.class, action, to.class)
	}
	if stays := max(daysBefore[from.class], 1); to.days-from.days < stays {
		return s3error.BadRequest("InvalidArgument", "'%s' in the '%s' action for StorageClass '%s' for filter '(prefix=)' must be %d days more than 'filter '(prefix=)'' in the '%s' action for StorageClass '%s'",
			days, action, to.class, stays, action, from.class)
	}
	return nil
}
