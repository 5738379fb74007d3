package standin

import (
	"embed"
	"encoding/json"
	"fmt"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// samples has one short call: its audio and its transcript in each format.
//
//go:embed samples
var samples embed.FS

// result is what one callback delivers.
type result struct {
	contentType string
	body        []byte
}

func sample(callback Callback, mediaID string) (result, error) {
	contentType, err := voicebase.ContentType(voicebase.ResultType(callback.Type), voicebase.Format(callback.Format))
	if err != nil {
		return result{}, err
	}
	body, err := sampleBody(callback, mediaID)
	return result{contentType: contentType, body: body}, err
}

func sampleBody(callback Callback, mediaID string) ([]byte, error) {
	switch callback.Type {
	case "analytics":
		return analytics(callback.Include, mediaID)
	case "transcript":
		return samples.ReadFile("samples/transcript." + callback.Format)
	case "media":
		return audio(), nil
	}
	return nil, fmt.Errorf("no sample of type %q", callback.Type)
}

// analytics is a document with the sections that the callback includes; all when it names none.
func analytics(include []string, mediaID string) ([]byte, error) {
	if len(include) == 0 {
		for _, section := range voicebase.Sections() {
			include = append(include, string(section))
		}
	}
	document := map[string]any{"mediaId": mediaID, "status": "finished", "formatVersion": "3.0.7"}
	for _, section := range include {
		document[section] = map[string]any{}
	}
	return json.MarshalIndent(document, "", "  ")
}

// audio is a tenth of a second of silence: a WAV file of 8 kHz, 8 bit, mono.
func audio() []byte {
	const samples = 800
	header := []byte("RIFF\x44\x03\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x20\x03\x00\x00")
	wav := make([]byte, len(header)+samples)
	copy(wav, header)
	for i := len(header); i < len(wav); i++ {
		wav[i] = 0x80
	}
	return wav
}
