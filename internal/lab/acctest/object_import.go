package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Import imports an object by its ID, and reads it. It returns the read's warnings, of what else is on a role for
// instance, and the errors.
func (s Server) Import(t *testing.T, resource, id string) (object *Object, warnings, errs string) {
	t.Helper()
	return s.take(t, &tfprotov6.ImportResourceStateRequest{TypeName: resource, ID: id})
}

// ImportIdentity is Import by identity.
func (s Server) ImportIdentity(t *testing.T, resource string, identity map[string]any) (object *Object, warnings, errs string) {
	t.Helper()
	data := dynamic(t, s.identityType(t, resource), identity)
	return s.take(t, &tfprotov6.ImportResourceStateRequest{TypeName: resource, Identity: &tfprotov6.ResourceIdentityData{IdentityData: data}})
}

// Move takes over the state of an object of hashicorp/aws, in JSON, and reads the object. It returns the read's warnings
// and the errors.
func (s Server) Move(t *testing.T, resource, source, state string) (object *Object, warnings, errs string) {
	t.Helper()
	object = s.NewObject(t, resource)
	moved, err := s.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		TargetTypeName: resource, SourceTypeName: source, SourceProviderAddress: "registry.terraform.io/hashicorp/aws",
		SourceState: &tfprotov6.RawState{JSON: []byte(state)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if errs = problems(moved.Diagnostics); errs != "" {
		return object, "", errs
	}
	object.state, object.private, object.identity = moved.TargetState, moved.TargetPrivate, moved.TargetIdentity
	warnings, errs = object.Read(t)
	return object, warnings, errs
}

// identityType is the type of what identifies a resource's objects.
func (s Server) identityType(t *testing.T, resource string) tftypes.Type {
	t.Helper()
	schemas, err := s.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return schemas.IdentitySchemas[resource].ValueType()
}

func (s Server) take(t *testing.T, request *tfprotov6.ImportResourceStateRequest) (object *Object, warnings, errs string) {
	t.Helper()
	object = s.NewObject(t, request.TypeName)
	imported, err := s.ImportResourceState(t.Context(), request)
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
