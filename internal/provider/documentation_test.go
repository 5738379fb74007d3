package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// page is where an object's example and its page of documentation are.
type page struct {
	kind, name, example string
	imported            bool
}

// TestDocumentation_complete holds that whatever the provider offers has an example, which its page is made
// from, and that page.
func TestDocumentation_complete(t *testing.T) {
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	pages := registered(t)
	if len(pages) < 5 {
		t.Fatalf("only %d objects registered: this test would see nothing", len(pages))
	}
	for _, p := range pages {
		files := []string{
			filepath.Join("examples", p.kind, p.name, p.example),
			filepath.Join("docs", p.kind, strings.TrimPrefix(p.name, "voicebase_")+".md"),
		}
		if p.imported {
			files = append(files, filepath.Join("examples", p.kind, p.name, "import.sh"))
		}
		for _, file := range files {
			if _, err := os.Stat(filepath.Join(root, file)); err != nil {
				t.Errorf("%s: no %s", p.name, file)
			}
		}
	}
}

func registered(t *testing.T) []page {
	t.Helper()
	ctx := t.Context()
	p := provider.New("test", time.Now)
	var pages []page
	for _, newResource := range p.Resources(ctx) {
		var resp resource.MetadataResponse
		object := newResource()
		object.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "voicebase"}, &resp)
		_, imported := object.(resource.ResourceWithImportState)
		pages = append(pages, page{"resources", resp.TypeName, "resource.tf", imported})
	}
	for _, newDataSource := range p.DataSources(ctx) {
		var resp datasource.MetadataResponse
		newDataSource().Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: "voicebase"}, &resp)
		pages = append(pages, page{"data-sources", resp.TypeName, "data-source.tf", false})
	}
	if p, ok := p.(frameworkprovider.ProviderWithEphemeralResources); ok {
		for _, newEphemeral := range p.EphemeralResources(ctx) {
			var resp ephemeral.MetadataResponse
			newEphemeral().Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: "voicebase"}, &resp)
			pages = append(pages, page{"ephemeral-resources", resp.TypeName, "ephemeral-resource.tf", false})
		}
	}
	if p, ok := p.(frameworkprovider.ProviderWithActions); ok {
		for _, newAction := range p.Actions(ctx) {
			var resp action.MetadataResponse
			newAction().Metadata(ctx, action.MetadataRequest{ProviderTypeName: "voicebase"}, &resp)
			pages = append(pages, page{"actions", resp.TypeName, "action.tf", false})
		}
	}
	if p, ok := p.(frameworkprovider.ProviderWithFunctions); ok {
		for _, newFunction := range p.Functions(ctx) {
			var resp function.MetadataResponse
			newFunction().Metadata(ctx, function.MetadataRequest{}, &resp)
			pages = append(pages, page{"functions", resp.Name, "function.tf", false})
		}
	}
	return pages
}
