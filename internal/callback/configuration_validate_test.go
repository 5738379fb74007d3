package callback_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/callback"
)

// attributes are those of one callback in a configuration; what is left out is null.
type attributes map[string]tftypes.Value

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

func unknown(of tftypes.Type) tftypes.Value { return tftypes.NewValue(of, tftypes.UnknownValue) }

func flag(value bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value) }

// validate runs ValidateConfig as Terraform does before the provider is configured.
func validate(t *testing.T, base tftypes.Value, callbacks ...attributes) diag.Diagnostics {
	t.Helper()
	source := callback.NewConfigurationDataSource()
	var schema datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &schema)
	if diags := schema.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Fatal(diags)
	}
	root, _ := schema.Schema.Type().TerraformType(t.Context()).(tftypes.Object)
	list, _ := root.AttributeTypes["callbacks"].(tftypes.List)
	element, _ := list.ElementType.(tftypes.Object)
	var elements []tftypes.Value
	for _, given := range callbacks {
		values := map[string]tftypes.Value{}
		for name, attributeType := range element.AttributeTypes {
			values[name] = tftypes.NewValue(attributeType, nil)
		}
		maps.Copy(values, given)
		elements = append(elements, tftypes.NewValue(element, values))
	}
	config := tfsdk.Config{Schema: schema.Schema, Raw: tftypes.NewValue(root, map[string]tftypes.Value{
		"callbacks":          tftypes.NewValue(list, elements),
		"base_configuration": base,
		"json":               tftypes.NewValue(tftypes.String, nil),
	})}
	validated, ok := source.(datasource.DataSourceWithValidateConfig)
	if !ok {
		t.Fatal("the data source does not validate its configuration")
	}
	var resp datasource.ValidateConfigResponse
	validated.ValidateConfig(t.Context(), datasource.ValidateConfigRequest{Config: config}, &resp)
	return resp.Diagnostics
}

var noBase = tftypes.NewValue(tftypes.String, nil)

func TestValidateConfigPointsAtTheAttribute(t *testing.T) {
	url := attributes{"url": text("https://example.org/c")}
	with := func(more attributes) attributes {
		merged := maps.Clone(url)
		maps.Copy(merged, more)
		return merged
	}
	sections := tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{text("topics")})
	base := func(json string) tftypes.Value { return text(json) }
	cases := []struct {
		name      string
		base      tftypes.Value
		callbacks []attributes
		want      []string
	}{
		{"nothing wrong", noBase, []attributes{url}, nil},
		{"no url", noBase, []attributes{url, {}}, []string{"callbacks[1].url"}},
		{"type", noBase, []attributes{with(attributes{"type": text("x")})}, []string{"callbacks[0].type"}},
		{"missing format", noBase, []attributes{with(attributes{"type": text("transcript")})}, []string{"callbacks[0].format"}},
		{"missing stream", noBase, []attributes{with(attributes{"type": text("media")})}, []string{"callbacks[0].stream"}},
		{"method", noBase, []attributes{with(attributes{"method": text("x")})}, []string{"callbacks[0].method"}},
		{"include", noBase, []attributes{with(attributes{"include": sections})}, []string{"callbacks[0].include"}},
		{"role", noBase, []attributes{{"url": text(baseURL), "s3_delivery": flag(true)}}, []string{"callbacks[0].role"}},
		{"s3_delivery", noBase, []attributes{{"url": text(signed), "s3_delivery": flag(true), "role": text(role)}}, []string{"callbacks[0].s3_delivery"}},
		{"all of it", noBase, []attributes{{"method": text("x")}, {"type": text("x")}}, []string{"callbacks[0].url", "callbacks[0].method", "callbacks[1].url", "callbacks[1].type"}},
		{"the base's syntax", base("{"), []attributes{url}, []string{"base_configuration"}},
		{"a callback of the base", base(`{"publish": {"callbacks": [{}]}}`), []attributes{url, {}}, []string{"base_configuration", "callbacks[1].url"}},
		{"beside an unknown base", unknown(tftypes.String), []attributes{url, {}}, []string{"callbacks[1].url"}},
		{"an unknown url", noBase, []attributes{{"url": unknown(tftypes.String), "format": text("srt")}}, []string{"callbacks[0].format"}},
		{"an unknown type", noBase, []attributes{with(attributes{"type": unknown(tftypes.String), "format": text("x"), "stream": text("x")})}, nil},
		{"an unknown s3_delivery", noBase, []attributes{{"url": text("http://s3.us-east-1.amazonaws.com/acme/"), "s3_delivery": unknown(tftypes.Bool)}}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range validate(t, c.base, c.callbacks...) {
				at, ok := d.(diag.DiagnosticWithPath)
				if !ok || d.Severity() != diag.SeverityError {
					t.Fatalf("not an error on an attribute: %v", d)
				}
				got = append(got, at.Path().String())
				if strings.Contains(d.Summary()+d.Detail(), "b926f5f47f58a420b6") {
					t.Errorf("the signature is in the text: %s", d.Detail())
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestValidateConfigLeavesTimeToRead has a URL that expired long ago: there is no clock yet.
func TestValidateConfigLeavesTimeToRead(t *testing.T) {
	if diags := validate(t, noBase, attributes{"url": text(signed)}); len(diags) > 0 {
		t.Errorf("got %v", diags)
	}
}
