package provider_test

import (
	"context"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// block is a provider block: text, truth values, numbers, lists of text, maps of text, and lists of blocks. What
// is left out is not set.
type block map[string]any

// unknown is a value that Terraform will know only after apply.
type unknown struct{}

var testNow = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func newProvider() fwprovider.Provider {
	return provider.New("1.2.3", func() time.Time { return testNow })
}

func providerSchema(t *testing.T) schema.Schema {
	t.Helper()
	var resp fwprovider.SchemaResponse
	newProvider().Schema(t.Context(), fwprovider.SchemaRequest{}, &resp)
	if resp.Diagnostics.HasError() {
		t.Fatal(resp.Diagnostics)
	}
	return resp.Schema
}

// configure configures a provider with a block and returns what its objects would get.
func configure(t *testing.T, b block) (*framework.ProviderData, diag.Diagnostics) {
	t.Helper()
	s := providerSchema(t)
	var resp fwprovider.ConfigureResponse
	newProvider().Configure(t.Context(), fwprovider.ConfigureRequest{
		Config: tfsdk.Config{Schema: s, Raw: value(t, s.Type().TerraformType(t.Context()), b)},
	}, &resp)
	if resp.Diagnostics.HasError() {
		return nil, resp.Diagnostics
	}
	data, ok := resp.ResourceData.(*framework.ProviderData)
	if !ok {
		t.Fatalf("resources get %T", resp.ResourceData)
	}
	for kind, got := range map[string]any{
		"data sources": resp.DataSourceData, "ephemeral resources": resp.EphemeralResourceData, "actions": resp.ActionData, "list resources": resp.ListResourceData,
	} {
		if got != resp.ResourceData {
			t.Fatalf("%s get %T", kind, got)
		}
	}
	return data, resp.Diagnostics
}

// mustConfigure is configure for a block that is right.
func mustConfigure(t *testing.T, b block) *framework.ProviderData {
	t.Helper()
	data, diags := configure(t, b)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return data
}

// validate returns what `terraform validate` would say of a block.
func validate(t *testing.T, b block) []*tfprotov6.Diagnostic {
	t.Helper()
	typ := providerSchema(t).Type().TerraformType(t.Context())
	config, err := tfprotov6.NewDynamicValue(typ, value(t, typ, b))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := providerserver.NewProtocol6(newProvider())().ValidateProviderConfig(context.Background(),
		&tfprotov6.ValidateProviderConfigRequest{Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	return resp.Diagnostics
}

// blockOf is a block of the samples' plain values.
func blockOf(config map[string]any) block {
	out := block{}
	for name, v := range config {
		switch v := v.(type) {
		case []any:
			var texts []string
			var blocks []block
			for _, element := range v {
				switch element := element.(type) {
				case string:
					texts = append(texts, element)
				case map[string]any:
					blocks = append(blocks, blockOf(element))
				}
			}
			if out[name] = texts; blocks != nil {
				out[name] = blocks
			}
		case map[string]any:
			texts := map[string]string{}
			for key, text := range v {
				texts[key], _ = text.(string)
			}
			out[name] = texts
		default:
			out[name] = v
		}
	}
	return out
}

// value makes the Terraform value of a type. What an object leaves out is null.
func value(tb testing.TB, typ tftypes.Type, v any) tftypes.Value {
	tb.Helper()
	switch v := v.(type) {
	case unknown:
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	case nil, string, bool, int:
		return tftypes.NewValue(typ, v)
	case []string:
		return tftypes.NewValue(typ, elements(tb, typ, v))
	case []block:
		return tftypes.NewValue(typ, elements(tb, typ, v))
	case []unknown:
		return tftypes.NewValue(typ, elements(tb, typ, v))
	case map[string]string:
		out := map[string]tftypes.Value{}
		for key, text := range v {
			out[key] = tftypes.NewValue(tftypes.String, text)
		}
		return tftypes.NewValue(typ, out)
	case block:
		return tftypes.NewValue(typ, attributes(tb, typ, v))
	default:
		tb.Fatalf("no Terraform value for %T", v)
		return tftypes.Value{}
	}
}

func elements[T any](tb testing.TB, typ tftypes.Type, values []T) []tftypes.Value {
	tb.Helper()
	var element tftypes.Type
	switch typ := typ.(type) {
	case tftypes.List:
		element = typ.ElementType
	case tftypes.Set:
		element = typ.ElementType
	default:
		tb.Fatalf("a list was given for %s", typ)
	}
	out := []tftypes.Value{}
	for _, v := range values {
		out = append(out, value(tb, element, v))
	}
	return out
}

func attributes(tb testing.TB, typ tftypes.Type, b block) map[string]tftypes.Value {
	tb.Helper()
	object, ok := typ.(tftypes.Object)
	if !ok {
		tb.Fatalf("a block was given for %s", typ)
	}
	out := map[string]tftypes.Value{}
	for name, attribute := range object.AttributeTypes {
		out[name] = value(tb, attribute, b[name])
	}
	for name := range b {
		if _, ok := object.AttributeTypes[name]; !ok {
			tb.Fatalf("the block has no argument %q", name)
		}
	}
	return out
}
