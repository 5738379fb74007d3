package callback_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
