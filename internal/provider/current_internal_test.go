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
