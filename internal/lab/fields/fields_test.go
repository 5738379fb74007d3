package fields_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/fields"
)

func TestAlone(t *testing.T) {
	var paths []string
	fields.Alone(func(path string, without, with s3.GetBucketVersioningOutput) {
		paths = append(paths, path+"="+string(with.Status)+string(with.MFADelete))
		if without.Status != "" || without.MFADelete != "" {
			t.Errorf("%s: %+v is not without", path, without)
		}
	})
	if want := []string{"MFADelete=Enabled", "MFADelete=Disabled", "Status=Enabled", "Status=Suspended"}; !slices.Equal(paths, want) {
		t.Errorf("got %q, want %q", paths, want)
	}
	seen := map[string]bool{}
	fields.Alone(func(path string, without, with s3.GetBucketLifecycleConfigurationOutput) {
		seen[path] = true
		if path == "Rules.Transitions.Days" && (without.Rules[0].Transitions[0].Days != nil || *with.Rules[0].Transitions[0].Days != 5) {
			t.Errorf("got %+v and %+v", without, with)
		}
	})
	for _, path := range []string{"Rules.Transitions.Days", "Rules.Expiration.Date", "Rules.Filter.And.Tags.Key", "TransitionDefaultMinimumObjectSize"} {
		if !seen[path] {
			t.Errorf("%s was not visited", path)
		}
	}
	events := 0
	fields.Alone(func(path string, _, with s3.GetBucketNotificationConfigurationOutput) {
		if path == "EventBridgeConfiguration" && with.EventBridgeConfiguration != nil {
			events++
		}
	})
	if events != 1 {
		t.Error("a structure without fields was not visited")
	}
}

func TestVaried(t *testing.T) {
	type inner struct{ Text string }
	type outer struct {
		On    bool
		Inner []inner
		Tags  map[string]string
	}
	base := func() outer { return outer{Inner: []inner{{"a"}}, Tags: map[string]string{"k": "v"}} }
	var paths []string
	fields.Varied(base, func(path string, _ outer) { paths = append(paths, path) })
	want := []string{"On", "Inner.Text", "Inner without the last", "Tags without one", "Tags with another", "Tags with another value"}
	if !slices.Equal(paths, want) {
		t.Errorf("got %q, want %q", paths, want)
	}
}

func TestUnread(t *testing.T) {
	input := &s3.DeleteObjectsInput{Bucket: aws.String("a"), MFA: aws.String("1"), Delete: &types.Delete{Quiet: aws.Bool(true), Objects: []types.ObjectIdentifier{{}}}}
	if got := fields.Unread(input, "Bucket", "Delete.Objects"); !slices.Equal(got, []string{"Delete.Quiet", "MFA"}) {
		t.Errorf("got %q", got)
	}
	if got := fields.Unread(input, "Bucket", "Delete", "MFA"); got != nil {
		t.Errorf("got %q", got)
	}
}
