package iampolicy

import (
	"encoding/json"
	"testing"
)

// TestApplies judges conditions of every operator, with the key there, absent and unknown.
func TestApplies(t *testing.T) {
	request := Request{
		"s3:prefix": {"voicebase/"}, "s3:authtype": {"REST-HEADER"}, "aws:securetransport": {"true"}, "s3:tlsversion": {"1.2"},
		"aws:sourceip": {"52.6.244.43"}, "aws:currenttime": {"2026-01-02T03:04:05Z"}, "aws:principalarn": {"arn:aws:iam::111122223333:role/delivery"},
		"aws:principalaccount": {"111122223333"}, "aws:resourceaccount": {"111122223333"}, "s3:x-amz-acl": nil, "aws:tagkeys": {"a", "b"},
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
	} {
		var statement foreignStatement
		if err := json.Unmarshal([]byte(`{"Condition":`+condition+`}`), &statement); err != nil {
			t.Fatal(err)
		}
		if got, open := statement.applies(request); got != want || (got == Unknown) != (len(open) > 0) {
			t.Errorf("%s: %v with %v open, want %v", condition, got, open, want)
		}
	}
}
