package voicebase

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Base is a configuration that callbacks are merged into. The zero value is an empty one.
type Base struct {
	root      object
	publish   object
	elements  []json.RawMessage
	callbacks []Callback
}

// ParseBase parses a user's configuration. It only reads publish.callbacks and keeps everything else as it is. Errors
// start with the place that is wrong, and quote no value.
func ParseBase(text string) (Base, error) {
	var raw json.RawMessage
	err := json.Unmarshal([]byte(text), &raw)
	if err != nil {
		return Base{}, fmt.Errorf("the value %w", syntaxError(err))
	}
	var base Base
	if base.root, err = parseObject(raw); err != nil {
		return Base{}, fmt.Errorf("the value %w", err)
	}
	publish := base.root.find("publish")
	if publish == nil || isNull(publish.value) {
		return base, nil
	}
	if base.publish, err = parseObject(publish.value); err != nil {
		return Base{}, fmt.Errorf("publish %w", err)
	}
	if callbacks := base.publish.find("callbacks"); callbacks != nil && !isNull(callbacks.value) {
		if err = base.readCallbacks(callbacks.value); err != nil {
			return Base{}, err
		}
	}
	return base, nil
}

func (b *Base) readCallbacks(list json.RawMessage) error {
	if err := wants(list, '[', "array"); err != nil {
		return fmt.Errorf("publish.callbacks %w", err)
	}
	if err := json.Unmarshal(list, &b.elements); err != nil {
		return fmt.Errorf("publish.callbacks %w", syntaxError(err))
	}
	for i, element := range b.elements {
		callback, err := parseCallback(element)
		if err != nil {
			return fmt.Errorf("publish.callbacks[%d]%w", i, err)
		}
		b.callbacks = append(b.callbacks, callback)
	}
	return nil
}

// parseCallback reads the attributes that it knows. It ignores others that VoiceBase may have.
func parseCallback(element json.RawMessage) (Callback, error) {
	members, err := parseObject(element)
	if err != nil {
		return Callback{}, fmt.Errorf(" %w", err)
	}
	for _, attribute := range Attributes() {
		if spelling := attribute.Spelling(); spelling != string(attribute) && members.find(string(attribute)) != nil {
			return Callback{}, fmt.Errorf(" has the key %q, which VoiceBase spells %q", attribute, spelling)
		}
	}
	var callback Callback
	for _, attribute := range []struct {
		name   string
		target any
		kind   string
	}{
		{"url", &callback.URL, "a string"},
		{"method", &callback.Method, "a string"},
		{"type", &callback.Type, "a string"},
		{"format", &callback.Format, "a string"},
		{"stream", &callback.Stream, "a string"},
		{"include", &callback.Include, "an array of strings"},
		{"s3Delivery", &callback.S3Delivery, "a boolean"},
		{"role", &callback.Role, "a string"},
		{"prependFolder", &callback.PrependFolder, "a string"},
	} {
		found := members.find(attribute.name)
		if found == nil {
			continue
		}
		if json.Unmarshal(found.value, attribute.target) != nil {
			return Callback{}, fmt.Errorf(".%s is %s, but must be %s", attribute.name, kindOf(found.value), attribute.kind)
		}
	}
	return callback, nil
}

// Callbacks are the callbacks that the configuration already contains.
func (b Base) Callbacks() []Callback { return b.callbacks }

// Merge returns the JSON of the configuration with the callbacks appended to publish.callbacks. The user's part stays,
// including the order of its keys and the spelling of its numbers; only white space changes. It does not validate the
// callbacks.
func (b Base) Merge(callbacks []Callback) string {
	elements := slices.Clone(b.elements)
	for _, callback := range callbacks {
		elements = append(elements, callback.encode())
	}
	publish := b.publish.with("callbacks", array(elements))
	return indent(b.root.with("publish", publish.encode()).encode())
}
