package main

import (
	"math"
	"slices"
)

// spread is what repeated measurements came to.
type spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
	Runs   int     `json:"runs"`
}

func spreadOf(values []float64) spread {
	if len(values) == 0 {
		return spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	median := sorted[middle]
	if len(sorted)%2 == 0 {
		median = (median + sorted[middle-1]) / 2
	}
	return spread{Median: median, Min: sorted[0], Max: sorted[len(sorted)-1], Runs: len(sorted)}
}

// exponent is that of the power law through two measurements: 1 is growth in proportion to the size.
func exponent(smallSize, largeSize int, small, large float64) float64 {
	return math.Log(large/small) / math.Log(float64(largeSize)/float64(smallSize))
}
