// Package callback is what is sent to VoiceBase, whichever approach delivers: the callback configuration as a
// data source and as a function, and the functions that help to fill it. The rules are those of package
// voicebase; here they are put on the attributes and arguments that they concern.
//
// Nothing here needs AWS or credentials.
//
// # What is sensitive
//
// A pre-signed URL is a credential, the URL of a bucket is none, and both are given in the attribute url.
// Terraform fixes sensitivity for an attribute and not for a value, so url is sensitive, and so is the JSON
// that holds it. All else of a callback stays readable. The functions have no schema: Terraform carries the
// marks of their arguments over to their results.
package callback
