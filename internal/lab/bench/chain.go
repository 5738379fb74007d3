package main

import (
	"slices"
	"strings"
	"time"
)

// parallelism is how many objects the CLI works on at once by default:
// https://developer.hashicorp.com/terraform/cli/commands/apply#parallelism-n.
const parallelism = 10

// count is how many calls each operation had.
func count(calls []call) map[string]int {
	counts := map[string]int{}
	for _, c := range calls {
		counts[c.Service+"."+c.Action]++
	}
	return counts
}

// chains are the longest chains of calls, by object: as many calls as had to wait for one another.
func chains(calls []call) map[string]int {
	objects := map[string][]call{}
	for _, c := range calls {
		bucket, _, _ := strings.Cut(c.Target, "/")
		object := c.Service + " " + bucket
		objects[object] = append(objects[object], c)
	}
	lengths := map[string]int{}
	for object, calls := range objects {
		lengths[object] = longestChain(calls)
	}
	return lengths
}

// longestChain is the greatest number of calls of which none overlaps another: taking always the one that ends first
// finds it.
func longestChain(calls []call) int {
	calls = slices.Clone(calls)
	slices.SortFunc(calls, func(a, b call) int { return a.end.Compare(b.end) })
	length, free := 0, time.Time{}
	for _, c := range calls {
		if !c.start.Before(free) {
			length, free = length+1, c.end
		}
	}
	return length
}

// depth is how many calls have to follow one another when the CLI works on as many objects at once as it may: as
// many as one delivery has in a row, its bucket's and its role's, or the whole work's share of one worker.
func depth(calls []call) int {
	longest, sum := map[string]int{}, 0
	for object, length := range chains(calls) {
		service, _, _ := strings.Cut(object, " ")
		longest[service] = max(longest[service], length)
		sum += length
	}
	row := 0
	for _, length := range longest {
		row += length
	}
	return max(row, (sum+parallelism-1)/parallelism)
}
