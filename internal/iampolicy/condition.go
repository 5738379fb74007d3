package iampolicy

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Truth is the result of a condition when the request is only partly known.
type Truth int

// The three results. The zero value is Unknown.
const (
	Unknown Truth = iota
	False
	True
)

// Request is what is known about a request: the values of its condition keys, which are in lower case. A key without
// values is known to be absent. Nothing is known about a key that is not in the map.
type Request map[string][]string

// holds evaluates one line of a condition as AWS documents it:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
func (c clause) holds(request Request) Truth {
	values, known := request[c.key]
	switch {
	case !known:
		return Unknown
	case c.operator == "null":
		return truth(slices.ContainsFunc(c.values, func(v string) bool { return strings.EqualFold(v, "true") }) == (len(values) == 0))
	case len(values) == 0:
		return truth(c.optional || (c.negated() && !c.any))
	}
	answer := False
	for _, value := range values {
		answer = either(answer, c.matches(value, request))
	}
	if c.negated() {
		return not(answer)
	}
	return answer
}

func (c clause) negated() bool { return strings.Contains(c.operator, "not") }

// matches reports whether a value is one of those that the condition lists.
func (c clause) matches(value string, request Request) Truth {
	compare, ok := comparisons[strings.ReplaceAll(c.operator, "not", "")]
	if !ok {
		return Unknown
	}
	answer := False
	for _, pattern := range c.values {
		one := Unknown
		if pattern, known := request.resolve(pattern); known {
			one = truth(compare(pattern, value))
		}
		answer = either(answer, one)
	}
	return answer
}

// resolve replaces policy variables by values of the request. It returns "" and false if it cannot:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
func (r Request) resolve(pattern string) (string, bool) {
	resolved := ""
	for {
		before, rest, found := strings.Cut(pattern, "${")
		resolved += before
		if !found {
			return resolved, true
		}
		name, after, closed := strings.Cut(rest, "}")
		values := r[strings.ToLower(name)]
		if !closed || len(values) != 1 {
			return "", false
		}
		resolved += values[0]
		pattern = after
	}
}

// comparisons are the operators without "Not". Each has the policy's pattern as its first argument.
var comparisons = map[string]func(pattern, value string) bool{
	"stringequals":           func(pattern, value string) bool { return pattern == value },
	"stringequalsignorecase": strings.EqualFold,
	"stringlike":             glob,
	"arnequals":              glob,
	"arnlike":                glob,
	"bool":                   strings.EqualFold,
	"ipaddress":              inRange,
	"numericequals":          numeric(func(value, limit float64) bool { return value == limit }),
	"numericlessthan":        numeric(func(value, limit float64) bool { return value < limit }),
	"numericlessthanequals":  numeric(func(value, limit float64) bool { return value <= limit }),
	"numericgreaterthan":     numeric(func(value, limit float64) bool { return value > limit }),
	"numericgreaterthanequals": numeric(func(value, limit float64) bool {
		return value >= limit
	}),
	"dateequals":            moment(func(value, limit time.Time) bool { return value.Equal(limit) }),
	"datelessthan":          moment(func(value, limit time.Time) bool { return value.Before(limit) }),
	"datelessthanequals":    moment(func(value, limit time.Time) bool { return !value.After(limit) }),
	"dategreaterthan":       moment(func(value, limit time.Time) bool { return value.After(limit) }),
	"dategreaterthanequals": moment(func(value, limit time.Time) bool { return !value.Before(limit) }),
}

// glob matches a value without wildcards of its own.
func glob(pattern, value string) bool {
	// covers treats wildcards of its second argument as plain characters, except for ? against *.
	return covers(pattern, value)
}

func inRange(pattern, value string) bool {
	address, _ := netip.ParseAddr(value) // The zero value is in no range.
	if prefix, err := netip.ParsePrefix(pattern); err == nil {
		return prefix.Contains(address)
	}
	single, err := netip.ParseAddr(pattern)
	return err == nil && single == address
}

func numeric(compare func(value, limit float64) bool) func(pattern, value string) bool {
	return func(pattern, value string) bool {
		limit, err := strconv.ParseFloat(pattern, 64)
		if err != nil {
			return false
		}
		number, err := strconv.ParseFloat(value, 64)
		return err == nil && compare(number, limit)
	}
}

func moment(compare func(value, limit time.Time) bool) func(pattern, value string) bool {
	return func(pattern, value string) bool {
		limit, ok := parseMoment(pattern)
		if !ok {
			return false
		}
		at, ok := parseMoment(value)
		return ok && compare(at, limit)
	}
}

// parseMoment parses both forms that AWS accepts: ISO 8601 and seconds since 1970.
func parseMoment(text string) (time.Time, bool) {
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Unix(seconds, 0), true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

func truth(holds bool) Truth {
	if holds {
		return True
	}
	return False
}

func not(t Truth) Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	default:
		return Unknown
	}
}

func either(a, b Truth) Truth {
	switch {
	case a == True || b == True:
		return True
	case a == Unknown || b == Unknown:
		return Unknown
	default:
		return False
	}
}

func both(a, b Truth) Truth { return not(either(not(a), not(b))) }

// applies evaluates a statement's whole condition, and names the keys that leave it open.
func (s foreignStatement) applies(request Request) (answer Truth, open []string) {
	answer = True
	for _, c := range s.clauses() {
		one := c.holds(request)
		if one == Unknown {
			open = append(open, c.key)
		}
		answer = both(answer, one)
	}
	if answer != Unknown {
		return answer, nil
	}
	return Unknown, open
}
