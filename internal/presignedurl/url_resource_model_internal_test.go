package presignedurl

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

const tokenURL = "https://b.s3.us-east-1.amazonaws.com/k?X-Amz-Security-Token=t"

// kept is a URL as it stands in the state, signed at testNow.
func kept(change func(*resourceModel)) resourceModel {
	model := resourceModel{
		urlModel: urlModel{
			Bucket: types.StringValue("bucket"), Key: types.StringValue("key"), Region: types.StringValue("us-east-1"),
			Type: types.StringValue("analytics"), Format: types.StringNull(), ContentType: types.StringValue("application/json"),
			ExpiresIn:           types.Int64Value(86_400),
			URL:                 types.StringValue("https://b.s3.us-east-1.amazonaws.com/k"),
			SignedAt:            framework.TimeValue(testNow),
			ExpiresAt:           framework.TimeValue(testNow.Add(24 * time.Hour)),
			CredentialsExpireAt: framework.NullTime(),
			EffectiveExpiresAt:  framework.TimeValue(testNow.Add(24 * time.Hour)),
		},
		RenewBefore:         framework.NullDuration(),
		CredentialsLifetime: framework.NullDuration(),
	}
	change(&model)
	return model
}

func effectiveEnd(end time.Duration) func(*resourceModel) {
	return func(m *resourceModel) { m.EffectiveExpiresAt = framework.TimeValue(testNow.Add(end)) }
}

func TestDue(t *testing.T) {
	t.Parallel()
	hour := func(m *resourceModel) { m.RenewBefore = framework.DurationValue(time.Hour) }
	for name, test := range map[string]struct {
		change func(*resourceModel)
		after  time.Duration
	}{
		"a day: the retry schedule before its end":     {func(*resourceModel) {}, 86_400*time.Second - 56_700*time.Second},
		"seven days: the same":                         {effectiveEnd(604_800 * time.Second), 604_800*time.Second - 56_700*time.Second},
		"an hour: three quarters of it before its end": {effectiveEnd(time.Hour), 15 * time.Minute},
		"a second":                      {effectiveEnd(time.Second), 250 * time.Millisecond},
		"renew_before":                  {hour, 23 * time.Hour},
		"renew_before longer than life": {func(m *resourceModel) { hour(m); effectiveEnd(time.Minute)(m) }, time.Minute - time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := kept(test.change)
			for offset, want := range map[time.Duration]bool{-time.Nanosecond: false, 0: true, 365 * 24 * time.Hour: true} {
				if got, diags := model.due(testNow.Add(test.after + offset)); got != want || diags.HasError() {
					t.Errorf("%s + %s after signing: got %t, %v", test.after, offset, got, diags)
				}
			}
		})
	}
}

func TestSetEffectiveEnd(t *testing.T) {
	t.Parallel()
	token := func(m *resourceModel) { m.URL = types.StringValue(tokenURL) }
	for name, test := range map[string]struct {
		change func(*resourceModel)
		want   framework.Time
	}{
		"long-lived": {func(*resourceModel) {}, framework.TimeValue(testNow.Add(24 * time.Hour))},
		"known end stays": {func(m *resourceModel) {
			token(m)
			m.CredentialsExpireAt = framework.TimeValue(testNow.Add(2 * time.Hour))
			effectiveEnd(2 * time.Hour)(m)
		}, framework.TimeValue(testNow.Add(2 * time.Hour))},
		"unknown end is an hour": {token, framework.TimeValue(testNow.Add(time.Hour))},
		"or what was told": {func(m *resourceModel) {
			token(m)
			m.CredentialsLifetime = framework.DurationValue(12 * time.Hour)
		}, framework.TimeValue(testNow.Add(12 * time.Hour))},
		"but not after the URL's own": {func(m *resourceModel) {
			token(m)
			m.CredentialsLifetime = framework.DurationValue(36 * time.Hour)
		}, framework.TimeValue(testNow.Add(24 * time.Hour))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := kept(test.change)
			if diags := model.setEffectiveEnd(); diags.HasError() || !model.EffectiveExpiresAt.Equal(test.want) {
				t.Errorf("got %s, want %s, %v", model.EffectiveExpiresAt, test.want, diags)
			}
		})
	}
}

// TestKeep has five outputs that all differ.
func TestKeep(t *testing.T) {
	t.Parallel()
	after := func(hours int) framework.Time {
		return framework.TimeValue(testNow.Add(time.Duration(hours) * time.Hour))
	}
	var state, model resourceModel
	state.URL, state.SignedAt, state.ExpiresAt = types.StringValue(tokenURL), after(0), after(3)
	state.CredentialsExpireAt, state.EffectiveExpiresAt = after(2), after(1)
	if model.keep(state); !reflect.DeepEqual(model, state) {
		t.Errorf("got  %+v\nwant %+v", model, state)
	}
}

func TestKeepOrRenew(t *testing.T) {
	t.Parallel()
	const due, inTime = true, false
	later := func(m *resourceModel) { m.RenewBefore = framework.UnknownDuration() }
	lifetime := func(value framework.Duration) func(*resourceModel) {
		return func(m *resourceModel) { m.CredentialsLifetime = value }
	}
	for name, test := range map[string]struct {
		change func(*resourceModel)
		url    string
		due    bool
		want   []string
		known  bool // the outputs of the signature
	}{
		"in time":                    {func(*resourceModel) {}, "", inTime, nil, true},
		"due":                        {func(*resourceModel) {}, "", due, []string{"effective_expires_at"}, false},
		"the provider's region":      {func(m *resourceModel) { m.Region = types.StringValue("eu-west-1") }, "", inTime, []string{"region"}, false},
		"VoiceBase's content type":   {func(m *resourceModel) { m.ContentType = types.StringValue("text/json") }, "", inTime, []string{"content_type"}, false},
		"no type":                    {func(m *resourceModel) { m.Type = types.StringValue("") }, "", inTime, []string{"type"}, false},
		"renewed at another time":    {func(m *resourceModel) { m.RenewBefore = framework.DurationValue(time.Hour) }, "", inTime, nil, false},
		"the same, due before":       {func(m *resourceModel) { m.RenewBefore = framework.DurationValue(time.Hour) }, "", due, nil, false},
		"renewed who knows when":     {later, "", inTime, []string{"renew_before"}, false},
		"a session of another life":  {lifetime(framework.DurationValue(2 * time.Hour)), tokenURL, inTime, nil, false},
		"of a life not known yet":    {lifetime(framework.UnknownDuration()), tokenURL, inTime, []string{"credentials_lifetime"}, false},
		"no session, another life":   {lifetime(framework.DurationValue(2 * time.Hour)), "", inTime, nil, true},
		"no session, not known yet":  {lifetime(framework.UnknownDuration()), "", inTime, nil, true},
		"no session, not known, due": {lifetime(framework.UnknownDuration()), "", due, []string{"effective_expires_at"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := kept(func(m *resourceModel) {
				if test.url != "" {
					m.URL = types.StringValue(test.url)
				}
			})
			plan := state
			test.change(&plan)
			var got []string
			for _, p := range plan.keepOrRenew(state, test.due) {
				got = append(got, p.String())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("replaced by %q, want %q", got, test.want)
			}
			if plan.URL.IsUnknown() == test.known || plan.SignedAt.IsUnknown() == test.known {
				t.Errorf("known %t, and the planned URL was signed at %s", test.known, plan.SignedAt)
			}
		})
	}
}

func TestPlanOutputs(t *testing.T) {
	clients := clientsAt(t, awsclient.Settings{Region: "eu-west-1"}, testNow)
	homeless := clientsAt(t, awsclient.Settings{}, testNow)
	unknown := types.StringUnknown()
	for name, test := range map[string]struct {
		clients                 *awsclient.Clients
		change                  func(*resourceModel)
		configuredRegion        types.String
		wantRegion, wantContent types.String
	}{
		"configured region": {clients, func(*resourceModel) {}, types.StringValue("us-east-1"), types.StringValue("us-east-1"), types.StringValue("application/json")},
		"the provider's":    {clients, func(*resourceModel) {}, types.StringNull(), types.StringValue("eu-west-1"), types.StringValue("application/json")},
		"none: as it was":   {homeless, func(*resourceModel) {}, types.StringNull(), types.StringValue("us-east-1"), types.StringValue("application/json")},
		"none, at first":    {homeless, func(m *resourceModel) { m.Region = unknown }, types.StringNull(), unknown, types.StringValue("application/json")},
		"unknown bucket":    {clients, func(m *resourceModel) { m.Bucket, m.Region = unknown, unknown }, types.StringNull(), unknown, types.StringValue("application/json")},
		"access point": {clients, func(m *resourceModel) {
			m.Bucket = types.StringValue("arn:aws:s3:us-west-2:123456789012:accesspoint/a-b")
		}, types.StringNull(), types.StringValue("us-west-2"), types.StringValue("application/json")},
		"unknown region":         {clients, func(m *resourceModel) { m.Region = unknown }, unknown, unknown, types.StringValue("application/json")},
		"unknown type":           {clients, func(m *resourceModel) { m.Type, m.ContentType = unknown, unknown }, types.StringNull(), types.StringValue("eu-west-1"), unknown},
		"unknown format":         {clients, func(m *resourceModel) { m.Format, m.ContentType = unknown, unknown }, types.StringNull(), types.StringValue("eu-west-1"), unknown},
		"unknown content type":   {clients, func(m *resourceModel) { m.Type, m.ContentType = types.StringNull(), unknown }, types.StringNull(), types.StringValue("eu-west-1"), unknown},
		"content type of a type": {clients, func(m *resourceModel) { m.ContentType = unknown }, types.StringNull(), types.StringValue("eu-west-1"), types.StringValue("application/json")},
	} {
		t.Run(name, func(t *testing.T) {
			model := kept(test.change)
			config := resourceModel{urlModel: urlModel{Region: test.configuredRegion, Type: model.Type}}
			model.planOutputs(test.clients, config)
			if !model.Region.Equal(test.wantRegion) || !model.ContentType.Equal(test.wantContent) {
				t.Errorf("got %s and %s, want %s and %s", model.Region, model.ContentType, test.wantRegion, test.wantContent)
			}
		})
	}
}

// TestWarnings compares the warnings whole, of a URL that was just signed.
func TestWarnings(t *testing.T) {
	t.Parallel()
	signed := s3presign.Signed{SignedAt: testNow, ExpiresAt: testNow.Add(24 * time.Hour)}
	session := func(m *resourceModel) {
		m.URL = types.StringValue(tokenURL)
		effectiveEnd(2 * time.Hour)(m)
	}
	const assumed = "credentials_lifetime: Assumed expiry of the credentials: The URL was signed with a session token of unknown expiry, such as one from " +
		"environment variables, and stops working when the token expires. The provider assumes that this is at 2026-01-02T05:04:05Z and renews the URL before. " +
		"Set credentials_lifetime to change the assumption."
	const due = "renew_before: Callback URL is due for renewal from the start: The URL expires with its credentials at 2026-01-02T05:04:05Z, which is less than " +
		"renew_before from now, so every plan will replace it. Use credentials that are valid for longer, or reduce renew_before."
	for name, test := range map[string]struct {
		change func(*resourceModel)
		signed s3presign.Signed
		want   []string
	}{
		"long-lived": {func(*resourceModel) {}, signed, nil},
		"session":    {session, signed, []string{assumed}},
		"due": {func(m *resourceModel) {
			session(m)
			m.RenewBefore = framework.DurationValue(2 * time.Hour)
		}, signed, []string{assumed, due}},
		"due in a second": {func(m *resourceModel) {
			session(m)
			m.RenewBefore = framework.DurationValue(2*time.Hour - time.Second)
		}, signed, []string{assumed}},
		"short": {func(*resourceModel) {}, s3presign.Signed{SignedAt: testNow, ExpiresAt: testNow.Add(time.Hour)}, []string{
			short + ": The URL expires at 2026-01-02T04:04:05Z. VoiceBase retries a failed delivery for 56700 seconds after its first attempt, so until " +
				"2026-01-02T18:49:05Z or later. Increase expires_in to cover the retries and the processing time.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := kept(test.change)
			diags := model.warnings(test.signed)
			got := summaries(diags)
			for i, d := range diags {
				got[i] += ": " + d.Detail()
			}
			if !slices.Equal(got, test.want) || diags.HasError() {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}
