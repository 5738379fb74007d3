package acctest

import (
	"net/http"
	"strings"
	"time"
)

// lagHeader is what package lag of the local AWS calls Header.
const lagHeader = "Localaws-Lag"

// Lag makes AWS eventually consistent for this test's provider: what anyone writes is seen by the provider's calls
// only after d. The test's own clients, which go past the proxy, see it at once. Without kinds everything lags;
// otherwise these do, each by the name of a sub-resource in S3's queries ("policy", "lifecycle", "versioning",
// "publicAccessBlock", "tagging" and so on), or by
//
//   - "bucket": a new bucket is there for HeadBucket, but NoSuchBucket for all other calls; a deleted one still reads.
//   - "role": a new role is NoSuchEntity for the first half of d, and in the second GetRole has its unique ID
//     (AROA…) as its ARN; an updated one reads as before. Until it is seen, no policy can name the role as principal.
//   - "rolePolicy": GetRolePolicy reads as before, sessions have the permissions of before, and DeleteRole says
//     DeleteConflict after the last policy was deleted or detached.
//
// Several calls add up. Choose d below a second: the provider waits for real.
func (p *proxy) Lag(d time.Duration, kinds ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(kinds) == 0 {
		p.lag = append(p.lag, d.String())
	}
	for _, kind := range kinds {
		p.lag = append(p.lag, kind+"="+d.String())
	}
}

// EndLag makes AWS consistent again.
func (p *proxy) EndLag() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lag = nil
}

func (p *proxy) addLag(header http.Header) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.lag) > 0 {
		header.Set(lagHeader, strings.Join(p.lag, ","))
	}
}
