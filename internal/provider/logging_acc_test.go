package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// TestAccLog_levels compares what reaches the log at each of TF_LOG's levels with a provider whose loggers are never
// turned off.
func TestAccLog_levels(t *testing.T) {
	t.Parallel()
	requireTerraform(t)
	for name, level := range map[string][]string{
		"trace": {"TF_LOG=TRACE"}, "debug": {"TF_LOG=DEBUG"}, "info": {"TF_LOG=INFO"}, "warn": {"TF_LOG=WARN"}, "error": {"TF_LOG=ERROR"},
		"provider": {"TF_LOG_PROVIDER=TRACE"}, "none": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			talkativeProvider, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			want, got := logLines(t, level, talkativeProvider), logLines(t, level, "")
			if !slices.Equal(got, want) {
				t.Errorf("logged\n%s\nand without anything turned off\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if traced := slices.Contains(got, "trace Received request"); traced != (name == "trace" || name == "provider") {
				t.Errorf("the requests are logged: %t", traced)
			}
		})
	}
}

// TestAccLog_unread looks at what the provider itself writes where nobody asked for a log: the
// handshake's two lines and no more.
func TestAccLog_unread(t *testing.T) {
	t.Parallel()
	requireTerraform(t)
	for line := range strings.SplitSeq(strings.TrimSpace(providerStderr(t, nil)), "\n") {
		if !strings.Contains(line, "configuring server automatic mTLS") && !strings.Contains(line, "plugin address") {
			t.Errorf("written for nobody: %s", line)
		}
	}
	if text := providerStderr(t, []string{"TF_LOG=ERROR"}); !strings.Contains(text, "Received request") {
		t.Errorf("with TF_LOG the provider logs nothing: this test would see nothing\n%s", text)
	}
}

// logLines are the different lines of the CLI's log that are the provider's, by level and message: their number varies,
// as a provider that is ended may lose its last ones. program is the provider, by default the one that is released.
func logLines(t *testing.T, env []string, program string) []string {
	t.Helper()
	cli, log := loggingCLI(t, env)
	if program != "" {
		cli.StartProviderBy(t, fmt.Sprintf("exec env %s=1 %q", talkative, program))
	}
	cli.Run(t, "plan", "-no-color")
	lines := map[string]bool{}
	for _, line := range strings.Split(read(t, log), "\n") {
		if _, message, ok := strings.Cut(line, "provider.terraform-provider-voicebase: "); ok {
			level := strings.ToLower(strings.Trim(strings.SplitN(line, " ", 3)[1], "[]"))
			message, _, _ = strings.Cut(message, ": ")
			lines[level+" "+message] = true
		}
	}
	return slices.Sorted(maps.Keys(lines))
}

// providerStderr is what the provider's processes wrote in one command.
func providerStderr(t *testing.T, env []string) string {
	t.Helper()
	cli, _ := loggingCLI(t, env)
	file := filepath.Join(cli.Dir, "stderr")
	cli.StartProviderBy(t, fmt.Sprintf("exec %q 2>>%q", cli.Provider, file))
	cli.Run(t, "plan", "-no-color")
	return read(t, file)
}

// loggingCLI prepares a configuration that needs no AWS, and the file that the log goes to.
func loggingCLI(t *testing.T, env []string) (cli *acctest.CLI, log string) {
	t.Helper()
	cli = acctest.NewCLI(t, contentType+`
data "voicebase_callback_configuration" "this" {
  count     = 3
  callbacks = [{ url = "https://example.com/voicebase", type = "analytics" }]
}`)
	log = filepath.Join(t.TempDir(), "log")
	cli.Setenv("TF_LOG_PATH", log)
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		cli.Setenv(name, value)
	}
	return cli, log
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(text)
}
