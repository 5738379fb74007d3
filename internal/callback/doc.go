// Package callback builds what is sent to VoiceBase with both approaches: the callback configuration as a data source
// and as a function, and the functions that help to fill it. Package voicebase has the rules; this package puts them on
// the attributes and arguments that they concern.
//
// Nothing here needs AWS or credentials.
//
// # What is sensitive
//
// A pre-signed URL is a credential and the URL of a bucket is not, but both are values of the attribute url. Terraform
// marks an attribute as sensitive and not a value, so url is sensitive, and so is the JSON that contains it. The rest
// of a callback stays readable. The functions have no schema: Terraform carries the marks of their arguments over to
// their results.
package callback
