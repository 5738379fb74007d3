package main

import (
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

func at(service, target string, start, end int) call {
	return call{
		harness.Request{Service: service, Action: "X", Target: target},
		time.Time{}.Add(time.Duration(start)), time.Time{}.Add(time.Duration(end)),
	}
}

func TestLongestChain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		calls []call
		want  int
	}{
		"none":             {nil, 0},
		"one by one":       {[]call{at("s3", "a", 1, 2), at("s3", "a", 2, 3), at("s3", "a", 3, 4)}, 3},
		"side by side":     {[]call{at("s3", "a", 1, 4), at("s3", "a", 2, 5), at("s3", "a", 3, 6)}, 1},
		"one, then three":  {[]call{at("s3", "a", 1, 2), at("s3", "a", 3, 9), at("s3", "a", 3, 8), at("s3", "a", 4, 9)}, 2},
		"a long one aside": {[]call{at("s3", "a", 1, 9), at("s3", "a", 1, 3), at("s3", "a", 3, 5)}, 2},
	} {
		if got := longestChain(test.calls); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

func TestDepth(t *testing.T) {
	t.Parallel()
	one := []call{at("s3", "a", 1, 2), at("s3", "a", 2, 3), at("iam", "a", 3, 4)}
	if got := depth(one); got != 3 {
		t.Errorf("one delivery: %d, want 3", got)
	}
	var many []call
	for _, bucket := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"} {
		many = append(many, at("s3", bucket, 1, 2), at("s3", bucket+"/key", 2, 3), at("iam", bucket, 3, 4))
	}
	// 13 deliveries have 39 calls, of which 10 workers have 4 each.
	if got := depth(many); got != 4 {
		t.Errorf("many deliveries: %d, want 4", got)
	}
}
