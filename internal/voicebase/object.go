package voicebase

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// member is a key of an object with its value. Both keep their spelling, so that a merge does not change the digits of
// a number or the escapes of a string.
type member struct {
	name  string
	raw   json.RawMessage
	value json.RawMessage
}

// object keeps the order of its keys.
type object []member

// parseObject parses one object without its values. A duplicate key is an error: VoiceBase rejects it (10010), and a
// merge could not tell which one is meant.
func parseObject(text json.RawMessage) (object, error) {
	if err := wants(text, '{', "object"); err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	var members object
	for decoder.More() {
		start := decoder.InputOffset()
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string)
		next := member{name: name, raw: bytes.TrimLeft(text[start:decoder.InputOffset()], ", \t\r\n")}
		if err := decoder.Decode(&next.value); err != nil {
			return nil, err
		}
		if members.find(name) != nil {
			return nil, fmt.Errorf("has the key %q more than once", name)
		}
		members = append(members, next)
	}
	return members, nil
}

func (o object) find(name string) *member {
	for i := range o {
		if o[i].name == name {
			return &o[i]
		}
	}
	return nil
}

// with returns a copy of the object with a value set: in its place if the key exists, otherwise at the end.
func (o object) with(name string, value json.RawMessage) object {
	o = slices.Clone(o)
	if found := o.find(name); found != nil {
		found.value = value
		return o
	}
	return append(o, member{name: name, raw: encode(name), value: value})
}

func (o object) encode() json.RawMessage {
	parts := make([][]byte, len(o))
	for i, member := range o {
		parts[i] = bytes.Join([][]byte{member.raw, member.value}, []byte(":"))
	}
	return bytes.Join([][]byte{[]byte("{"), bytes.Join(parts, []byte(",")), []byte("}")}, nil)
}

func array(elements []json.RawMessage) json.RawMessage {
	parts := make([][]byte, len(elements))
	for i, element := range elements {
		parts[i] = element
	}
	return bytes.Join([][]byte{[]byte("["), bytes.Join(parts, []byte(",")), []byte("]")}, nil)
}

// wants checks the kind of a value by its first character.
func wants(text json.RawMessage, first byte, kind string) error {
	if text = bytes.TrimSpace(text); len(text) > 0 && text[0] == first {
		return nil
	}
	return fmt.Errorf("is %s, but must be an %s", kindOf(text), kind)
}

func kindOf(text json.RawMessage) string {
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return "empty"
	}
	switch text[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

func isNull(text json.RawMessage) bool { return string(bytes.TrimSpace(text)) == "null" }

// syntaxError says where the JSON is invalid. The message of encoding/json names one character at most.
func syntaxError(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("is not valid JSON: %s at byte %d", syntax.Error(), syntax.Offset)
	}
	return fmt.Errorf("is not valid JSON: %w", err)
}
