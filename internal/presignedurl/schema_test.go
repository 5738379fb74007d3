package presignedurl_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/presignedurl"
)

func TestSchemas(t *testing.T) {
	t.Parallel()
	var data datasource.SchemaResponse
	presignedurl.NewDataSource().Schema(t.Context(), datasource.SchemaRequest{}, &data)
	var ephemeralData ephemeral.SchemaResponse
	presignedurl.NewEphemeralResource().Schema(t.Context(), ephemeral.SchemaRequest{}, &ephemeralData)
	var kept resource.SchemaResponse
	presignedurl.NewResource().Schema(t.Context(), resource.SchemaRequest{}, &kept)

	if diags := data.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Error(diags)
	}
	if diags := ephemeralData.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Error(diags)
	}
	if diags := kept.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Error(diags)
	}
	if !data.Schema.Type().Equal(ephemeralData.Schema.Type()) {
		t.Error("data source and ephemeral resource have different types")
	}
	for name, want := range data.Schema.Attributes {
		got, ok := kept.Schema.Attributes[name]
		switch {
		case name == "signing_window":
			if ok {
				t.Error("a URL that is kept has a signing_window")
			}
		case !ok:
			t.Errorf("the resource has no %s", name)
		case !got.GetType().Equal(want.GetType()) || got.IsRequired() != want.IsRequired() || got.IsSensitive() != want.IsSensitive():
			t.Errorf("%s differs between data source and resource", name)
		}
	}
	if !data.Schema.Attributes["url"].IsSensitive() || !ephemeralData.Schema.Attributes["url"].IsSensitive() || !kept.Schema.Attributes["url"].IsSensitive() {
		t.Error("a URL is not sensitive")
	}
}
