package readiness_test

import (
	"slices"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// TestRequest_source has the request come from the instance of VoiceBase that the policy lists, else from the first.
func TestRequest_source(t *testing.T) {
	t.Parallel()
	q, _ := set(t)
	instances := voicebase.EgressAddresses()
	from := func(document string) []string {
		return q.Request(readiness.RoleWriter(roleARN, "", nil), document, time.Now())["aws:sourceip"]
	}
	for _, addresses := range instances {
		document := `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["` +
			addresses[0] + `","` + addresses[1] + `","` + addresses[2] + `"]}}}]}`
		if got := from(document); len(got) != 1 || !slices.Contains(addresses, got[0]) {
			t.Errorf("%v are listed, and it comes from %v", addresses, got)
		}
	}
	if got := from(""); len(got) != 1 || !slices.Contains(instances[0], got[0]) {
		t.Errorf("nothing is listed, and it comes from %v", got)
	}
}
