package assumerole

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"strings"
	"time"
)

// defaultNamePrefix begins the name of a role that is given neither a name nor a prefix.
const defaultNamePrefix = "voicebase-"

// generated is a name that generatedName has made: a prefix, the time, and what tells apart two of the same time.
var generated = regexp.MustCompile(`^(.+?)20\d{16}[0-9a-f]{8}$`)

// generatedName completes a prefix to a name that nobody has yet. As in hashicorp/aws, names sort by age.
func generatedName(prefix string, now time.Time) string {
	stamp := strings.Replace(now.UTC().Format("20060102150405.0000"), ".", "", 1)
	var random [4]byte
	_, _ = rand.Read(random[:]) // It never fails: https://pkg.go.dev/crypto/rand#Read.
	return prefix + stamp + hex.EncodeToString(random[:])
}

// namePrefix finds the prefix in a generated name, so that an imported role keeps its name; "" in any other.
func namePrefix(name string) string {
	if match := generated.FindStringSubmatch(name); match != nil {
		return match[1]
	}
	return ""
}
