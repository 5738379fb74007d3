// Package presignedurl is the approach in which VoiceBase PUTs each result to a URL that the customer signed: no role,
// one object for each URL, and a fixed content type. The URL is available as a data source (signed again in each
// window), as an ephemeral resource (the same, and stored nowhere) and as a resource (stored in the state and renewed
// before it expires). They share one definition.
//
// https://voicebase.readthedocs.io/en/v3/how-to-guides/s3-callbacks.html describes VoiceBase's side.
package presignedurl
