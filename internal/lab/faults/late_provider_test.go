//go:build faults

package faults_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// The provider block's defaults are known in the apply only: what VoiceBase is, and the tags of every object. What
// decides how AWS is called cannot be late, because the plan reads.
func TestAccLateDefaults(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-late-")
	other := fmt.Sprintf("arn: %q, id: %q, tags: { Stage: \"late\" }", "arn:aws:iam::000000000000:root", "another-organization")
	ours := fmt.Sprintf("arn: %q, id: %q, tags: { Stage: \"test\" }", a.VoiceBaseARN(), a.ExternalID())
	rounds := []string{ours, ours, other, fmt.Sprintf("arn: %q, id: null, tags: {}", a.VoiceBaseARN()), ours}
	cli := acctest.NewCLI(t, delivery(a, name))
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve", "-no-color") })
	for round, values := range rounds {
		writeMain(t, cli, lateDefaults(a, round, values)+resources(name))
		cli.Run(t, "apply", "-auto-approve", "-no-color")
		cli.Run(t, "plan", "-detailed-exitcode", "-no-color")
	}
	writeMain(t, cli, delivery(a, name))
	t.Logf("counted: late values: 3 defaults of the provider block, %d rounds each", len(rounds))
}

func lateDefaults(a *acctest.AWS, round int, values string) string {
	block := a.Provider("default_tags {\n    tags = terraform_data.known.output.tags\n  }")
	for argument, late := range map[string][2]string{
		"voicebase_arn": {a.VoiceBaseARN(), "arn"},
		"external_id":   {a.ExternalID(), "id"},
	} {
		block = strings.Replace(block, fmt.Sprintf("%s = %q", argument, late[0]), argument+" = terraform_data.known.output."+late[1], 1)
	}
	return block + fmt.Sprintf("\nresource \"terraform_data\" \"known\" {\n  input = { round: %d, %s }\n}\n", round, values)
}
