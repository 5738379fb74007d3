package acctest

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Texts writes attributes in short, so that a test compares all of them at once. Those that are null are left out.
func Texts(attributes map[string]tftypes.Value) map[string]string {
	texts := map[string]string{}
	for name, value := range attributes {
		if !value.IsNull() {
			texts[name] = text(value)
		}
	}
	return texts
}

// plain is an encoded object, as Texts has it.
func plain(t *testing.T, of *tfprotov6.DynamicValue, typ tftypes.Type) map[string]string {
	t.Helper()
	value, err := of.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := value.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return Texts(attributes)
}

// text is "?" for what is not known, and what a person would write otherwise. A set is sorted.
func text(value tftypes.Value) string {
	var one string
	var number big.Float
	var truth bool
	var list []tftypes.Value
	var fields map[string]tftypes.Value
	switch {
	case !value.IsKnown():
		return "?"
	case value.IsNull():
		return "null"
	case value.As(&one) == nil:
		return one
	case value.As(&number) == nil:
		return number.Text('f', -1)
	case value.As(&truth) == nil:
		return fmt.Sprint(truth)
	case value.As(&list) == nil:
		all := make([]string, 0, len(list))
		for _, element := range list {
			all = append(all, text(element))
		}
		if value.Type().Is(tftypes.Set{}) {
			slices.Sort(all)
		}
		return "[" + strings.Join(all, " ") + "]"
	case value.As(&fields) == nil:
		all := make([]string, 0, len(fields))
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			all = append(all, name+"="+text(fields[name]))
		}
		return "{" + strings.Join(all, " ") + "}"
	}
	return value.String()
}
