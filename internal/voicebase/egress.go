package voicebase

// EgressAddresses are the addresses that VoiceBase delivers from, one list for each instance, the US first. VoiceBase
// has published them, and they can change.
func EgressAddresses() [][]string {
	return [][]string{
		{"52.6.244.43", "52.6.208.178", "52.2.171.140"},
		{"34.248.80.158", "52.210.18.246", "54.72.141.175"},
	}
}
