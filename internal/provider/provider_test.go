package provider_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

func schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	resp, err := providerserver.NewProtocol6(newProvider())().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		t.Errorf("%s: %s: %s", d.Severity, d.Summary, d.Detail)
	}
	return resp
}

// TestProvider_objects is the list of what users can write. A name once published is for ever.
func TestProvider_objects(t *testing.T) {
	resp := schemas(t)
	for kind, check := range map[string]struct{ got, want []string }{
		"resources":           {keys(resp.ResourceSchemas), []string{"voicebase_delivery_bucket", "voicebase_delivery_role", "voicebase_presigned_callback_url"}},
		"data sources":        {keys(resp.DataSourceSchemas), []string{"voicebase_callback_configuration", "voicebase_delivery_bucket", "voicebase_delivery_check", "voicebase_delivery_policies", "voicebase_delivery_role", "voicebase_presigned_callback_url"}},
		"ephemeral resources": {keys(resp.EphemeralResourceSchemas), []string{"voicebase_presigned_callback_url"}},
		"actions":             {keys(resp.ActionSchemas), []string{"voicebase_test_delivery"}},
		"functions":           {keys(resp.Functions), []string{"callback_configuration", "content_type", "parse_presigned_url"}},
	} {
		if !slices.Equal(check.got, check.want) {
			t.Errorf("%s: got %q, want %q", kind, check.got, check.want)
		}
	}
}

// TestConfigure_noCall configures a provider that has every reason to call something, all of which this test
// would see: a role to assume, an account to check, a metadata service and a proxy.
func TestConfigure_noCall(t *testing.T) {
	awsfake.Isolate(t)
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		http.Error(w, "called", http.StatusTeapot)
	}))
	defer server.Close()
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.URL)
	t.Setenv("AWS_DEFAULTS_MODE", "auto")
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.URL)
	t.Setenv("AWS_ENDPOINT_URL", server.URL)

	data := mustConfigure(t, block{
		"http_proxy": server.URL, "https_proxy": server.URL,
		"assume_role":         []block{{"role_arn": "arn:aws:iam::444455556666:role/admin"}},
		"allowed_account_ids": []string{awsfake.Account},
		"max_retries":         1,
	})
	if n := calls.Load(); n != 0 {
		t.Errorf("Configure made %d calls", n)
	}
	// The same settings do call once a client is wanted: else this test would see nothing.
	if _, err := data.Clients.S3(t.Context(), "us-east-1"); err == nil {
		t.Error("a client was made without credentials")
	}
	if calls.Load() == 0 {
		t.Error("the first use of a client made no call either")
	}
}

// TestConfigure_unknown configures from a block whose values are all known only after apply.
func TestConfigure_unknown(t *testing.T) {
	awsfake.Isolate(t)
	all := block{}
	s := providerSchema(t)
	for name := range s.Attributes {
		all[name] = unknown{}
	}
	for name := range s.Blocks {
		all[name] = unknown{}
	}
	for _, d := range validate(t, all) {
		t.Errorf("validate: %s: %s", d.Summary, d.Detail)
	}
	data := mustConfigure(t, all)
	if !data.VoiceBaseARN.IsUnknown() || !data.ExternalID.IsUnknown() {
		t.Errorf("voicebase_arn is %s, external_id is %s", data.VoiceBaseARN, data.ExternalID)
	}
	if got := data.Clients.Region(); got != "" {
		t.Errorf("the region is %q", got)
	}
	if got := data.Clients.S3Endpoint("us-east-1"); got != "" {
		t.Errorf("the endpoint is %q", got)
	}
	_, err := data.Clients.S3(t.Context(), "us-east-1")
	// Those that are left out are defaults of objects, and affect no call.
	calling := slices.DeleteFunc(keys(all), func(name string) bool {
		return slices.Contains([]string{"voicebase_arn", "external_id", "default_tags", "ignore_tags"}, name)
	})
	if err == nil || !strings.HasSuffix(err.Error(), "known only after apply: "+strings.Join(calling, ", ")) {
		t.Errorf("the error does not name the arguments: %v", err)
	}
}

// TestConfigure_unknownVariable does not take a variable for an argument that is not known yet.
func TestConfigure_unknownVariable(t *testing.T) {
	awsfake.Isolate(t)
	t.Setenv("VOICEBASE_ARN", "111122223333")
	t.Setenv("VOICEBASE_EXTERNAL_ID", "organization")
	t.Setenv("AWS_REGION", "eu-west-2")
	data := mustConfigure(t, block{"voicebase_arn": unknown{}, "external_id": unknown{}, "region": unknown{}})
	if region := data.Clients.Region(); !data.VoiceBaseARN.IsUnknown() || !data.ExternalID.IsUnknown() || region != "" {
		t.Errorf("voicebase_arn is %s, external_id is %s, the region %q", data.VoiceBaseARN, data.ExternalID, region)
	}
}

// TestConfigure_endpoints has an endpoint for each service, from one block or several, in any order. Of two for one
// service, the first counts.
func TestConfigure_endpoints(t *testing.T) {
	a, b, c := block{"s3": "https://s3.example.com"}, block{"iam": "https://iam.example.com"}, block{"sts": "https://sts.example.com"}
	for _, blocks := range [][]block{{a, b, c}, {c, b, a}, {b, c, a}, {with(with(a, b), c)}, {a, b, c, {"s3": "https://other.example.com", "iam": "https://other.example.com", "sts": "https://other.example.com"}}} {
		awsfake.Isolate(t)
		sts := awsfake.NewSTS(t)
		for i := range blocks {
			if blocks[i]["sts"] == "https://sts.example.com" {
				blocks[i] = with(blocks[i], block{"sts": sts.URL})
			}
		}
		data := mustConfigure(t, with(static, block{"endpoints": blocks}))
		s3, iam := s3Endpoint(t, data), iamEndpoint(t, data)
		if _, err := data.Clients.Caller(t.Context()); err != nil || len(sts.Calls()) != 1 || s3 != "https://s3.example.com" || iam != "https://iam.example.com" {
			t.Errorf("%v: S3 is %s, IAM is %s, STS was called %d times: %v", blocks, s3, iam, len(sts.Calls()), err)
		}
	}
}

// TestConfigure_clock has one clock for all objects, which is the caller's.
func TestConfigure_clock(t *testing.T) {
	awsfake.Isolate(t)
	if got := mustConfigure(t, static).Clients.Now(); !got.Equal(testNow) {
		t.Errorf("it is %s", got)
	}
}

// TestProvider_metadata has the names and the version that everything else is called by.
func TestProvider_metadata(t *testing.T) {
	t.Parallel()
	var got fwprovider.MetadataResponse
	newProvider().Metadata(t.Context(), fwprovider.MetadataRequest{}, &got)
	if got.TypeName != "voicebase" || got.Version != "1.2.3" {
		t.Errorf("%+v", got)
	}
}

// TestConfigure_unknownDefaults checks that unknown defaults of objects do not keep AWS from being read.
func TestConfigure_unknownDefaults(t *testing.T) {
	awsfake.Isolate(t)
	data := mustConfigure(t, block{
		"region": "us-east-1", "access_key": "AKIATEST", "secret_key": awsfake.SecretKey,
		"voicebase_arn": unknown{}, "external_id": unknown{},
		"default_tags": []block{{"tags": unknown{}}},
		"ignore_tags":  []block{{"keys": unknown{}}},
	})
	if _, err := data.Clients.S3(t.Context(), ""); err != nil {
		t.Error(err)
	}
	for name, test := range map[string]struct {
		block block
		want  bool
	}{
		"known":        {block{"default_tags": []block{{}}, "ignore_tags": []block{{}}, "region": unknown{}}, false},
		"default_tags": {block{"default_tags": []block{{"tags": unknown{}}}}, true},
		"keys":         {block{"ignore_tags": []block{{"keys": unknown{}}}}, true},
		"key_prefixes": {block{"ignore_tags": []block{{"key_prefixes": unknown{}}}}, true},
	} {
		if got := mustConfigure(t, test.block).Tags.Unknown; got != test.want {
			t.Errorf("%s: the tags are unknown: %t", name, got)
		}
	}
}

func keys[V any](m map[string]V) []string {
	var out []string
	for key := range m {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}
