package voicebase

import "time"

// RetrySchedule is when VoiceBase tries a delivery, counted from the first time; each time it makes three
// attempts in a row. From the table of its page "Callbacks", whose prose elsewhere says "over 8 hours": the
// longer one is the safe one.
func RetrySchedule() []time.Duration {
	return []time.Duration{
		0, 15 * time.Minute, 45 * time.Minute, 105 * time.Minute, 225 * time.Minute, 465 * time.Minute, LastRetry,
	}
}

// LastRetry is how long after the first attempt VoiceBase makes its last: 15 h 45 min. A URL must live for
// the processing time and this long to survive the whole schedule.
const LastRetry = 945 * time.Minute
