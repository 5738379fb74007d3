package presignedurl

import (
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
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

func TestDueIsNotDecidedOnUnknownValues(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*resourceModel){
		"renew_before":         func(m *resourceModel) { m.RenewBefore = framework.UnknownDuration() },
		"effective_expires_at": func(m *resourceModel) { m.EffectiveExpiresAt = framework.UnknownTime() },
	} {
		model := kept(change)
		if due, diags := model.due(testNow.AddDate(1, 0, 0)); due || diags.HasError() {
			t.Errorf("%s: due %t, %v", name, due, diags)
		}
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
		"told later": {func(m *resourceModel) {
			token(m)
			m.CredentialsLifetime = framework.UnknownDuration()
		}, framework.UnknownTime()},
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

func TestKeepOrRenew(t *testing.T) {
	t.Parallel()
	renewal := 86_400*time.Second - 56_700*time.Second
	for name, test := range map[string]struct {
		change func(*resourceModel)
		after  time.Duration
		want   []string
	}{
		"before the renewal":       {func(*resourceModel) {}, renewal - time.Second, nil},
		"at the renewal":           {func(*resourceModel) {}, renewal, []string{"effective_expires_at"}},
		"the provider's region":    {func(m *resourceModel) { m.Region = types.StringValue("eu-west-1") }, 0, []string{"region"}},
		"VoiceBase's content type": {func(m *resourceModel) { m.ContentType = types.StringValue("text/json") }, 0, []string{"content_type"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := kept(test.change)
			paths, diags := plan.keepOrRenew(kept(func(*resourceModel) {}), testNow.Add(test.after))
			var got []string
			for _, p := range paths {
				got = append(got, p.String())
			}
			if !slices.Equal(got, test.want) || diags.HasError() {
				t.Errorf("replaced by %q, want %q, %v", got, test.want, diags)
			}
			if due := slices.Contains(got, "effective_expires_at"); plan.URL.IsUnknown() != due || plan.SignedAt.IsUnknown() != due {
				t.Errorf("due %t, and the planned URL is %s", due, plan.SignedAt)
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
			if err := model.planOutputs(test.clients, test.configuredRegion); err != nil {
				t.Fatal(err)
			}
			if !model.Region.Equal(test.wantRegion) || !model.ContentType.Equal(test.wantContent) {
				t.Errorf("got %s and %s, want %s and %s", model.Region, model.ContentType, test.wantRegion, test.wantContent)
			}
		})
	}
}
