package check

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

var text = types.StringValue

// TestQuestion asks what the arguments say, with the provider's defaults for those that are left out, and leaves those
// in the state.
func TestQuestion(t *testing.T) {
	t.Parallel()
	role := awsname.ARN{Partition: "aws", Service: "iam", AccountID: "111122223333", Resource: "role/team/delivery"}
	account := awsname.TrustedPrincipal{Partition: "aws", AccountID: "444455556666", Resource: "root"}
	vendor := awsname.TrustedPrincipal{Partition: "aws", AccountID: "777788889999", Resource: "role/voicebase"}
	const roleARN, vendorARN = "arn:aws:iam::111122223333:role/team/delivery", "arn:aws:iam::777788889999:role/voicebase"
	for name, test := range map[string]struct {
		region string
		model  checkModel
		want   readiness.Question
		state  [3]types.String // region, voicebase_arn, external_id
		at     []string
	}{
		"by a URL": {
			region: "us-east-1", model: checkModel{Bucket: text("acme")},
			want:  readiness.Question{Bucket: "acme", Region: "us-east-1", Partition: "aws", VoiceBase: account, ExternalID: "theirs"},
			state: [3]types.String{text("us-east-1"), text("444455556666"), text("theirs")},
		},
		"by a role": {
			region: "us-east-1", model: checkModel{Bucket: text("acme"), RoleARN: text(roleARN)},
			want:  readiness.Question{Bucket: "acme", Region: "us-east-1", Partition: "aws", AccountID: "111122223333", Role: role, VoiceBase: account, ExternalID: "theirs"},
			state: [3]types.String{text("us-east-1"), text("444455556666"), text("theirs")},
		},
		"with all of its own": {
			region: "us-east-1",
			model:  checkModel{Bucket: text("acme"), Region: text("eu-west-1"), RoleARN: text(roleARN), KeyPrefix: text("calls/"), VoiceBaseARN: text(vendorARN), ExternalID: text("mine"), KMSKeyARN: text("arn:aws:kms:eu-west-1:111122223333:key/1")},
			want:   readiness.Question{Bucket: "acme", Region: "eu-west-1", Partition: "aws", AccountID: "111122223333", Role: role, KeyPrefix: "calls/", VoiceBase: vendor, ExternalID: "mine", KMSKeyARN: "arn:aws:kms:eu-west-1:111122223333:key/1"},
			state:  [3]types.String{text("eu-west-1"), text(vendorARN), text("mine")},
		},
		"in China": {
			region: "cn-north-1", model: checkModel{Bucket: text("acme")},
			want:  readiness.Question{Bucket: "acme", Region: "cn-north-1", Partition: "aws-cn", VoiceBase: awsname.TrustedPrincipal{Partition: "aws-cn", AccountID: "444455556666", Resource: "root"}, ExternalID: "theirs"},
			state: [3]types.String{text("cn-north-1"), text("444455556666"), text("theirs")},
		},
		"an endpoint of one's own": {
			region: "garage", model: checkModel{Bucket: text("acme"), RoleARN: text(roleARN)},
			want:  readiness.Question{Bucket: "acme", Region: "garage", Partition: "aws", AccountID: "111122223333", Role: role, VoiceBase: account, ExternalID: "theirs"},
			state: [3]types.String{text("garage"), text("444455556666"), text("theirs")},
		},
		"no region":                   {model: checkModel{Bucket: text("acme")}, at: []string{"region: No region"}},
		"no such region":              {region: "us-east-1", model: checkModel{Bucket: text("acme"), Region: text("cn-north-1")}, at: []string{"region: Invalid region"}},
		"a role of another partition": {region: "us-east-1", model: checkModel{Bucket: text("acme"), RoleARN: text("arn:aws-cn:iam::111122223333:role/delivery")}, at: []string{"role_arn: Wrong partition"}},
		"both of another": {
			region: "us-east-1", model: checkModel{Bucket: text("acme"), RoleARN: text("arn:aws-cn:iam::111122223333:role/delivery"), VoiceBaseARN: text("arn:aws-cn:iam::777788889999:root")},
			at: []string{"role_arn: Wrong partition", "voicebase_arn: Wrong partition"},
		},
		"who is not known yet":          {region: "us-east-1", model: checkModel{Bucket: text("acme"), VoiceBaseARN: types.StringUnknown()}, at: []string{"voicebase_arn: Value not known yet"}},
		"an external ID not known yet":  {region: "us-east-1", model: checkModel{Bucket: text("acme"), ExternalID: types.StringUnknown()}, at: []string{"external_id: Value not known yet"}},
		"a principal that isn't one":    {region: "us-east-1", model: checkModel{Bucket: text("acme"), VoiceBaseARN: text("voicebase")}, at: []string{"voicebase_arn: Invalid VoiceBase ARN"}},
		"what nobody may assume a role": {region: "us-east-1", model: checkModel{Bucket: text("acme"), RoleARN: text("arn:aws:iam::111122223333:user/me")}, at: []string{"role_arn: Invalid role ARN"}},
	} {
		settings := awsclient.Settings{Region: test.region, SkipRegionValidation: test.region == "garage"}
		data := &framework.ProviderData{Clients: awsclient.NewClients(settings, time.Now), VoiceBaseARN: text("444455556666"), ExternalID: text("theirs")}
		got, diags := test.model.question(data)
		if len(test.at) > 0 {
			if at := where(diags); !slices.Equal(at, test.at) {
				t.Errorf("%s: %q, want %q", name, at, test.at)
			}
			continue
		}
		if state := [3]types.String{test.model.Region, test.model.VoiceBaseARN, test.model.ExternalID}; diags.HasError() || !reflect.DeepEqual(got, test.want) || state != test.state {
			t.Errorf("%s: %v, state %v\n%+v, want\n%+v", name, diags, state, got, test.want)
		}
	}
	// By a role, it matters who VoiceBase is; by a URL, it doesn't.
	data := &framework.ProviderData{Clients: awsclient.NewClients(awsclient.Settings{Region: "us-east-1"}, time.Now), VoiceBaseARN: types.StringNull(), ExternalID: types.StringNull()}
	byRole := checkModel{Bucket: text("acme"), RoleARN: text(roleARN)}
	if _, diags := byRole.question(data); !slices.Equal(where(diags), []string{"voicebase_arn: No VoiceBase ARN"}) {
		t.Errorf("by a role of nobody: %v", diags)
	}
	byURL := checkModel{Bucket: text("acme")}
	if got, diags := byURL.question(data); diags.HasError() || (got.VoiceBase != awsname.TrustedPrincipal{Partition: "aws"} && got.VoiceBase != awsname.TrustedPrincipal{}) || !byURL.VoiceBaseARN.IsNull() || !byURL.ExternalID.IsNull() {
		t.Errorf("by a URL of nobody: %v, %+v", diags, got)
	}
}

// where are the places and summaries of errors, sorted.
func where(diags diag.Diagnostics) []string {
	all := map[string]bool{}
	for _, d := range diags.Errors() {
		at, ok := d.(diag.DiagnosticWithPath)
		if !ok {
			all[d.Summary()] = true
			continue
		}
		all[at.Path().String()+": "+d.Summary()] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// TestSetFindings shows each finding whole, and a remedy only where there is one.
func TestSetFindings(t *testing.T) {
	t.Parallel()
	passed := readiness.Finding{Name: readiness.BucketExists, Passed: true, Severity: readiness.Error, Detail: "It is there."}
	failed := readiness.Finding{Name: readiness.BucketOwner, Severity: readiness.Error, Detail: "It is another's.", Remedy: "Choose another."}
	warned := readiness.Finding{Name: "bucket_versioning", Severity: readiness.Warning, Detail: "It is off.", Remedy: "Turn it on."}
	model := func(f readiness.Finding, remedy types.String) findingModel {
		return findingModel{text(string(f.Name)), types.BoolValue(f.Passed), text(string(f.Severity)), text(f.Detail), remedy}
	}
	for _, test := range []struct {
		findings []readiness.Finding
		passed   bool
		want     []findingModel
	}{
		{nil, true, []findingModel{}},
		{[]readiness.Finding{passed, warned}, true, []findingModel{model(passed, types.StringNull()), model(warned, text("Turn it on."))}},
		{[]readiness.Finding{passed, failed}, false, []findingModel{model(passed, types.StringNull()), model(failed, text("Choose another."))}},
	} {
		var got checkModel
		got.setFindings(test.findings)
		if !got.Passed.Equal(types.BoolValue(test.passed)) || !reflect.DeepEqual(got.Findings, test.want) {
			t.Errorf("%+v: %+v", test.findings, got)
		}
	}
}

// TestPrepare_region signs for the region that is given, that an access point names, or that is the provider's, in this
// order.
func TestPrepare_region(t *testing.T) {
	t.Parallel()
	const accessPoint = "arn:aws:s3:eu-west-1:111122223333:accesspoint/results"
	for name, test := range map[string]struct {
		model        testModel
		host, region string
	}{
		"the provider's":  {testModel{Bucket: text("acme")}, "acme.s3.us-east-1.amazonaws.com", "us-east-1"},
		"given":           {testModel{Bucket: text("acme"), Region: text("eu-west-1")}, "acme.s3.eu-west-1.amazonaws.com", "eu-west-1"},
		"an access point": {testModel{Bucket: text(accessPoint)}, "results-111122223333.s3-accesspoint.eu-west-1.amazonaws.com", "eu-west-1"},
	} {
		action := testAction{}
		action.Data = &framework.ProviderData{Clients: awsclient.NewClients(awsclient.Settings{Region: "us-east-1", AccessKey: "AKIATEST", SecretKey: "secret"}, time.Now)}
		delivery, diags := action.prepare(t.Context(), test.model)
		if diags.HasError() {
			t.Fatal(name, diags)
		}
		if url := delivery.signed.URL; !strings.HasPrefix(url, "https://"+test.host+"/") || !strings.Contains(url, "%2F"+test.region+"%2Fs3%2F") {
			t.Errorf("%s: %s, want %s in %s", name, url, test.host, test.region)
		}
	}
	action := testAction{}
	action.Data = &framework.ProviderData{Clients: awsclient.NewClients(awsclient.Settings{Region: "eu-west-1", AccessKey: "AKIATEST", SecretKey: "secret"}, time.Now)}
	_, diags := action.prepare(t.Context(), testModel{Bucket: text(accessPoint), Region: text("us-west-2")})
	if want := "The access point is in eu-west-1, the region to sign for is us-west-2"; len(diags) != 1 || !strings.Contains(diags[0].Detail(), want) {
		t.Errorf("a region that is not the access point's: %v", diags)
	}
}
