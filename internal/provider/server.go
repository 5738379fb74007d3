package provider

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns a constructor of the provider as Terraform and OpenTofu talk to it.
func NewServer(version string, now func() time.Time) func() tfprotov6.ProviderServer {
	newServer := providerserver.NewProtocol6(New(version, now))
	return func() tfprotov6.ProviderServer { return server{newServer()} }
}

// server mends one thing that the framework cannot read: OpenTofu (1.12) sends nothing at all for an argument of
// a function that is null, where Terraform sends a null value.
type server struct{ tfprotov6.ProviderServer }

// null is a null value of any type in MessagePack.
var null = tfprotov6.DynamicValue{MsgPack: []byte{0xc0}}

// CallFunction puts in the null values that were left out.
func (s server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	arguments := slices.Clone(req.Arguments)
	for i, argument := range arguments {
		if argument == nil || len(argument.MsgPack) == 0 && len(argument.JSON) == 0 {
			arguments[i] = &null
		}
	}
	return s.ProviderServer.CallFunction(ctx, &tfprotov6.CallFunctionRequest{Name: req.Name, Arguments: arguments})
}
