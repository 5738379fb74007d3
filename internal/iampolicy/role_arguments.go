package iampolicy

import (
	"cmp"
	"errors"
	"fmt"
	"unicode"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// ArgumentError says what is wrong with one of the arguments that determine a policy.
type ArgumentError struct {
	// Argument is the argument's name, as users write it.
	Argument string
	Summary  string
	Err      error
}

// RoleArguments are the arguments that determine the policies of a delivery role. "" means that an argument is not set.
type RoleArguments struct {
	VoiceBaseARN string
	ExternalID   string
	BucketARN    string
	// KeyPrefixes is nil for the whole bucket. An empty list is an error: a list that turns out to be empty must not
	// open the whole bucket.
	KeyPrefixes         []string
	KMSKeyARN           string
	Access              string
	BucketAccountID     string
	PermissionsBoundary string
}

// summaries are the summaries of errors about single arguments.
var summaries = map[string]string{
	"access":                   "Invalid access",
	"bucket_account_id":        "Invalid bucket account ID",
	"bucket_arn":               "Invalid bucket ARN",
	"external_id":              "Invalid external ID",
	"key_prefixes":             "Invalid key prefix",
	"kms_key_arn":              "Invalid KMS key ARN",
	"permissions_boundary":     "Invalid permissions boundary",
	"presigned_url_max_age":    "Invalid pre-signed URL max age",
	"presigned_url_source_ips": "Invalid pre-signed URL source IP",
	"voicebase_arn":            "Invalid VoiceBase ARN",
}

// Partition is the partition of everything that is named: the one that is already known, or else that of the first ARN.
// An ARN of another partition is an error. It is "" if no argument names one.
func (a RoleArguments) Partition(known string) (string, []ArgumentError) {
	var errs []ArgumentError
	for _, argument := range []struct {
		name, value string
		partition   func(string) (string, error)
	}{
		{"bucket_arn", a.BucketARN, partitionOf(awsname.ParseBucketARN)},
		{"voicebase_arn", a.VoiceBaseARN, partitionOfPrincipal},
		{"kms_key_arn", a.KMSKeyARN, partitionOf(awsname.ParseKMSKeyARN)},
		{"permissions_boundary", a.PermissionsBoundary, partitionOf(awsname.ParsePolicyARN)},
	} {
		if argument.value == "" {
			continue
		}
		got, err := argument.partition(argument.value)
		if err != nil {
			errs = append(errs, invalid(argument.name, err))
		} else if err := awsname.PartitionMatches(got, known); err != nil {
			errs = append(errs, ArgumentError{argument.name, "Wrong partition", fmt.Errorf("%q cannot be used: %w", argument.value, err)})
		}
		known = cmp.Or(known, got)
	}
	return known, errs
}

func partitionOf(parse func(string) (awsname.ARN, error)) func(string) (string, error) {
	return func(text string) (string, error) {
		arn, err := parse(text)
		return arn.Partition, err
	}
}

func partitionOfPrincipal(text string) (string, error) {
	principal, err := awsname.ParsePrincipal(text)
	return principal.Partition, err
}

// TrustPolicy is the role's trust policy in a partition. It is "" while an account ID is in no known partition. Even
// with the longest principal and external ID, it stays below IAM's limit of 2,048 characters:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
func (a RoleArguments) TrustPolicy(partition string) (string, []ArgumentError) {
	var errs []ArgumentError
	principal := parse(&errs, "voicebase_arn", a.VoiceBaseARN, awsname.ParsePrincipal)
	id := parse(&errs, "external_id", a.ExternalID, awsname.ParseExternalID)
	if len(errs) > 0 || principal.Partition == "" && partition == "" {
		return "", errs
	}
	return Trust(principal.In(partition), id).JSON(), nil
}

// PermissionsPolicy is the role's inline policy.
func (a RoleArguments) PermissionsPolicy() (string, []ArgumentError) {
	var errs []ArgumentError
	grant := Grant{
		Bucket:        parse(&errs, "bucket_arn", a.BucketARN, awsname.ParseBucketARN),
		KMSKey:        parse(&errs, "kms_key_arn", a.KMSKeyARN, awsname.ParseKMSKeyARN),
		Access:        parse(&errs, "access", a.Access, ParseAccess),
		BucketAccount: parse(&errs, "bucket_account_id", a.BucketAccountID, awsname.ParseAccountID),
	}
	if a.KeyPrefixes != nil && len(a.KeyPrefixes) == 0 {
		errs = append(errs, ArgumentError{
			"key_prefixes", "No key prefix",
			errors.New("the set is empty: remove key_prefixes to let VoiceBase write to the whole bucket"),
		})
	}
	for _, text := range a.KeyPrefixes {
		prefix, err := awsname.ParseKeyPrefix(text)
		if err != nil {
			errs = append(errs, invalid("key_prefixes", err))
		}
		grant.KeyPrefixes = append(grant.KeyPrefixes, prefix)
	}
	if len(errs) > 0 {
		return "", errs
	}
	document := Delivery(grant).JSON()
	if size := countedSize(document); size > MaxInlinePolicy {
		return "", []ArgumentError{{
			"key_prefixes", "Too many key prefixes",
			fmt.Errorf("the role's permissions have %d characters, which exceeds IAM's limit of %d: replace prefixes that start the same with their common prefix", size, MaxInlinePolicy),
		}}
	}
	return document, nil
}

// countedSize is a document's size as IAM counts it: in characters, without white space.
func countedSize(document string) int {
	size := 0
	for _, r := range document {
		if !unicode.IsSpace(r) {
			size++
		}
	}
	return size
}

func invalid(argument string, err error) ArgumentError {
	return ArgumentError{Argument: argument, Summary: summaries[argument], Err: err}
}

// parse parses one argument; "" becomes the zero value.
func parse[T any](errs *[]ArgumentError, argument, text string, parser func(string) (T, error)) T {
	var value T
	if text != "" {
		parsed, err := parser(text)
		if err != nil {
			*errs = append(*errs, invalid(argument, err))
		}
		value = parsed
	}
	return value
}
