package bucket_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// policyText is a policy of one's own, as jsonencode writes it.
func policyText(bucket, sid string) string {
	return fmt.Sprintf(`policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = %[2]q
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:DeleteObject"
      Resource  = "arn:aws:s3:::%[1]s/*"
    }]
  })`, bucket, sid)
}

// argument is one argument with a value, another value, and what the change between them sends.
type argument struct {
	first, second string
	// changed are the calls of the change, removed those of going back to the default.
	changed, removed []string
	// ignore are attributes that an import cannot know.
	ignore []string
}

func arguments(bucket, target string) map[string]argument {
	const key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-%012d"
	put := func(action string) []string { return []string{"s3.Put" + action} }
	return map[string]argument{
		"kms_key_arn": {
			first: fmt.Sprintf("kms_key_arn = %q", fmt.Sprintf(key, 1)), second: fmt.Sprintf("kms_key_arn = %q", fmt.Sprintf(key, 2)),
			changed: put("BucketEncryption"), removed: put("BucketEncryption"),
		},
		"blocked_encryption_types": {
			first: `blocked_encryption_types = ["SSE-C"]`, second: `blocked_encryption_types = ["NONE"]`,
			changed: put("BucketEncryption"), ignore: []string{"blocked_encryption_types"},
		},
		"versioning": {
			first: "versioning = true", second: "versioning = false",
			changed: put("BucketVersioning"), removed: put("BucketVersioning"),
		},
		"retention.expire_after_days": {
			first: "retention = { expire_after_days = 30 }", second: "retention = { expire_after_days = 31 }",
			changed: put("BucketLifecycleConfiguration"), removed: put("BucketLifecycleConfiguration"),
		},
		"retention.noncurrent_expire_after_days": {
			first: "retention = { noncurrent_expire_after_days = 30 }", second: "retention = { noncurrent_expire_after_days = 31 }",
			changed: put("BucketLifecycleConfiguration"), removed: put("BucketLifecycleConfiguration"),
		},
		"retention.abort_incomplete_uploads_after_days": {
			first: "retention = { abort_incomplete_uploads_after_days = 1 }", second: "retention = { expire_after_days = 90, abort_incomplete_uploads_after_days = 2 }",
			changed: put("BucketLifecycleConfiguration"), removed: put("BucketLifecycleConfiguration"),
		},
		"retention.transitions": {
			first:   `retention = { transitions = [{ after_days = 30, storage_class = "STANDARD_IA" }] }`,
			second:  `retention = { expire_after_days = 400, transitions = [{ after_days = 0, storage_class = "INTELLIGENT_TIERING" }, { after_days = 90, storage_class = "GLACIER" }, { after_days = 180, storage_class = "DEEP_ARCHIVE" }] }`,
			changed: []string{"s3.GetBucketLifecycleConfiguration", "s3.PutBucketLifecycleConfiguration"}, removed: put("BucketLifecycleConfiguration"),
		},
		"retention.noncurrent_transitions": {
			first:   `retention = { noncurrent_transitions = [{ after_days = 0, storage_class = "GLACIER_IR" }] }`,
			second:  `retention = { noncurrent_expire_after_days = 91, noncurrent_transitions = [{ after_days = 0, storage_class = "GLACIER_IR" }, { after_days = 90, storage_class = "GLACIER" }] }`,
			changed: []string{"s3.GetBucketLifecycleConfiguration", "s3.PutBucketLifecycleConfiguration"}, removed: put("BucketLifecycleConfiguration"),
		},
		"manage_lifecycle": {
			first: "manage_lifecycle = true", second: "manage_lifecycle = false",
			removed: put("BucketLifecycleConfiguration"),
			ignore:  []string{"manage_lifecycle", "retention", "lifecycle_rules"},
		},
		"access_logging": {
			first:   fmt.Sprintf("access_logging = { bucket = %q }", target),
			second:  fmt.Sprintf("access_logging = { bucket = %q, prefix = \"log/\" }", target),
			changed: put("BucketLogging"), removed: put("BucketLogging"),
		},
		"eventbridge_notifications": {
			first: "eventbridge_notifications = false", second: "eventbridge_notifications = true",
			changed: []string{"s3.GetBucketNotificationConfiguration", "s3.PutBucketNotificationConfiguration"},
			removed: []string{"s3.GetBucketNotificationConfiguration", "s3.PutBucketNotificationConfiguration"},
		},
		"presigned_url_max_age": {
			first: `presigned_url_max_age = "24h"`, second: `presigned_url_max_age = "1h30m"`,
			changed: put("BucketPolicy"), removed: put("BucketPolicy"),
		},
		"presigned_url_source_ips": {
			first: `presigned_url_source_ips = ["52.6.244.43/32"]`, second: `presigned_url_source_ips = ["52.6.244.43/32", "2001:db8::/32", "10.0.0.0/8"]`,
			changed: put("BucketPolicy"), removed: put("BucketPolicy"),
		},
		"policy": {
			first: policyText(bucket, "Keep"), second: policyText(bucket, "KeepAll"),
			changed: put("BucketPolicy"), removed: put("BucketPolicy"),
		},
		"manage_policy": {
			first: "manage_policy = true", second: "manage_policy = false",
			removed: put("BucketPolicy"),
			ignore:  []string{"manage_policy", "effective_policy"},
		},
		"force_destroy": {first: "force_destroy = false", second: "force_destroy = true", ignore: []string{"force_destroy"}},
		"timeouts":      {first: "timeouts {\n    create = \"5m\"\n  }", second: "timeouts {\n    delete = \"5m\"\n  }"},
		"tags": {
			first: `tags = { Team = "speech" }`, second: `tags = { Team = "speech", Stage = "test" }`,
			changed: []string{"s3.GetBucketTagging", "s3.PutBucketTagging"}, removed: []string{"s3.GetBucketTagging", "s3.DeleteBucketTagging"},
		},
	}
}

// For each argument: apply, change, remove, each followed by a plan without changes, and an import that gives the
// same state; and each change sends only what it is about.
func TestAccDeliveryBucket_arguments(t *testing.T) {
	t.Parallel()
	for name := range arguments("", "") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			bucket := acctest.RandomName("acc-bucket-")
			argument := arguments(bucket, a.Bucket(t, "us-east-1"))[name]
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				CheckDestroy:             a.CheckDestroyed,
				Steps: []resource.TestStep{
					{Config: delivery(a, named(bucket), argument.first), ConfigPlanChecks: action(plancheck.ResourceActionCreate)},
					change(a, delivery(a, named(bucket), argument.second), argument.changed),
					imported(argument.ignore...),
					change(a, delivery(a, named(bucket)), argument.removed),
				},
			})
		})
	}
}

// change applies a change in place and compares the calls between the refreshes with what it is to send.
func change(a *acctest.AWS, config string, want []string) resource.TestStep {
	checks := action(plancheck.ResourceActionUpdate)
	checks.PreApply = append(checks.PreApply, reset{a})
	checks.PostApplyPreRefresh = append(checks.PostApplyPreRefresh, sent{a, want})
	return resource.TestStep{Config: config, ConfigPlanChecks: checks}
}

// A tag whose value is null is left out, whatever it is first: keys of S3 may differ in case.
func TestAccDeliveryBucket_nullTags(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	bucket := acctest.RandomName("acc-bucket-")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(bucket), `tags = { Team = null }`), ConfigPlanChecks: action(plancheck.ResourceActionCreate)},
			{Config: delivery(a, named(bucket), `tags = { Team = "speech", team = "a", Cost = null }`), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
			{Config: delivery(a, named(bucket), `tags = { Team = null, team = null }`), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
		},
	})
}

// Many arguments at once, from a bucket made with all of them to one with none.
func TestAccDeliveryBucket_allArguments(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name, target := acctest.RandomName("acc-bucket-"), a.Bucket(t, "us-east-1")
	var lines, ignore []string
	for argument, values := range arguments(name, target) {
		oneOfMany := strings.HasPrefix(argument, "retention.") && argument != "retention.transitions"
		if !strings.HasPrefix(argument, "manage_") && !oneOfMany {
			lines = append(lines, values.second)
			ignore = append(ignore, values.ignore...)
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, append(lines, named(name))...), ConfigPlanChecks: action(plancheck.ResourceActionCreate)},
			imported(ignore...),
			{Config: delivery(a, named(name)), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
			{Config: delivery(a, append(lines, named(name))...), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
		},
	})
}

// Other spellings of the same are no change.
func TestAccDeliveryBucket_spelling(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	spelled := func(policy, age string) string {
		return delivery(a, named(name), fmt.Sprintf("policy = %q", policy), fmt.Sprintf("presigned_url_max_age = %q", age))
	}
	const (
		one   = `{"Version":"2012-10-17","Statement":{"Sid":"Keep","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::%[1]s/*"}}`
		other = `{"Statement":[{"Action":["s3:DeleteObject"],"Resource":["arn:aws:s3:::%[1]s/*"],"Effect":"Deny","Sid":"Keep","Principal":"*"}],"Version":"2012-10-17"}`
	)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: spelled(fmt.Sprintf(one, name), "24h"), ConfigPlanChecks: unchanged()},
			{Config: spelled(fmt.Sprintf(other, name), "1440m"), PlanOnly: true},
		},
	})
}

// S3 reorders what it is given: the answer is another text that says the same.
func TestAccDeliveryBucket_policyReordered(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-bucket-")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             a.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: delivery(a, named(name), policyText(name, "Keep")), ConfigPlanChecks: unchanged()},
			{Config: delivery(a, named(name), policyText(name, "Keep")), PreConfig: func() { reorderPolicy(t, a, name) }, PlanOnly: true},
		},
	})
}
