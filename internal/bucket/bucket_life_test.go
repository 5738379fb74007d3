package bucket_test

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
)

// account is the provider with an S3 in memory.
type account struct {
	acctest.Server
	s3 *awsfake.S3
}

// newAccount has no wait: what is read is believed at once.
func newAccount(t *testing.T, settings map[string]any) account {
	t.Helper()
	fake := awsfake.NewS3(t)
	block := map[string]any{
		"access_key": "AKIATEST", "secret_key": awsfake.SecretKey, "max_retries": 1, "s3_use_path_style": true,
		"endpoints": []any{map[string]any{"s3": fake.URL, "sts": awsfake.NewSTS(t).URL}},
	}
	maps.Copy(block, settings)
	return account{acctest.NewServerAt(t, acctest.Later(), block), fake}
}

// known are the settings of a provider that knows its account, so that each call names the bucket's owner.
var known = map[string]any{"allowed_account_ids": []any{awsfake.Account}}

const (
	theirStatement = `{"Sid":"Theirs","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::acme/*"}`
	ownPolicy      = `{"Version":"2012-10-17","Statement":[` + theirStatement + `]}`
)

// first and second are two configurations of a bucket that differ in everything that can change in place.
var (
	first = map[string]any{
		"bucket": "acme", "region": "eu-west-1", "tags": map[string]any{"Team": "speech"}, "force_destroy": true,
		"kms_key_arn": "arn:aws:kms:eu-west-1:444455556666:key/1234abcd", "eventbridge_notifications": true,
		"access_logging": map[string]any{"bucket": "acme-logs", "prefix": "s3/"}, "presigned_url_max_age": "24h",
		"presigned_url_source_ips": []any{"52.6.244.43/32", "52.6.208.178/32"}, "policy": ownPolicy,
		"retention": map[string]any{
			"expire_after_days": 400, "noncurrent_expire_after_days": 300, "abort_incomplete_uploads_after_days": 3,
			"transitions":            []any{moving(30, "STANDARD_IA"), moving(90, "GLACIER")},
			"noncurrent_transitions": []any{moving(0, "DEEP_ARCHIVE")},
		},
	}
	second = map[string]any{
		"bucket": "acme", "region": "eu-west-1", "tags": map[string]any{"Site": "north"}, "versioning": false,
		"blocked_encryption_types": []any{"NONE"}, "access_logging": map[string]any{"bucket": "acme-logs"},
	}
)

// script writes down what is done, what was called, and what came of it.
type script struct {
	bytes.Buffer
	account
	last map[string]string
}

// step has the reads of a step sorted, because they are made side by side, and then the other calls with what they send.
func (s *script) step(name string) {
	fmt.Fprintf(s, "== %s\n", name)
	reads := map[string][]string{}
	for _, call := range s.s3.Calls() {
		if strings.HasPrefix(call.Action, "Get") || strings.HasPrefix(call.Action, "List") {
			at := strings.TrimSpace(call.Region + " " + call.Target + " " + call.Owner)
			reads[at] = append(reads[at], call.Action)
			continue
		}
		fmt.Fprintf(s, "  %s\n", call)
		if call.Body != "" {
			fmt.Fprintf(s, "    %s\n", namespace.ReplaceAllString(call.Body, ""))
		}
		if call.MinimumObjectSize != "" {
			fmt.Fprintf(s, "    minimum size: %s\n", call.MinimumObjectSize)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(reads)) {
		slices.Sort(reads[at])
		fmt.Fprintf(s, "  %s: %s\n", at, strings.Join(reads[at], " "))
	}
}

var namespace = regexp.MustCompile(` xmlns="[^"]*"`)

// said writes what a step has said.
func (s *script) said(kind, texts string) {
	for line := range strings.Lines(texts) {
		if line != "\n" {
			fmt.Fprintf(s, "  %s: %s\n", kind, strings.TrimSuffix(line, "\n"))
		}
	}
}

// values writes all values that are not as they were the last time.
func (s *script) values(of map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if was, known := s.last[name]; !known || was != of[name] {
			fmt.Fprintf(s, "    %s = %s\n", name, strings.ReplaceAll(of[name], s.s3.URL, "https://s3"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.last)) {
		if _, known := of[name]; !known {
			fmt.Fprintf(s, "    %s is null\n", name)
		}
	}
	s.last = of
}

func (s *script) state(t *testing.T, object *acctest.Object) {
	t.Helper()
	s.values(acctest.Texts(object.State(t)))
	fmt.Fprintf(s, "  identity %v\n", object.Identity(t))
}

// spoil gives a bucket what others have set beside the resource, and S3 what AWS adds.
func spoil(b *awsfake.S3Bucket) {
	b.Settings["tagging"] = strings.Replace(b.Settings["tagging"], "</TagSet>",
		"<Tag><Key>aws:cloudformation:stack-name</Key><Value>x</Value></Tag><Tag><Key>Theirs</Key><Value>y</Value></Tag></TagSet>", 1)
	b.Settings["notification"] = `<NotificationConfiguration><QueueConfiguration><Id>theirs</Id><Queue>arn:aws:sqs:eu-west-1:444455556666:q</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration><EventBridgeConfiguration/></NotificationConfiguration>`
	b.Settings["logging"] = strings.Replace(b.Settings["logging"], "</LoggingEnabled>",
		"<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>EventTime</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat></LoggingEnabled>", 1)
	b.MinimumObjectSize = "varies_by_storage_class"
}

// TestLife leads a bucket through each verb, and has all calls with what they send, and all states.
func TestLife(t *testing.T) {
	t.Parallel()
	s := script{account: newAccount(t, map[string]any{
		"allowed_account_ids": known["allowed_account_ids"],
		"default_tags":        []any{map[string]any{"tags": map[string]any{"Owner": "ops"}}},
		"ignore_tags":         []any{map[string]any{"keys": []any{"Theirs"}}},
	})}
	object := s.NewObject(t, bucket.TypeName)
	planned := object.Plan(t, first)
	s.step("plan")
	s.said("error", planned.Errors)
	s.values(acctest.Texts(planned.Value))
	s.said("error", object.Apply(t, first, planned))
	s.step("create")
	s.state(t, object)
	s.s3.Calls()
	read := func(what string) {
		warnings, errs := object.Read(t)
		s.step(what)
		s.said("warning", warnings)
		s.said("error", errs)
		s.state(t, object)
	}
	spoil(s.s3.Bucket("acme"))
	read("read, with what others have set")
	s.said("error", object.Become(t, second))
	s.step("update")
	s.state(t, object)
	read("read")
	spoil(s.s3.Bucket("acme"))
	s.said("error", object.Become(t, first))
	s.step("update back")
	found, warnings, errs := s.ReadWarned(t, bucket.TypeName, map[string]any{"bucket": "acme", "region": "eu-west-1"})
	s.step("data source")
	s.said("warning", warnings)
	s.said("error", errs)
	s.last = nil
	s.values(acctest.Texts(found))
	s.s3.Bucket("acme").Versions = []string{"calls/1.json 1"}
	s.said("error", object.Delete(t))
	s.step("delete")
	golden.Compare(t, "life.txt", s.String())
	if s.s3.Bucket("acme") != nil {
		t.Error("the bucket is still there")
	}
}
