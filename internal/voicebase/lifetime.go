package voicebase

import "time"

// LastRetry is the time between VoiceBase's first attempt and its last: 15 h 45 min. A URL must be valid for the
// processing time plus this to survive the whole schedule: at once, then after 15 min, 45 min, 1 h 45 min, 3 h 45 min,
// 7 h 45 min and 15 h 45 min, each time with three attempts in a row. This is the table of VoiceBase's page
// "Callbacks". Its text elsewhere says "over 8 hours"; the longer time is safe.
const LastRetry = 945 * time.Minute
