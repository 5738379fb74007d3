package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Most resources of a plan do not change, and the framework needs four fifths of such a plan's time to find that its
// defaults and plan modifiers have nothing to do: for each value it walks the schema from its root, and copies the list
// of attributes. planUnchanged finds the same from data that is computed once for each schema. It lets the resource's
// own ModifyPlan decide, and answers only if nothing changes and there is nothing to report.
//
// All of it is here and in unchanged_schema.go, and can be deleted: the framework's answer is the same. The acceptance
// tests compare the two in each plan that they make.

// planUnchanged returns the plan of a resource that does not change, and false if the framework has to make it.
func (s server) planUnchanged(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, bool) {
	data := s.provider.data.Load()
	if data == nil || !proposesPrior(req) {
		return nil, false
	}
	planned := s.planned()[req.TypeName]
	if planned == nil {
		return nil, false
	}
	return planned.unchanged(ctx, req, data)
}

// proposesPrior reports whether Terraform proposes the existing state.
func proposesPrior(req *tfprotov6.PlanResourceChangeRequest) bool {
	if req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil {
		return false
	}
	if req.PriorIdentity != nil && req.PriorIdentity.IdentityData == nil {
		return false
	}
	prior := req.PriorState.MsgPack
	return len(prior) > 0 && !bytes.Equal(prior, null.MsgPack) && bytes.Equal(prior, req.ProposedNewState.MsgPack)
}

func (p *plannedResource) unchanged(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest, data any) (*tfprotov6.PlanResourceChangeResponse, bool) {
	config, err := req.Config.Unmarshal(p.typ)
	if err != nil || !config.IsFullyKnown() {
		return nil, false
	}
	state, err := req.PriorState.Unmarshal(p.typ)
	if err != nil || !p.defaults.hold(config, state) {
		return nil, false
	}
	modified, ok := p.modify(ctx, req, config, state, data)
	if !ok || !same(modified, state) {
		return nil, false
	}
	identity := req.PriorIdentity
	if identity == nil {
		identity = p.noIdentity
	}
	return &tfprotov6.PlanResourceChangeResponse{
		PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: identity,
	}, true
}

// modify asks the resource's ModifyPlan for its plan. It fails if the answer contains anything else.
func (p *plannedResource) modify(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest, config, state tftypes.Value, data any) (tftypes.Value, bool) {
	object := p.new()
	if configured, ok := object.(resource.ResourceWithConfigure); ok {
		var resp resource.ConfigureResponse
		configured.Configure(ctx, resource.ConfigureRequest{ProviderData: data}, &resp)
		if len(resp.Diagnostics) > 0 {
			return tftypes.Value{}, false
		}
	}
	modifier, ok := object.(resource.ResourceWithModifyPlan)
	if !ok {
		return state, true
	}
	modifyReq := resource.ModifyPlanRequest{
		Config: tfsdk.Config{Raw: config, Schema: p.schema}, State: tfsdk.State{Raw: state, Schema: p.schema}, Plan: tfsdk.Plan{Raw: state, Schema: p.schema},
	}
	modifyResp := resource.ModifyPlanResponse{Plan: modifyReq.Plan}
	before := anew(modifyReq.Private)
	modifyReq.Private = anew(modifyReq.Private)
	if !copyPrivate(ctx, req.PriorPrivate, before) || !copyPrivate(ctx, req.PriorPrivate, modifyReq.Private) {
		return tftypes.Value{}, false
	}
	modifyResp.Private = modifyReq.Private
	if capabilities := req.ClientCapabilities; capabilities != nil {
		modifyReq.ClientCapabilities.DeferralAllowed = capabilities.DeferralAllowed
	}
	modifier.ModifyPlan(ctx, modifyReq, &modifyResp)
	said := len(modifyResp.Diagnostics) > 0 || len(modifyResp.RequiresReplace) > 0 || modifyResp.Deferred != nil
	return modifyResp.Plan.Raw, !said && modifyResp.Private.Equal(before)
}

// anew creates an empty value of a type that cannot be named: the type of the private state is internal to the
// framework.
func anew[T any](*T) *T { return new(T) }

// copyPrivate reads private state in the framework's format. It fails if the state has keys of the framework's own.
func copyPrivate(ctx context.Context, encoded []byte, private privateWriter) bool {
	if len(encoded) == 0 {
		return true
	}
	var values map[string][]byte
	if json.Unmarshal(encoded, &values) != nil {
		return false
	}
	for key, value := range values {
		if len(value) == 0 || len(private.SetKey(ctx, key, value)) > 0 { // It refuses the framework's keys.
			return false
		}
	}
	return true
}

// same reports whether two values are deeply equal. The Equal of tftypes keeps a path to each element.
func same(a, b tftypes.Value) bool {
	if a.IsKnown() != b.IsKnown() || a.IsNull() != b.IsNull() {
		return false
	}
	var fields, others map[string]tftypes.Value
	if a.As(&fields) == nil && b.As(&others) == nil {
		return maps.EqualFunc(fields, others, same)
	}
	var elements, rest []tftypes.Value
	if a.As(&elements) == nil && b.As(&rest) == nil {
		return slices.EqualFunc(elements, rest, same)
	}
	return a.Equal(b)
}
