package voicebase

import "fmt"

// transcriptTypes are the Content-Type headers of VoiceBase's page "Callbacks".
var transcriptTypes = map[Format]string{
	JSON:   "application/json",
	Text:   "text/plain",
	SRT:    "text/srt",
	DFXP:   "application/ttaf+xml",
	WebVTT: "text/vtt",
}

// ContentType returns the Content-Type header that VoiceBase sends, for which a pre-signed URL must be signed. A
// transcript requires a format, and the other types have none ("").
func ContentType(resultType ResultType, format Format) (string, error) {
	switch {
	case resultType == Transcript && format == "":
		return "", fmt.Errorf("type %q requires a format: one of %s", Transcript, list(Formats()))
	case resultType == Transcript:
		if contentType, ok := transcriptTypes[format]; ok {
			return contentType, nil
		}
		return "", fmt.Errorf("invalid format %[2]q for type %[1]q: must be one of %[3]s", Transcript, format, list(Formats()))
	case format != "":
		return "", fmt.Errorf("format is not valid with type %q, only with type %q", resultType, Transcript)
	case resultType == Analytics:
		return "application/json", nil
	case resultType == Media:
		return "application/octet-stream", nil
	}
	_, err := ParseResultType(string(resultType))
	return "", err
}
