package bucket_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// TestDataSource_region looks in the region that is given, or else in the provider's.
func TestDataSource_region(t *testing.T) {
	t.Parallel()
	a := newAccount(t, map[string]any{"region": "eu-west-1"})
	a.s3.Make("acme", "eu-west-1")
	a.s3.Make("far", "eu-west-2")
	for name, config := range map[string]map[string]any{"eu-west-1": {"bucket": "acme"}, "eu-west-2": {"bucket": "far", "region": "eu-west-2"}} {
		got, errs := a.Read(t, bucket.TypeName, config)
		if texts := acctest.Texts(got); errs != "" || texts["region"] != name || texts["bucket_regional_domain_name"] != fmt.Sprintf("%s.s3.%s.amazonaws.com", config["bucket"], name) {
			t.Errorf("%s: %q, %v", name, errs, texts)
		}
		for _, call := range a.s3.Calls() {
			if call.Region != name {
				t.Errorf("%s: called %s", name, call)
			}
		}
	}
	if _, errs := a.Read(t, bucket.TypeName, map[string]any{"bucket": "far"}); !strings.Contains(errs, "is in region eu-west-2") {
		t.Errorf("a bucket in another region: %q", errs)
	}
	if _, errs := a.Read(t, bucket.TypeName, map[string]any{"bucket": "none"}); !strings.Contains(errs, "there is no such bucket in region eu-west-1") {
		t.Errorf("no bucket: %q", errs)
	}
	withFIPS := acctest.NewServer(t, map[string]any{"region": "eu-west-1", "use_fips_endpoint": true, "access_key": "AKIATEST", "secret_key": "secret"})
	if _, errs := withFIPS.Read(t, bucket.TypeName, map[string]any{"bucket": "acme"}); !strings.Contains(errs, `AttributeName("region"): Invalid region`) || !strings.Contains(errs, "no FIPS endpoint") {
		t.Errorf("the provider's region: %q", errs)
	}
	if found := withFIPS.List(t, bucket.TypeName, nil, false, 10, 0); len(found) != 1 || !strings.Contains(found[0].Errors, `AttributeName("region"): Invalid region`) || !strings.Contains(found[0].Errors, "no FIPS endpoint") {
		t.Errorf("a list in the provider's region: %+v", found)
	}
}

// TestImport_unconfigured takes the ID as it is where Terraform has not configured the provider.
func TestImport_unconfigured(t *testing.T) {
	t.Parallel()
	s, schema := provider.NewServer("test", time.Now)(), acctest.NewServer(t, nil).Schema(bucket.TypeName)
	for id, fails := range map[string]bool{"acme": false, "acme@eu-west-1": false, "acme@EU": true} {
		resp, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: bucket.TypeName, ID: id})
		if err != nil || len(resp.Diagnostics) > 0 != fails || (len(resp.ImportedResources) == 1) == fails {
			t.Errorf("%s: %v, %+v", id, err, resp)
			continue
		}
		for _, imported := range resp.ImportedResources { // Terraform shows the id while it reads the bucket.
			state, err := imported.State.Unmarshal(schema.ValueType())
			if err != nil {
				t.Fatal(err)
			}
			var attributes map[string]tftypes.Value
			if err := state.As(&attributes); err != nil {
				t.Fatal(err)
			}
			expect(t, attributes, "id", "acme")
		}
	}
}

// TestDataSource_key warns about a key that has no ARN, and says where to look for it.
func TestDataSource_key(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	a.s3.Make("acme", "eu-west-1").Settings["encryption"] = fmt.Sprintf(kmsBy, "aws:kms", "<KMSMasterKeyID>alias/theirs</KMSMasterKeyID>")
	got, warnings, errs := a.ReadWarned(t, bucket.TypeName, map[string]any{"bucket": "acme", "region": "eu-west-1"})
	const want = `AttributeName("encryption").AttributeName("kms_key_arn"): KMS key without an ARN: Bucket "acme" uses aws:kms with the key alias/theirs`
	if errs != "" || !strings.HasPrefix(warnings, want) || !strings.Contains(warnings, "aws kms describe-key --region eu-west-1 --key-id alias/theirs ") || !strings.Contains(warnings, "a role needs its ARN") {
		t.Errorf("%q, %q", errs, warnings)
	}
	if encryption := acctest.Texts(got)["encryption"]; encryption != "{algorithm=aws:kms blocked_encryption_types=[] bucket_key_enabled=false kms_key_arn=null}" {
		t.Error(encryption)
	}
}

// TestPlan_keyElsewhere leaves the key that a bucket has, and refuses it to another bucket.
func TestPlan_keyElsewhere(t *testing.T) {
	t.Parallel()
	const key = "arn:aws:kms:eu-west-1:444455556666:key/1"
	a := newAccount(t, nil)
	a.s3.Make("acme", "us-east-1").Settings["encryption"] = fmt.Sprintf(kmsBy, "aws:kms", "<KMSMasterKeyID>"+key+"</KMSMasterKeyID>")
	object, _, errs := a.Import(t, bucket.TypeName, "acme")
	if errs != "" {
		t.Fatal(errs)
	}
	if planned := object.Plan(t, map[string]any{"bucket": "acme", "kms_key_arn": key}); planned.Errors != "" {
		t.Errorf("the bucket's own: %q", planned.Errors)
	}
	if planned := object.Plan(t, map[string]any{"bucket": "acme", "kms_key_arn": key + "2"}); !strings.Contains(planned.Errors, "in region eu-west-1 and the bucket in us-east-1") {
		t.Errorf("another: %q", planned.Errors)
	}
}

// TestPlan_regionOfNoProvider leaves a bucket where it is while nobody says where that is.
func TestPlan_regionOfNoProvider(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object := a.NewObject(t, bucket.TypeName)
	if errs := object.Become(t, map[string]any{"bucket": "acme", "region": "eu-west-1"}); errs != "" {
		t.Fatal(errs)
	}
	object = object.On(acctest.NewServer(t, map[string]any{"region": acctest.Unknown}))
	planned := object.Plan(t, map[string]any{"bucket": "acme"})
	if got := acctest.Texts(planned.Value); planned.Errors != "" || len(planned.Replaces) > 0 || got["region"] != "eu-west-1" || got["arn"] != "arn:aws:s3:::acme" {
		t.Errorf("%q, replaces %v, %v", planned.Errors, planned.Replaces, got)
	}
}

// TestPlan_dots warns about a bucket that has a dot already, and refuses another one.
func TestPlan_dots(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object := a.NewObject(t, bucket.TypeName)
	config := map[string]any{"bucket": "acme.results"}
	planned := object.Plan(t, config)
	if planned.Errors+planned.Warnings != "" {
		t.Errorf("in paths: %q, %q", planned.Errors, planned.Warnings)
	}
	if errs := object.Apply(t, config, planned); errs != "" {
		t.Fatal(errs)
	}
	inHosts := acctest.NewServer(t, nil)
	object = object.On(inHosts)
	if planned := object.Plan(t, config); planned.Errors != "" || !strings.HasPrefix(planned.Warnings, `AttributeName("bucket"): Dot in the bucket's name: `) {
		t.Errorf("as it is: %q, %q", planned.Errors, planned.Warnings)
	}
	if planned := object.Plan(t, map[string]any{"bucket": "acme.others"}); !strings.HasPrefix(planned.Errors, `AttributeName("bucket"): Dot in the bucket's name: `) {
		t.Errorf("another: %q, %q", planned.Errors, planned.Warnings)
	}
	generated := a.NewObject(t, bucket.TypeName)
	config = map[string]any{"bucket_prefix": "acme.results-"}
	if errs := generated.Become(t, config); errs != "" {
		t.Fatal(errs)
	}
	if planned := generated.On(inHosts).Plan(t, config); planned.Errors != "" || !strings.Contains(planned.Warnings, `AttributeName("bucket_prefix"): Dot in the bucket's name: `) {
		t.Errorf("a prefix as it is: %q, %q", planned.Errors, planned.Warnings)
	}
}

// TestPlan_elsewhere has the facts of a bucket in a region that is not AWS's.
func TestPlan_elsewhere(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t, map[string]any{"region": "garage", "skip_region_validation": true, "endpoints": []any{map[string]any{"s3": "https://s3.example.com"}}})
	plan, errs := s.Plan(t, bucket.TypeName, map[string]any{"bucket": "acme"})
	got := acctest.Texts(plan)
	if _, zone := got["hosted_zone_id"]; errs != "" || zone || got["arn"] != "arn:aws:s3:::acme" || got["delivery_url"] != "https://s3.example.com/acme" || got["region"] != "garage" {
		t.Errorf("%q, %v", errs, got)
	}
}

// TestPlan_rulesAskedFor keeps rules that somebody put on an imported bucket until a configuration has asked for rules.
func TestPlan_rulesAskedFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		asked map[string]any
		kept  bool
	}{
		"nothing":          {nil, true},
		"something else":   {map[string]any{"versioning": false}, true},
		"a retention":      {map[string]any{"retention": map[string]any{"expire_after_days": 5}}, false},
		"manage_lifecycle": {map[string]any{"manage_lifecycle": true}, false},
		"no management":    {map[string]any{"manage_lifecycle": false}, true},
	} {
		a := newAccount(t, nil)
		settings := a.s3.Make("acme", "us-east-1").Settings
		settings["lifecycle"] = theirs
		object, _, errs := a.Import(t, bucket.TypeName, "acme")
		config := map[string]any{"bucket": "acme"}
		maps.Copy(config, test.asked)
		errs += object.Become(t, config)
		settings["lifecycle"] = theirs
		_, readErrs := object.Read(t)
		planned := object.Plan(t, map[string]any{"bucket": "acme"})
		if errs += readErrs + planned.Errors; errs != "" {
			t.Errorf("%s: %s", name, errs)
			continue
		}
		was, is := acctest.Texts(object.State(t))["lifecycle_rules"], acctest.Texts(planned.Value)["lifecycle_rules"]
		if (was == is) != test.kept || !test.kept && !strings.Contains(was, "temporary") {
			t.Errorf("%s was asked for: the rules were %s and become %s", name, was, is)
		}
		planned = object.Plan(t, map[string]any{"bucket": "other"})
		if rules := acctest.Texts(planned.Value)["lifecycle_rules"]; planned.Errors != "" || !strings.Contains(rules, "id=voicebase-abort") || strings.Contains(rules, "temporary") {
			t.Errorf("%s was asked for: %s, another bucket gets the rules %s", name, planned.Errors, rules)
		}
	}
}

// TestRead_foreignRule reads the retention from the provider's own rules, whatever rule somebody adds.
func TestRead_foreignRule(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object := a.NewObject(t, bucket.TypeName)
	errs := object.Become(t, map[string]any{"bucket": "acme", "retention": map[string]any{"expire_after_days": 5}})
	before := acctest.Texts(object.State(t))
	settings := a.s3.Bucket("acme").Settings
	rule := strings.TrimSuffix(strings.TrimPrefix(theirs, "<LifecycleConfiguration>"), "</LifecycleConfiguration>")
	settings["lifecycle"] = strings.Replace(settings["lifecycle"], "<Rule>", strings.Replace(rule, "Enabled", "Disabled", 1)+"<Rule>", 1)
	_, readErrs := object.Read(t)
	after := acctest.Texts(object.State(t))
	if errs += readErrs; errs != "" || after["retention"] != before["retention"] || !strings.Contains(after["lifecycle_rules"], "id=temporary") {
		t.Errorf("%q: the retention was %s and is %s, the rules are %s", errs, before["retention"], after["retention"], after["lifecycle_rules"])
	}
}

// TestPlan_rewrittenPolicy plans no change of a policy that S3 writes in its own way, as an import finds it.
func TestPlan_rewrittenPolicy(t *testing.T) {
	t.Parallel()
	for region, own := range map[string]string{"eu-west-1": ownPolicy, "cn-north-1": strings.ReplaceAll(ownPolicy, "arn:aws:", "arn:aws-cn:")} {
		a := newAccount(t, map[string]any{"region": region})
		config := map[string]any{"bucket": "acme", "policy": own}
		errs := a.NewObject(t, bucket.TypeName).Become(t, config)
		settings := a.s3.Bucket("acme").Settings
		settings["policy"] = reversed(t, settings["policy"])
		object, _, importErrs := a.Import(t, bucket.TypeName, "acme")
		planned := object.Plan(t, config)
		state := acctest.Texts(object.State(t))
		is, will := state["effective_policy"], acctest.Texts(planned.Value)["effective_policy"]
		if errs += importErrs + planned.Errors; errs != "" || is != settings["policy"] || will != is || strings.Contains(state["policy"], "VoiceBase") {
			t.Errorf("%s: %q: the policy\n%s, with\n%s of the owner, becomes\n%s", region, errs, is, state["policy"], will)
		}
	}
}

// TestPlan_merged refuses arguments that exclude each other as soon as they are validated, and again if only
// ignore_changes has put them together.
func TestPlan_merged(t *testing.T) {
	t.Parallel()
	object := acctest.NewServer(t, nil).NewObject(t, bucket.TypeName)
	const second = `.ElementKeyInt(1).AttributeName("storage_class")`
	for at, more := range map[string]map[string]any{
		`AttributeName("policy")`: {"manage_policy": false, "policy": ownPolicy},
		`AttributeName("retention").AttributeName("transitions")` + second:            retaining("transitions", moving(90, "GLACIER"), moving(300, "STANDARD_IA")),
		`AttributeName("retention").AttributeName("noncurrent_transitions")` + second: retaining("noncurrent_transitions", moving(90, "GLACIER"), moving(300, "STANDARD_IA")),
	} {
		config := map[string]any{"bucket": "acme"}
		maps.Copy(config, more)
		for when, errs := range map[string]string{"validated": object.Validate(t, config), "planned": object.PlanMerged(t, config).Errors} {
			if !strings.HasPrefix(errs, at+": ") {
				t.Errorf("%s, %s: %q", at, when, errs)
			}
		}
	}
}

// TestRead_others neither reads nor keeps what others set where the configuration manages nothing.
func TestRead_others(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object := a.NewObject(t, bucket.TypeName)
	errs := object.Become(t, map[string]any{"bucket": "acme", "manage_policy": false, "manage_lifecycle": false})
	before := acctest.Texts(object.State(t))
	maps.Copy(a.s3.Bucket("acme").Settings, map[string]string{"logging": logs, "notification": events, "lifecycle": theirs, "policy": ownPolicy})
	a.s3.Calls()
	_, readErrs := object.Read(t)
	if after := acctest.Texts(object.State(t)); errs+readErrs != "" || !maps.Equal(after, before) {
		t.Errorf("%q: the state was\n%v and is\n%v", errs+readErrs, before, after)
	}
	if calls := a.s3.Calls(); len(calls) != 5 {
		t.Errorf("called %v", calls)
	}
}
