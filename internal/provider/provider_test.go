package provider_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

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
	if err == nil || !strings.Contains(err.Error(), "access_key, allowed_account_ids, assume_role,") {
		t.Errorf("the error does not name the arguments: %v", err)
	}
}

// TestConfigure_unknownDefaults checks that unknown defaults of objects do not keep AWS from being read.
func TestConfigure_unknownDefaults(t *testing.T) {
	awsfake.Isolate(t)
	data := mustConfigure(t, block{
		"region": "us-east-1", "access_key": "AKIATEST", "secret_key": awsfake.SecretKey,
		"voicebase_arn": unknown{}, "external_id": unknown{},
		"default_tags": []block{{"tags": unknown{}}},
	})
	if !data.Tags.Unknown {
		t.Error("the tags are not said to be unknown")
	}
	if _, err := data.Clients.S3(t.Context(), ""); err != nil {
		t.Error(err)
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
