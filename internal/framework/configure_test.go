package framework_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// TestConfigure holds for each kind of object: nothing before the provider is configured, its data
// after, and an error for data of another type.
func TestConfigure(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(any) (*framework.ProviderData, diag.Diagnostics){
		"resource": func(data any) (*framework.ProviderData, diag.Diagnostics) {
			var r framework.Resource
			var resp resource.ConfigureResponse
			r.Configure(t.Context(), resource.ConfigureRequest{ProviderData: data}, &resp)
			return r.Data, resp.Diagnostics
		},
		"data source": func(data any) (*framework.ProviderData, diag.Diagnostics) {
			var d framework.DataSource
			var resp datasource.ConfigureResponse
			d.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: data}, &resp)
			return d.Data, resp.Diagnostics
		},
		"ephemeral resource": func(data any) (*framework.ProviderData, diag.Diagnostics) {
			var e framework.EphemeralResource
			var resp ephemeral.ConfigureResponse
			e.Configure(t.Context(), ephemeral.ConfigureRequest{ProviderData: data}, &resp)
			return e.Data, resp.Diagnostics
		},
		"action": func(data any) (*framework.ProviderData, diag.Diagnostics) {
			var a framework.Action
			var resp action.ConfigureResponse
			a.Configure(t.Context(), action.ConfigureRequest{ProviderData: data}, &resp)
			return a.Data, resp.Diagnostics
		},
	}
	for name, configure := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if data, diags := configure(nil); data != nil || diags.HasError() {
				t.Errorf("before Configure: %v, %v", data, diags)
			}
			want := &framework.ProviderData{}
			if data, diags := configure(want); data != want || diags.HasError() {
				t.Errorf("configured: %v, %v", data, diags)
			}
			data, diags := configure("something else")
			if data != nil || len(diags) != 1 {
				t.Fatalf("another type: %v, %v", data, diags)
			}
			text := "Expected *framework.ProviderData, got string. Please report this to the developers of the provider."
			if diags[0].Detail() != text {
				t.Errorf("detail %q, want %q", diags[0].Detail(), text)
			}
		})
	}
}
