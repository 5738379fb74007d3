package iampolicy

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"testing"
)

// TestCovers has a pattern cover no more than its wildcards stand for: ? is one character, and * may be many.
func TestCovers(t *testing.T) {
	for _, test := range []struct {
		pattern, other string
		want           bool
	}{
		{"a?c", "abc", true},
		{"a?c", "a?c", true},
		{"a?c", "a*c", false},
		{"?", "*", false},
		{"a*c", "a*c", true},
		{"a*c", "a?c", true},
		{"a*", "a*b*", true},
		{"a*b", "a*", false},
		{"s3:Put?bject", "s3:Put*bject", false},
		{"*", "*", true},
		{"a", "a*", false},
	} {
		if got := covers(test.pattern, test.other); got != test.want {
			t.Errorf("covers(%q, %q) = %t", test.pattern, test.other, got)
		}
	}
}

// TestApplies judges conditions of every operator, with the key there, absent and unknown.
func TestApplies(t *testing.T) {
	request := Request{
		"s3:prefix": {"voicebase/"}, "s3:authtype": {"REST-HEADER"}, "aws:securetransport": {"true"}, "s3:tlsversion": {"1.2"},
		"aws:sourceip": {"52.6.244.43"}, "aws:currenttime": {"2026-01-02T03:04:05Z"}, "aws:principalarn": {"arn:aws:iam::111122223333:role/delivery"},
		"aws:principalaccount": {"111122223333"}, "aws:resourceaccount": {"111122223333"}, "s3:x-amz-acl": nil, "aws:tagkeys": {"a", "b"},
		"aws:principaltag/self": {"${aws:PrincipalTag/self}"},
	}
	for condition, want := range map[string]Truth{
		`{}`: True,
		`{"StringEquals":{"S3:Prefix":"voicebase/"}}`:                                         True,
		`{"StringEquals":{"s3:prefix":["other/","voicebase/"]}}`:                              True,
		`{"StringEquals":{"s3:prefix":"Voicebase/"}}`:                                         False,
		`{"StringEqualsIgnoreCase":{"s3:prefix":"Voicebase/"}}`:                               True,
		`{"StringNotEquals":{"s3:prefix":["other/","voicebase/"]}}`:                           False,
		`{"StringNotEquals":{"s3:prefix":["other/"]}}`:                                        True,
		`{"StringLike":{"s3:prefix":"voice*"}}`:                                               True,
		`{"StringNotLike":{"s3:prefix":"voice*"}}`:                                            False,
		`{"StringLike":{"s3:prefix":"voicebas?/"}}`:                                           True,
		`{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}`:                 True,
		`{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}`:            False,
		`{"Bool":{"aws:SecureTransport":"false"}}`:                                            False,
		`{"Bool":{"aws:SecureTransport":true}}`:                                               True,
		`{"Null":{"s3:x-amz-acl":"TRUE"}}`:                                                    True,
		`{"Null":{"s3:prefix":"TRUE"}}`:                                                       False,
		`{"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}}`:                                    True,
		`{"NumericLessThan":{"s3:TlsVersion":1.2}}`:                                           False,
		`{"NumericLessThan":{"s3:TlsVersion":"1.3"}}`:                                         True,
		`{"NumericLessThanEquals":{"s3:TlsVersion":"1.2"}}`:                                   True,
		`{"NumericEquals":{"s3:TlsVersion":"1.2"}}`:                                           True,
		`{"NumericNotEquals":{"s3:TlsVersion":"1.2"}}`:                                        False,
		`{"NumericGreaterThan":{"s3:TlsVersion":"1.2"}}`:                                      False,
		`{"NumericGreaterThanEquals":{"s3:TlsVersion":"1.2"}}`:                                True,
		`{"NumericEquals":{"s3:TlsVersion":"one"}}`:                                           False,
		`{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","52.6.244.43"]}}`:                         True,
		`{"NotIpAddress":{"aws:SourceIp":"52.6.0.0/16"}}`:                                     False,
		`{"DateLessThan":{"aws:CurrentTime":"2026-01-03"}}`:                                   True,
		`{"DateLessThanEquals":{"aws:CurrentTime":"2026-01-02T03:04:05Z"}}`:                   True,
		`{"DateEquals":{"aws:CurrentTime":"1767323045"}}`:                                     True,
		`{"DateGreaterThan":{"aws:CurrentTime":"2026-01-02T03:04Z"}}`:                         True,
		`{"DateGreaterThanEquals":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}`:                False,
		`{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}`:                  True,
		`{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalTag/account}"}}`:              Unknown,
		`{"StringNotEquals":{"aws:ResourceAccount":["${aws:PrincipalTag/account}"]}}`:         Unknown,
		`{"StringEquals":{"aws:ResourceAccount":["${aws:PrincipalTag/a}","111122223333"]}}`:   True,
		`{"StringEquals":{"s3:x-amz-acl":"private"}}`:                                         False,
		`{"StringNotEquals":{"s3:x-amz-acl":"private"}}`:                                      True,
		`{"StringEqualsIfExists":{"s3:x-amz-acl":"private"}}`:                                 True,
		`{"ForAllValues:StringEquals":{"s3:x-amz-acl":"private"}}`:                            True,
		`{"ForAnyValue:StringNotEquals":{"s3:x-amz-acl":"private"}}`:                          False,
		`{"ForAnyValue:StringEquals":{"aws:TagKeys":"b"}}`:                                    True,
		`{"Null":{"s3:x-amz-acl":"true"}}`:                                                    True,
		`{"Null":{"s3:x-amz-acl":"false"}}`:                                                   False,
		`{"Null":{"s3:prefix":"true"}}`:                                                       False,
		`{"Null":{"s3:prefix":false}}`:                                                        True,
		`{"Null":{"aws:PrincipalOrgID":"true"}}`:                                              Unknown,
		`{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`:                                       Unknown,
		`{"StringEquals":{"aws:PrincipalOrgID":"o-1","s3:prefix":"other/"}}`:                  False,
		`{"StringEquals":{"aws:PrincipalOrgID":"o-1"},"Bool":{"aws:SecureTransport":"true"}}`: Unknown,
		`{"BinaryEquals":{"s3:prefix":"dm9pY2U="}}`:                                           Unknown,

		`{"StringEquals":{"aws:ResourceAccount":["111122223333","${aws:PrincipalTag/a}"]}}`:  True,
		`{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount"}}`:                  Unknown,
		`{"StringEquals":{"s3:prefix":"voicebase/${aws:TagKeys}"}}`:                          Unknown,
		`{"StringEquals":{"aws:PrincipalTag/self":"${aws:PrincipalTag/self}"}}`:              True,
		`{"StringLike":{"aws:PrincipalArn":"*:${aws:PrincipalAccount}:role/d${s3:prefix}"}}`: False,
		`{"StringLike":{"aws:PrincipalArn":"*:${aws:PrincipalAccount}:role/d*"}}`:            True,
		`{"IpAddress":{"s3:prefix":"voicebase/"}}`:                                           False,
		`{"IpAddress":{"aws:SourceIp":"somewhere"}}`:                                         False,
		`{"NumericGreaterThan":{"s3:TlsVersion":"one"}}`:                                     False,
		`{"NumericLessThan":{"s3:authType":"1"}}`:                                            False,
		`{"DateGreaterThan":{"aws:CurrentTime":"soon"}}`:                                     False,
		`{"DateLessThan":{"s3:authType":"2026-01-03"}}`:                                      False,
		`{"DateEquals":{"aws:CurrentTime":"0x695735a5"}}`:                                    False,
	} {
		if got, open := applies(t, condition, request); got != want || (got == Unknown) != (len(open) > 0) {
			t.Errorf("%s: %v with %v open, want %v", condition, got, open, want)
		}
	}
	condition := `{"StringEquals":{"aws:PrincipalOrgID":"o-1","aws:userid":"a","s3:authType":"REST-HEADER"}}`
	if _, open := applies(t, condition, request); !slices.Equal(open, []string{"aws:principalorgid", "aws:userid"}) {
		t.Errorf("%s leaves %v open", condition, open)
	}
}

func applies(t *testing.T, condition string, request Request) (Truth, []string) {
	t.Helper()
	var statement foreignStatement
	if err := json.Unmarshal([]byte(`{"Condition":`+condition+`}`), &statement); err != nil {
		t.Fatal(err)
	}
	return statement.applies(request)
}

// TestApplies_order compares a value with one below it, itself and one above it, by each operator that has an order.
func TestApplies_order(t *testing.T) {
	request := Request{"s3:max-keys": {"10"}, "aws:currenttime": {"2026-01-02T03:04:05Z"}}
	for operator, want := range map[string][3]Truth{
		"Equals":            {False, True, False},
		"NotEquals":         {True, False, True},
		"LessThan":          {False, False, True},
		"LessThanEquals":    {False, True, True},
		"GreaterThan":       {True, False, False},
		"GreaterThanEquals": {True, True, False},
	} {
		for key, limits := range map[string][3]string{
			`"Numeric%s":{"s3:max-keys":"%s"}`:  {"9.5", "1e1", "11"},
			`"Date%s":{"aws:CurrentTime":"%s"}`: {"2026-01-02T03:04Z", "1767323045", "2026-01-03"},
		} {
			for i, limit := range limits {
				condition := "{" + fmt.Sprintf(key, operator, limit) + "}"
				if got, _ := applies(t, condition, request); got != want[i] {
					t.Errorf("%s: %v, want %v", condition, got, want[i])
				}
			}
		}
	}
}

// TestPatterns_exhaustively compares covers and overlap, for all short patterns, with the texts that each pattern matches.
func TestPatterns_exhaustively(t *testing.T) {
	texts, patterns := words("ab", 4), words("ab*?", 3)
	matched := map[string][]bool{}
	for _, pattern := range patterns {
		// Go's path.Match has the same two wildcards, and nothing of its own in these letters.
		for _, text := range texts {
			matches, err := path.Match(pattern, text)
			if err != nil {
				t.Fatal(err)
			}
			if covers(pattern, text) != matches {
				t.Errorf("covers(%q, %q) = %t", pattern, text, !matches)
			}
			matched[pattern] = append(matched[pattern], matches)
		}
	}
	for _, a := range patterns {
		for _, b := range patterns {
			within, meet := true, false
			for i := range texts {
				within = within && (matched[a][i] || !matched[b][i])
				meet = meet || matched[a][i] && matched[b][i]
			}
			if covers(a, b) && !within {
				t.Errorf("covers(%q, %q)", a, b)
			}
			if meet && !overlap(a, b) {
				t.Errorf("not overlap(%q, %q)", a, b)
			}
		}
	}
}

// words are all words of so many letters at most.
func words(letters string, length int) []string {
	all := []string{""}
	for begin := 0; length > 0; length-- {
		end := len(all)
		for _, word := range all[begin:end] {
			for _, letter := range letters {
				all = append(all, word+string(letter))
			}
		}
		begin = end
	}
	return all
}

// TestPatterns has the answers that the exhaustive test does not decide.
func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		a, b            string
		covers, overlap bool
	}{
		{"*", "a*", true, true},
		{"a*", "a*b", true, true},
		{"a?*", "ab*", true, true},
		{"a?", "a*", false, true},
		{"ab", "abc*", false, false},
		{"abc*", "ab", false, false},
		{"a*", "b*", false, false},
		{"b*", "a*", false, false},
		{"ab*", "a*c", false, true},
		{"a*c", "ab*", false, true},
		{"*x", "ax*", false, true},
		{"ax*", "*x", false, true},
		{"ab*", "b*", false, false},
		{"b*", "ab*", false, false},
		{"ax*1", "ay*2", false, false},
		{"*a", "*b", false, true}, // erring on the side of yes
	} {
		if got := covers(test.a, test.b); got != test.covers {
			t.Errorf("covers(%q, %q) = %t", test.a, test.b, got)
		}
		if got := overlap(test.a, test.b); got != test.overlap {
			t.Errorf("overlap(%q, %q) = %t", test.a, test.b, got)
		}
	}
}
