package main

import (
	"math"
	"testing"
)

func TestSpread(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values []float64
		want   spread
	}{
		{nil, spread{}},
		{[]float64{7}, spread{7, 7, 7, 1}},
		{[]float64{9, 1, 5}, spread{5, 1, 9, 3}},
		{[]float64{4, 1, 2, 9}, spread{3, 1, 9, 4}},
	} {
		if got := spreadOf(test.values); got != test.want {
			t.Errorf("%v: %+v, want %+v", test.values, got, test.want)
		}
	}
}

func TestExponent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ small, large, want float64 }{{3, 600, 1}, {3, 3, 0}, {1, 40_000, 2}} {
		if got := exponent(1, 200, test.small, test.large); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("from %v to %v: %v, want %v", test.small, test.large, got, test.want)
		}
	}
}
