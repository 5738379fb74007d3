package provider_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// TestUnchanged_cases checks which plans are answered the short way: those that change nothing, and no others.
func TestUnchanged_cases(t *testing.T) {
	t.Parallel()
	const bucket, role, url = 0, 1, 2
	usual := providerBlocks[0]
	cases := map[string]struct {
		kind          int
		settings      block
		config, state block // what differs from what was applied
		private       string
		short         bool
	}{
		"bucket":                                 {kind: bucket, short: true},
		"role":                                   {kind: role, short: true},
		"URL":                                    {kind: url, short: true},
		"an argument that has its default":       {kind: bucket, config: block{"versioning": true}, short: true},
		"notes in the private state":             {kind: bucket, private: `{"written":"bnVsbA=="}`, short: true},
		"the framework's notes":                  {kind: bucket, private: `{".import_before_read":"dHJ1ZQ=="}`},
		"private state of another kind":          {kind: bucket, private: `[]`},
		"drift of what follows from others":      {kind: bucket, state: block{"object_ownership": "ObjectWriter"}},
		"drift of a policy":                      {kind: role, state: block{"permissions_policy": "{}"}},
		"a default that is not in the state":     {kind: bucket, state: block{"versioning": false}},
		"a default that the state has not yet":   {kind: role, state: block{"exclusive_policies": nil}},
		"a default inside":                       {kind: bucket, state: block{"access_logging": block{"bucket": "logs", "prefix": "x"}}},
		"the provider's region":                  {kind: bucket, settings: providerBlocks[3], state: block{"region": "us-east-1"}},
		"the provider's tags":                    {kind: role, settings: providerBlocks[1]},
		"an ignored tag, which is an error":      {kind: bucket, settings: providerBlocks[2]},
		"an unknown argument":                    {kind: role, config: block{"description": unknown{}}},
		"an argument that is refused":            {kind: bucket, config: block{"manage_policy": false, "policy": "{}"}},
		"a URL that is due":                      {kind: url, private: `{"due":"dHJ1ZQ=="}`},
		"a lifecycle configuration left to them": {kind: bucket, state: block{"manage_lifecycle": false}, private: `{"foreign":"dHJ1ZQ=="}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind := plannedKinds[c.kind]
			configs, states := kind.objects(t, serve(t, usual))
			if c.settings == nil {
				c.settings = usual
			}
			p := serve(t, c.settings)
			typ := p.schema.ResourceSchemas[kind.name].ValueType()
			config, state := changed(t, typ, configs[0], c.config), changed(t, typ, states[0], c.state)
			if c.kind == bucket && c.settings["region"] != usual["region"] {
				config = changed(t, typ, config, block{"region": nil})
			}
			if answered, _ := p.plan(t, kind.name, config, state, c.private); answered == 1 != c.short {
				t.Errorf("answered the short way: %v", !c.short)
			}
		})
	}
}

// TestUnchanged_all plans with ignore_changes = all, where Terraform passes the state as the configuration.
func TestUnchanged_all(t *testing.T) {
	t.Parallel()
	p := serve(t, providerBlocks[0])
	for _, kind := range plannedKinds {
		_, states := kind.objects(t, p)
		schema := p.schema.ResourceSchemas[kind.name]
		computed := block{}
		for _, attribute := range schema.Block.Attributes {
			if attribute.Computed && !attribute.Optional {
				computed[attribute.Name] = nil
			}
		}
		state := changed(t, schema.ValueType(), states[0], block{"tags_all": map[string]string{"of": "another"}})
		if answered, unchanged := p.plan(t, kind.name, changed(t, schema.ValueType(), state, computed), state, ""); answered == 0 || unchanged == 0 {
			t.Errorf("%s: short %d, unchanged %d", kind.name, answered, unchanged)
		}
	}
}

// TestUnchanged_others has Terraform create, change and delete, which is the framework's to plan, before the provider
// is configured and after.
func TestUnchanged_others(t *testing.T) {
	t.Parallel()
	p := serve(t, providerBlocks[0])
	for _, kind := range plannedKinds {
		configs, states := kind.objects(t, p)
		typ := p.schema.ResourceSchemas[kind.name].ValueType()
		none, prior, other := dynamic(t, typ, tftypes.NewValue(typ, nil)), dynamic(t, typ, states[0]), dynamic(t, typ, states[1])
		config := dynamic(t, typ, configs[0])
		for name, req := range map[string]*tfprotov6.PlanResourceChangeRequest{
			"create":      {Config: config, PriorState: none, ProposedNewState: config},
			"change":      {Config: config, PriorState: prior, ProposedNewState: other},
			"delete":      {Config: none, PriorState: prior, ProposedNewState: none},
			"absent":      {Config: none, PriorState: none, ProposedNewState: none},
			"empty":       {},
			"no identity": {Config: config, PriorState: prior, ProposedNewState: prior, PriorIdentity: &tfprotov6.ResourceIdentityData{}},
			"type":        {TypeName: "voicebase_other", Config: config, PriorState: prior, ProposedNewState: prior},
		} {
			if req.TypeName == "" {
				req.TypeName = kind.name
			}
			short, _ := provider.Halves(p.ProviderServer)
			if _, ok := short(t.Context(), req); ok {
				t.Errorf("%s, %s: answered the short way", kind.name, name)
			}
		}
		same := &tfprotov6.PlanResourceChangeRequest{TypeName: kind.name, Config: config, PriorState: prior, ProposedNewState: prior}
		short, _ := provider.Halves(p.ProviderServer)
		if _, ok := short(t.Context(), same); !ok {
			t.Errorf("%s: nothing is answered the short way", kind.name)
		}
		short, _ = provider.Halves(provider.NewServer("test", nil)())
		if _, ok := short(t.Context(), same); ok {
			t.Errorf("%s: answered by a provider that is not configured", kind.name)
		}
	}
}

// TestCurrent reads stored states, and checks that each is what the framework reads, errors included.
func TestCurrent(t *testing.T) {
	t.Parallel()
	p := serve(t, providerBlocks[0])
	for _, kind := range plannedKinds {
		_, states := kind.objects(t, p)
		typ := p.schema.ResourceSchemas[kind.name].ValueType()
		stored := []*tfprotov6.RawState{
			nil,
			{},
			{JSON: []byte("null")},
			{JSON: []byte("{}")},
			{JSON: []byte(`{"no_such_argument":1}`)},
			{JSON: []byte(`{"tags":"text"}`)},
			{JSON: []byte("[")},
			{JSON: []byte("[]")},
			{JSON: []byte(`{"tags":{"a":1}}`)},
			{JSON: []byte(`{"id":true}`)},
			{JSON: []byte(`{"id":1e3}`)},
			{JSON: []byte("{} {}")},
			{JSON: []byte("1")},
			{JSON: []byte(`{"max_session_duration":7200.1,"expires_in":0.1}`)},
			{JSON: []byte(`{"force_destroy":"true","max_session_duration":"7200","expires_in":1.5}`)},
			{JSON: []byte(`{"tags":{"a":null},"timeouts":{}}`)},
			{Flatmap: map[string]string{"id": "results"}},
		}
		for _, state := range states {
			stored = append(stored, stateJSON(t, typ, dynamic(t, typ, state)))
		}
		_, framework := provider.Halves(p.ProviderServer)
		for _, raw := range stored {
			for version := range int64(2) {
				req := &tfprotov6.UpgradeResourceStateRequest{TypeName: kind.name, RawState: raw, Version: version}
				ours, err := p.UpgradeResourceState(t.Context(), req)
				theirs, theirErr := framework.UpgradeResourceState(t.Context(), req)
				if err != nil || theirErr != nil {
					t.Fatal(err, theirErr)
				}
				if !reflect.DeepEqual(ours.Diagnostics, theirs.Diagnostics) || !sameDynamic(t, typ, ours.UpgradedState, theirs.UpgradedState) {
					t.Errorf("%s, version %d, %v: %v, %v, want %v, %v", kind.name, version, raw, ours.UpgradedState, ours.Diagnostics, theirs.UpgradedState, theirs.Diagnostics)
				}
			}
		}
	}
}

func sameDynamic(t *testing.T, typ tftypes.Type, a, b *tfprotov6.DynamicValue) bool {
	t.Helper()
	if a == nil || b == nil {
		return a == b
	}
	left, err := a.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	right, err := b.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	return left.Equal(right)
}

// changed is an object with some attributes changed.
func changed(t *testing.T, typ tftypes.Type, object tftypes.Value, changes block) tftypes.Value {
	t.Helper()
	attributes := attributesOf(t, object)
	for name, v := range changes {
		if old, ok := attributes[name]; ok {
			attributes[name] = value(t, old.Type(), v)
		}
	}
	return tftypes.NewValue(typ, attributes)
}
