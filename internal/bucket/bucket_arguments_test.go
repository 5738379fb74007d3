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

// argument is one argument with a value other than its default.
type argument struct {
	value string
	// ignore are attributes that an import cannot know.
	ignore []string
}

func arguments(bucket, target string) map[string]argument {
	const key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-%012d"
	return map[string]argument{
		"kms_key_arn": {
			value: fmt.Sprintf("kms_key_arn = %q", fmt.Sprintf(key, 2)),
		},
		"blocked_encryption_types": {
			value:  `blocked_encryption_types = ["NONE"]`,
			ignore: []string{"blocked_encryption_types"},
		},
		"versioning": {
			value: "versioning = false",
		},
		"retention.expire_after_days": {
			value: "retention = { expire_after_days = 31 }",
		},
		"retention.noncurrent_expire_after_days": {
			value: "retention = { noncurrent_expire_after_days = 31 }",
		},
		"retention.abort_incomplete_uploads_after_days": {
			value: "retention = { expire_after_days = 90, abort_incomplete_uploads_after_days = 2 }",
		},
		"retention.transitions": {
			value: `retention = { expire_after_days = 400, transitions = [{ after_days = 0, storage_class = "INTELLIGENT_TIERING" }, { after_days = 90, storage_class = "GLACIER" }, { after_days = 180, storage_class = "DEEP_ARCHIVE" }] }`,
		},
		"retention.noncurrent_transitions": {
			value: `retention = { noncurrent_expire_after_days = 91, noncurrent_transitions = [{ after_days = 0, storage_class = "GLACIER_IR" }, { after_days = 90, storage_class = "GLACIER" }] }`,
		},
		"manage_lifecycle": {
			value:  "manage_lifecycle = false",
			ignore: []string{"manage_lifecycle", "retention", "lifecycle_rules"},
		},
		"access_logging": {
			value: fmt.Sprintf("access_logging = { bucket = %q, prefix = \"log/\" }", target),
		},
		"eventbridge_notifications": {
			value: "eventbridge_notifications = true",
		},
		"presigned_url_max_age": {
			value: `presigned_url_max_age = "1h30m"`,
		},
		"presigned_url_source_ips": {
			value: `presigned_url_source_ips = ["52.6.244.43/32", "2001:db8::/32", "10.0.0.0/8"]`,
		},
		"policy": {
			value: policyText(bucket, "KeepAll"),
		},
		"manage_policy": {
			value:  "manage_policy = false",
			ignore: []string{"manage_policy", "effective_policy"},
		},
		"force_destroy": {value: "force_destroy = true", ignore: []string{"force_destroy"}},
		"timeouts":      {value: "timeouts {\n    delete = \"5m\"\n  }"},
		"tags": {
			value: `tags = { Team = "speech", Stage = "test" }`,
		},
	}
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
			lines = append(lines, values.value)
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
