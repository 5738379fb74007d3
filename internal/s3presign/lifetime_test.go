package s3presign_test

import (
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

func TestCheckExpiresIn(t *testing.T) {
	t.Parallel()
	for expiresIn, valid := range map[time.Duration]bool{
		-time.Second: false, 0: false, time.Second: true, 1500 * time.Millisecond: false,
		604_800 * time.Second: true, 604_801 * time.Second: false,
	} {
		if err := s3presign.CheckExpiresIn(expiresIn); (err == nil) != valid {
			t.Errorf("%s: %v", expiresIn, err)
		}
	}
}

func TestDefaultExpiresIn(t *testing.T) {
	t.Parallel()
	if s3presign.DefaultExpiresIn != 86_400*time.Second {
		t.Errorf("got %s, VoiceBase's samples have a day", s3presign.DefaultExpiresIn)
	}
}

func TestDefaultWindow(t *testing.T) {
	t.Parallel()
	for expiresIn, want := range map[time.Duration]time.Duration{
		time.Second:             0,
		3 * time.Second:         0,
		4 * time.Second:         time.Second,
		7 * time.Second:         time.Second,
		4*time.Hour - 1:         time.Hour - time.Second,
		4 * time.Hour:           time.Hour,
		604_800 * time.Second:   time.Hour,
		4*time.Hour - time.Hour: 45 * time.Minute,
	} {
		got := s3presign.DefaultWindow(expiresIn)
		if got != want {
			t.Errorf("%s: got %s, want %s", expiresIn, got, want)
		}
		if err := s3presign.CheckWindow(got, expiresIn); err != nil {
			t.Errorf("%s: the default is refused: %v", expiresIn, err)
		}
	}
}

func TestCheckWindow(t *testing.T) {
	t.Parallel()
	for window, valid := range map[time.Duration]bool{
		-time.Second: false, 0: true, time.Second: true, 1500 * time.Millisecond: false,
		time.Hour - time.Second: true, time.Hour: false, time.Hour + time.Second: false,
	} {
		if err := s3presign.CheckWindow(window, time.Hour); (err == nil) != valid {
			t.Errorf("%s: %v", window, err)
		}
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		now    time.Time
		window time.Duration
		want   time.Time
	}{
		{start.Add(-time.Second), time.Hour, start.Add(-time.Hour)},
		{start, time.Hour, start},
		{start.Add(time.Hour - time.Nanosecond), time.Hour, start},
		{start.Add(time.Hour), time.Hour, start.Add(time.Hour)},
		{start.Add(1500 * time.Millisecond), 0, start.Add(time.Second)},
		{start.In(time.FixedZone("", 5*3600+1800)), time.Hour, start},
	} {
		if got := s3presign.Window(test.now, test.window); !got.Equal(test.want) || got.Location() != time.UTC {
			t.Errorf("%s in windows of %s: got %s, want %s", test.now, test.window, got, test.want)
		}
	}
}

func FuzzWindow(f *testing.F) {
	f.Add(int64(1_767_323_045), int64(3600), int64(86_400))
	f.Fuzz(func(t *testing.T, now, window, expiresIn int64) {
		w, e := time.Duration(window)*time.Second, time.Duration(expiresIn)*time.Second
		if s3presign.CheckExpiresIn(e) != nil || s3presign.CheckWindow(w, e) != nil || now < 0 || now > 1<<35 {
			t.Skip("not a window that Sign would be given")
		}
		at := time.Unix(now, 0)
		start := s3presign.Window(at, w)
		if start.After(at) || start.Add(e).Before(at.Add(e-w)) {
			t.Errorf("at %s, window %s: signed at %s", at, w, start)
		}
	})
}
