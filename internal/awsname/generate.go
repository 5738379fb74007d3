package awsname

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"time"
)

// GeneratedSuffix is how many characters a generated name has after its prefix: the time to a tenth of a
// millisecond, and a counter.
const GeneratedSuffix = 26

var generated = regexp.MustCompile(`^(.+)20[0-9]{16}[0-9a-f]{8}$`)

// names counts the names that this process made. It begins anywhere, so that two processes of one moment differ.
var names = firstName()

func firstName() *atomic.Uint32 {
	var random [4]byte
	_, _ = rand.Read(random[:]) // It never fails: https://pkg.go.dev/crypto/rand#Read.
	counter := &atomic.Uint32{}
	counter.Store(binary.BigEndian.Uint32(random[:]) >> 1)
	return counter
}

// GenerateName completes a prefix to a name that nobody has yet. As in hashicorp/aws, names of one prefix sort by
// age.
func GenerateName(prefix string, now time.Time) string {
	stamp := strings.Replace(now.UTC().Format("20060102150405.0000"), ".", "", 1)
	return fmt.Sprintf("%s%s%08x", prefix, stamp, names.Add(1))
}

// GeneratedPrefix finds the prefix of a generated name, so that an imported object keeps its name; "" in any other.
func GeneratedPrefix(name string) string {
	if match := generated.FindStringSubmatch(name); match != nil {
		return match[1]
	}
	return ""
}
