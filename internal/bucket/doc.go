// Package bucket has the receiving bucket, which both approaches deliver to: in one resource, with the
// settings that are safe for results of conversations and that a delivery by VoiceBase works with.
package bucket
