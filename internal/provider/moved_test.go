package provider_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// moved asks the provider to take over a state, and returns what it makes of it, or the errors.
func moved(t *testing.T, target, source, address string, version int64, state string) (taken, identity map[string]tftypes.Value, problem string) {
	t.Helper()
	s := provider.NewServer("test", time.Now)()
	schemas, err := s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		TargetTypeName: target, SourceTypeName: source, SourceProviderAddress: address, SourceSchemaVersion: version,
		SourceState: &tfprotov6.RawState{JSON: []byte(state)},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		problem += d.Summary + ": " + d.Detail
	}
	if problem != "" {
		return nil, nil, problem
	}
	// The next read takes over what there is.
	if private := string(resp.TargetPrivate); !strings.Contains(private, `"adopt":`) {
		t.Errorf("%s from %s: private state %s", target, source, private)
	}
	value, err := resp.TargetState.Unmarshal(schemas.ResourceSchemas[target].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	identities, err := s.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	known, err := resp.TargetIdentity.IdentityData.Unmarshal(identities.IdentitySchemas[target].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	if err := value.As(&taken); err != nil {
		t.Fatal(err)
	}
	if err := known.As(&identity); err != nil {
		t.Fatal(err)
	}
	return taken, identity, ""
}

// fixtures are the states of a resource, by hashicorp/aws's release; each is also given with attributes that no release
// has yet.
func fixtures(t *testing.T, kind string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "moved", kind+"-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		states[name] = string(text)
		states[name+", extended"] = strings.Replace(string(text), "{", `{"new_list": [{"a": [1, null]}], "new_text": "x", "new_object": {"id": 7},`, 1)
	}
	for _, release := range []string{"4", "5", "6"} {
		if !slices.ContainsFunc(paths, func(path string) bool { return strings.Contains(path, "-"+release+".") }) {
			t.Errorf("there is no state of %s of release %s", kind, release)
		}
	}
	return states
}

// States of hashicorp/aws 4, 5 and 6 are taken over, whichever registry the provider is from.
func TestMoveState(t *testing.T) {
	t.Parallel()
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	none, tags := tftypes.NewValue(tftypes.String, nil), tftypes.Map{ElementType: tftypes.String}
	check := func(name, kind string, got, want map[string]tftypes.Value) {
		t.Helper()
		for attribute, value := range want {
			if !got[attribute].Equal(value) {
				t.Errorf("%s: %s %s = %s, want %s", name, kind, attribute, got[attribute], value)
			}
		}
	}
	for _, address := range []string{"registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"} {
		for name, state := range fixtures(t, "aws_s3_bucket") {
			got, identity, problem := moved(t, "voicebase_delivery_bucket", "aws_s3_bucket", address, 0, state)
			if problem != "" {
				t.Fatal(name, problem)
			}
			want := map[string]tftypes.Value{
				"id": text("acme"), "bucket": text("acme"), "region": text("eu-west-1"), "force_destroy": tftypes.NewValue(tftypes.Bool, true),
				"tags": tftypes.NewValue(tags, map[string]tftypes.Value{"Team": text("speech")}),
			}
			if strings.Contains(name, "imported") { // where the state has nothing but the name
				want["region"], want["force_destroy"], want["tags"] = none, tftypes.NewValue(tftypes.Bool, false), tftypes.NewValue(tags, nil)
			}
			check(name, "state", got, want)
			check(name, "identity", identity, map[string]tftypes.Value{"bucket": text("acme"), "region": want["region"]})
		}
		for name, state := range fixtures(t, "aws_iam_role") {
			got, identity, problem := moved(t, "voicebase_delivery_role", "aws_iam_role", address, 0, state)
			if problem != "" {
				t.Fatal(name, problem)
			}
			check(name, "state", got, map[string]tftypes.Value{
				"id": text("delivery"), "name": text("delivery"), "path": text("/p/"), "arn": text("arn:aws:iam::111122223333:role/p/delivery"),
				"description": none, "permissions_boundary": none,
				"max_session_duration": tftypes.NewValue(tftypes.Number, 7200), "force_detach_policies": tftypes.NewValue(tftypes.Bool, true),
				// What else is on the role stays on it until its owner says otherwise.
				"exclusive_policies": tftypes.NewValue(tftypes.Bool, false),
				"unique_id":          text("AROAEXAMPLE"), "create_date": text("2026-01-02T03:04:05Z"), "assume_role_policy": text("{}"),
			})
			if own := got["tags"]; !own.IsNull() && !own.Equal(tftypes.NewValue(tags, map[string]tftypes.Value{})) {
				t.Errorf("%s: tags %s", name, own)
			}
			check(name, "identity", identity, map[string]tftypes.Value{"name": text("delivery")})
		}
	}
}

// Whatever else a moved block names is refused, with what is possible instead.
func TestMoveState_refused(t *testing.T) {
	t.Parallel()
	const aws = "registry.terraform.io/hashicorp/aws"
	for name, test := range map[string]struct{ target, source, address, state, want string }{
		"companion":       {"voicebase_delivery_bucket", "aws_s3_bucket_policy", aws, `{"id":"acme"}`, "can be moved from aws_s3_bucket of hashicorp/aws"},
		"role for bucket": {"voicebase_delivery_bucket", "aws_iam_role", aws, `{"id":"acme"}`, "can be moved from aws_s3_bucket"},
		"bucket for role": {"voicebase_delivery_role", "aws_s3_bucket", aws, `{"id":"acme"}`, "can be moved from aws_iam_role"},
		"a fork":          {"voicebase_delivery_role", "aws_iam_role", "registry.terraform.io/acme/aws", `{"id":"acme"}`, "not from aws_iam_role of registry.terraform.io/acme/aws"},
		"awscc":           {"voicebase_delivery_bucket", "awscc_s3_bucket", "registry.terraform.io/hashicorp/awscc", `{"id":"acme"}`, "Import the object instead"},
		"a mirror":        {"voicebase_delivery_bucket", "aws_s3_bucket", "terraform.acme.example/hashicorp/aws", `{"id":"acme"}`, "can be moved from aws_s3_bucket of hashicorp/aws"},
		"another vendor":  {"voicebase_delivery_bucket", "google_storage_bucket", "registry.terraform.io/hashicorp/google", `{"id":"acme"}`, "not from google_storage_bucket of registry.terraform.io/hashicorp/google"},
		"our own":         {"voicebase_delivery_role", "voicebase_delivery_bucket", "registry.terraform.io/voicebase/voicebase", `{"id":"acme"}`, "can be moved from aws_iam_role"},
		"no state":        {"voicebase_delivery_bucket", "aws_s3_bucket", aws, `[]`, "schema version 0) cannot be read"},
		"no role":         {"voicebase_delivery_role", "aws_iam_role", aws, `{}`, "Invalid"},
		"no bucket":       {"voicebase_delivery_bucket", "aws_s3_bucket", aws, `{}`, "Give the bucket's name"},
	} {
		if _, _, problem := moved(t, test.target, test.source, test.address, 0, test.state); !strings.Contains(problem, test.want) {
			t.Errorf("%s: %q, want %q", name, problem, test.want)
		}
	}
}
