package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// made shows what the apply made, as the state has it.
func (d *demo) made(ctx context.Context, e *example) error {
	out, err := e.run(ctx, "show", "-json", "-no-color", e.statePath())
	if err != nil {
		return err
	}
	rows, err := madeRows([]byte(out))
	if err != nil {
		return err
	}
	d.report.table(rows)
	d.report.note("")
	return nil
}

// shown are the attributes that say most about an object; the first that it has is printed.
var shown = []string{"arn", "key"}

func madeRows(stateJSON []byte) ([][]string, error) {
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string         `json:"address"`
					Values  map[string]any `json:"values"`
				} `json:"resources"`
			} `json:"root_module"`
		} `json:"values"`
	}
	if err := json.Unmarshal(stateJSON, &state); err != nil {
		return nil, fmt.Errorf("reading the state: %w", err)
	}
	rows := [][]string{{"CREATED", ""}}
	for _, object := range state.Values.RootModule.Resources {
		i := slices.IndexFunc(shown, func(name string) bool { return object.Values[name] != nil })
		if i >= 0 {
			rows = append(rows, []string{object.Address, fmt.Sprint(object.Values[shown[i]])})
		}
	}
	return rows, nil
}
