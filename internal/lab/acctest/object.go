package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Object is an object of a resource on its way through plans and applies, as Terraform leads it there.
type Object struct {
	server   Server
	resource string
	schema   *tfprotov6.Schema
	state    *tfprotov6.DynamicValue
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	// Warnings are those of the last apply.
	Warnings string
}

// ObjectPlan is what a plan says.
type ObjectPlan struct {
	Value            map[string]tftypes.Value
	Errors, Warnings string
	// Replaces are the attributes that cannot change in place.
	Replaces []string
	state    *tfprotov6.DynamicValue
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// NewObject is an object that is still to be made.
func (s Server) NewObject(t *testing.T, resource string) *Object {
	t.Helper()
	schema := s.schemas[resource]
	return &Object{server: s, resource: resource, schema: schema, state: dynamic(t, schema.ValueType(), nil)}
}

// Exists reports an object that is in the state.
func (o *Object) Exists(t *testing.T) bool { t.Helper(); return o.value(t, o.state) != nil }

// State are the attributes.
func (o *Object) State(t *testing.T) map[string]tftypes.Value { t.Helper(); return o.value(t, o.state) }

// Identity is what identifies the object, nil before it is made.
func (o *Object) Identity(t *testing.T) map[string]string {
	t.Helper()
	if o.identity == nil || o.identity.IdentityData == nil {
		return nil
	}
	return plain(t, o.identity.IdentityData, o.server.identityType(t, o.resource))
}

// value is nil for null.
func (o *Object) value(t *testing.T, of *tfprotov6.DynamicValue) map[string]tftypes.Value {
	t.Helper()
	value, err := of.Unmarshal(o.schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if value.IsNull() {
		return nil
	}
	if err := value.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return attributes
}

// Aged is the object in a state of a time without identities.
func (o *Object) Aged() *Object {
	aged := *o
	aged.identity = nil
	return &aged
}

// Apply applies a plan of the same configuration, by a new object where the old one cannot be changed. It returns the
// errors.
func (o *Object) Apply(t *testing.T, config map[string]any, planned ObjectPlan) string {
	t.Helper()
	if len(planned.Replaces) > 0 && o.Exists(t) {
		if errs := o.Delete(t); errs != "" {
			return errs
		}
	}
	return o.apply(t, config, planned.state, planned.private, planned.identity)
}

// Delete plans to delete the object, as Terraform does, and deletes it.
func (o *Object) Delete(t *testing.T) string {
	t.Helper()
	none := dynamic(t, o.schema.ValueType(), nil)
	planned := o.plan(t, none, none)
	if planned.Errors != "" {
		return planned.Errors
	}
	return o.apply(t, nil, none, planned.private, o.identity)
}

func (o *Object) apply(t *testing.T, config map[string]any, planned *tfprotov6.DynamicValue, private []byte, identity *tfprotov6.ResourceIdentityData) string {
	t.Helper()
	resp, err := o.server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: o.resource, Config: dynamic(t, o.schema.ValueType(), config), PriorState: o.state,
		PlannedState: planned, PlannedPrivate: private, PlannedIdentity: identity,
	})
	if err != nil {
		t.Fatal(err)
	}
	o.state, o.private, o.identity = resp.NewState, resp.Private, resp.NewIdentity
	o.Warnings = texts(resp.Diagnostics, tfprotov6.DiagnosticSeverityWarning)
	return problems(resp.Diagnostics)
}

// Read refreshes the state. It returns warnings and errors.
func (o *Object) Read(t *testing.T) (warnings, errs string) {
	t.Helper()
	resp, err := o.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: o.resource, CurrentState: o.state, Private: o.private, CurrentIdentity: o.identity,
	})
	if err != nil {
		t.Fatal(err)
	}
	if errs = problems(resp.Diagnostics); errs == "" {
		o.state, o.private, o.identity = resp.NewState, resp.Private, resp.NewIdentity
	}
	return texts(resp.Diagnostics, tfprotov6.DiagnosticSeverityWarning), errs
}

// On is the object as another provider block sees it, from its state on.
func (o *Object) On(server Server) *Object {
	other := *o
	other.server = server
	return &other
}
