package iampolicy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Statement IDs of the guards. AWS's console shows them, and a policy's own statements must not use them.
const (
	SidInsecureTransport = "VoiceBaseDenyInsecureTransport"
	SidOldTLS            = "VoiceBaseDenyOldTLS"
	SidPresignedAge      = "VoiceBaseDenyOldPresignedURLs"
	SidPresignedSource   = "VoiceBaseDenyPresignedURLsFromElsewhere"
)

// GuardSids are the statement IDs that an owner's own statements must not have.
var GuardSids = []string{SidInsecureTransport, SidOldTLS, SidPresignedAge, SidPresignedSource}

const (
	// minTLSVersion is the oldest TLS version that the receiving bucket accepts.
	minTLSVersion = "1.2"
	// presigned is the s3:authType of a request whose signature is in its URL:
	// https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html.
	presigned = "REST-QUERY-STRING"
)

// MaxBucketPolicySize is S3's limit in bytes:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html.
const MaxBucketPolicySize = 20 * 1024

// BucketGuards are what the receiving bucket refuses: plain HTTP and old TLS always, the rest if set.
type BucketGuards struct {
	// BucketARN is the bucket's ARN, with its partition.
	BucketARN string
	// PresignedMaxAge is the age at which a pre-signed URL stops working, whatever its expiry. 0 means no limit.
	PresignedMaxAge time.Duration
	// PresignedSources are the CIDRs that pre-signed PUTs may come from. Without any, they may come from anywhere.
	PresignedSources []string
}

// Statements returns the guards in a fixed order.
func (g BucketGuards) Statements() []Statement {
	statements := []Statement{g.insecureTransport(), g.oldTLS()}
	if g.PresignedMaxAge > 0 {
		statements = append(statements, g.presignedAge())
	}
	if len(g.PresignedSources) > 0 {
		statements = append(statements, g.presignedSource())
	}
	return statements
}

func (g BucketGuards) insecureTransport() Statement {
	return g.deny(SidInsecureTransport, "s3:*", OneOrMore{g.BucketARN, g.objects()},
		Conditions{"Bool": {"aws:SecureTransport": {"false"}}})
}

// oldTLS compares numbers, as AWS's own examples do: https://repost.aws/knowledge-center/s3-enforce-modern-tls.
func (g BucketGuards) oldTLS() Statement {
	return g.deny(SidOldTLS, "s3:*", OneOrMore{g.BucketARN, g.objects()},
		Conditions{"NumericLessThan": {"s3:TlsVersion": {minTLSVersion}}})
}

// presignedAge counts in milliseconds, the unit of s3:signatureAge.
func (g BucketGuards) presignedAge() Statement {
	age := strconv.FormatInt(g.PresignedMaxAge.Milliseconds(), 10)
	return g.deny(SidPresignedAge, "s3:*", OneOrMore{g.objects()}, Conditions{
		"NumericGreaterThan": {"s3:signatureAge": {age}},
		"StringEquals":       {"s3:authType": {presigned}},
	})
}

// presignedSource also refuses requests through a VPC endpoint: they have no aws:SourceIp, and a negated operator
// matches an absent key.
func (g BucketGuards) presignedSource() Statement {
	return g.deny(SidPresignedSource, "s3:PutObject", OneOrMore{g.objects()}, Conditions{
		"NotIpAddress": {"aws:SourceIp": slices.Sorted(slices.Values(g.PresignedSources))},
		"StringEquals": {"s3:authType": {presigned}},
	})
}

func (g BucketGuards) deny(sid, action string, resources OneOrMore, conditions Conditions) Statement {
	return Statement{
		Sid: sid, Effect: Deny, Principal: &Principal{Everyone: true},
		Action: OneOrMore{action}, Resource: resources, Condition: conditions,
	}
}

func (g BucketGuards) objects() string { return g.BucketARN + "/*" }

// BucketPolicy merges the guards with the bucket owner's own policy, whose statements stay unchanged. own may be empty.
// It fails if own cannot be merged, or if the result is too large for S3.
func BucketPolicy(guards BucketGuards, own string) (string, error) {
	merged := rawDocument{Version: Version}
	for _, statement := range guards.Statements() {
		merged.Statement = append(merged.Statement, rawMessage(statement))
	}
	if own != "" {
		document, err := parseOwnPolicy(own)
		if err != nil {
			return "", err
		}
		if err := checkOwnResources(document.Statement, guards.BucketARN); err != nil {
			return "", err
		}
		merged.ID = document.ID
		merged.Statement = append(merged.Statement, document.Statement...)
	}
	text := rawMessage(merged)
	if len(text) > MaxBucketPolicySize {
		return "", fmt.Errorf("the policy with the guards has %d bytes, which exceeds S3's limit of %d", len(text), MaxBucketPolicySize)
	}
	return string(text), nil
}

// rawMessage encodes a value of this package. The encoding cannot fail for any of them.
func rawMessage(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		panic("iampolicy: " + err.Error())
	}
	return text
}
