package voicebase

import (
	"bytes"
	"encoding/json"
)

// Configuration returns the JSON of a configuration with these callbacks, for POST /v3/media. It is indented, and the
// same for the same callbacks. It does not validate the callbacks.
func Configuration(callbacks []Callback) string { return Base{}.Merge(callbacks) }

func (c Callback) encode() json.RawMessage {
	c = c.withMethod()
	if !c.s3Delivery() {
		// VoiceBase's page only shows true, and leaves the attribute out otherwise.
		c.S3Delivery = nil
	}
	return encode(c)
}

// encode leaves the & of a URL as it is, where json.Marshal would write \u0026. It encodes strings, booleans and lists
// of strings, for which the encoding cannot fail. A line feed follows, which indent removes.
func encode(value any) json.RawMessage {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("voicebase: " + err.Error())
	}
	return buffer.Bytes()
}

// indent reformats JSON and keeps the spelling of each key, number and string.
func indent(compact json.RawMessage) string {
	var buffer bytes.Buffer
	if err := json.Indent(&buffer, compact, "", "  "); err != nil {
		panic("voicebase: " + err.Error())
	}
	return buffer.String()
}
