package voicebase

import "time"

// LastRetry is how long after the first attempt VoiceBase makes its last: 15 h 45 min. A URL must live for
// the processing time and this long to survive the whole schedule: at once, then after 15 min, 45 min, 1 h 45 min,
// 3 h 45 min, 7 h 45 min and 15 h 45 min, each time with three attempts in a row. From the table of VoiceBase's page
// "Callbacks", whose prose elsewhere says "over 8 hours": the longer one is the safe one.
const LastRetry = 945 * time.Minute
