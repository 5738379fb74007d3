package check

import "github.com/voicebase/terraform-provider-voicebase/internal/voicebase"

// transcripts are samples of each format, short and complete.
var transcripts = map[voicebase.Format]string{
	voicebase.JSON:   `{"transcript":[{"p":0,"s":0,"e":800,"w":"Hello"}]}` + "\n",
	voicebase.Text:   "Hello.\n",
	voicebase.SRT:    "1\n00:00:00,000 --> 00:00:00,800\nHello.\n",
	voicebase.WebVTT: "WEBVTT\n\n00:00.000 --> 00:00.800\nHello.\n",
	voicebase.DFXP:   `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="0s" end="0.8s">Hello.</p></div></body></tt>` + "\n",
}

// sample is what a test delivery sends.
func sample(resultType voicebase.ResultType, format voicebase.Format) []byte {
	switch resultType {
	case voicebase.Transcript:
		return []byte(transcripts[format])
	case voicebase.Media:
		return make([]byte, 1024) // Nothing reads application/octet-stream.
	case voicebase.Analytics:
	}
	return []byte(`{"status":"finished","test":"voicebase_test_delivery"}` + "\n")
}
