// Package presignedurl is the approach in which VoiceBase PUTs each result to a URL that the customer signed: no
// role, one object a URL, and a fixed content type. One definition of the URL has three faces: a data source
// (signed anew from window to window), an ephemeral resource (the same, kept nowhere) and a resource (kept in
// the state and renewed in good time).
//
// https://voicebase.readthedocs.io/en/v3/how-to-guides/s3-callbacks.html describes VoiceBase's side.
package presignedurl
