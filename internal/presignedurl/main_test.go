package presignedurl_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// withToken is a provider block whose session token, as one from the environment, does not tell its end.
func withToken(a *acctest.AWS) string {
	return a.ProviderWithout("profile",
		`access_key = "AKIAOTHEROTHEROTHER0"`, `secret_key = "made-up-secret"`, `token = "made-up-token"`)
}
