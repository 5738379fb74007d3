package bucket_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	tags := map[string]any{}
	for i := range 51 {
		tags[fmt.Sprint("key", i)] = "value"
	}
	const policy = `{"Version":"2012-10-17","Statement":[{"Sid":"%s","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"*"}]}`
	s := acctest.NewServer(t, map[string]any{"ignore_tags": []any{map[string]any{"keys": []any{"theirs"}}}})
	for name, test := range map[string]struct {
		config map[string]any
		// at is the attribute that the error is on, want a part of its text.
		at, want string
	}{
		"name too short":       {map[string]any{"bucket": "ab"}, "bucket", "has 2 characters: must be 3–63"},
		"name too long":        {map[string]any{"bucket": strings.Repeat("a", 64)}, "bucket", "has 64 characters"},
		"name empty":           {map[string]any{"bucket": ""}, "bucket", "has 0 characters"},
		"capital":              {map[string]any{"bucket": "Results"}, "bucket", "lowercase"},
		"underscore":           {map[string]any{"bucket": "acme_results"}, "bucket", "lowercase"},
		"not ASCII":            {map[string]any{"bucket": "résultats"}, "bucket", "lowercase"},
		"hyphen first":         {map[string]any{"bucket": "-results"}, "bucket", "starts with '-'"},
		"hyphen last":          {map[string]any{"bucket": "results-"}, "bucket", "ends with '-'"},
		"dot last":             {map[string]any{"bucket": "results."}, "bucket", "ends with '.'"},
		"two adjacent dots":    {map[string]any{"bucket": "acme..results"}, "bucket", "two adjacent dots"},
		"IP address":           {map[string]any{"bucket": "192.168.5.4"}, "bucket", "looks like an IP address"},
		"reserved prefix":      {map[string]any{"bucket": "xn--results"}, "bucket", `starts with "xn--"`},
		"reserved prefix 2":    {map[string]any{"bucket": "sthree-results"}, "bucket", `starts with "sthree-"`},
		"reserved prefix 3":    {map[string]any{"bucket": "amzn-s3-demo-bucket"}, "bucket", `starts with "amzn-s3-demo-"`},
		"reserved suffix":      {map[string]any{"bucket": "results-s3alias"}, "bucket", `ends with "-s3alias"`},
		"reserved suffix 2":    {map[string]any{"bucket": "results--ol-s3"}, "bucket", `ends with "--ol-s3"`},
		"reserved suffix 3":    {map[string]any{"bucket": "results.mrap"}, "bucket", `ends with ".mrap"`},
		"reserved suffix 4":    {map[string]any{"bucket": "results--x-s3"}, "bucket", `ends with "--x-s3"`},
		"reserved suffix 5":    {map[string]any{"bucket": "results--table-s3"}, "bucket", `ends with "--table-s3"`},
		"account namespace":    {map[string]any{"bucket": "results-an"}, "bucket", "account regional namespace"},
		"dotted name":          {map[string]any{"bucket": "results.acme.example"}, "bucket", "don't cover names with dots"},
		"dotted prefix":        {map[string]any{"bucket_prefix": "results.acme-"}, "bucket_prefix", "don't cover names with dots"},
		"name and prefix":      {map[string]any{"bucket": "acme-results", "bucket_prefix": "acme-"}, "bucket_prefix", "cannot be specified when"},
		"prefix too long":      {map[string]any{"bucket_prefix": strings.Repeat("a", 38)}, "bucket_prefix", "has 38 characters: must be at most 37"},
		"prefix empty":         {map[string]any{"bucket_prefix": ""}, "bucket_prefix", "is empty"},
		"prefix capital":       {map[string]any{"bucket_prefix": "Acme-"}, "bucket_prefix", "lowercase"},
		"region empty":         {map[string]any{"region": ""}, "region", "The region is empty"},
		"region misspelled":    {map[string]any{"region": "us-east1"}, "region", `did you mean "us-east-1"?`},
		"region in capitals":   {map[string]any{"region": "US-EAST-1"}, "region", "not a region"},
		"region global":        {map[string]any{"region": "aws-global"}, "region", "not a region"},
		"region unknown":       {map[string]any{"region": "eu-west-99"}, "region", "skip_region_validation = true"},
		"region elsewhere":     {map[string]any{"region": "cn-north-1"}, "region", "in partition aws-cn"},
		"key no ARN":           {map[string]any{"kms_key_arn": "alias/mine"}, "kms_key_arn", "not an ARN"},
		"key an alias":         {map[string]any{"kms_key_arn": "arn:aws:kms:us-east-1:111122223333:alias/mine"}, "kms_key_arn", "alias"},
		"key of S3":            {map[string]any{"kms_key_arn": "arn:aws:s3:::bucket"}, "kms_key_arn", `is an ARN of the service "s3"`},
		"key elsewhere":        {map[string]any{"kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1"}, "kms_key_arn", "in region eu-west-1 and the bucket in us-east-1"},
		"key partition":        {map[string]any{"kms_key_arn": "arn:aws-cn:kms:cn-north-1:111122223333:key/1"}, "kms_key_arn", "aws-cn"},
		"negative days":        {map[string]any{"retention": map[string]any{"expire_after_days": -1}}, "expire_after_days", "at least 1"},
		"no days":              {map[string]any{"retention": map[string]any{"noncurrent_expire_after_days": 0}}, "noncurrent_expire_after_days", "at least 1"},
		"abort at once":        {map[string]any{"retention": map[string]any{"abort_incomplete_uploads_after_days": 0}}, "abort_incomplete_uploads_after_days", "at least 1"},
		"log bucket":           {map[string]any{"access_logging": map[string]any{"bucket": "log/calls"}}, "access_logging", "not a valid bucket name"},
		"age a number":         {map[string]any{"presigned_url_max_age": "24"}, "presigned_url_max_age", "24"},
		"age zero":             {map[string]any{"presigned_url_max_age": "0s"}, "presigned_url_max_age", "out of range"},
		"age negative":         {map[string]any{"presigned_url_max_age": "-1h"}, "presigned_url_max_age", "out of range"},
		"age over 7 days":      {map[string]any{"presigned_url_max_age": "169h"}, "presigned_url_max_age", "7 days"},
		"CIDR an address":      {map[string]any{"presigned_url_source_ips": []any{"52.6.244.43"}}, "presigned_url_source_ips", "52.6.244.43/32"},
		"CIDR too long":        {map[string]any{"presigned_url_source_ips": []any{"10.0.0.0/33"}}, "presigned_url_source_ips", "not a valid CIDR range"},
		"CIDR host bits":       {map[string]any{"presigned_url_source_ips": []any{"10.1.2.3/8"}}, "presigned_url_source_ips", "10.0.0.0/8"},
		"no CIDR":              {map[string]any{"presigned_url_source_ips": []any{}}, "presigned_url_source_ips", "at least 1"},
		"policy no JSON":       {map[string]any{"policy": "{"}, "policy", "not a JSON policy document"},
		"policy version":       {map[string]any{"policy": `{"Statement":[{"Effect":"Deny"}]}`}, "policy", "Version"},
		"policy Sid":           {map[string]any{"policy": fmt.Sprintf(policy, "VoiceBaseDenyOldTLS")}, "policy", "guards"},
		"policy too large":     {map[string]any{"bucket": "acme-results", "policy": fmt.Sprintf(policy, strings.Repeat("a", 20_000))}, "policy", "exceeds S3's limit of 20480"},
		"unmanaged policy":     {map[string]any{"manage_policy": false, "policy": fmt.Sprintf(policy, "mine")}, "policy", "manage_policy = false"},
		"unmanaged age":        {map[string]any{"manage_policy": false, "presigned_url_max_age": "1h"}, "presigned_url_max_age", "manage_policy = false"},
		"unmanaged sources":    {map[string]any{"manage_policy": false, "presigned_url_source_ips": []any{"10.0.0.0/8"}}, "presigned_url_source_ips", "manage_policy = false"},
		"unmanaged retention":  {map[string]any{"manage_lifecycle": false, "retention": map[string]any{"expire_after_days": 1}}, "retention", "manage_lifecycle = false"},
		"transition too early": {retaining("transitions", moving(29, "STANDARD_IA")), "after_days", "after 30 days at the earliest"},
		"transition too close": {retaining("noncurrent_transitions", moving(0, "GLACIER"), moving(89, "DEEP_ARCHIVE")), "after_days", "after 90 days at the earliest"},
		"transition back":      {retaining("transitions", moving(30, "GLACIER"), moving(300, "STANDARD_IA")), "storage_class", "from GLACIER to STANDARD_IA"},
		"transition negative":  {retaining("transitions", moving(-1, "GLACIER")), "after_days", "at least 0"},
		"transition to none":   {retaining("transitions", moving(30, "STANDARD")), "storage_class", `"STANDARD_IA"`},
		"no transition":        {retaining("transitions"), "transitions", "at least 1"},
		"moved when gone":      {map[string]any{"retention": map[string]any{"expire_after_days": 90, "transitions": []any{moving(90, "GLACIER")}}}, "after_days", "expire after 90 days"},
		"replaced when gone":   {map[string]any{"retention": map[string]any{"noncurrent_expire_after_days": 90, "noncurrent_transitions": []any{moving(90, "GLACIER")}}}, "after_days", "expire after 90 days"},
		"too many tags":        {map[string]any{"tags": tags}, "tags", "exceed AWS's limit of 50"},
		"a tag of AWS":         {map[string]any{"tags": map[string]any{"aws:mine": "x"}}, "tags", "aws:"},
		"long tag key":         {map[string]any{"tags": map[string]any{strings.Repeat("k", 129): "x"}}, "tags", "128"},
		"long tag value":       {map[string]any{"tags": map[string]any{"key": strings.Repeat("v", 257)}}, "tags", "256"},
		"a tag that is theirs": {map[string]any{"tags": map[string]any{"theirs": "x"}}, "tags", "ignore_tags"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, text := s.Plan(t, bucket.TypeName, test.config)
			if !strings.Contains(text, `AttributeName("`+test.at+`")`) || !strings.Contains(text, test.want) {
				t.Errorf("got %q, want an error on %s with %q", text, test.at, test.want)
			}
		})
	}
}

func TestGoodInput(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t, nil)
	for name, config := range map[string]map[string]any{
		"shortest name":     {"bucket": "abc"},
		"longest name":      {"bucket": strings.Repeat("a", 63)},
		"longest prefix":    {"bucket_prefix": strings.Repeat("a", 37)},
		"digits":            {"bucket": "123456"},
		"account namespace": {"bucket": "results-111122223333-us-east-1-an"},
		"a week":            {"presigned_url_max_age": "168h"},
		"unmanaged":         {"manage_lifecycle": false},
		"unmanaged, unsaid": {"manage_lifecycle": false, "retention": nil},
		"late retention":    {"manage_lifecycle": false, "retention": acctest.Unknown},
		"late policy":       {"manage_policy": false, "policy": acctest.Unknown},
		"transitions":       retaining("transitions", moving(30, "STANDARD_IA"), moving(60, "GLACIER_IR"), moving(150, "DEEP_ARCHIVE")),
		"archived at once":  retaining("noncurrent_transitions", moving(0, "GLACIER")),
		"a late class":      retaining("transitions", moving(1, acctest.Unknown)),
		"everything else":   {"manage_policy": false, "versioning": false, "retention": map[string]any{"expire_after_days": 2147483647}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, text := s.Plan(t, bucket.TypeName, config); text != "" {
				t.Error(text)
			}
		})
	}
}

// A region that this provider does not know passes where the provider block says so, as it does there.
func TestUnknownRegionWhereAsked(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t, map[string]any{"region": "garage", "skip_region_validation": true})
	for _, region := range []string{"garage", "eu-west-99"} {
		if _, text := s.Plan(t, bucket.TypeName, map[string]any{"bucket": "acme-results", "region": region}); text != "" {
			t.Errorf("%s: %s", region, text)
		}
	}
}

// The data source looks nowhere but in a region that there is.
func TestDataSourceRegion(t *testing.T) {
	t.Parallel()
	for region, want := range map[string]string{
		"us-east1": `did you mean "us-east-1"?`, "eu-west-99": "skip_region_validation", "cn-north-1": "in partition aws-cn", "eu-west-1": "no FIPS endpoint",
	} {
		s := acctest.NewServer(t, map[string]any{"use_fips_endpoint": true, "access_key": "AKIATEST", "secret_key": "secret"})
		if _, text := s.Read(t, bucket.TypeName, map[string]any{"bucket": "acme-results", "region": region}); !strings.Contains(text, want) {
			t.Errorf("%s: %q", region, text)
		}
	}
}

// A region without FIPS endpoints is refused where those are asked for, be it the bucket's or the provider's.
func TestRegionWithoutFIPS(t *testing.T) {
	t.Parallel()
	for provider, own := range map[string]string{"us-east-1": "eu-west-1", "eu-central-1": ""} {
		s := acctest.NewServer(t, map[string]any{"region": provider, "use_fips_endpoint": true})
		config := map[string]any{"bucket": "acme-results"}
		if own != "" {
			config["region"] = own
		}
		if _, text := s.Plan(t, bucket.TypeName, config); !strings.Contains(text, "S3 has no FIPS endpoint in region eu-") {
			t.Errorf("%s, %s: %q", provider, own, text)
		}
		config["region"] = "us-west-2"
		if _, text := s.Plan(t, bucket.TypeName, config); text != "" {
			t.Errorf("%s, us-west-2: %q", provider, text)
		}
	}
}

func TestDottedNameWithPathStyle(t *testing.T) {
	t.Parallel()
	plan, text := acctest.NewServer(t, map[string]any{"s3_use_path_style": true}).Plan(t, bucket.TypeName, map[string]any{"bucket": "results.acme.example"})
	if text != "" {
		t.Fatal(text)
	}
	expect(t, plan, "delivery_url", "https://s3.us-east-1.amazonaws.com/results.acme.example")
}

// retaining is a configuration with transitions, and moving is one of them.
func retaining(name string, transitions ...any) map[string]any {
	return map[string]any{"retention": map[string]any{name: append([]any{}, transitions...)}}
}

func moving(days, class any) map[string]any {
	return map[string]any{"after_days": days, "storage_class": class}
}

// What follows from known arguments is known, whatever else is not.
func TestUnknownInput(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t, nil)
	known := map[string]any{"bucket": "acme-results"}
	for name, test := range map[string]struct {
		config  map[string]any
		unknown []string
	}{
		"nothing":       {nil, nil},
		"bucket":        {map[string]any{"bucket": acctest.Unknown}, []string{"id", "arn", "delivery_url", "bucket_domain_name", "bucket_regional_domain_name", "effective_policy"}},
		"region":        {map[string]any{"region": acctest.Unknown}, []string{"region", "arn", "hosted_zone_id", "delivery_url", "bucket_domain_name", "bucket_regional_domain_name", "effective_policy"}},
		"key":           {map[string]any{"kms_key_arn": acctest.Unknown}, []string{"encryption"}},
		"versioning":    {map[string]any{"versioning": acctest.Unknown}, []string{"versioning"}},
		"retention":     {map[string]any{"retention": acctest.Unknown}, []string{"lifecycle_rules"}},
		"days":          {map[string]any{"retention": map[string]any{"expire_after_days": acctest.Unknown}}, []string{"lifecycle_rules"}},
		"transitions":   {retaining("transitions", moving(acctest.Unknown, "GLACIER")), []string{"lifecycle_rules"}},
		"late list":     {map[string]any{"retention": map[string]any{"transitions": acctest.Unknown}}, []string{"lifecycle_rules"}},
		"managed":       {map[string]any{"manage_lifecycle": acctest.Unknown}, []string{"lifecycle_rules", "retention"}},
		"managed, said": {map[string]any{"manage_lifecycle": acctest.Unknown, "retention": map[string]any{"expire_after_days": 1}}, []string{"lifecycle_rules"}},
		"logging":       {map[string]any{"access_logging": acctest.Unknown}, nil},
		"log bucket":    {map[string]any{"access_logging": map[string]any{"bucket": acctest.Unknown, "prefix": acctest.Unknown}}, nil},
		"EventBridge":   {map[string]any{"eventbridge_notifications": acctest.Unknown}, nil},
		"age":           {map[string]any{"presigned_url_max_age": acctest.Unknown}, []string{"effective_policy"}},
		"sources":       {map[string]any{"presigned_url_source_ips": acctest.Unknown}, []string{"effective_policy"}},
		"a source":      {map[string]any{"presigned_url_source_ips": []any{acctest.Unknown, "10.0.0.0/8"}}, []string{"effective_policy"}},
		"policy":        {map[string]any{"policy": acctest.Unknown}, []string{"effective_policy"}},
		"manage_policy": {map[string]any{"manage_policy": acctest.Unknown, "presigned_url_max_age": "1h"}, []string{"effective_policy"}},
		"force_destroy": {map[string]any{"force_destroy": acctest.Unknown}, nil},
		"tags":          {map[string]any{"tags": acctest.Unknown}, []string{"tags_all"}},
		"a tag":         {map[string]any{"tags": map[string]any{"Team": acctest.Unknown}}, []string{"tags_all"}},
		"prefix":        {map[string]any{"bucket": nil, "bucket_prefix": acctest.Unknown}, []string{"id", "arn", "delivery_url"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := maps.Clone(known)
			maps.Copy(config, test.config)
			plan, text := s.Plan(t, bucket.TypeName, config)
			if text != "" {
				t.Fatal(text)
			}
			for _, attribute := range test.unknown {
				if plan[attribute].IsKnown() {
					t.Errorf("%s is %s, it cannot be known", attribute, plan[attribute])
				}
			}
			for _, attribute := range []string{"public_access_block", "object_ownership", "arn", "region", "encryption", "lifecycle_rules", "effective_policy", "tags_all", "delivery_url", "hosted_zone_id"} {
				if !plan[attribute].IsFullyKnown() && !slices.Contains(test.unknown, attribute) && config["bucket"] != nil {
					t.Errorf("%s is unknown", attribute)
				}
			}
		})
	}
}

// What the provider block does not know yet makes no error either.
func TestUnknownOfTheProvider(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings, config map[string]any
		unknown          []string
	}{
		"region":     {map[string]any{"region": acctest.Unknown}, map[string]any{"bucket": "acme-results"}, []string{"region", "arn", "delivery_url"}},
		"path style": {map[string]any{"s3_use_path_style": acctest.Unknown}, map[string]any{"bucket": "acme.example"}, nil},
		"default_tags": {
			map[string]any{"default_tags": []any{map[string]any{"tags": map[string]any{"Owner": acctest.Unknown}}}},
			map[string]any{"bucket": "acme-results"},
			[]string{"tags_all"},
		},
		"ignore_tags": {
			map[string]any{"ignore_tags": []any{map[string]any{"keys": []any{acctest.Unknown}}}},
			map[string]any{"bucket": "acme-results", "tags": map[string]any{"Team": "speech"}},
			[]string{"tags_all"},
		},
		"endpoint": {map[string]any{"endpoints": []any{map[string]any{"s3": acctest.Unknown}}}, map[string]any{"bucket": "acme-results"}, []string{"delivery_url"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, text := acctest.NewServer(t, test.settings).Plan(t, bucket.TypeName, test.config)
			if text != "" {
				t.Fatal(text)
			}
			for _, attribute := range test.unknown {
				if plan[attribute].IsKnown() {
					t.Errorf("%s is %s, it cannot be known", attribute, plan[attribute])
				}
			}
		})
	}
}

func TestPlannedFacts(t *testing.T) {
	t.Parallel()
	for region, want := range map[string]struct{ provider, arn, domain, regional, zone, url string }{
		"eu-west-1": {
			"us-east-1", "arn:aws:s3:::acme", "acme.s3.amazonaws.com", "acme.s3.eu-west-1.amazonaws.com", "Z1BKCTXD74EZPE",
			"https://s3.eu-west-1.amazonaws.com/acme",
		},
		"cn-north-1": {
			"cn-northwest-1", "arn:aws-cn:s3:::acme", "acme.s3.amazonaws.com.cn", "acme.s3.cn-north-1.amazonaws.com.cn", "Z5CN8UMXT92WN",
			"https://s3.cn-north-1.amazonaws.com.cn/acme",
		},
		"us-gov-west-1": {
			"us-gov-east-1", "arn:aws-us-gov:s3:::acme", "acme.s3.amazonaws.com", "acme.s3.us-gov-west-1.amazonaws.com", "Z31GFT0UA1I2HV",
			"https://s3.us-gov-west-1.amazonaws.com/acme",
		},
	} {
		t.Run(region, func(t *testing.T) {
			t.Parallel()
			plan, text := acctest.NewServer(t, map[string]any{"region": want.provider}).Plan(t, bucket.TypeName, map[string]any{"bucket": "acme", "region": region})
			if text != "" {
				t.Fatal(text)
			}
			expect(t, plan, "arn", want.arn)
			expect(t, plan, "bucket_domain_name", want.domain)
			expect(t, plan, "bucket_regional_domain_name", want.regional)
			expect(t, plan, "hosted_zone_id", want.zone)
			expect(t, plan, "delivery_url", want.url)
		})
	}
}

func expect(t *testing.T, plan map[string]tftypes.Value, attribute, want string) {
	t.Helper()
	var got string
	if err := plan[attribute].As(&got); err != nil || got != want {
		t.Errorf("%s is %s, want %q", attribute, plan[attribute], want)
	}
}
