//go:build faults

package faults_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// slot is a place in a resource's configuration that a value can be put in: an argument, one inside of a nested
// argument or block, or an element of a collection.
type slot struct {
	path []string
	// root is the argument of the resource that the slot is in.
	root string
	// put returns root's value with the slot's own value in it.
	put func(value any) any
	// candidates are values of the slot's type. The provider decides which of them it takes.
	candidates []any
}

func (s slot) String() string { return strings.Join(s.path, ".") }

// slots finds all of a resource's, so that a new argument is covered by itself.
func slots(block *tfprotov6.SchemaBlock, values *values) []slot {
	var out []slot
	for _, attribute := range block.Attributes {
		out = append(out, attributeSlots(attribute, values, nil)...)
	}
	for _, nested := range block.BlockTypes {
		for _, attribute := range nested.Block.Attributes {
			name := nested.TypeName
			for _, inner := range attributeSlots(attribute, values, []string{name}) {
				inside := inner
				inner.root = name
				inner.put = func(value any) any { return map[string]any{inside.root: inside.put(value)} }
				out = append(out, inner)
			}
		}
	}
	return out
}

func attributeSlots(attribute *tfprotov6.SchemaAttribute, values *values, parent []string) []slot {
	if !attribute.Required && !attribute.Optional {
		return nil
	}
	path := append(slices.Clone(parent), attribute.Name)
	whole := slot{
		path: path, root: attribute.Name, candidates: values.of(attribute, path),
		put: func(value any) any { return value },
	}
	out := []slot{whole}
	if attribute.NestedType != nil {
		return append(out, nestedSlots(attribute, values, path)...)
	}
	element, wrap := elementOf(attribute.Type)
	if element != nil {
		out = append(out, slot{
			path: append(slices.Clone(path), "element"), root: attribute.Name,
			candidates: values.ofType(element), put: wrap,
		})
	}
	return out
}

// nestedSlots are those inside of a nested argument, next to what it requires.
func nestedSlots(attribute *tfprotov6.SchemaAttribute, values *values, path []string) []slot {
	var out []slot
	for _, inner := range attribute.NestedType.Attributes {
		for _, inside := range attributeSlots(inner, values, path) {
			child := inside
			inside.root = attribute.Name
			inside.put = func(value any) any {
				object := values.required(attribute.NestedType, path)
				object[child.root] = child.put(value)
				return nest(attribute.NestedType, object)
			}
			out = append(out, inside)
		}
	}
	return out
}

// nest makes a nested argument's value of one object.
func nest(nested *tfprotov6.SchemaObject, object map[string]any) any {
	switch nested.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return object
	case tfprotov6.SchemaObjectNestingModeMap:
		return map[string]any{"late": object}
	default:
		return []any{object}
	}
}

// elementOf returns the type of a collection's elements, and what makes a collection of one; nil for other types.
func elementOf(typ tftypes.Type) (tftypes.Type, func(any) any) {
	one := func(value any) any { return []any{value} }
	switch typ := typ.(type) {
	case tftypes.Map:
		return typ.ElementType, func(value any) any { return map[string]any{"Late": value} }
	case tftypes.Set:
		return typ.ElementType, one
	case tftypes.List:
		return typ.ElementType, one
	}
	return nil, nil
}

// values are what arguments can be given.
type values struct {
	texts   []any
	numbers []any
	// only has the values of arguments for which a valid one is not enough, by their paths.
	only map[string][]any
}

func (v *values) of(attribute *tfprotov6.SchemaAttribute, path []string) []any {
	if own, ok := v.only[strings.Join(path, ".")]; ok {
		return own
	}
	if attribute.NestedType == nil {
		return v.ofType(attribute.Type)
	}
	var out []any
	for _, inner := range attribute.NestedType.Attributes {
		for _, value := range v.of(inner, append(slices.Clone(path), inner.Name)) {
			object := v.required(attribute.NestedType, path)
			object[inner.Name] = value
			out = append(out, nest(attribute.NestedType, object))
		}
	}
	return out
}

func (v *values) ofType(typ tftypes.Type) []any {
	if element, wrap := elementOf(typ); element != nil {
		var out []any
		for _, value := range v.ofType(element) {
			out = append(out, wrap(value))
		}
		return out
	}
	switch {
	case typ.Is(tftypes.Bool):
		return []any{true, false}
	case typ.Is(tftypes.Number):
		return v.numbers
	default:
		return v.texts
	}
}

// required returns an object with the first value of each argument that it must have.
func (v *values) required(nested *tfprotov6.SchemaObject, path []string) map[string]any {
	object := map[string]any{}
	for _, attribute := range nested.Attributes {
		if attribute.Required {
			object[attribute.Name] = v.of(attribute, append(slices.Clone(path), attribute.Name))[0]
		}
	}
	return object
}

// with returns a base configuration with a slot filled.
func with(base map[string]any, s slot, value any) map[string]any {
	config := maps.Clone(base)
	config[s.root] = s.put(value)
	return config
}
