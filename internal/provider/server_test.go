package provider_test

import (
	"testing"
	"time"

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
		resp, err := provider.NewServer("test", time.Now)().CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{
			Name: "content_type", Arguments: []*tfprotov6.DynamicValue{value("analytics"), format},
		})
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
