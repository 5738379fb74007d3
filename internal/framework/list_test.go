package framework_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
)

// TestEmptied has an object whose attributes are null, not a null object.
func TestEmptied(t *testing.T) {
	t.Parallel()
	result := list.ListResult{Resource: &tfsdk.Resource{Schema: wholeSchema(), Raw: tftypes.NewValue(wholeSchema().Type().TerraformType(t.Context()), nil)}}
	framework.Emptied(t.Context(), &result)
	if !result.Resource.Raw.Equal(values(nil)) {
		t.Errorf("%s", result.Resource.Raw)
	}
	var model wholeModel
	if diags := result.Resource.Get(t.Context(), &model); diags.HasError() || !model.Text.IsNull() {
		t.Errorf("%+v, %v", model, diags)
	}
}

// TestListWarning turns errors into warnings, and leaves the warnings beside them out.
func TestListWarning(t *testing.T) {
	t.Parallel()
	got := framework.ListWarning(diag.Diagnostics{
		diag.NewErrorDiagnostic("Unable to read delivery bucket", "Name: acme"), diag.NewWarningDiagnostic("Beside", "it"), diag.NewErrorDiagnostic("And", "another"),
	})
	want := diag.Diagnostics{diag.NewWarningDiagnostic("Unable to read delivery bucket", "Name: acme"), diag.NewWarningDiagnostic("And", "another")}
	if !got.Diagnostics.Equal(want) || got.Resource != nil || got.Identity != nil {
		t.Errorf("%+v", got)
	}
}
