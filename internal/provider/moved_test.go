package provider_test

import (
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

// States of hashicorp/aws 4, 5 and 6 are taken over, whichever registry the provider is from.
func TestMoveState(t *testing.T) {
	t.Parallel()
	const (
		bucket4 = `{"id":"acme","bucket":"acme","acl":null,"region":"eu-west-1","force_destroy":true,"tags":{"Team":"speech"},"tags_all":{"Team":"speech"},"versioning":[{"enabled":true,"mfa_delete":false}],"timeouts":null}`
		bucket6 = `{"id":"acme","bucket":"acme","bucket_region":"eu-west-1","region":"eu-west-1","force_destroy":true,"tags":{"Team":"speech"},"new_in_six":{"a":[1]}}`
		role    = `{"id":"delivery","name":"delivery","name_prefix":"","arn":"arn:aws:iam::111122223333:role/p/delivery","path":"/p/","description":"","permissions_boundary":"","max_session_duration":7200,"force_detach_policies":true,"unique_id":"AROAEXAMPLE","create_date":"2026-01-02T03:04:05Z","assume_role_policy":"{}","inline_policy":[],"managed_policy_arns":[],"tags":null,"tags_all":{}}`
	)
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	for _, address := range []string{"registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"} {
		for _, state := range []string{bucket4, bucket6} {
			got, identity, problem := moved(t, "voicebase_delivery_bucket", "aws_s3_bucket", address, 0, state)
			if problem != "" {
				t.Fatal(problem)
			}
			for name, want := range map[string]tftypes.Value{
				"id": text("acme"), "bucket": text("acme"), "region": text("eu-west-1"), "force_destroy": tftypes.NewValue(tftypes.Bool, true),
				"tags": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"Team": text("speech")}),
			} {
				if !got[name].Equal(want) {
					t.Errorf("%s = %s, want %s", name, got[name], want)
				}
			}
			if !identity["bucket"].Equal(text("acme")) || !identity["region"].Equal(text("eu-west-1")) {
				t.Errorf("identity %v", identity)
			}
		}
		got, identity, problem := moved(t, "voicebase_delivery_role", "aws_iam_role", address, 0, role)
		if problem != "" {
			t.Fatal(problem)
		}
		for name, want := range map[string]tftypes.Value{
			"id": text("delivery"), "name": text("delivery"), "path": text("/p/"), "arn": text("arn:aws:iam::111122223333:role/p/delivery"),
			"description": tftypes.NewValue(tftypes.String, nil), "permissions_boundary": tftypes.NewValue(tftypes.String, nil),
			"max_session_duration": tftypes.NewValue(tftypes.Number, 7200), "force_detach_policies": tftypes.NewValue(tftypes.Bool, true),
			"unique_id": text("AROAEXAMPLE"), "create_date": text("2026-01-02T03:04:05Z"), "assume_role_policy": text("{}"),
			"tags": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil),
		} {
			if !got[name].Equal(want) {
				t.Errorf("%s = %s, want %s", name, got[name], want)
			}
		}
		if !identity["name"].Equal(text("delivery")) {
			t.Errorf("identity %v", identity)
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
		"no state":        {"voicebase_delivery_bucket", "aws_s3_bucket", aws, `[]`, "schema version 0) cannot be read"},
		"no role":         {"voicebase_delivery_role", "aws_iam_role", aws, `{}`, "Invalid"},
		"no bucket":       {"voicebase_delivery_bucket", "aws_s3_bucket", aws, `{}`, "Give the bucket's name"},
	} {
		if _, _, problem := moved(t, test.target, test.source, test.address, 0, test.state); !strings.Contains(problem, test.want) {
			t.Errorf("%s: %q, want %q", name, problem, test.want)
		}
	}
}
