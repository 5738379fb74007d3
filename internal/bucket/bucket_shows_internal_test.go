package bucket

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

const readerPolicy = `{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-results/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}`

// writtenSettings are what an apply has written.
func writtenSettings() s3bucket.Settings {
	return s3bucket.Settings{
		PublicAccessBlock: s3bucket.AllBlocked, ObjectOwnership: s3bucket.ObjectOwnership, Versioning: true, Policy: readerPolicy,
		Encryption:    s3bucket.NewEncryption("arn:aws:kms:us-east-1:111122223333:key/1234abcd", []string{s3bucket.BlockedSSEC}),
		Lifecycle:     s3bucket.Retention{ExpireAfterDays: 30, AbortUploadsAfterDays: 7}.Rules(),
		AccessLogging: s3bucket.AccessLogging{Bucket: "acme-logs", Prefix: "s3/"},
		Tags:          map[string]string{"Team": "speech", "Owner": "ops"},
	}
}

// The read after an apply waits for what S3 does not show yet, and for nothing that time does not change.
func TestShows(t *testing.T) {
	t.Parallel()
	alias := func(s *s3bucket.Settings) { s.Encryption.KMSKey = "alias/results" }
	left := func(m *bucketModel) {
		m.ManageLifecycle, m.ManagePolicy, m.EffectivePolicy = types.BoolValue(false), types.BoolValue(false), framework.PolicyNull()
		m.leaveLifecycle()
	}
	for name, test := range map[string]struct {
		state  func(*bucketModel)
		change func(*s3bucket.Settings)
		config tags.Config
		err    error
		waits  bool
	}{
		"all":           {},
		"an AWS tag":    {change: func(s *s3bucket.Settings) { s.Tags["aws:cloudformation:stack-name"] = "x" }},
		"ignored since": {change: func(s *s3bucket.Settings) { s.Tags["Owner"] = "them" }, config: tags.Config{IgnoreKeys: []string{"Owner"}}},
		"ignored and gone since": {
			change: func(s *s3bucket.Settings) { delete(s.Tags, "Owner") }, config: tags.Config{IgnoreKeyPrefixes: []string{"Own"}},
		},
		"policy in lists, an account by its ID, booleans": {change: func(s *s3bucket.Settings) {
			s.Policy = strings.NewReplacer(`"s3:GetObject"`, `["s3:GetObject"]`, "arn:aws:iam::111122223333:root", "111122223333", `"true"`, `true`).Replace(s.Policy)
		}},
		"a dead principal": {change: func(s *s3bucket.Settings) {
			s.Policy = strings.Replace(s.Policy, "arn:aws:iam::111122223333:root", "AROAEXAMPLEEXAMPLE123", 1)
		}},
		"others' lifecycle and policy": {state: left, change: func(s *s3bucket.Settings) {
			s.Policy, s.Lifecycle = "", []s3bucket.LifecycleRule{{ID: "theirs", Enabled: true, Other: true}}
		}},
		"an alias of the key": {state: func(m *bucketModel) {
			settings := writtenSettings()
			alias(&settings)
			m.fromAPI(settings, tags.Config{})
		}, change: alias},
		"a refusal":        {err: s3bucket.ErrExists},
		"no bucket":        {err: awsclient.ErrNotFound, waits: true},
		"a missing tag":    {change: func(s *s3bucket.Settings) { delete(s.Tags, "Team") }, waits: true},
		"an old policy":    {change: func(s *s3bucket.Settings) { s.Policy = strings.Replace(s.Policy, "GetObject", "PutObject", 1) }, waits: true},
		"no policy":        {change: func(s *s3bucket.Settings) { s.Policy = "" }, waits: true},
		"an old lifecycle": {change: func(s *s3bucket.Settings) { s.Lifecycle = s.Lifecycle[:1] }, waits: true},
		"an old key": {change: func(s *s3bucket.Settings) {
			s.Encryption.KMSKey = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-old"
		}, waits: true},
		"no versioning":      {change: func(s *s3bucket.Settings) { s.Versioning = false }, waits: true},
		"no access log":      {change: func(s *s3bucket.Settings) { s.AccessLogging = s3bucket.AccessLogging{} }, waits: true},
		"EventBridge before": {change: func(s *s3bucket.Settings) { s.EventBridge = true }, waits: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := bucketModel{ManageLifecycle: types.BoolValue(true), ManagePolicy: types.BoolValue(true)}
			state.fromAPI(writtenSettings(), tags.Config{})
			if test.state != nil {
				test.state(&state)
			}
			found := writtenSettings()
			found.Tags = maps.Clone(found.Tags)
			if test.change != nil {
				test.change(&found)
			}
			if shown := state.shows(t.Context(), test.config)(found, test.err); shown == test.waits {
				t.Errorf("shown: %t of %+v", shown, found)
			}
		})
	}
}

// TestPrepareAdoption has the defaults of what no bucket in S3 has, and keeps what a move took over.
func TestPrepareAdoption(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ moved, want types.Bool }{
		{types.BoolNull(), types.BoolValue(false)}, {types.BoolValue(false), types.BoolValue(false)}, {types.BoolValue(true), types.BoolValue(true)},
	} {
		m := bucketModel{ForceDestroy: test.moved}
		m.prepareAdoption()
		want := bucketModel{ForceDestroy: test.want, BucketPrefix: types.StringValue(""), ManagePolicy: types.BoolValue(true), ManageLifecycle: types.BoolValue(true)}
		if !reflect.DeepEqual(m, want) {
			t.Errorf("%s: %+v", test.moved, m)
		}
	}
}
