// Package bucket implements the receiving bucket of both approaches: one resource, with settings that are secure for
// recordings of conversations and that work with VoiceBase's deliveries.
package bucket
