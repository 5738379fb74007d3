package awsclient

import (
	"fmt"
	"net"
	"strings"
	"testing"
)

// TestUnreachable_dns tells a host that does not exist from a resolver that does not answer, which may pass.
func TestUnreachable_dns(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  net.DNSError
		want string
	}{
		"no such host": {net.DNSError{Name: "s3.example.com", IsNotFound: true}, "the host s3.example.com does not exist"},
		"a timeout":    {net.DNSError{Name: "s3.example.com", IsTimeout: true, IsTemporary: true}, ""},
		"a failure":    {net.DNSError{Name: "s3.example.com", Err: "server misbehaving"}, ""},
	} {
		got := unreachable(fmt.Errorf("call: %w", &test.err))
		if !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%s: %q", name, got)
		}
	}
}
