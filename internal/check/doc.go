// Package check holds what tries a delivery before VoiceBase does: the data source voicebase_delivery_check, which reads
// and judges, and the action voicebase_test_delivery, which delivers a sample.
package check
