package acctest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/arguments"
)

// Plan validates a configuration and plans the change to it, or a new object where the one there is cannot be changed.
func (o *Object) Plan(t *testing.T, config map[string]any) ObjectPlan {
	t.Helper()
	if errs := o.Validate(t, config); errs != "" {
		return ObjectPlan{Errors: errs}
	}
	planned := o.PlanMerged(t, config)
	if len(planned.Replaces) > 0 && o.Exists(t) {
		object := o.server.NewObject(t, o.resource)
		object.private = planned.private // Terraform passes it on.
		anew := object.Plan(t, config)
		anew.Replaces = planned.Replaces
		return anew
	}
	return planned
}

// Validate validates a configuration. It returns the errors.
func (o *Object) Validate(t *testing.T, config map[string]any) string {
	t.Helper()
	validated, err := o.server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: o.resource, Config: dynamic(t, o.schema.ValueType(), config),
	})
	if err != nil {
		t.Fatal(err)
	}
	return problems(validated.Diagnostics)
}

// PlanMerged plans a configuration into which ignore_changes has merged arguments of the state: Terraform validates it
// only before that.
func (o *Object) PlanMerged(t *testing.T, config map[string]any) ObjectPlan {
	t.Helper()
	return o.plan(t, dynamic(t, o.schema.ValueType(), config), o.proposed(t, config))
}

// PlanIgnored plans with ignore_changes = all, for which Terraform passes the state as the configuration.
func (o *Object) PlanIgnored(t *testing.T) ObjectPlan {
	t.Helper()
	typ := o.schema.ValueType()
	config := o.State(t)
	for _, attribute := range o.schema.Block.Attributes {
		if attribute.Computed && !attribute.Optional {
			config[attribute.Name] = tftypes.NewValue(attribute.ValueType(), nil)
		}
	}
	value, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, config))
	if err != nil {
		t.Fatal(err)
	}
	return o.plan(t, &value, o.state)
}

func (o *Object) plan(t *testing.T, config, proposed *tfprotov6.DynamicValue) ObjectPlan {
	t.Helper()
	resp, err := o.server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: o.resource, Config: config, ProposedNewState: proposed, PriorState: o.state, PriorPrivate: o.private, PriorIdentity: o.identity,
	})
	if err != nil {
		t.Fatal(err)
	}
	planned := ObjectPlan{
		Errors: problems(resp.Diagnostics), Warnings: texts(resp.Diagnostics, tfprotov6.DiagnosticSeverityWarning),
		state: resp.PlannedState, private: resp.PlannedPrivate, identity: resp.PlannedIdentity,
	}
	if planned.Errors != "" {
		return planned
	}
	planned.Value = o.value(t, resp.PlannedState)
	for _, path := range resp.RequiresReplace {
		planned.Replaces = append(planned.Replaces, strings.Trim(strings.TrimPrefix(path.String(), "AttributeName("), `")`))
	}
	return planned
}

// proposed is the configuration with what was computed before, as Terraform has it.
func (o *Object) proposed(t *testing.T, config map[string]any) *tfprotov6.DynamicValue {
	t.Helper()
	typ := o.schema.ValueType()
	prior := o.value(t, o.state)
	var values map[string]tftypes.Value
	if err := arguments.Value(typ, config).As(&values); err != nil {
		t.Fatal(err)
	}
	for _, attribute := range o.schema.Block.Attributes {
		if prior != nil {
			values[attribute.Name] = proposed(attribute, prior[attribute.Name], values[attribute.Name])
		}
	}
	out, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, values))
	if err != nil {
		t.Fatal(err)
	}
	return &out
}

func proposed(attribute *tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() && attribute.Computed {
		return prior
	}
	if attribute.NestedType == nil || attribute.NestedType.Nesting != tfprotov6.SchemaObjectNestingModeSingle || config.IsNull() || !config.IsKnown() || prior.IsNull() {
		return config
	}
	var before, after map[string]tftypes.Value
	if prior.As(&before) != nil || config.As(&after) != nil {
		return config
	}
	for _, inner := range attribute.NestedType.Attributes {
		after[inner.Name] = proposed(inner, before[inner.Name], after[inner.Name])
	}
	return tftypes.NewValue(config.Type(), after)
}
