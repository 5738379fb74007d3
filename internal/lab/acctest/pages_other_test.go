package acctest_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3url"
)

// TestREADME_boto3 runs the README's script, which signs a URL without a call, and reads the URL as VoiceBase does.
func TestREADME_boto3(t *testing.T) {
	t.Parallel()
	if err := exec.CommandContext(t.Context(), "python3", "-c", "import boto3").Run(); err != nil {
		t.Skip("runs when python3 has boto3, as after pip install boto3")
	}
	command := exec.CommandContext(t.Context(), "python3", "-c", readme(t, "Which approach to use").of("python"))
	command.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY=secret")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	url, err := s3url.ParsePresigned(strings.TrimSpace(string(out)))
	if err != nil || url.Key != "calls/42/analytics.json" || url.ContentType != "application/json" || strings.Join(url.Signature.SignedHeaders, " ") != "content-type host" {
		t.Errorf("%+v, %v", url, err)
	}
}

// TestPages_permissions reads the policies of the guide on permissions.
func TestPages_permissions(t *testing.T) {
	t.Parallel()
	for _, section := range sections(t, guidePath("permissions.md")) {
		for _, block := range section.blocks {
			var policy struct {
				Version   string
				Statement []struct{ Sid, Effect string }
			}
			if err := json.Unmarshal([]byte(block.code), &policy); err != nil || policy.Version != "2012-10-17" {
				t.Fatalf("%q: %v, %+v", section.title, err, policy)
			}
			seen := map[string]bool{}
			for _, statement := range policy.Statement {
				if seen[statement.Sid] || statement.Effect != "Allow" {
					t.Errorf("%q: %+v", section.title, statement)
				}
				seen[statement.Sid] = true
			}
		}
	}
}
