package framework

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// awsProviders are the addresses of hashicorp/aws in the registries of Terraform and of OpenTofu.
var awsProviders = []string{"registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"}

// MovedFromAWS reads the state of a resource of hashicorp/aws that a moved block names. T has the attributes that are
// needed, which are the same in releases 4 to 6. Everything else is read from AWS. Any other source is an error that
// says which sources are possible.
func MovedFromAWS[T any](req resource.MoveStateRequest, from, to string) (T, diag.Diagnostics) {
	var source T
	var diags diag.Diagnostics
	if req.SourceTypeName != from || !slices.Contains(awsProviders, req.SourceProviderAddress) {
		diags.AddError("Unable to move resource state",
			fmt.Sprintf("A %s can be moved from %s of hashicorp/aws, not from %s of %s. Import the object instead: remove the old resource "+
				"with a removed block that has lifecycle { destroy = false }, and add an import block for the new one.",
				to, from, req.SourceTypeName, req.SourceProviderAddress))
		return source, diags
	}
	if err := json.Unmarshal(req.SourceRawState.JSON, &source); err != nil {
		diags.AddError("Unable to move resource state",
			fmt.Sprintf("The state of %s (schema version %d) cannot be read: %s", from, req.SourceSchemaVersion, Sentence(err)))
	}
	return source, diags
}
