package bucket_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
)

const (
	kmsBy    = `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>%s</SSEAlgorithm>%s</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`
	theirs   = `<LifecycleConfiguration><Rule><ID>temporary</ID><Status>Enabled</Status><Filter><Prefix>tmp/</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>`
	ours     = `<Rule><ID>voicebase-expire</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Expiration><Days>5</Days></Expiration></Rule>`
	archive  = `<LifecycleConfiguration><Rule><ID>archive</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Expiration><Days>400</Days></Expiration><Transition><Days>90</Days><StorageClass>GLACIER</StorageClass></Transition></Rule></LifecycleConfiguration>`
	logs     = `<BucketLoggingStatus><LoggingEnabled><TargetBucket>acme-logs</TargetBucket><TargetPrefix>s3/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>`
	events   = `<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>`
	tls      = `{"Sid":"VoiceBaseDenyInsecureTransport","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme","arn:aws:s3:::acme/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}`
	oldURLs  = `{"Sid":"VoiceBaseDenyOldPresignedURLs","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::acme/*","Condition":{"NumericGreaterThan":{"s3:signatureAge":"5400000"},"StringEquals":{"s3:authType":"REST-QUERY-STRING"}}}`
	farURLs  = `{"Sid":"VoiceBaseDenyPresignedURLsFromElsewhere","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme/*","Condition":{"NotIpAddress":{"aws:SourceIp":["52.6.208.178/32","52.6.244.43/32"]},"StringEquals":{"s3:authType":"REST-QUERY-STRING"}}}`
	noAccess = `<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`
)

func policyOf(statements ...string) string {
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
}

// taken are buckets that somebody has made, by what is special about them.
var taken = []struct {
	name     string
	settings map[string]string
	// then is the configuration that is planned after the import, beside the name.
	then map[string]any
}{
	{"as it was made", nil, nil},
	{"with all that there are arguments for", map[string]string{
		"policy": policyOf(tls, oldURLs, farURLs, theirStatement), "lifecycle": archive, "logging": logs, "notification": events,
		"encryption": fmt.Sprintf(kmsBy, "aws:kms", "<KMSMasterKeyID>arn:aws:kms:us-east-1:444455556666:key/1</KMSMasterKeyID>"),
		"versioning": "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", "publicAccessBlock": noAccess,
	}, map[string]any{"kms_key_arn": "arn:aws:kms:us-east-1:444455556666:key/1"}},
	{"with a guard of this provider against old URLs alone", map[string]string{"policy": policyOf(tls, oldURLs)}, map[string]any{"presigned_url_max_age": "1h30m"}},
	{"with somebody's rules, and a policy of the owner alone", map[string]string{"lifecycle": theirs, "policy": policyOf(theirStatement)}, map[string]any{"policy": policyOf(theirStatement)}},
	{"with somebody's rules, and a retention", map[string]string{"lifecycle": theirs}, map[string]any{"retention": map[string]any{"expire_after_days": 5}}},
	{"with somebody's rules, and manage_lifecycle", map[string]string{"lifecycle": theirs}, map[string]any{"manage_lifecycle": true}},
	{"with somebody's rules, and a retention yet to come", map[string]string{"lifecycle": theirs}, map[string]any{"retention": acctest.Unknown}},
	{"with somebody's rules, switched off", map[string]string{"lifecycle": strings.Replace(theirs, "Enabled", "Disabled", 1)}, nil},
	{"with rules of this provider", map[string]string{"lifecycle": "<LifecycleConfiguration>" + ours + "</LifecycleConfiguration>"}, nil},
	{"with a rule of this provider that nobody may set", map[string]string{"lifecycle": `<LifecycleConfiguration><Rule><ID>voicebase-transition</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Transition><Days>9</Days><StorageClass>STANDARD_IA</StorageClass></Transition></Rule></LifecycleConfiguration>`}, nil},
	{"with rules of this provider and of somebody", map[string]string{"lifecycle": strings.Replace(theirs, "<Rule>", ours+"<Rule>", 1)}, nil},
	{"with rules that mean a retention, which stays", map[string]string{"lifecycle": archive}, nil},
	{"with a policy that the guards don't fit", map[string]string{"policy": strings.Replace(policyOf(strings.Replace(theirStatement, "acme/*", "acme/${aws:username}/*", 1), oldURLs), "2012-10-17", "2008-10-17", 1)}, map[string]any{"manage_policy": false}},
	{"with a key by its alias", map[string]string{"encryption": fmt.Sprintf(kmsBy, "aws:kms", "<KMSMasterKeyID>alias/theirs</KMSMasterKeyID>")}, nil},
	{"with the key of AWS", map[string]string{"encryption": fmt.Sprintf(kmsBy, "aws:kms", "")}, nil},
	{"without encryption", map[string]string{"encryption": "ServerSideEncryptionConfigurationNotFoundError"}, nil},
	{"with two layers", map[string]string{"encryption": fmt.Sprintf(kmsBy, "aws:kms:dsse", "<KMSMasterKeyID>arn:aws:kms:us-east-1:444455556666:key/1</KMSMasterKeyID>")}, nil},
}

// TestTaken imports buckets that others have made: what the import says, what is in state, what the next plan changes,
// and what it sends.
func TestTaken(t *testing.T) {
	t.Parallel()
	s := script{account: newAccount(t, nil)}
	var plain map[string]string // what the others are held against
	for _, test := range taken {
		maps.Copy(s.s3.Make("acme", "us-east-1").Settings, test.settings)
		object, warnings, errs := s.Import(t, bucket.TypeName, "acme")
		s.step(test.name)
		s.said("warning", warnings)
		s.said("error", errs)
		s.last = plain
		s.state(t, object)
		if plain == nil {
			plain = s.last
		}
		config := map[string]any{"bucket": "acme"}
		maps.Copy(config, test.then)
		planned := object.Plan(t, config)
		s.step("planned")
		s.said("warning", planned.Warnings)
		s.said("error", planned.Errors)
		s.values(acctest.Texts(planned.Value))
		if test.then["retention"] == acctest.Unknown {
			continue
		}
		s.said("error", object.Apply(t, config, planned))
		s.step("applied")
		// What the configuration leaves out afterwards is the default only where it was asked for before.
		planned = object.Plan(t, map[string]any{"bucket": "acme", "manage_policy": test.then["manage_policy"]})
		s.step("planned again, with nothing set")
		s.said("error", planned.Errors)
		s.last = acctest.Texts(object.State(t))
		s.values(acctest.Texts(planned.Value))
	}
	golden.Compare(t, "taken.txt", s.String())
}

// TestList_taken lists the buckets of TestTaken as an import takes them over.
func TestList_taken(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	for _, test := range taken {
		maps.Copy(a.s3.Make("acme", "us-east-1").Settings, test.settings)
		object, warnings, errs := a.Import(t, bucket.TypeName, "acme")
		listed := a.List(t, bucket.TypeName, nil, true, 10, 0)
		want := warnings
		if strings.Contains(warnings, "KMS key without an ARN") { // Only a read says that.
			want = ""
		}
		if errs != "" || len(listed) != 1 || listed[0].Errors != "" || listed[0].Warnings != want || !maps.Equal(listed[0].Resource, acctest.Texts(object.State(t))) {
			t.Errorf("%s: listed %+v, imported %q%q %v", test.name, listed, warnings, errs, acctest.Texts(object.State(t)))
		}
	}
}

// TestMoved takes over the buckets of TestTaken from hashicorp/aws as an import does, with what only a state knows.
func TestMoved(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	for _, test := range taken {
		settings := a.s3.Make("acme", "eu-west-1").Settings
		maps.Copy(settings, test.settings)
		settings["tagging"] = "<Tagging><TagSet><Tag><Key>Team</Key><Value>speech</Value></Tag></TagSet></Tagging>"
		imported, warnings, errs := a.Import(t, bucket.TypeName, "acme@eu-west-1")
		moved, movedWarnings, movedErrs := a.Move(t, bucket.TypeName, "aws_s3_bucket", `{"id":"acme","region":"eu-west-1","force_destroy":true,"tags":{"Team":"speech"}}`)
		want := acctest.Texts(imported.State(t))
		want["force_destroy"] = "true"
		if errs+movedErrs != "" || movedWarnings != warnings || !maps.Equal(acctest.Texts(moved.State(t)), want) || !maps.Equal(moved.Identity(t), imported.Identity(t)) {
			t.Errorf("%s: %q, %q, moved %v, want %v", test.name, errs+movedErrs, movedWarnings, acctest.Texts(moved.State(t)), want)
		}
		config := map[string]any{"bucket": "acme", "region": "eu-west-1"}
		if got, want := acctest.Texts(moved.Plan(t, config).Value)["lifecycle_rules"], acctest.Texts(imported.Plan(t, config).Value)["lifecycle_rules"]; got != want {
			t.Errorf("%s: the rules become %s, after an import %s", test.name, got, want)
		}
	}
}

// TestImport_forms imports by each form of an ID and by each identity, in the region that it says.
func TestImport_forms(t *testing.T) {
	t.Parallel()
	a := newAccount(t, known)
	a.s3.Make("acme", "us-east-1")
	a.s3.Make("far", "eu-west-1")
	a.s3.Make("Acme_Results", "us-east-1") // No new bucket may have such a name.
	expect := func(what, name, region string, object *acctest.Object, errs string) {
		t.Helper()
		if errs != "" {
			t.Errorf("%s: %s", what, errs)
			return
		}
		state := acctest.Texts(object.State(t))
		facts := map[string]string{
			"id": name, "bucket": name, "region": region, "arn": "arn:aws:s3:::" + name, "bucket_domain_name": name + ".s3.amazonaws.com",
			"bucket_regional_domain_name": name + ".s3." + region + ".amazonaws.com", "delivery_url": a.s3.URL + "/" + name, "manage_policy": "true",
		}
		for fact, want := range facts {
			if state[fact] != want {
				t.Errorf("%s: %s is %q, want %q", what, fact, state[fact], want)
			}
		}
		if want := map[string]string{"bucket": name, "region": region}; state["hosted_zone_id"] == "" || !maps.Equal(object.Identity(t), want) {
			t.Errorf("%s: hosted zone %q, identity %v", what, state["hosted_zone_id"], object.Identity(t))
		}
		for _, call := range a.s3.Calls() {
			if call.Region != region || call.Owner != awsfake.Account || call.Target != name {
				t.Errorf("%s: called %s", what, call)
			}
		}
	}
	for id, want := range map[string][2]string{
		"acme": {"acme", "us-east-1"}, "far@eu-west-1": {"far", "eu-west-1"}, "arn:aws:s3:::acme": {"acme", "us-east-1"}, "arn:aws:s3:::far@eu-west-1": {"far", "eu-west-1"},
		"Acme_Results": {"Acme_Results", "us-east-1"},
	} {
		object, _, errs := a.Import(t, bucket.TypeName, id)
		expect(id, want[0], want[1], object, errs)
		if planned := object.Plan(t, map[string]any{"bucket": want[0], "region": want[1]}); planned.Errors != "" || len(planned.Replaces) > 0 {
			t.Errorf("%s: planned again: %q, replaces %v", id, planned.Errors, planned.Replaces)
		}
	}
	object, _, errs := a.ImportIdentity(t, bucket.TypeName, map[string]any{"bucket": "acme"})
	expect("identity", "acme", "us-east-1", object, errs)
	object, _, errs = a.ImportIdentity(t, bucket.TypeName, map[string]any{"bucket": "far", "region": "eu-west-1"})
	expect("identity with a region", "far", "eu-west-1", object, errs)

	for id, want := range map[string]string{
		"acme@": "neither a bucket's name", "acme@EU": "not a region", "acme@eu-west-99": "skip_region_validation", "acme@cn-north-1": "in partition aws-cn",
		"a b": "not a valid bucket name", "arn:aws:iam::111122223333:role/acme": "give the bucket's name",
		"arn:aws-cn:s3:::acme": `Bucket "arn:aws-cn:s3:::acme": it is in partition "aws-cn", but`, "far": "is in region eu-west-1",
	} {
		if _, _, errs := a.Import(t, bucket.TypeName, id); !strings.Contains(errs, want) {
			t.Errorf("%s: %q", id, errs)
		}
	}
	for want, identity := range map[string]map[string]any{
		"not a valid bucket name": {"bucket": "a b"}, "skip_region_validation": {"bucket": "acme", "region": "eu-west-99"}, "is in region eu-west-1": {"bucket": "far"},
	} {
		if _, _, errs := a.ImportIdentity(t, bucket.TypeName, identity); !strings.Contains(errs, want) {
			t.Errorf("%v: %q", identity, errs)
		}
	}
}

// TestPlan_changes plans changes of a bucket that there is: what they replace, and what stays as it is spelled.
func TestPlan_changes(t *testing.T) {
	t.Parallel()
	const age, policy = "presigned_url_max_age", "policy"
	spelled := map[string]any{age: "24h", policy: ownPolicy, "blocked_encryption_types": []any{"NONE"}, "kms_key_arn": first["kms_key_arn"]}
	a := newAccount(t, nil)
	with := func(more map[string]any) map[string]any {
		config := map[string]any{"bucket": "acme", "region": "eu-west-1"}
		maps.Copy(config, spelled)
		maps.Copy(config, more)
		return config
	}
	object := a.NewObject(t, bucket.TypeName)
	if errs := object.Become(t, with(nil)); errs != "" {
		t.Fatal(errs)
	}
	state := acctest.Texts(object.State(t))
	for name, test := range map[string]struct {
		more     map[string]any
		replaces string
		// want are values that the plan has otherwise than the state.
		want map[string]string
		err  string
	}{
		"nothing":                      {},
		"the same age":                 {more: map[string]any{age: "1440m"}},
		"another age":                  {more: map[string]any{age: "1441m"}, want: map[string]string{age: "1441m", "effective_policy": "*"}},
		"a shorter age":                {more: map[string]any{age: "1439m"}, want: map[string]string{age: "1439m", "effective_policy": "*"}},
		"an age yet to come":           {more: map[string]any{age: acctest.Unknown}, want: map[string]string{age: "?", "effective_policy": "?"}},
		"no age":                       {more: map[string]any{age: nil}, want: map[string]string{age: "", "effective_policy": "*"}},
		"the same policy":              {more: map[string]any{policy: strings.Replace(ownPolicy, `"s3:GetObject"`, `[ "s3:GetObject" ]`, 1)}},
		"another policy":               {more: map[string]any{policy: strings.Replace(ownPolicy, "Get", "Put", 1)}, want: map[string]string{policy: "*", "effective_policy": "*"}},
		"a policy yet to come":         {more: map[string]any{policy: acctest.Unknown}, want: map[string]string{policy: "?", "effective_policy": "?"}},
		"no policy":                    {more: map[string]any{policy: nil}, want: map[string]string{policy: "", "effective_policy": "*"}},
		"a policy that doesn't fit":    {more: map[string]any{policy: strings.Replace(ownPolicy, "Theirs", "VoiceBaseDenyOldTLS", 1)}, err: `AttributeName("policy")`},
		"no policy managed":            {more: map[string]any{policy: nil, age: nil, "manage_policy": false}, want: map[string]string{policy: "", age: "", "manage_policy": "false", "effective_policy": ""}},
		"blocked as it is":             {more: map[string]any{"blocked_encryption_types": nil}, want: map[string]string{"blocked_encryption_types": ""}},
		"blocked":                      {more: map[string]any{"blocked_encryption_types": []any{"SSE-C"}}, want: map[string]string{"blocked_encryption_types": "[SSE-C]", "encryption": "{algorithm=aws:kms blocked_encryption_types=[SSE-C] bucket_key_enabled=true kms_key_arn=arn:aws:kms:eu-west-1:444455556666:key/1234abcd}"}},
		"blocked, yet to come":         {more: map[string]any{"blocked_encryption_types": []any{acctest.Unknown}}, want: map[string]string{"blocked_encryption_types": "[?]", "encryption": "?"}},
		"no key":                       {more: map[string]any{"kms_key_arn": nil}, want: map[string]string{"kms_key_arn": "", "encryption": "{algorithm=AES256 blocked_encryption_types=[] bucket_key_enabled=false kms_key_arn=null}"}},
		"another key":                  {more: map[string]any{"kms_key_arn": "arn:aws:kms:us-east-1:444455556666:key/2"}, err: "in region us-east-1 and the bucket in eu-west-1"},
		"a key yet to come":            {more: map[string]any{"kms_key_arn": acctest.Unknown}, want: map[string]string{"kms_key_arn": "?", "encryption": "?"}},
		"another region":               {more: map[string]any{"region": "eu-west-2", "kms_key_arn": nil}, replaces: "region"},
		"the same key elsewhere":       {more: map[string]any{"region": "eu-west-2"}, replaces: "region", err: "in region eu-west-1 and the bucket in eu-west-2"},
		"a region yet to come":         {more: map[string]any{"region": acctest.Unknown}, replaces: "region"},
		"the provider's region":        {more: map[string]any{"region": nil, "kms_key_arn": nil}, replaces: "region"},
		"another name":                 {more: map[string]any{"bucket": "other", policy: nil}, replaces: "bucket"},
		"no name":                      {more: map[string]any{"bucket": nil}},
		"a name yet to come":           {more: map[string]any{"bucket": acctest.Unknown}, replaces: "bucket"},
		"a prefix":                     {more: map[string]any{"bucket": nil, "bucket_prefix": "acme"}, replaces: "bucket_prefix"},
		"force_destroy yet to come":    {more: map[string]any{"force_destroy": acctest.Unknown}, want: map[string]string{"force_destroy": "?"}},
		"a dot":                        {more: map[string]any{"bucket": "acme.results", policy: nil}, replaces: "bucket"},
		"a name of today's no account": {more: map[string]any{"bucket": "Acme"}, replaces: "bucket", err: `AttributeName("bucket")`},
	} {
		planned := object.Plan(t, with(test.more))
		if test.err != "" {
			if !strings.Contains(planned.Errors, test.err) {
				t.Errorf("%s: errors %q, want %q", name, planned.Errors, test.err)
			}
			continue
		}
		if planned.Errors != "" || strings.Join(planned.Replaces, " ") != test.replaces {
			t.Errorf("%s: errors %q, replaces %q", name, planned.Errors, planned.Replaces)
		}
		if test.replaces != "" {
			continue
		}
		got := acctest.Texts(planned.Value)
		for attribute := range allNames(got, state) {
			want, changes := test.want[attribute]
			switch {
			case !changes && got[attribute] != state[attribute]:
				t.Errorf("%s: %s becomes %s", name, attribute, got[attribute])
			case changes && want == "*" && (got[attribute] == state[attribute] || got[attribute] == "?" || got[attribute] == ""):
				t.Errorf("%s: %s stays %s", name, attribute, got[attribute])
			case changes && want != "*" && got[attribute] != want:
				t.Errorf("%s: %s is %s, want %s", name, attribute, got[attribute], want)
			}
		}
	}
}

func allNames(all ...map[string]string) map[string]bool {
	names := map[string]bool{}
	for _, of := range all {
		for name := range of {
			names[name] = true
		}
	}
	return names
}

// TestPlan_unknown leaves open what was null and is yet to come.
func TestPlan_unknown(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object := a.NewObject(t, bucket.TypeName)
	config := map[string]any{"bucket": "acme"}
	if errs := object.Become(t, config); errs != "" {
		t.Fatal(errs)
	}
	for _, argument := range []string{"policy", "presigned_url_max_age", "presigned_url_source_ips", "kms_key_arn", "blocked_encryption_types", "access_logging", "retention"} {
		config := map[string]any{"bucket": "acme", argument: acctest.Unknown}
		planned := object.Plan(t, config)
		if got := acctest.Texts(planned.Value); planned.Errors != "" || len(planned.Replaces) > 0 || got[argument] != "?" {
			t.Errorf("%s: %q, replaces %q, %s", argument, planned.Errors, planned.Replaces, got[argument])
		}
	}
}

// TestPlan_generated keeps a name that was generated, and its prefix, until another one is asked for.
func TestPlan_generated(t *testing.T) {
	t.Parallel()
	a := newAccount(t, map[string]any{"region": "eu-west-1"})
	for configured, prefix := range map[string]string{"": "voicebase-", "acme-": "acme-"} {
		config := map[string]any{}
		if configured != "" {
			config["bucket_prefix"] = configured
		}
		object := a.NewObject(t, bucket.TypeName)
		planned := object.Plan(t, config)
		if got := acctest.Texts(planned.Value); got["bucket"] != "?" || got["id"] != "?" || got["arn"] != "?" || got["bucket_prefix"] != prefix || got["region"] != "eu-west-1" {
			t.Errorf("planned %v", got)
		}
		if errs := object.Apply(t, config, planned); errs != "" {
			t.Fatal(errs)
		}
		made := acctest.Texts(object.State(t))
		name := made["bucket"]
		if !strings.HasPrefix(name, prefix) || len(name) <= len(prefix)+20 || made["id"] != name || made["bucket_prefix"] != prefix || made["arn"] != "arn:aws:s3:::"+name || a.s3.Bucket(name) == nil {
			t.Errorf("made %v", made)
		}
		for what, config := range map[string]map[string]any{"unchanged": config, "without": {}, "without, and changed": {"versioning": false}, "by its name": {"bucket": name}} {
			again := object.Plan(t, config)
			if got := acctest.Texts(again.Value); again.Errors != "" || len(again.Replaces) > 0 || got["bucket"] != name || got["bucket_prefix"] != prefix {
				t.Errorf("%s: %q, replaces %v, %v", what, again.Errors, again.Replaces, got)
			}
		}
		if again := object.Plan(t, map[string]any{"bucket_prefix": "other-"}); len(again.Replaces) == 0 {
			t.Errorf("another prefix: %v", again)
		}
	}
	// A name that turns out to be null is generated with the default prefix.
	if got := acctest.Texts(a.NewObject(t, bucket.TypeName).Plan(t, map[string]any{"bucket": acctest.Unknown}).Value); got["bucket"] != "?" || got["bucket_prefix"] != "?" {
		t.Errorf("a name yet to come: %v", got)
	}
}
