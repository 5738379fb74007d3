// Package check tries a delivery before VoiceBase does: the data source voicebase_delivery_check reads and judges, and
// the action voicebase_test_delivery delivers a sample.
package check
