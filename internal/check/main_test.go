package check_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
