package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ListedObject is what a list resource says of one object, or of its own failure.
type ListedObject struct {
	Name string
	// Identity and Resource are nil where the answer has none.
	Identity, Resource map[string]string
	Errors, Warnings   string
}

// List lists objects, whole ones if include is set, and stops after stop of them, 0 for never. It needs no CLI that
// knows terraform query.
func (s Server) List(t *testing.T, resource string, config map[string]any, include bool, limit int64, stop int) []ListedObject {
	t.Helper()
	server, ok := s.ProviderServer.(tfprotov6.ListResourceServer)
	if !ok {
		t.Fatal("the provider serves no lists")
	}
	if config == nil {
		config = map[string]any{}
	}
	value := dynamic(t, s.all.ListResourceSchemas[resource].ValueType(), config)
	validated, err := server.ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: resource, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if errs := problems(validated.Diagnostics); errs != "" {
		return []ListedObject{{Errors: errs}}
	}
	stream, err := server.ListResource(t.Context(), &tfprotov6.ListResourceRequest{TypeName: resource, Config: value, IncludeResource: include, Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	identity := s.identityType(t, resource)
	var all []ListedObject
	for result := range stream.Results {
		object := ListedObject{
			Name: result.DisplayName, Errors: problems(result.Diagnostics), Warnings: texts(result.Diagnostics, tfprotov6.DiagnosticSeverityWarning),
		}
		if result.Identity != nil {
			object.Identity = plain(t, result.Identity.IdentityData, identity)
		}
		if result.Resource != nil {
			object.Resource = plain(t, result.Resource, s.schemas[resource].ValueType())
		}
		if all = append(all, object); len(all) == stop {
			break
		}
	}
	return all
}
