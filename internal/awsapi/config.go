package awsapi

// Settings are the provider block's AWS settings, as plain values.
type Settings struct{}
