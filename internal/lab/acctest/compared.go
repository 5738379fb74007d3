package acctest

import (
	"context"
	"fmt"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// compared is the provider's server for acceptance tests. Where the provider answers a plan without the framework, it
// asks the framework, too, and fails the plan when the two do not say the same.
type compared struct {
	served
	short func(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, bool)
	long  tfprotov6.ProviderServer
	types func(resource string) tftypes.Type
}

// served is all that Terraform may ask a server for.
type served interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

func newCompared(of tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	all, ok := of.(served)
	if !ok {
		panic(fmt.Sprintf("acctest: %T serves less than it did", of))
	}
	schemas := sync.OnceValue(func() *tfprotov6.GetProviderSchemaResponse {
		schemas, err := of.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
		if err != nil {
			panic(err)
		}
		return schemas
	})
	short, long := provider.Halves(of)
	return compared{all, short, long, func(resource string) tftypes.Type { return schemas().ResourceSchemas[resource].ValueType() }}
}

// PlanResourceChange makes the plan both ways.
func (c compared) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	short, ok := c.short(ctx, req)
	long, err := c.long.PlanResourceChange(ctx, req)
	if !ok || err != nil {
		return long, err
	}
	return short, ComparePlans(c.types(req.TypeName), short, long)
}

// ComparePlans fails when two plans differ in anything.
func ComparePlans(typ tftypes.Type, short, long *tfprotov6.PlanResourceChangeResponse) error {
	if len(short.Diagnostics)+len(long.Diagnostics)+len(short.RequiresReplace)+len(long.RequiresReplace) > 0 ||
		short.Deferred != nil || long.Deferred != nil {
		return fmt.Errorf("the short way to a plan says nothing, the framework %s replaces %s, defers %v", texts(long.Diagnostics, tfprotov6.DiagnosticSeverityWarning), long.RequiresReplace, long.Deferred)
	}
	if string(short.PlannedPrivate) != string(long.PlannedPrivate) || !reflect.DeepEqual(short.PlannedIdentity, long.PlannedIdentity) {
		return fmt.Errorf("the short way to a plan has the private state %s and the identity %v, the framework %s and %v",
			short.PlannedPrivate, short.PlannedIdentity, long.PlannedPrivate, long.PlannedIdentity)
	}
	ours, err := short.PlannedState.Unmarshal(typ)
	if err != nil {
		return err
	}
	theirs, err := long.PlannedState.Unmarshal(typ)
	if err != nil {
		return err
	}
	differences, err := ours.Diff(theirs)
	if err == nil && len(differences) > 0 {
		err = fmt.Errorf("the short way to a plan differs from the framework's: %v", differences)
	}
	return err
}
