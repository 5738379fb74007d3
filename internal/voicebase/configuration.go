package voicebase

import (
	"bytes"
	"encoding/json"
)

// Configuration returns the JSON of a configuration with these callbacks, to be sent to POST /v3/media. It is
// indented and the same for the same callbacks. The callbacks are not validated.
func Configuration(callbacks []Callback) string { return Base{}.Merge(callbacks) }

func (c Callback) encode() json.RawMessage {
	c = c.withMethod()
	if !c.s3Delivery() {
		// VoiceBase's page knows only true, and absence for its contrary.
		c.S3Delivery = nil
	}
	return encode(c)
}

// encode leaves the & of a URL as it is, where json.Marshal would write \u0026. What is encoded here are
// strings, booleans and lists of strings, on which json cannot fail.
func encode(value any) json.RawMessage {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("voicebase: " + err.Error())
	}
	return bytes.TrimSpace(buffer.Bytes())
}

// indent lays JSON out anew and leaves each key, number and string as it is spelled.
func indent(compact json.RawMessage) string {
	var buffer bytes.Buffer
	if err := json.Indent(&buffer, compact, "", "  "); err != nil {
		panic("voicebase: " + err.Error())
	}
	return buffer.String()
}
