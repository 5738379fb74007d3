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
	expired     = "Callback URL has expired"
	short       = "Callback URL expires before VoiceBase's last retry"
	credentials = "Callback URL expires with its credentials"
)

func summaries(diags diag.Diagnostics) []string {
	var all []string
	for _, d := range diags {
		all = append(all, d.Summary())
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
	for start, want := range map[time.Duration][]string{
		0: nil, clockSkew: nil, clockSkew + time.Second: {"Callback URL is not valid yet"}, 24 * time.Hour: {"Callback URL is not valid yet"},
	} {
		signed := s3presign.Signed{SignedAt: testNow.Add(start), ExpiresAt: testNow.Add(start + 24*time.Hour)}
		if got := summaries(lifetimeWarnings(signed, testNow)); !slices.Equal(got, want) {
			t.Errorf("a start in %s: got %q, want %q", start, got, want)
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
		want   int
	}{
		"long-lived":  {s3presign.Signed{}, 0},
		"known end":   {s3presign.Signed{Temporary: true, CredentialsExpireAt: testNow}, 0},
		"unknown end": {s3presign.Signed{Temporary: true}, 1},
	} {
		if got := unknownEndWarning(test.signed); len(got) != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
