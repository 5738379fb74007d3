// Package standin delivers as VoiceBase does, for the demo and the tests. Its only input from the customer is
// what VoiceBase would be given, the configuration sent with POST /v3/media; its only secrets are VoiceBase's
// own. It signs and parses nothing for a pre-signed URL: it puts to it, as any HTTP client would.
//
// Two things are not documented by VoiceBase and are chosen here: the key of an object written by the role
// (<prependFolder>/<media ID>/<type>[.<format>]), and that such a PUT bears a content type and nothing more.
package standin
