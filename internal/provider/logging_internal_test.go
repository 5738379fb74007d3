package provider

import (
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
		{[]string{"PATH=/bin", "TF_CLI_ARGS=-no-color", "TF_LOGS=x", "MY_TF_LOG=trace"}, false},
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
