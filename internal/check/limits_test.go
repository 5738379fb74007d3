package check_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// TestTimeLimits has how long a check may take, and the clean-up after a test delivery that got no answer.
func TestTimeLimits(t *testing.T) {
	t.Parallel()
	busy := awsfake.NewBusy(t)
	settings := map[string]any{
		"access_key": "AKIATEST", "secret_key": "secret", "s3_use_path_style": true, "max_retries": 1000,
		"endpoints": []any{map[string]any{"s3": busy.URL, "iam": busy.URL, "sts": busy.URL}},
	}
	t.Run("check", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			server := acctest.NewServer(t, settings)
			for name, config := range map[string]map[string]any{
				"by a URL":  {"bucket": "acme"},
				"by a role": {"bucket": "acme", "role_arn": "arn:aws:iam::111122223333:role/delivery", "voicebase_arn": "444455556666"},
			} {
				start := time.Now()
				_, errs := server.Read(t, "voicebase_delivery_check", config)
				if took := time.Since(start); took != 5*time.Minute || !strings.Contains(errs, "Unable to check delivery") || !strings.Contains(errs, "Name: acme") {
					t.Errorf("%s: took %s: %q", name, took, errs)
				}
			}
		})
	})
	t.Run("clean-up", func(t *testing.T) {
		t.Parallel()
		s3 := awsfake.NewServer(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut {
				panic(http.ErrAbortHandler) // No answer.
			}
			w.WriteHeader(http.StatusServiceUnavailable)
		})
		settings := map[string]any{
			"access_key": "AKIATEST", "secret_key": "secret", "s3_use_path_style": true, "max_retries": 1000,
			"endpoints": []any{map[string]any{"s3": s3.URL}},
		}
		synctest.Test(t, func(t *testing.T) {
			server := acctest.NewServer(t, settings)
			start := time.Now()
			got := server.Invoke(t.Context(), t, testDelivery, map[string]any{"bucket": "acme"})
			if took := time.Since(start); took != 15*time.Second || len(got.Errors) != 1 || len(got.Warnings) != 1 {
				t.Errorf("took %s: %+v", took, got)
			}
		})
	})
}
