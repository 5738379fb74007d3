package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Import imports an object by its ID, and reads it. It returns the read's warnings, of what else is on a role for
// instance, and the errors.
func (s Server) Import(t *testing.T, resource, id string) (object *Object, warnings, errs string) {
	t.Helper()
	object = s.NewObject(t, resource)
	imported, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: resource, ID: id})
	if err != nil {
		t.Fatal(err)
	}
	if errs = problems(imported.Diagnostics); errs != "" {
		return object, "", errs
	}
	found := imported.ImportedResources[0]
	object.state, object.private, object.identity = found.State, found.Private, found.Identity
	warnings, errs = object.Read(t)
	return object, warnings, errs
}

// Become plans and applies a configuration. It returns the errors.
func (o *Object) Become(t *testing.T, config map[string]any) string {
	t.Helper()
	planned := o.Plan(t, config)
	if planned.Errors != "" {
		return planned.Errors
	}
	return o.Apply(t, config, planned)
}
