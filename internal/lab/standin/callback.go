package standin

import (
	"encoding/json"
	"fmt"
)

// Callback is one element of publish.callbacks, by VoiceBase's names. It is read here on its own, not by the
// provider's code, so that a name written wrongly there does not go unseen.
type Callback struct {
	URL           string   `json:"url"`
	Method        string   `json:"method"`
	Type          string   `json:"type"`
	Format        string   `json:"format"`
	Stream        string   `json:"stream"`
	Include       []string `json:"include"`
	S3Delivery    bool     `json:"s3Delivery"`
	Role          string   `json:"role"`
	PrependFolder string   `json:"prependFolder"`
}

// Callbacks reads the configuration and fills in VoiceBase's defaults: POST, and analytics.
func Callbacks(configuration []byte) ([]Callback, error) {
	var document struct {
		Publish struct {
			Callbacks []Callback `json:"callbacks"`
		} `json:"publish"`
	}
	if err := json.Unmarshal(configuration, &document); err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	callbacks := document.Publish.Callbacks
	for i := range callbacks {
		if callbacks[i].Method == "" {
			callbacks[i].Method = "POST"
		}
		if callbacks[i].Type == "" {
			callbacks[i].Type = "analytics"
		}
	}
	return callbacks, nil
}

// Name is type and format, as in "transcript/srt".
func (c Callback) Name() string {
	if c.Format == "" {
		return c.Type
	}
	return c.Type + "/" + c.Format
}
