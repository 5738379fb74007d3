package bucket

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/golden"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// TestSettings_fields changes one setting of a bucket at a time: it is that setting which shows in the state, by its
// name, and which the next write would send.
func TestSettings_fields(t *testing.T) {
	t.Parallel()
	base := func() s3bucket.Settings {
		settings := writtenSettings()
		settings.Lifecycle = []s3bucket.LifecycleRule{{
			ID: "theirs", Enabled: true, Prefix: "tmp/", ExpireAfterDays: 1, NoncurrentExpireAfterDays: 2, AbortUploadsAfterDays: 3,
			Transitions:           []s3bucket.Transition{{AfterDays: 4, StorageClass: "GLACIER"}},
			NoncurrentTransitions: []s3bucket.Transition{{AfterDays: 5, StorageClass: "DEEP_ARCHIVE"}},
		}}
		return settings
	}
	state := func(settings s3bucket.Settings) bucketModel {
		m := bucketModel{ManageLifecycle: types.BoolValue(true), ManagePolicy: types.BoolValue(true)}
		m.fromAPI(settings, tags.Config{})
		return m
	}
	was := reflect.ValueOf(state(base()))
	var texts strings.Builder
	fields.Varied(base, func(path string, varied s3bucket.Settings) {
		m := state(varied)
		got, diags := m.toSettings(t.Context())
		if is, want := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", varied); diags.HasError() || is != want {
			t.Errorf("%s: read and written again, it is\n%s, want\n%s (%v)", path, is, want, diags)
		}
		is := reflect.ValueOf(m)
		for i := range is.NumField() {
			// Which tag is another is not always the same.
			if before, after := fmt.Sprint(was.Field(i)), fmt.Sprint(is.Field(i)); before != after && !strings.HasPrefix(path, "Tags") {
				fmt.Fprintf(&texts, "%s: %s\n", path, difference(before, after))
			}
		}
	})
	golden.Compare(t, "fields.txt", texts.String())
}

// difference is what differs, with what stands before it, where the attribute's name is.
func difference(before, after string) string {
	from := 0
	for from < min(len(before), len(after)) && before[from] == after[from] {
		from++
	}
	to := 0
	for to < min(len(before), len(after))-from && before[len(before)-1-to] == after[len(after)-1-to] {
		to++
	}
	const context = 40
	return before[max(0, from-context):from] + "[" + before[from:len(before)-to] + " -> " + after[from:len(after)-to] + "]"
}
