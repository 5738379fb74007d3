package provider_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// TestServer_nullArgument calls a function as Terraform does, with a null value, and as OpenTofu does, with none.
func TestServer_nullArgument(t *testing.T) {
	t.Parallel()
	value := func(v any) *tfprotov6.DynamicValue {
		encoded, err := tfprotov6.NewDynamicValue(tftypes.String, tftypes.NewValue(tftypes.String, v))
		if err != nil {
			t.Fatal(err)
		}
		return &encoded
	}
	for name, format := range map[string]*tfprotov6.DynamicValue{"Terraform": value(nil), "OpenTofu": {}, "nothing": nil} {
		given := []*tfprotov6.DynamicValue{{JSON: []byte(`"analytics"`)}, format}
		resp, err := provider.NewServer("test", time.Now)().CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: "content_type", Arguments: given})
		if given[1] != format {
			t.Errorf("%s: the request itself was changed", name)
		}
		if err != nil || resp.Error != nil {
			t.Errorf("%s: %v, %+v", name, err, resp.Error)
			continue
		}
		result, err := resp.Result.Unmarshal(tftypes.String)
		if err != nil || !result.Equal(tftypes.NewValue(tftypes.String, "application/json")) {
			t.Errorf("%s: %v, %v", name, result, err)
		}
	}
}

// TestServer_hidesNothing holds our server against the framework's, method by method: what the framework comes to
// serve must be served by us, too.
func TestServer_hidesNothing(t *testing.T) {
	t.Parallel()
	p := newProvider()
	theirs := reflect.TypeOf(providerserver.NewProtocol6(p)())
	ours := reflect.TypeOf(provider.NewServer("test", time.Now)())
	if theirs.NumMethod() < 30 {
		t.Fatalf("%s has %d methods: this test would see nothing", theirs, theirs.NumMethod())
	}
	for method := range theirs.Methods() {
		if _, ok := ours.MethodByName(method.Name); !ok {
			t.Errorf("%s is hidden: add its interface to frameworkServer", method.Name)
		}
	}
}
