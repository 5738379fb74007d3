package framework

import (
	"fmt"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

// EphemeralAttributes makes the attributes of an ephemeral resource from those of a data source, so that two
// faces of one object have one definition. The framework's structs are the same field by field, which Go
// checks in each conversion. A kind that no object has yet is a programming error, hence the panic.
func EphemeralAttributes(attributes map[string]datasource.Attribute) map[string]ephemeral.Attribute {
	converted := make(map[string]ephemeral.Attribute, len(attributes))
	for name, attribute := range attributes {
		switch a := attribute.(type) {
		case datasource.StringAttribute:
			converted[name] = ephemeral.StringAttribute(a)
		case datasource.Int64Attribute:
			converted[name] = ephemeral.Int64Attribute(a)
		case datasource.BoolAttribute:
			converted[name] = ephemeral.BoolAttribute(a)
		case datasource.MapAttribute:
			converted[name] = ephemeral.MapAttribute(a)
		default:
			panic(fmt.Sprintf("attribute %q: no conversion of %T to an ephemeral resource's", name, attribute))
		}
	}
	return converted
}
