// Command awsstub stands in for hashicorp/aws in tests that run without a network: it has the two resources, with
// the arguments, that the examples hand a write-only value to. It reaches no AWS. What a write-only argument
// received goes to the file that VOICEBASE_ACC_RECEIVED names, which is how a test sees a value that is in no state.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func main() {
	err := providerserver.Serve(context.Background(), newStub, providerserver.ServeOpts{
		Address:         "registry.terraform.io/hashicorp/aws",
		ProtocolVersion: 6,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "awsstub:", err)
		os.Exit(1)
	}
}

type stub struct{}

func newStub() provider.Provider { return stub{} }

func (stub) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "aws"
}

func (stub) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (stub) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (stub) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (stub) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newSecret, newSecretVersion}
}
