package acctest

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// LostAnswers are the ways in which one answer of a service is lost, before the work was done or after it. A connection
// that hangs is not among them: it is given up after a minute, by the clock of a unit test.
func LostAnswers(service string, before bool) []NamedFault {
	_, all := Faults(service)
	var faults []NamedFault
	for _, fault := range all {
		if fault.Wire != Hang && fault.Before == before {
			fault.Times = 1
			faults = append(faults, fault)
		}
	}
	return faults
}

// Creation is how an object of a generated name is created, and found.
type Creation struct {
	Service, Call string
	// Noun is what messages call the object, such as "delivery bucket".
	Noun string
	// Config is a configuration of one such object, without a provider block.
	Config func(prefix string) string
	// Count returns the number of objects in the account whose name has the prefix.
	Count func(t *testing.T, a *AWS, prefix string) int
}

// TestLostForGood loses every answer to the create: an object of a generated name is in the state, as tainted, so that
// none is left over that nobody can find.
func (c Creation) TestLostForGood(t *testing.T) {
	t.Helper()
	failure := regexp.MustCompile(`(?s)Unable to create ` + c.Noun + `.*AWS\s+may\s+have\s+created\s+it.*in\s+state\s+as\s+tainted`)
	for _, fault := range append(LostAnswers(c.Service, false), LostAnswers(c.Service, true)[0]) {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			a := NewAWS(t)
			a.RequireLocal(t)
			prefix := RandomName("acc-")
			config := a.Provider("max_retries = 1") + c.Config(prefix)
			always := fault.Fault
			always.Times = 0
			a.Fail(c.Call, always)
			made := 0
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: ProviderFactories(),
				CheckDestroy:             a.CheckDestroyed,
				Steps: []resource.TestStep{
					{Config: config, ExpectError: failure},
					{
						PreConfig: func() {
							a.ClearFaults()
							made = c.Count(t, a, prefix)
						},
						Config: config,
					},
				},
			})
			if want := map[bool]int{true: 0, false: 1}[fault.Before]; made != want {
				t.Errorf("the create that failed made %d, want %d", made, want)
			}
			if left := c.Count(t, a, prefix); left != 0 {
				t.Errorf("%d are left over", left)
			}
		})
	}
}
