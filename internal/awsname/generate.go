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

// GeneratedSuffix is the length of what a generated name has after its prefix: the time in tenths of a millisecond, and
// a counter.
const GeneratedSuffix = 26

var generated = regexp.MustCompile(`^(.+)20[0-9]{16}[0-9a-f]{8}$`)

// names counts the names that this process has generated. It starts at a random number, so that two processes differ at
// the same moment.
var names = firstName()

func firstName() *atomic.Uint32 {
	var random [4]byte
	_, _ = rand.Read(random[:]) // It never fails: https://pkg.go.dev/crypto/rand#Read.
	counter := &atomic.Uint32{}
	counter.Store(binary.BigEndian.Uint32(random[:]) >> 1)
	return counter
}

// GenerateName appends a suffix to a prefix to form a unique name. As in hashicorp/aws, names with the same prefix sort
// by age.
func GenerateName(prefix string, now time.Time) string {
	stamp := strings.Replace(now.UTC().Format("20060102150405.0000"), ".", "", 1)
	return fmt.Sprintf("%s%s%08x", prefix, stamp, names.Add(1))
}

// GeneratedPrefix returns the prefix of a generated name, so that an imported object keeps its name. It returns "" for
// any other name.
func GeneratedPrefix(name string) string {
	if match := generated.FindStringSubmatch(name); match != nil {
		return match[1]
	}
	return ""
}
