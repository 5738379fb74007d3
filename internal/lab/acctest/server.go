package acctest

import (
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/arguments"
	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// Server is the provider as Terraform talks to it, without Terraform: what a plan says needs neither CLI nor AWS.
type Server struct {
	tfprotov6.ProviderServer
	schemas map[string]*tfprotov6.Schema
	data    map[string]*tfprotov6.Schema
	actions map[string]*tfprotov6.ActionSchema
	all     *tfprotov6.GetProviderSchemaResponse
}

// Unknown stands for a value that only the apply will know.
const Unknown = tftypes.UnknownValue

// NewServer starts the provider with a region and further settings.
func NewServer(t *testing.T, settings map[string]any) Server {
	t.Helper()
	return NewServerAt(t, time.Now, settings)
}

// NewServerAt is NewServer with another clock.
func NewServerAt(t *testing.T, now func() time.Time, settings map[string]any) Server {
	t.Helper()
	s := provider.NewServer("test", now)()
	schema, err := s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	block := map[string]any{"region": "us-east-1"}
	maps.Copy(block, settings)
	answer, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: dynamic(t, schema.Provider.ValueType(), block)})
	if err != nil {
		t.Fatal(err)
	}
	if text := problems(answer.Diagnostics); text != "" {
		t.Fatal(text)
	}
	return Server{ProviderServer: s, schemas: schema.ResourceSchemas, data: schema.DataSourceSchemas, actions: schema.ActionSchemas, all: schema}
}

// Later is a clock that goes three minutes with each look, so that what is read is believed at once.
func Later() func() time.Time {
	var looks atomic.Int64
	start := time.Now()
	return func() time.Time { return start.Add(time.Duration(looks.Add(1)) * 3 * time.Minute) }
}

// Schemas are those of all objects.
func (s Server) Schemas() *tfprotov6.GetProviderSchemaResponse { return s.all }

// Schema is the schema of a resource.
func (s Server) Schema(resource string) *tfprotov6.SchemaBlock { return s.schemas[resource].Block }

// Plan validates a configuration of a resource and plans a new object of it. It returns the plan's attributes and
// the errors.
func (s Server) Plan(t *testing.T, resource string, config map[string]any) (map[string]tftypes.Value, string) {
	t.Helper()
	object := s.schemas[resource].ValueType()
	value := dynamic(t, object, config)
	validated, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: resource, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if text := problems(validated.Diagnostics); text != "" {
		return nil, text
	}
	planned, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, Config: value, ProposedNewState: value, PriorState: dynamic(t, object, nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := problems(planned.Diagnostics); text != "" {
		return nil, text
	}
	result, err := planned.PlannedState.Unmarshal(object)
	if err != nil {
		t.Fatal(err)
	}
	attributes := map[string]tftypes.Value{}
	if err := result.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return attributes, ""
}

// Read validates a configuration of a data source and reads it. It returns its attributes and the errors.
func (s Server) Read(t *testing.T, dataSource string, config map[string]any) (map[string]tftypes.Value, string) {
	t.Helper()
	attributes, _, text := s.ReadWarned(t, dataSource, config)
	return attributes, text
}

// ReadWarned is Read with the read's warnings.
func (s Server) ReadWarned(t *testing.T, dataSource string, config map[string]any) (attributes map[string]tftypes.Value, warnings, errs string) {
	t.Helper()
	object := s.data[dataSource].ValueType()
	value := dynamic(t, object, config)
	validated, err := s.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: dataSource, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if errs = problems(validated.Diagnostics); errs != "" {
		return nil, "", errs
	}
	read, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	warnings, errs = texts(read.Diagnostics, tfprotov6.DiagnosticSeverityWarning), problems(read.Diagnostics)
	if errs != "" {
		return nil, warnings, errs
	}
	result, err := read.State.Unmarshal(object)
	if err != nil {
		t.Fatal(err)
	}
	attributes = map[string]tftypes.Value{}
	if err := result.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return attributes, warnings, ""
}

// problems are the errors of diagnostics, each with the attribute that it is about.
func problems(diagnostics []*tfprotov6.Diagnostic) string {
	return texts(diagnostics, tfprotov6.DiagnosticSeverityError)
}

func texts(diagnostics []*tfprotov6.Diagnostic, severity tfprotov6.DiagnosticSeverity) string {
	var b strings.Builder
	for _, d := range diagnostics {
		if d.Severity == severity {
			b.WriteString(d.Attribute.String() + ": " + d.Summary + ": " + d.Detail + "\n")
		}
	}
	return b.String()
}

func dynamic(t *testing.T, typ tftypes.Type, value map[string]any) *tfprotov6.DynamicValue {
	t.Helper()
	var object any
	if value != nil {
		object = value
	}
	out, err := tfprotov6.NewDynamicValue(typ, arguments.Value(typ, object))
	if err != nil {
		t.Fatal(err)
	}
	return &out
}
