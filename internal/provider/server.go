package provider

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns a constructor of the provider server for Terraform and OpenTofu.
func NewServer(version string, now func() time.Time) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		p := &voicebaseProvider{version: version, now: now}
		return server{
			frameworkServer: served(providerserver.NewProtocol6(p)()),
			provider:        p,
			quick:           !logWanted(os.Environ()),
			planned:         sync.OnceValue(func() map[string]*plannedResource { return plannedResources(p) }),
		}
	}
}

// frameworkServer is everything that the framework serves. terraform-plugin-go finds the later parts by type assertion,
// so a wrapper that embeds only tfprotov6.ProviderServer would hide list resources and actions.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

func served(s tfprotov6.ProviderServer) frameworkServer {
	all, ok := s.(frameworkServer)
	if !ok {
		panic(fmt.Sprintf("provider: %T serves less than it did", s))
	}
	return all
}

// server is the framework's server with three changes. OpenTofu (1.12) sends nothing for a null argument of a function,
// where Terraform sends a null value, and the framework cannot read that. The framework keeps each call's context,
// which it should not: see callContext. And it is slow to find that nothing changes: see planUnchanged.
type server struct {
	frameworkServer

	provider *voicebaseProvider
	// quick is off if somebody reads logs, which should contain all of the framework's lines.
	quick   bool
	planned func() map[string]*plannedResource
}

// Halves returns the two ways in which our server plans: the short one, which only answers that nothing changes, and
// the framework's. Tests compare them.
func Halves(of tfprotov6.ProviderServer) (short func(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, bool), long tfprotov6.ProviderServer) {
	s, ok := of.(server)
	if !ok {
		panic(fmt.Sprintf("provider: %T is no server of ours", of))
	}
	return s.planUnchanged, s.frameworkServer
}

// null is a null value of any type in MessagePack.
var null = tfprotov6.DynamicValue{MsgPack: []byte{0xc0}}

// CallFunction adds the null values that were left out.
func (s server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	arguments := slices.Clone(req.Arguments)
	for i, argument := range arguments {
		if argument == nil || len(argument.MsgPack) == 0 && len(argument.JSON) == 0 {
			arguments[i] = &null
		}
	}
	filled := &tfprotov6.CallFunctionRequest{Name: req.Name, Arguments: arguments}
	return during(ctx, filled, s.frameworkServer.CallFunction)
}
