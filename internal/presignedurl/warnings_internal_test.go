package presignedurl

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

var testNow = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

const (
	expired     = "signed_at: Callback URL has expired"
	early       = "signed_at: Callback URL is not valid yet"
	short       = "expires_in: Callback URL expires before VoiceBase's last retry"
	credentials = "Callback URL expires with its credentials"
	unknownEnd  = "Callback URL may expire with its credentials"
)

// summaries has the attribute before each summary that is on one.
func summaries(diags diag.Diagnostics) []string {
	var all []string
	for _, d := range diags {
		summary := d.Summary()
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			summary = at.Path().String() + ": " + summary
		}
		all = append(all, summary)
	}
	return all
}

func TestLifetimeWarnings(t *testing.T) {
	t.Parallel()
	const schedule = 56_700 * time.Second
	for name, test := range map[string]struct {
		ends, credentialsEnd time.Duration // from now; 0 = the credentials have no end
		want                 []string
	}{
		"ended a second ago":                            {-time.Second, 0, []string{expired}},
		"ends now":                                      {0, 0, []string{expired}},
		"ends in a second":                              {time.Second, 0, []string{short}},
		"a second before the last retry":                {schedule - time.Second, 0, []string{short}},
		"with the last retry":                           {schedule, 0, nil},
		"credentials end with the URL":                  {schedule, schedule, nil},
		"credentials end after the URL":                 {schedule, schedule + time.Second, nil},
		"credentials end a second before the URL":       {schedule + time.Second, schedule, []string{credentials}},
		"both too short":                                {time.Hour, time.Minute, []string{short, credentials}},
		"an expired URL's credentials are of no matter": {-time.Second, -time.Hour, []string{expired}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			signed := s3presign.Signed{SignedAt: testNow.Add(-time.Hour), ExpiresAt: testNow.Add(test.ends)}
			if test.credentialsEnd != 0 {
				signed.CredentialsExpireAt = testNow.Add(test.credentialsEnd)
			}
			diags := lifetimeWarnings(signed, testNow)
			if got := summaries(diags); !slices.Equal(got, test.want) || diags.HasError() {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestLifetimeWarnings_start has URLs that are not valid yet, at the edge of what clocks may differ by.
func TestLifetimeWarnings_start(t *testing.T) {
	t.Parallel()
	for start, want := range map[time.Duration][]string{0: nil, 300 * time.Second: nil, 301 * time.Second: {early}, 24 * time.Hour: {early}} {
		signed := s3presign.Signed{SignedAt: testNow.Add(start), ExpiresAt: testNow.Add(start + 24*time.Hour)}
		if got := summaries(lifetimeWarnings(signed, testNow)); !slices.Equal(got, want) {
			t.Errorf("a start in %s: got %q, want %q", start, got, want)
		}
	}
}

// TestLifetimeWarnings_texts has times that all differ, in another time zone and with a fraction of a second.
func TestLifetimeWarnings_texts(t *testing.T) {
	t.Parallel()
	now := testNow.Add(500 * time.Millisecond).In(time.FixedZone("", 2*3600))
	signed := func(start, end, credentialsEnd time.Duration) s3presign.Signed {
		return s3presign.Signed{SignedAt: now.Add(start), ExpiresAt: now.Add(end), CredentialsExpireAt: now.Add(credentialsEnd), Temporary: true}
	}
	unknown := signed(0, 24*time.Hour, 0)
	unknown.CredentialsExpireAt = time.Time{}
	for want, got := range map[string]diag.Diagnostics{
		"The URL was signed for 2026-01-02T01:04:05Z and expired at 2026-01-02T02:04:05Z. S3 refuses every delivery to it. " +
			"Set a later signed_at, or remove it.": lifetimeWarnings(signed(-2*time.Hour, -time.Hour, time.Hour), now),
		"The URL is signed for 2026-01-02T05:04:05Z, and S3 refuses every delivery to it before then. " +
			"Set an earlier signed_at, or remove it.": lifetimeWarnings(signed(2*time.Hour, 24*time.Hour, 25*time.Hour), now),
		"The URL expires at 2026-01-02T04:04:05Z. VoiceBase retries a failed delivery for 56700 seconds after its first attempt, " +
			"so until 2026-01-02T18:49:05Z or later. Increase expires_in to cover the retries and the processing time.": lifetimeWarnings(signed(0, time.Hour, 2*time.Hour), now),
		"The URL was signed with temporary credentials that expire at 2026-01-02T19:04:05Z. It stops working then, not at 2026-01-03T03:04:05Z.": lifetimeWarnings(signed(0, 24*time.Hour, 16*time.Hour), now),
		"The URL was signed with temporary credentials that expire at 2026-01-02T05:04:05Z. It stops working then, not at 2026-01-03T03:04:05Z. " +
			"VoiceBase's last retry comes at 2026-01-02T18:49:05Z or later.": lifetimeWarnings(signed(0, 24*time.Hour, 2*time.Hour), now),
		"The URL was signed with a session token of unknown expiry, such as one from environment variables. It stops working when the " +
			"token expires, which may be long before 2026-01-03T03:04:05Z. Use credentials with a known expiry, such as a profile or assume_role, " +
			"or an IAM user's keys.": unknownEndWarning(unknown),
	} {
		if len(got) != 1 || got[0].Detail() != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

func TestCredentialsWarningNamesTheLastRetry(t *testing.T) {
	t.Parallel()
	lastRetry := testNow.Add(time.Hour)
	for end, want := range map[time.Duration]bool{time.Hour - time.Second: true, time.Hour: false} {
		signed := s3presign.Signed{ExpiresAt: testNow.Add(2 * time.Hour), CredentialsExpireAt: testNow.Add(end)}
		if got := strings.Contains(credentialsWarning(signed, lastRetry).Detail(), "last retry comes at 2026-01-02T04:04:05Z"); got != want {
			t.Errorf("credentials that live %s: last retry named: %t", end, got)
		}
	}
}

func TestUnknownEndWarning(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		signed s3presign.Signed
		want   []string
	}{
		"long-lived":  {s3presign.Signed{}, nil},
		"known end":   {s3presign.Signed{Temporary: true, CredentialsExpireAt: testNow}, nil},
		"unknown end": {s3presign.Signed{Temporary: true}, []string{unknownEnd}},
	} {
		if got := unknownEndWarning(test.signed); !slices.Equal(summaries(got), test.want) || got.HasError() {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
