package iampolicy

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// ParsePresignedAge parses the age limit of pre-signed URLs: whole milliseconds, up to SigV4's own limit.
func ParsePresignedAge(text string) (time.Duration, error) {
	age, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is not a valid duration", text)
	case age < time.Millisecond || age > awsname.MaxPresignedLife:
		return 0, fmt.Errorf("%s is out of range: a pre-signed URL is valid for at most 7 days (168h)", text)
	case age%time.Millisecond != 0:
		return 0, fmt.Errorf("%s is not a whole number of milliseconds", text)
	}
	return age, nil
}

// ParseSourceCIDR parses a range of source addresses. It refuses an address without a prefix length, and one with host
// bits, because their meaning would be a guess.
func ParseSourceCIDR(text string) (netip.Prefix, error) {
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		if address, err := netip.ParseAddr(text); err == nil {
			return netip.Prefix{}, fmt.Errorf("%q is an address: must be a CIDR range, such as %s/%d", text, text, address.BitLen())
		}
		return netip.Prefix{}, fmt.Errorf("%q is not a valid CIDR range", text)
	}
	if masked := prefix.Masked(); masked != prefix {
		return netip.Prefix{}, fmt.Errorf("%q has host bits set: the range is %s", text, masked)
	}
	return prefix, nil
}
