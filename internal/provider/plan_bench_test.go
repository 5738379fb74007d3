package provider_test

import (
	"bytes"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// BenchmarkPlan makes the calls that a plan without changes makes for one object of each kind, AWS aside.
func BenchmarkPlan(b *testing.B) {
	for name, value := range map[string]string{
		"AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": awsfake.SecretKey, "AWS_EC2_METADATA_DISABLED": "true",
	} {
		b.Setenv(name, value)
	}
	p := serve(b, block{})
	b.Run("bucket", p.resource(b, "voicebase_delivery_bucket", block{"bucket": "results", "tags": map[string]string{"Team": "calls"}}, nil))
	b.Run("role", p.resource(b, "voicebase_delivery_role", block{
		"name": "delivery", "voicebase_arn": "arn:aws:iam::444455556666:role/voicebase", "external_id": "organization",
		"bucket_arn": "arn:aws:s3:::results", "key_prefixes": []string{"voicebase/"},
	}, map[string]string{
		"arn": "arn:aws:iam::111122223333:role/delivery", "unique_id": "AROAEXAMPLEEXAMPLE000", "create_date": "2026-01-02T03:04:05Z",
	}))
	b.Run("presigned URL", p.dataSource(b, "voicebase_presigned_callback_url", block{"bucket": "results", "key": "analytics.json", "type": "analytics"}))
	b.Run("callbacks", p.dataSource(b, "voicebase_callback_configuration", block{"callbacks": []block{
		{
			"url": "https://results.s3.us-east-1.amazonaws.com", "s3_delivery": true, "role": "arn:aws:iam::111122223333:role/delivery",
			"prepend_folder": "voicebase", "type": "analytics",
		},
	}}))
}

// resource plans an object that was created as configured: made is what only AWS could tell.
func (p served) resource(b *testing.B, name string, config block, made map[string]string) func(*testing.B) {
	b.Helper()
	typ := p.schema.ResourceSchemas[name].ValueType()
	given := dynamic(b, typ, value(b, typ, config))
	none := dynamic(b, typ, tftypes.NewValue(typ, nil))
	created, err := p.PlanResourceChange(b.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: name, Config: given, PriorState: none, ProposedNewState: given,
	})
	check(b, err, created.Diagnostics)
	state := known(b, typ, created.PlannedState, made)
	stored := stateJSON(b, typ, state)
	return func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			valid, err := p.ValidateResourceConfig(b.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: name, Config: given})
			check(b, err, valid.Diagnostics)
			upgraded, err := p.UpgradeResourceState(b.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: name, RawState: stored})
			check(b, err, upgraded.Diagnostics)
			planned, err := p.PlanResourceChange(b.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: name, Config: given, PriorState: state, ProposedNewState: state,
			})
			check(b, err, planned.Diagnostics)
			if !bytes.Equal(planned.PlannedState.MsgPack, state.MsgPack) {
				b.Fatal("the plan is a change")
			}
		}
	}
}

func (p served) dataSource(b *testing.B, name string, config block) func(*testing.B) {
	b.Helper()
	typ := p.schema.DataSourceSchemas[name].ValueType()
	given := dynamic(b, typ, value(b, typ, config))
	return func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			valid, err := p.ValidateDataResourceConfig(b.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: given})
			check(b, err, valid.Diagnostics)
			read, err := p.ReadDataSource(b.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: given})
			check(b, err, read.Diagnostics)
		}
	}
}
