package provider

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestCurrent_short reads a state of each type of value without the framework, which would read the same, and later.
func TestCurrent_short(t *testing.T) {
	t.Parallel()
	s, ok := NewServer("test", time.Now)().(server)
	if !ok {
		t.Fatal("not our server")
	}
	const state = `{"name":"delivery","max_session_duration":3600,"exclusive_policies":true,"tags":{"Team":"calls"},"key_prefixes":["voicebase/"],"timeouts":{"read":"1m"},"path":null}`
	if _, ok := s.current(&tfprotov6.UpgradeResourceStateRequest{TypeName: "voicebase_delivery_role", RawState: &tfprotov6.RawState{JSON: []byte(state)}}); !ok {
		t.Error("the framework has to read it")
	}
}

// TestCurrent_same reads what a state may have as the framework does, and leaves to it what is written otherwise.
func TestCurrent_same(t *testing.T) {
	t.Parallel()
	s, ok := NewServer("test", time.Now)().(server)
	if !ok {
		t.Fatal("not our server")
	}
	const role, bucket = "voicebase_delivery_role", "voicebase_delivery_bucket"
	for _, test := range []struct {
		typ, state string
		want       bool
	}{
		{role, `{}`, true},
		{role, `{"name":"delivery","another":[1]}`, true},
		{role, `{"max_session_duration":3600}`, true},
		{role, `{"max_session_duration":0.1}`, true},
		{role, `{"max_session_duration":123456789012345678901234567890.123}`, true},
		{role, `{"tags":{},"key_prefixes":[]}`, true},
		{role, `{"tags":{"Team":null},"key_prefixes":[null]}`, true},
		{role, `{"name":"delivery"} {}`, false},
		{role, `{"name":"delivery"`, false},
		{role, `{"name":true}`, false},
		{role, `{"exclusive_policies":"true"}`, false},
		{role, `{"max_session_duration":"3600"}`, false},
		{role, `{"tags":["Team"]}`, false},
		{role, `{"tags":{"Team":1,"Unit":"a"}}`, false},
		{role, `{"key_prefixes":{"a":"b"}}`, false},
		{role, `{"key_prefixes":[1,"a/"]}`, false},
		{role, `{"timeouts":"1m"}`, false},
		{role, `{"timeouts":{"read":1}}`, false},
		{role, `[]`, false},
		{bucket, `{"bucket":"acme","presigned_url_source_ips":["52.6.244.43/32"]}`, true},
		{bucket, `{"lifecycle_rules":[{"expire_after_days":7,"transitions":[{"after_days":1}]},null],"encryption":{"blocked_encryption_types":["SSE-C"]}}`, true},
		{bucket, `{"lifecycle_rules":[{"expire_after_days":"7"},{"expire_after_days":7}]}`, false},
		{"voicebase_no_such_type", `{}`, false},
	} {
		req := &tfprotov6.UpgradeResourceStateRequest{TypeName: test.typ, RawState: &tfprotov6.RawState{JSON: []byte(test.state)}}
		short, got := s.current(req)
		if got != test.want {
			t.Errorf("%s %s: read %t, want %t", test.typ, test.state, got, test.want)
		}
		if !got {
			continue
		}
		long, err := s.frameworkServer.UpgradeResourceState(t.Context(), req)
		if err != nil || len(long.Diagnostics) > 0 {
			t.Fatalf("%s: %v, %v", test.state, err, long.Diagnostics)
		}
		typ := s.planned()[test.typ].typ
		ours, err := short.UpgradedState.Unmarshal(typ)
		theirs, otherErr := long.UpgradedState.Unmarshal(typ)
		if err != nil || otherErr != nil || !ours.Equal(theirs) {
			t.Errorf("%s: read %s, %v; the framework reads %s, %v", test.state, ours, err, theirs, otherErr)
		}
	}
}
