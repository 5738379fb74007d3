package provider

import (
	"os"
	"slices"
	"testing"
	"time"
)

func TestLogWanted(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		environ []string
		want    bool
	}{
		{nil, false},
		{[]string{"PATH=/bin", "TF_CLI_ARGS=-no-color", "TF_LOGS=x", "MY_TF_LOG=trace", "MY_TF_LOG_CORE=trace"}, false},
		{[]string{"TF_LOG="}, false},
		{[]string{"TF_LOG=OFF", "TF_LOG_PROVIDER=off"}, false},
		{[]string{"TF_LOG_PATH=terraform.log", "TF_LOG_PATH_MASK=%s.log"}, false},
		{[]string{"TF_LOG=ERROR"}, true},
		{[]string{"TF_LOG=json"}, true},
		{[]string{"TF_LOG=", "TF_LOG_CORE=trace"}, true},
		{[]string{"TF_LOG_PROVIDER=warn"}, true},
		{[]string{"TF_LOG=nonsense"}, true}, // Terraform warns, and logs everything.
		{[]string{"TF_LOG=off", "TF_LOG_PROVIDER=info"}, true},
		{[]string{"TF_LOG_SDK_FRAMEWORK=debug"}, true},
	} {
		if got := logWanted(test.environ); got != test.want {
			t.Errorf("%q: %t, want %t", test.environ, got, test.want)
		}
	}
}

// TestSilenceUnreadLogs turns each logger off by its own variable, unless a log is read.
func TestSilenceUnreadLogs(t *testing.T) {
	levels := []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO", "TF_LOG_PROVIDER_VOICEBASE"}
	for read, want := range map[string]string{"": "off", "error": ""} {
		for _, variable := range slices.Concat(levels, []string{"TF_LOG_CORE", "TF_LOG_PROVIDER"}) {
			t.Setenv(variable, "")
		}
		t.Setenv("TF_LOG", read)
		if err := SilenceUnreadLogs(); err != nil {
			t.Fatal(err)
		}
		for _, variable := range levels {
			if got := os.Getenv(variable); got != want {
				t.Errorf("with TF_LOG=%s, %s is %q, want %q", read, variable, got, want)
			}
		}
	}
}

// TestNewServer_logged checks that all is the framework's where a log is read, so that the log has its lines.
func TestNewServer_logged(t *testing.T) {
	for value, quick := range map[string]bool{"": true, "off": true, "TRACE": false, "error": false} {
		t.Setenv("TF_LOG", value)
		s, ok := NewServer("test", time.Now)().(server)
		if !ok || s.quick != quick {
			t.Errorf("TF_LOG=%s: the short way is taken: %t", value, s.quick)
		}
	}
}
