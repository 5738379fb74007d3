package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Open validates a configuration of an ephemeral resource and opens it. It returns what Texts makes of it, the warnings
// and the errors.
func (s Server) Open(t *testing.T, ephemeral string, config map[string]any) (attributes map[string]string, warnings, errs string) {
	t.Helper()
	object := s.all.EphemeralResourceSchemas[ephemeral].ValueType()
	value := dynamic(t, object, config)
	validated, err := s.ValidateEphemeralResourceConfig(t.Context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: ephemeral, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if errs = problems(validated.Diagnostics); errs != "" {
		return nil, "", errs
	}
	opened, err := s.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: ephemeral, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	warnings, errs = texts(opened.Diagnostics, tfprotov6.DiagnosticSeverityWarning), problems(opened.Diagnostics)
	if errs == "" {
		attributes = plain(t, opened.Result, object)
	}
	return attributes, warnings, errs
}
