package bucket_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// TestTimeLimits has how long each verb may take without a timeouts block.
func TestTimeLimits(t *testing.T) {
	t.Parallel()
	settings := map[string]any{
		"access_key": "AKIATEST", "secret_key": awsfake.SecretKey, "s3_use_path_style": true, "max_retries": 1000,
		"endpoints": []any{map[string]any{"s3": awsfake.NewBusy(t).URL}},
	}
	for verb, limit := range map[string]time.Duration{
		"create": 10 * time.Minute, "read": 10 * time.Minute, "update": 10 * time.Minute, "data": 10 * time.Minute, "delete": time.Hour,
	} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			object := newAccount(t, nil).prepared(t, verb)
			synctest.Test(t, func(t *testing.T) {
				busy := account{Server: acctest.NewServer(t, settings)}
				start := time.Now()
				errs := verbs[verb](t, busy, object.On(busy.Server))
				if took := time.Since(start); errs == "" || took != limit {
					t.Errorf("took %s, want %s: %q", took, limit, errs)
				}
			})
		})
	}
}
