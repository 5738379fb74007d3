package presignedurl_test

import (
	"maps"
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

// TestSchemas_kept has what each argument of the resource is: a default and a type that follows from content_type are
// computed.
func TestSchemas_kept(t *testing.T) {
	t.Parallel()
	var kept resource.SchemaResponse
	presignedurl.NewResource().Schema(t.Context(), resource.SchemaRequest{}, &kept)
	const required, optional, either, computed = "required", "optional", "optional, computed", "computed"
	want := map[string]string{
		"bucket": required, "key": required, "region": either, "expires_in": either, "type": either, "format": optional, "content_type": either,
		"content_type_query": either, "renew_before": optional, "credentials_lifetime": optional,
		"url": computed, "method": computed, "headers": computed, "signed_at": computed, "expires_at": computed, "credentials_expire_at": computed,
		"effective_expires_at": computed,
	}
	got := map[string]string{}
	for name, attribute := range kept.Schema.Attributes {
		switch {
		case attribute.IsRequired():
			got[name] = required
		case attribute.IsOptional() && attribute.IsComputed():
			got[name] = either
		case attribute.IsOptional():
			got[name] = optional
		case attribute.IsComputed():
			got[name] = computed
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
