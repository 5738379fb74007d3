package callback_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// refusal is a piece of configuration, and a text that its error must have.
type refusal struct {
	name string
	// block is a block with %d in the place of its name.
	block string
	want  string
}

func inCallbacks(list string) string { return inDataSource("callbacks = [" + list + "]") }

func inDataSource(body string) string {
	return "data \"voicebase_callback_configuration\" \"r%d\" {\n" + strings.ReplaceAll(body, "%", "%%") + "\n}\n"
}

func inOutput(expression string) string {
	return "output \"r%d\" {\n  value = " + strings.ReplaceAll(expression, "%", "%%") + "\n}\n"
}

// diagnostic is one of terraform validate -json.
type diagnostic struct {
	Severity string
	Summary  string
	Detail   string
	Snippet  struct{ Context string }
}

// expectRefused validates all of them in one run of Terraform, which takes as long as one of them would.
func expectRefused(t *testing.T, refusals []refusal) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs with TF_ACC=1, for it needs Terraform")
	}
	t.Parallel()
	var configuration strings.Builder
	for i, refusal := range refusals {
		fmt.Fprintf(&configuration, refusal.block, i)
	}
	errors := map[string]string{}
	for _, diagnostic := range validateJSON(t, configuration.String()) {
		if diagnostic.Severity == "error" {
			errors[diagnostic.Snippet.Context] += diagnostic.Summary + ": " + diagnostic.Detail + "\n"
		}
	}
	for i, refusal := range refusals {
		name, _, _ := strings.Cut(fmt.Sprintf(refusal.block, i), " {")
		if got := errors[name]; !words(refusal.want).MatchString(got) {
			t.Errorf("%s: got %q, want %q in it", refusal.name, got, refusal.want)
		}
	}
}

func validateJSON(t *testing.T, configuration string) []diagnostic {
	t.Helper()
	// The command fails, as it should, and prints its result all the same.
	out, _ := acctest.NewCLI(t, configuration).Command(t, "validate", "-json").Output()
	var result struct{ Diagnostics []diagnostic }
	if err := json.Unmarshal(out, &result); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return result.Diagnostics
}
