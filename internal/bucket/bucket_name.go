package bucket

import (
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"time"
)

// defaultPrefix begins the name of a bucket that is given neither name nor prefix.
const defaultPrefix = "voicebase-"

// names counts the names that this process made, so that two of one moment differ.
var names atomic.Uint32

// generatedName matches what generateName adds: the time to a tenth of a millisecond, and the counter.
var generatedName = regexp.MustCompile(`^(.+)[0-9]{18}[0-9a-f]{8}$`)

// generateName completes a prefix as hashicorp/aws does: the names of one prefix sort by age.
func generateName(prefix string, now time.Time) string {
	stamp := strings.ReplaceAll(now.UTC().Format("20060102150405.0000"), ".", "")
	return fmt.Sprintf("%s%s%08x", prefix, stamp, names.Add(1))
}

// prefixOf finds the prefix of a generated name, "" in any other.
func prefixOf(name string) string {
	if match := generatedName.FindStringSubmatch(name); match != nil {
		return match[1]
	}
	return ""
}
