// Package arguments knows each argument of each object of the provider by its schema, and values to give it: for tests
// that hold for all arguments, those included that are still to come.
package arguments

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Kinds of objects that have arguments.
const (
	Provider  = "provider"
	Resource  = "resource"
	Data      = "data"
	Ephemeral = "ephemeral"
	List      = "list"
	Action    = "action"
	Function  = "function"
)

// Object is what a configuration has a block for, or a function.
type Object struct{ Kind, Name string }

// String is as a configuration begins the block.
func (o Object) String() string { return strings.TrimSpace(o.Kind + " " + o.Name) }

// Argument is one of an object's, or one inside of another argument or block.
type Argument struct {
	Object Object
	Path   []string
	// Attribute is nil for a block as a whole, and for a function's parameter.
	Attribute *tfprotov6.SchemaAttribute
	// nesting is how each step of the path but the last holds the next one.
	nesting []nesting
	// Description is the argument's, the block's or the parameter's.
	Description string
}

// String is the argument's address.
func (a Argument) String() string { return a.Object.String() + " " + a.Name() }

// Name is the path in one word.
func (a Argument) Name() string { return strings.Join(a.Path, ".") }

// Required reports an argument that its object, or what it is inside of, cannot do without.
func (a Argument) Required() bool { return a.Attribute != nil && a.Attribute.Required }

// Collection reports a list or set of texts.
func (a Argument) Collection() bool {
	if a.Attribute == nil || a.Attribute.NestedType != nil {
		return false
	}
	return a.Attribute.Type.Equal(tftypes.Set{ElementType: tftypes.String}) || a.Attribute.Type.Equal(tftypes.List{ElementType: tftypes.String})
}

type nesting int

const (
	single nesting = iota
	listed
	mapped
)

// Of finds all arguments that a provider has, in a fixed order.
func Of(schema *tfprotov6.GetProviderSchemaResponse) []Argument {
	var out []Argument
	add := func(kind string, blocks map[string]*tfprotov6.SchemaBlock) {
		for _, name := range slices.Sorted(maps.Keys(blocks)) {
			out = append(out, inBlock(Object{kind, name}, blocks[name], nil, nil)...)
		}
	}
	out = append(out, inBlock(Object{Kind: Provider}, schema.Provider.Block, nil, nil)...)
	add(Resource, blocksOf(schema.ResourceSchemas))
	add(Data, blocksOf(schema.DataSourceSchemas))
	add(Ephemeral, blocksOf(schema.EphemeralResourceSchemas))
	add(List, blocksOf(schema.ListResourceSchemas))
	actions := map[string]*tfprotov6.SchemaBlock{}
	for name, action := range schema.ActionSchemas {
		actions[name] = action.Schema.Block
	}
	add(Action, actions)
	for _, name := range slices.Sorted(maps.Keys(schema.Functions)) {
		for _, parameter := range schema.Functions[name].Parameters {
			out = append(out, Argument{Object: Object{Function, name}, Path: []string{parameter.Name}, Description: parameter.Description})
		}
	}
	return out
}

func blocksOf(schemas map[string]*tfprotov6.Schema) map[string]*tfprotov6.SchemaBlock {
	out := map[string]*tfprotov6.SchemaBlock{}
	for name, schema := range schemas {
		out[name] = schema.Block
	}
	return out
}

func inBlock(object Object, block *tfprotov6.SchemaBlock, path []string, nest []nesting) []Argument {
	out := inAttributes(object, block.Attributes, path, nest)
	for _, inner := range block.BlockTypes {
		here := append(slices.Clone(path), inner.TypeName)
		how := listed
		if inner.Nesting == tfprotov6.SchemaNestedBlockNestingModeSingle {
			how = single
		}
		out = append(out, Argument{Object: object, Path: here, nesting: nest, Description: inner.Block.Description})
		out = append(out, inBlock(object, inner.Block, here, append(slices.Clone(nest), how))...)
	}
	return out
}

func inAttributes(object Object, attributes []*tfprotov6.SchemaAttribute, path []string, nest []nesting) []Argument {
	var out []Argument
	attributes = slices.SortedFunc(slices.Values(attributes), func(a, b *tfprotov6.SchemaAttribute) int { return cmp.Compare(a.Name, b.Name) })
	for _, attribute := range attributes {
		if !attribute.Required && !attribute.Optional {
			continue
		}
		here := append(slices.Clone(path), attribute.Name)
		out = append(out, Argument{Object: object, Path: here, Attribute: attribute, nesting: nest, Description: attribute.Description})
		if nested := attribute.NestedType; nested != nil {
			how := listed
			if nested.Nesting == tfprotov6.SchemaObjectNestingModeSingle {
				how = single
			}
			if nested.Nesting == tfprotov6.SchemaObjectNestingModeMap {
				how = mapped
			}
			out = append(out, inAttributes(object, nested.Attributes, here, append(slices.Clone(nest), how))...)
		}
	}
	return out
}

// Value makes a value of Terraform of texts, truth values, numbers, []any and map[string]any; what is left out of an
// object is null. tftypes.UnknownValue stands for one that is not known yet.
func Value(typ tftypes.Type, value any) tftypes.Value {
	if value == nil || value == any(tftypes.UnknownValue) {
		return tftypes.NewValue(typ, value)
	}
	switch typ := typ.(type) {
	case tftypes.Object:
		given, _ := value.(map[string]any)
		attributes := map[string]tftypes.Value{}
		for name, attribute := range typ.AttributeTypes {
			attributes[name] = Value(attribute, given[name])
		}
		return tftypes.NewValue(typ, attributes)
	case tftypes.Map:
		given, _ := value.(map[string]any)
		elements := map[string]tftypes.Value{}
		for name, element := range given {
			elements[name] = Value(typ.ElementType, element)
		}
		return tftypes.NewValue(typ, elements)
	case tftypes.Set:
		return tftypes.NewValue(typ, list(typ.ElementType, value))
	case tftypes.List:
		return tftypes.NewValue(typ, list(typ.ElementType, value))
	default:
		return tftypes.NewValue(typ, value)
	}
}

func list(element tftypes.Type, value any) []tftypes.Value {
	given, _ := value.([]any)
	elements := make([]tftypes.Value, 0, len(given))
	for _, v := range given {
		elements = append(elements, Value(element, v))
	}
	return elements
}
