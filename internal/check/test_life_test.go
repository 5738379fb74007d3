package check_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// The URL of a test delivery is of use to nobody for long.
func TestTestDelivery_life(t *testing.T) {
	t.Parallel()
	var lives []string
	s3 := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if life := r.URL.Query().Get("X-Amz-Expires"); life != "" {
			lives = append(lives, r.Method+" "+life)
		}
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer s3.Close()
	s := acctest.NewServer(t, map[string]any{
		"access_key": "AKIATEST", "secret_key": "secret", "s3_use_path_style": true, "endpoints": []any{map[string]any{"s3": s3.URL}},
	})
	got := s.Invoke(t.Context(), t, testDelivery, map[string]any{"bucket": "acme-results", "type": "analytics"})
	if len(lives) != 1 || lives[0] != "PUT 300" {
		t.Errorf("signed: %q, want one PUT for five minutes; %+v", lives, got)
	}
}
