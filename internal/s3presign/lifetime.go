package s3presign

import (
	"fmt"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

const (
	// DefaultExpiresIn is the lifetime in VoiceBase's own samples: a day.
	DefaultExpiresIn = 86_400 * time.Second
	// defaultWindow is how long a URL stays the same by default.
	defaultWindow = time.Hour
)

// CheckExpiresIn returns an error unless S3 accepts the lifetime: whole seconds, 1 to 604,800.
func CheckExpiresIn(expiresIn time.Duration) error {
	if expiresIn <= 0 || expiresIn > awsname.MaxPresignedLife || expiresIn%time.Second != 0 {
		return fmt.Errorf("invalid lifetime %s: must be a whole number of seconds from 1 to %d", expiresIn, int64(awsname.MaxPresignedLife.Seconds()))
	}
	return nil
}

// DefaultWindow returns the signing window of a URL with the given lifetime: an hour, or a quarter of the lifetime if
// that is less, in whole seconds.
func DefaultWindow(expiresIn time.Duration) time.Duration {
	return min(defaultWindow, expiresIn/4).Truncate(time.Second)
}

// CheckWindow returns an error unless a URL that is signed at the window's start is still valid at its end: whole
// seconds, at least 0 and less than the lifetime.
func CheckWindow(window, expiresIn time.Duration) error {
	if window < 0 || window%time.Second != 0 {
		return fmt.Errorf("invalid signing_window %s: must be whole seconds, and not negative", window)
	}
	if window >= expiresIn {
		return fmt.Errorf("invalid signing_window %s: must be less than expires_in, which is %s, or the URL may have expired when you read it", window, expiresIn)
	}
	return nil
}

// Window returns the signing time for now, rounded down to a multiple of the window. The URL stays the same for that
// long, and is valid for at least its lifetime minus the window. A window of 0 means now.
func Window(now time.Time, window time.Duration) time.Time {
	return now.UTC().Truncate(max(window, time.Second))
}

// EffectiveEnd returns when the URL stops working: at its own end, or when the credentials that signed it expire.
// Credentials without a known end count as permanent here.
func (s Signed) EffectiveEnd() time.Time {
	return Earlier(s.ExpiresAt, s.CredentialsExpireAt)
}

// UnknownEnd reports whether the URL expires with a session token whose end is not known.
func (s Signed) UnknownEnd() bool { return s.Temporary && s.CredentialsExpireAt.IsZero() }

// Earlier returns the earlier of two times. A zero second one doesn't count.
func Earlier(end, other time.Time) time.Time {
	if !other.IsZero() && other.Before(end) {
		return other
	}
	return end
}
