package iampolicy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rawDocument is a policy whose statements stay as their author wrote them.
type rawDocument struct {
	ID        string       `json:"Id,omitempty"`
	Version   string       `json:"Version"`
	Statement rawStatement `json:"Statement"`
}

// rawStatement accepts a list, or the single object that policy language allows in its place.
type rawStatement []json.RawMessage

// UnmarshalJSON reads a list of statements, or one statement.
func (s *rawStatement) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("{")) {
		*s = rawStatement{slices.Clone(json.RawMessage(text))}
		return nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		return errors.New("its Statement is neither an object nor a list of objects")
	}
	*s = list
	return nil
}

// statementHead is the part of a foreign statement that a merge needs to understand.
type statementHead struct {
	Sid    string `json:"Sid"`
	Effect string `json:"Effect"`
}

// CheckBucketPolicy checks a bucket owner's own policy as S3 would, except for the bucket: BucketPolicy checks the
// resources. S3 can still refuse a policy that passes, for reasons that only AWS knows, such as a principal that
// doesn't exist.
func CheckBucketPolicy(text string) error {
	_, err := parseOwnPolicy(text)
	return err
}

func parseOwnPolicy(text string) (rawDocument, error) {
	var parts map[string]json.RawMessage
	_ = json.Unmarshal([]byte(text), &parts) // Anything but an object fails below.
	if err := checkSpelling(maps.Keys(parts), documentElements); err != nil {
		return rawDocument{}, fmt.Errorf("the policy: %w", err)
	}
	var document rawDocument
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return rawDocument{}, fmt.Errorf("the policy is not a JSON policy document: %w", err)
	}
	// A merge would change the meaning of statements of another version, because only this version has variables.
	if document.Version != Version {
		return rawDocument{}, fmt.Errorf("the policy's Version is %q; must be %q", document.Version, Version)
	}
	if len(document.Statement) == 0 {
		return rawDocument{}, errors.New("the policy has no statements: remove policy to have only the guards")
	}
	return document, checkOwnStatements(document.Statement)
}

func isGuard(sid string) bool {
	return slices.Contains(GuardSids, sid)
}

// AdoptBucketPolicy splits a policy like SplitBucketPolicy, so that the guards can be merged with the owner's part
// again. It converts a policy of the old version to the current one if the meaning stays the same. It fails if the
// guards cannot be merged.
func AdoptBucketPolicy(bucketARN, text string) (BucketGuards, string, error) {
	guards, document, err := splitBucketPolicy(bucketARN, text)
	if err != nil {
		return BucketGuards{}, "", err
	}
	own := document.modern().sorted()
	guards.dropInvalid()
	_, err = BucketPolicy(guards, own)
	return guards, own, err
}

// modern returns the document in the current version if the meaning stays the same. The two versions differ in the
// variables, which the old one does not have:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html.
func (d rawDocument) modern() rawDocument {
	if !strings.Contains(d.sorted(), "${") {
		d.Version = Version
	}
	return d
}

// dropInvalid leaves out what no argument can express, so that the next plan corrects it.
func (g *BucketGuards) dropInvalid() {
	if _, err := ParsePresignedAge(g.PresignedMaxAge.String()); err != nil {
		g.PresignedMaxAge = 0
	}
	g.PresignedSources = slices.DeleteFunc(g.PresignedSources, func(cidr string) bool { _, err := ParseSourceCIDR(cidr); return err != nil })
}

// SplitBucketPolicy splits a merged policy into the guards that it contains and the owner's own policy, which is "" if
// there is none. An import finds a bucket's arguments with it.
func SplitBucketPolicy(bucketARN, text string) (BucketGuards, string, error) {
	guards, own, err := splitBucketPolicy(bucketARN, text)
	return guards, own.sorted(), err
}

func splitBucketPolicy(bucketARN, text string) (BucketGuards, rawDocument, error) {
	guards := BucketGuards{BucketARN: bucketARN}
	var merged rawDocument
	if err := json.Unmarshal([]byte(text), &merged); err != nil {
		return guards, rawDocument{}, fmt.Errorf("the bucket's policy is not a JSON policy document: %w", err)
	}
	own := rawDocument{ID: merged.ID, Version: merged.Version}
	for _, raw := range merged.Statement {
		var head statementHead
		_ = json.Unmarshal(raw, &head) // What is not one of our statements belongs to the owner.
		if isGuard(head.Sid) {
			guards.read(head.Sid, raw)
		} else {
			own.Statement = append(own.Statement, raw)
		}
	}
	return guards, own, nil
}

// read reads a guard's setting from its statement. A guard that somebody changed in other ways is not an error: it
// differs from the planned policy, so the next apply corrects it.
func (g *BucketGuards) read(sid string, raw json.RawMessage) {
	var guard struct {
		Condition map[string]map[string]oneOrMoreText
	}
	_ = json.Unmarshal(raw, &guard) // What cannot be read counts as missing.
	switch sid {
	case SidPresignedAge:
		if ages := guard.Condition["NumericGreaterThan"]["s3:signatureAge"]; len(ages) == 1 {
			if milliseconds, err := strconv.Atoi(ages[0]); err == nil {
				g.PresignedMaxAge = time.Duration(milliseconds) * time.Millisecond
			}
		}
	case SidPresignedSource:
		g.PresignedSources = guard.Condition["NotIpAddress"]["aws:SourceIp"]
	}
}

// oneOrMoreText is a string or a list of strings.
type oneOrMoreText []string

// UnmarshalJSON reads a condition's values. Numbers and booleans may be unquoted.
func (o *oneOrMoreText) UnmarshalJSON(text []byte) error {
	if !bytes.HasPrefix(text, []byte("[")) {
		text = slices.Concat([]byte("["), text, []byte("]"))
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // an external ID of 20 digits doesn't fit into a float
	var list []any
	_ = decoder.Decode(&list) // The caller has checked that it is JSON.
	var values oneOrMoreText
	for _, value := range list {
		number, _ := value.(json.Number)
		if float, err := number.Float64(); err == nil && strings.ContainsAny(number.String(), ".eE") {
			value = strconv.FormatFloat(float, 'f', -1, 64)
		}
		values = append(values, fmt.Sprint(value))
	}
	*o = values
	return nil
}

// sorted writes the document with its keys in alphabetical order, which is how Terraform's jsonencode writes; "" for one
// without statements.
func (d rawDocument) sorted() string {
	if len(d.Statement) == 0 {
		return ""
	}
	decoder := json.NewDecoder(bytes.NewReader(rawMessage(d)))
	decoder.UseNumber() // numbers stay as their author wrote them
	var plain any
	_ = decoder.Decode(&plain) // rawMessage has just written it.
	return string(rawMessage(plain))
}
