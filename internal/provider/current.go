package provider

import (
	"bytes"
	"encoding/json"
	"io"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// current returns a stored state of the current schema, and false if the framework has to read it. The framework does
// the same for such a state, with a JSON decoder for each value, and then looks for kinds of blocks that no schema here
// has.
func (s server) current(req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, bool) {
	planned := s.planned()[req.TypeName]
	if planned == nil || req.RawState == nil || req.Version != planned.schema.Version {
		return nil, false
	}
	decoder := json.NewDecoder(bytes.NewReader(req.RawState.JSON))
	decoder.UseNumber()
	var stored any
	if err := decoder.Decode(&stored); err != nil {
		return nil, false
	}
	if _, err := decoder.Token(); err != io.EOF { //nolint:errorlint // The decoder returns it as it is.
		return nil, false
	}
	value, ok := storedValue(planned.typ, stored)
	if !ok {
		return nil, false
	}
	state, err := tfprotov6.NewDynamicValue(planned.typ, value)
	if err != nil {
		return nil, false
	}
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &state}, true
}

// storedValue decodes a value of a type as Terraform stores it. Attributes that the state does not have are null, and
// those that the type does not have are left out. It fails for anything that is written differently.
func storedValue(typ tftypes.Type, stored any) (tftypes.Value, bool) {
	if stored == nil {
		return tftypes.NewValue(typ, nil), true
	}
	var value any
	var ok bool
	switch typ := typ.(type) {
	case tftypes.Object:
		value, ok = storedFields(stored, typ.AttributeTypes)
	case tftypes.Map:
		value, ok = storedMap(stored, typ.ElementType)
	case tftypes.List:
		value, ok = storedElements(stored, typ.ElementType)
	case tftypes.Set:
		value, ok = storedElements(stored, typ.ElementType)
	default:
		value, ok = storedPrimitive(stored, typ)
	}
	if !ok {
		return tftypes.Value{}, false
	}
	return tftypes.NewValue(typ, value), true
}

func storedFields(stored any, types map[string]tftypes.Type) (map[string]tftypes.Value, bool) {
	given, ok := stored.(map[string]any)
	fields := make(map[string]tftypes.Value, len(types))
	for name, typ := range types {
		field, fits := storedValue(typ, given[name])
		fields[name], ok = field, ok && fits
	}
	return fields, ok
}

func storedMap(stored any, typ tftypes.Type) (map[string]tftypes.Value, bool) {
	given, ok := stored.(map[string]any)
	elements := make(map[string]tftypes.Value, len(given))
	for key, element := range given {
		value, fits := storedValue(typ, element)
		elements[key], ok = value, ok && fits
	}
	return elements, ok
}

func storedElements(stored any, typ tftypes.Type) ([]tftypes.Value, bool) {
	given, ok := stored.([]any)
	elements := make([]tftypes.Value, 0, len(given))
	for _, element := range given {
		value, fits := storedValue(typ, element)
		elements, ok = append(elements, value), ok && fits
	}
	return elements, ok
}

func storedPrimitive(stored any, typ tftypes.Type) (any, bool) {
	switch stored := stored.(type) {
	case string:
		return stored, typ.Is(tftypes.String)
	case bool:
		return stored, typ.Is(tftypes.Bool)
	case json.Number:
		// This is the precision with which tftypes reads numbers.
		number, _, err := big.ParseFloat(stored.String(), 10, 512, big.ToNearestEven)
		return number, err == nil && typ.Is(tftypes.Number)
	}
	return nil, false
}
