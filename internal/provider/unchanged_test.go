package provider_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// planned is a kind of resource: configurations of it, of which each can change into each other, and what an apply adds.
type planned struct {
	name    string
	configs []block
	made    map[string]string
}

const generatedName = "acme-20260102030405000000000001"

var plannedKinds = []planned{
	{"voicebase_delivery_bucket", []block{
		{"bucket": "results", "tags": map[string]string{"Team": "calls"}},
		{"bucket_prefix": "acme-", "versioning": false, "retention": block{"expire_after_days": 30}, "manage_policy": false},
		{"bucket": "other", "region": "eu-west-1", "force_destroy": true, "access_logging": block{"bucket": "logs"}, "tags": map[string]string{}},
		{
			"kms_key_arn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "presigned_url_max_age": "24h",
			"presigned_url_source_ips": []string{"52.6.244.43/32", "10.0.0.0/8"}, "eventbridge_notifications": true, "timeouts": block{"read": "1m"},
			"retention": block{"abort_incomplete_uploads_after_days": 3, "transitions": []block{{"after_days": 30, "storage_class": "STANDARD_IA"}}},
		},
		{"manage_lifecycle": false, "blocked_encryption_types": []string{"NONE"}},
	}, map[string]string{
		"bucket": generatedName, "id": generatedName, "arn": "arn:aws:s3:::" + generatedName, "bucket_domain_name": generatedName + ".s3.amazonaws.com",
		"bucket_regional_domain_name": generatedName + ".s3.us-east-1.amazonaws.com",
		"delivery_url":                "https://s3.us-east-1.amazonaws.com/" + generatedName, "effective_policy": `{"Version":"2012-10-17","Statement":[]}`,
	}},
	{"voicebase_delivery_role", []block{
		{
			"name": "delivery", "voicebase_arn": "arn:aws:iam::444455556666:role/voicebase", "external_id": "organization",
			"bucket_arn": "arn:aws:s3:::results", "key_prefixes": []string{"voicebase/"},
		},
		{
			"name_prefix": "acme-", "voicebase_arn": "444455556666", "external_id": "other", "bucket_arn": "arn:aws:s3:::other",
			"access": "documented", "exclusive_policies": true, "tags": map[string]string{"Team": "calls", "team2": "x"},
		},
		{
			"voicebase_arn": "arn:aws:iam::444455556666:root", "external_id": "organization", "bucket_arn": "arn:aws:s3:::results", "path": "/voicebase/",
			"description": "for VoiceBase", "max_session_duration": 7200, "force_detach_policies": true, "timeouts": block{"delete": "1m"},
			"kms_key_arn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "bucket_account_id": "111122223333",
		},
	}, map[string]string{
		"name": generatedName, "id": generatedName,
		"arn": "arn:aws:iam::111122223333:role/delivery", "unique_id": "AROAEXAMPLEEXAMPLE000", "create_date": "2026-01-02T03:04:05Z",
	}},
	{"voicebase_presigned_callback_url", []block{
		{"bucket": "results", "key": "analytics.json", "type": "analytics"},
		{"bucket": "other", "key": "voicebase/transcript.txt", "type": "transcript", "format": "text", "expires_in": 3600, "renew_before": "10m"},
		{"bucket": "other", "key": "x", "content_type": "text/plain", "content_type_query": false, "region": "eu-west-1", "credentials_lifetime": "1h"},
	}, map[string]string{
		"url": "https://results.s3.us-east-1.amazonaws.com/analytics.json", "signed_at": "2026-01-02T03:04:05Z",
		"expires_at": "2026-01-05T03:04:05Z", "credentials_expire_at": "2026-01-05T03:04:05Z", "effective_expires_at": "2026-01-05T03:04:05Z",
	}},
}

// privateStates are what a resource may have in its private state: nothing, our notes, and the framework's own.
var privateStates = []string{
	"", "", `{"written":"bnVsbA=="}`, `{"foreign":"dHJ1ZQ=="}`, `{"due":"dHJ1ZQ=="}`, `{".import_before_read":"dHJ1ZQ=="}`, `{"adopt":"dHJ1ZQ==","written":"bnVsbA=="}`,
}

var providerBlocks = []block{
	{"region": "us-east-1"},
	{"region": "us-east-1", "default_tags": []block{{"tags": map[string]string{"Owner": "speech"}}}},
	{"region": "us-east-1", "ignore_tags": []block{{"key_prefixes": []string{"Team"}}}},
	{"region": "eu-west-1", "voicebase_arn": "arn:aws:iam::444455556666:role/voicebase", "external_id": "organization"},
	{"region": "us-east-1", "use_fips_endpoint": true},
	{"region": unknown{}},
}

// TestUnchanged_any plans resources of any configuration against any state, and checks that whatever the short way
// answers is what the framework does: that nothing changes. Configuration and state are ones that exist, with a few
// values exchanged, so that some go together and others do not.
func TestUnchanged_any(t *testing.T) {
	t.Parallel()
	const tries = 40
	for _, kind := range plannedKinds {
		for i, settings := range providerBlocks {
			t.Run(kind.name, func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(uint64(i), 1)) //nolint:gosec // The same cases each time.
				p := serve(t, settings)
				typ := p.schema.ResourceSchemas[kind.name].ValueType()
				configs, states := kind.objects(t, p)
				short, changed := 0, 0
				for range tries {
					which := random.IntN(len(configs))
					config, state := mixed(t, random, typ, configs, which), mixed(t, random, typ, states, which)
					switch random.IntN(3) { // Where both are changed, they hardly ever go together.
					case 0:
						config = configs[which]
					case 1:
						state = states[which]
					}
					answered, unchanged := p.plan(t, kind.name, config, state, privateStates[random.IntN(len(privateStates))])
					short += answered
					changed += 1 - max(answered, unchanged)
				}
				t.Logf("of %d plans, %d were answered the short way, %d were changes or had diagnostics", tries, short, changed)
				if changed < tries/10 || short < tries/10 && i == 0 {
					t.Error("too few of either to tell anything")
				}
			})
		}
	}
}

// plan makes a plan both ways. It returns 1 where the short way answers, and 1 where the framework finds no change.
func (p served) plan(t *testing.T, name string, config, state tftypes.Value, private string) (answered, unchanged int) {
	t.Helper()
	typ := p.schema.ResourceSchemas[name].ValueType()
	prior := dynamic(t, typ, state)
	req := tfprotov6.PlanResourceChangeRequest{
		TypeName: name, Config: dynamic(t, typ, config), PriorState: prior, ProposedNewState: prior, PriorPrivate: []byte(private),
	}
	if private == "" {
		req.PriorPrivate = nil
	}
	if identity := p.identities[name]; identity != nil && private != "" { // Terraform 1.12 has them.
		typ := identity.ValueType()
		req.PriorIdentity = &tfprotov6.ResourceIdentityData{IdentityData: dynamic(t, typ, identityValue(t, typ))}
	}
	shortWay, framework := provider.Halves(p.ProviderServer)
	long, err := framework.PlanResourceChange(t.Context(), &req)
	if err != nil {
		t.Fatal(err)
	}
	if len(long.Diagnostics) == 0 && len(long.RequiresReplace) == 0 {
		after, err := long.PlannedState.Unmarshal(typ)
		if err != nil {
			t.Fatal(err)
		}
		if after.Equal(state) {
			unchanged = 1
		}
	}
	short, ok := shortWay(t.Context(), &req)
	if !ok {
		return 0, unchanged
	}
	if err := acctest.ComparePlans(typ, short, long); err != nil {
		t.Errorf("%v\nconfiguration %s", err, config)
	}
	return 1, unchanged
}

// identityValue is an identity of some object.
func identityValue(t *testing.T, typ tftypes.Type) tftypes.Value {
	t.Helper()
	object, ok := typ.(tftypes.Object)
	if !ok {
		t.Fatalf("an identity is a %s", typ)
	}
	attributes := block{}
	for name := range object.AttributeTypes {
		attributes[name] = "delivery"
	}
	return value(t, typ, attributes)
}

// objects are the kind's configurations, and the states after their applies.
func (k planned) objects(t *testing.T, p served) (configs, states []tftypes.Value) {
	t.Helper()
	typ := p.schema.ResourceSchemas[k.name].ValueType()
	for _, config := range k.configs {
		config = maps.Clone(config)
		if k.name != "voicebase_delivery_role" && config["region"] == nil {
			config["region"] = "us-east-1"
		}
		given := dynamic(t, typ, value(t, typ, config))
		none := dynamic(t, typ, tftypes.NewValue(typ, nil))
		created, err := p.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: k.name, Config: given, PriorState: none, ProposedNewState: given,
		})
		if err != nil || len(created.Diagnostics) > 0 {
			continue // Not with these settings of the provider.
		}
		state, err := known(t, typ, created.PlannedState, k.made).Unmarshal(typ)
		if err != nil {
			t.Fatal(err)
		}
		configs, states = append(configs, value(t, typ, config)), append(states, state)
	}
	if len(configs) == 0 {
		t.Fatal("no configuration can be planned")
	}
	return configs, states
}

// mixed is one of the objects with up to two attributes of others, or without them, or with unknown ones.
func mixed(t *testing.T, random *rand.Rand, typ tftypes.Type, objects []tftypes.Value, which int) tftypes.Value {
	t.Helper()
	attributes := attributesOf(t, objects[which])
	names := slices.Sorted(maps.Keys(attributes))
	for range random.IntN(3) {
		name := names[random.IntN(len(names))]
		switch random.IntN(6) {
		case 0:
			attributes[name] = tftypes.NewValue(attributes[name].Type(), nil)
		case 1:
			if random.IntN(4) == 0 {
				attributes[name] = tftypes.NewValue(attributes[name].Type(), tftypes.UnknownValue)
			}
		default:
			attributes[name] = attributesOf(t, objects[random.IntN(len(objects))])[name]
		}
	}
	return tftypes.NewValue(typ, attributes)
}

func attributesOf(t *testing.T, object tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	var attributes map[string]tftypes.Value
	if err := object.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(attributes)
}
