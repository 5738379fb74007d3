package bucket_test

import (
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// by are the settings of a provider whose S3 is at a URL. They need no other server, which a bubble could not call.
func by(url string, retries int) map[string]any {
	return map[string]any{
		"access_key": "AKIATEST", "secret_key": awsfake.SecretKey, "s3_use_path_style": true, "max_retries": retries,
		"endpoints": []any{map[string]any{"s3": url}},
	}
}

// TestTimeLimits has how long each verb may take without a timeouts block, and with one that has another limit for each
// of the others.
func TestTimeLimits(t *testing.T) {
	t.Parallel()
	settings := by(awsfake.NewBusy(t).URL, 1000)
	for verb, limit := range map[string]time.Duration{
		"create": 10 * time.Minute, "read": 10 * time.Minute, "update": 10 * time.Minute, "data": 10 * time.Minute, "delete": time.Hour,
	} {
		for own, limit := range map[string]time.Duration{"": limit, "7m": 7 * time.Minute} {
			if verb == "data" && own != "" { // It has no such block.
				continue
			}
			t.Run(verb+own, func(t *testing.T) {
				t.Parallel()
				before, after := maps.Clone(first), maps.Clone(second)
				if own != "" {
					all := map[string]any{"create": "20m", "read": "20m", "update": "20m", "delete": "20m"}
					before["timeouts"], after["timeouts"] = maps.Clone(all), all
					all[verb] = own
					if verb != "update" { // It takes the limit of its plan.
						before["timeouts"] = all
					}
				}
				a := newAccount(t, nil)
				object := a.NewObject(t, bucket.TypeName)
				if verb != "create" {
					if errs := object.Become(t, before); errs != "" {
						t.Fatal(errs)
					}
				}
				synctest.Test(t, func(t *testing.T) {
					busy := account{Server: acctest.NewServer(t, settings)}
					object, start, errs := object.On(busy.Server), time.Now(), ""
					switch verb {
					case "create":
						errs = object.Become(t, before)
					case "update":
						errs = object.Become(t, after)
					default:
						errs = verbs[verb](t, busy, object)
					}
					if took := time.Since(start); errs == "" || took != limit {
						t.Errorf("took %s, want %s: %q", took, limit, errs)
					}
				})
			})
		}
	}
}

// TestRead_seenLate waits for two minutes at most until S3 shows what a create or an update has written. It does not wait
// for what a failed update has not written.
func TestRead_seenLate(t *testing.T) {
	t.Parallel()
	fake := awsfake.NewS3(t)
	synctest.Test(t, func(t *testing.T) {
		a := account{acctest.NewServer(t, by(fake.URL, 1)), fake}
		object := a.NewObject(t, bucket.TypeName)
		read := func(when string, late int, same bool) time.Duration {
			before, start := acctest.Texts(object.State(t)), time.Now()
			a.s3.RefuseSome("GetBucketPolicy", "NoSuchBucketPolicy", late)
			if warnings, errs := object.Read(t); warnings+errs != "" {
				t.Errorf("%s: %q, %q", when, warnings, errs)
			}
			if after := acctest.Texts(object.State(t)); maps.Equal(before, after) != same {
				t.Errorf("%s: the state was\n%v and is\n%v", when, before, after)
			}
			return time.Since(start)
		}
		for i, written := range []string{"create", "update"} {
			time.Sleep(time.Hour)
			config := []map[string]any{first, second}[i]
			if errs := object.Become(t, config); errs != "" {
				t.Fatal(errs)
			}
			if took := read("after the "+written, 3, true); took == 0 || took > 2*time.Minute {
				t.Errorf("after the %s: waited %s", written, took)
			}
		}
		a.s3.Refuse("PutBucketNotificationConfiguration", "AccessDenied")
		third := maps.Clone(second)
		third["versioning"], third["eventbridge_notifications"] = true, true
		if errs := object.Become(t, third); errs == "" {
			t.Error("the update did not fail")
		}
		if took := read("after a failed update", 0, false); took != 0 {
			t.Errorf("after a failed update: waited %s", took)
		}
		time.Sleep(time.Hour)
		if took := read("long after", 1, false); took != 0 {
			t.Errorf("long after: waited %s", took)
		}
	})
}
