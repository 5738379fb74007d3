package provider_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// badTypes are the types that blame the provider for a user's number with a fraction, or show a literal \n\n for a
// wrong duration. Their counterparts are in package framework.
var badTypes = []string{"timetypes.", "basetypes.Int64Type", "basetypes.Int32Type", "basetypes.Float64Type", "basetypes.Float32Type", "basetypes.NumberType"}

// settable is what the schemas' attributes have in common, whatever they belong to.
type settable interface {
	GetType() attr.Type
	IsRequired() bool
	IsOptional() bool
}

// TestSchemas_valueTypes looks at each argument of each object, nested ones too.
func TestSchemas_valueTypes(t *testing.T) {
	seen := 0
	check := func(where string, attribute settable) {
		if !attribute.IsRequired() && !attribute.IsOptional() {
			return
		}
		seen++
		for _, bad := range badTypes {
			if text := attribute.GetType().String(); strings.Contains(text, bad) {
				t.Errorf("%s has the type %s", where, text)
			}
		}
	}
	eachSettable(t, check)
	if seen < 90 {
		t.Errorf("only %d arguments were seen", seen)
	}
}

func eachSettable(t *testing.T, check func(where string, attribute settable)) {
	t.Helper()
	ctx := context.Background()
	p := newProvider()
	var provided frameworkprovider.SchemaResponse
	p.Schema(ctx, frameworkprovider.SchemaRequest{}, &provided)
	for name, attribute := range provided.Schema.Attributes {
		check("provider."+name, attribute)
	}
	for _, newObject := range p.Resources(ctx) {
		var meta resource.MetadataResponse
		var resp resource.SchemaResponse
		newObject().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "voicebase"}, &meta)
		newObject().Schema(ctx, resource.SchemaRequest{}, &resp)
		for name, attribute := range resp.Schema.Attributes {
			check(meta.TypeName+"."+name, attribute)
		}
	}
	for _, newObject := range p.DataSources(ctx) {
		var meta datasource.MetadataResponse
		var resp datasource.SchemaResponse
		newObject().Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: "voicebase"}, &meta)
		newObject().Schema(ctx, datasource.SchemaRequest{}, &resp)
		for name, attribute := range resp.Schema.Attributes {
			check("data."+meta.TypeName+"."+name, attribute)
		}
	}
	ephemerals, ok := p.(frameworkprovider.ProviderWithEphemeralResources)
	if !ok {
		t.Fatal("the provider has no ephemeral resources")
	}
	for _, newObject := range ephemerals.EphemeralResources(ctx) {
		var meta ephemeral.MetadataResponse
		var resp ephemeral.SchemaResponse
		newObject().Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: "voicebase"}, &meta)
		newObject().Schema(ctx, ephemeral.SchemaRequest{}, &resp)
		for name, attribute := range resp.Schema.Attributes {
			check("ephemeral."+meta.TypeName+"."+name, attribute)
		}
	}
}
