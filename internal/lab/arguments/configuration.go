package arguments

import (
	"maps"
	"strings"
)

// Sample is what an argument can be given.
type Sample struct {
	// First and Second differ; of a truth value First is not the default.
	First, Second any
	// Taken are further values that an argument takes, wherever an object has it.
	Taken []any
	// Refused are values that are an error, before anything is applied.
	Refused []any
	// Beside are other arguments that the object needs with this one; nil for one that it must not have.
	Beside map[string]any
}

// Find returns the samples of an argument: those of its address, of its path, or of its own name, whichever there is
// first.
func (a Argument) Find() (Sample, bool) {
	for _, name := range []string{a.String(), a.Name(), a.Path[len(a.Path)-1]} {
		if sample, ok := samples[name]; ok {
			return sample, true
		}
	}
	return Sample{}, false
}

// With is a configuration of the object with this argument set, unset for nil, and otherwise what it needs.
func (a Argument) With(value any) map[string]any {
	sample, _ := a.Find()
	config := maps.Clone(bases[a.Object.String()])
	if config == nil {
		config = map[string]any{}
	}
	for name, beside := range sample.Beside {
		if !strings.Contains(name, ".") {
			config[name] = beside
		}
	}
	put(config, a, sample.Beside, 0, value)
	return config
}

// put sets the value at a depth of the argument's path, next to what is required there.
func put(config map[string]any, a Argument, beside map[string]any, depth int, value any) {
	name := a.Path[depth]
	if depth == len(a.Path)-1 {
		config[name] = value
		return
	}
	inner := map[string]any{}
	prefix := strings.Join(a.Path[:depth+1], ".") + "."
	for _, needed := range []map[string]any{required, beside} {
		for path, sample := range needed {
			if rest, ok := strings.CutPrefix(path, prefix); ok && !strings.Contains(rest, ".") {
				inner[rest] = sample
			}
		}
	}
	put(inner, a, beside, depth+1, value)
	switch a.nesting[depth] {
	case single:
		config[name] = inner
	case mapped:
		config[name] = map[string]any{"one": inner}
	default:
		config[name] = []any{inner}
	}
}

// Replace puts other texts in the place of some of a configuration's, wherever they are in it.
func Replace(value any, texts *strings.Replacer) any {
	switch value := value.(type) {
	case string:
		return texts.Replace(value)
	case []any:
		out := make([]any, len(value))
		for i := range value {
			out[i] = Replace(value[i], texts)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name := range value {
			out[name] = Replace(value[name], texts)
		}
		return out
	}
	return value
}
