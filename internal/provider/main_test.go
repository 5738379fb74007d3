package provider_test

import (
	"log"
	"os"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// talkative is set for a test binary that the CLI starts as a provider whose loggers are never turned off.
const talkative = "VOICEBASE_TEST_TALKATIVE"

func TestMain(m *testing.M) {
	if os.Getenv(talkative) != "" {
		if err := tf6server.Serve("registry.terraform.io/voicebase/voicebase", provider.NewServer("dev", time.Now)); err != nil {
			log.Fatal(err)
		}
		return
	}
	acctest.Main(m)
}
