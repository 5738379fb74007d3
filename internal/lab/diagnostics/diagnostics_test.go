package diagnostics

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const log = `2026-11-26T01:48:24.162Z [ERROR] sdk.proto: Response contains error diagnostic: tf_rpc=ValidateDataResourceConfig diagnostic_severity=ERROR
  diagnostic_detail=
  | callbacks[0].type: VoiceBase does not support this type.
  | 
  | Given: "speech"
  | Allowed: "analytics", "transcript", "media"
   tf_proto_version=6.11 diagnostic_summary="VoiceBase rejects this callback (error 60007)"
2026-11-26T01:48:24.162Z [TRACE] sdk.proto: Served request: tf_rpc=ValidateDataResourceConfig
2026-11-26T01:48:24.163Z [ERROR] vertex "data.x" error: Callback rejected
2026-11-26T01:48:25.162Z [WARN]  provider.terraform-provider-voicebase: Response contains warning diagnostic: diagnostic_summary=Short diagnostic_detail="The \"a\" ends at 2026-01-02T03:04:05Z, got: 5"
2026-11-26T01:48:26.162Z [ERROR] sdk.proto: Response contains error diagnostic:
  diagnostic_detail=
  | callbacks[3].type: VoiceBase does not support this type.
  | 
  | Given: "film"
  | Allowed: "analytics", "transcript", "media"
   diagnostic_summary="VoiceBase rejects this callback (error 60007)"
2026-11-26T01:48:27.162Z [ERROR] sdk.proto: Response contains function error: function_error_argument=0 function_error_text="the URL is malformed" tf_rpc=CallFunction
2026-11-26T01:48:28.162Z [ERROR] sdk.proto: Response contains function error:
  function_error_text=
  | VoiceBase rejects this callback (error 60007)
  | callbacks[3].type: VoiceBase does not support this type.
   tf_rpc=CallFunction function_error_argument=0
`

const golden = `# Every diagnostic that the provider's tests saw, by package. make diagnostics writes this file.

## internal/a

error: Error in function call
    VoiceBase rejects this callback (error 60007)
    callbacks[n].type: VoiceBase does not support this type.

error: Error in function call
    the URL is malformed

error: VoiceBase rejects this callback (error 60007)
    callbacks[n].type: VoiceBase does not support this type.

    Given: "…"
    Allowed: "analytics", "transcript", "media"

warning: Short
    The "…" ends at <time>, got: …
`

func collect(t *testing.T) Set {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "TestX.log"), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := Collect(dir)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestCollect(t *testing.T) {
	if got := (Golden{"internal/a": collect(t)}).String(); got != golden {
		t.Errorf("got\n%s\nwant\n%s", got, golden)
	}
	if found, err := Collect(filepath.Join(t.TempDir(), "none")); err != nil || len(found) > 0 {
		t.Errorf("without logs: %v, %v", found, err)
	}
}

func TestGolden(t *testing.T) {
	if got := parse(golden).String(); got != golden {
		t.Errorf("read and written again:\n%s", got)
	}
	root := t.TempDir()
	if err := Compare(root, "internal/a", collect(t)); err == nil || !strings.Contains(err.Error(), "4 diagnostics are not in") {
		t.Errorf("no file: got %v", err)
	}
	if err := Merge(root, "internal/a", collect(t), true); err != nil {
		t.Fatal(err)
	}
	if err := Compare(root, "internal/a", collect(t)); err != nil {
		t.Errorf("just written: %v", err)
	}
	if err := Compare(root, "internal/b", Set{"error: New": true}); err == nil || !strings.Contains(err.Error(), "error: New") {
		t.Errorf("another package: got %v", err)
	}
	// Some tests add, all tests replace.
	if err := Merge(root, "internal/a", Set{"error: New\n    Text": true}, false); err != nil {
		t.Fatal(err)
	}
	if got, err := read(filepath.Join(root, File)); err != nil || len(got["internal/a"]) != 5 {
		t.Errorf("after some tests: %v, %v", got, err)
	}
	if err := Merge(root, "internal/a", Set{"error: New\n    Text": true}, true); err != nil {
		t.Fatal(err)
	}
	if got, err := read(filepath.Join(root, File)); err != nil || len(got["internal/a"]) != 1 {
		t.Errorf("after all tests: %v, %v", got, err)
	}
}
