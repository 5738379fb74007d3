package sigv4

// Reason says why a signature is refused; each service has its own error codes
// for them.
type Reason int

// The reasons, in the order in which they are looked for.
const (
	Anonymous   Reason = iota // no signature at all
	Unsupported               // Signature Version 2, or something unknown
	Ambiguous                 // both a header and a query signature
	Malformed                 // a part is missing or cannot be read
	Undated                   // no date
	Skewed                    // a header's date is too far from now
	NotYetValid               // a pre-signed URL's date is in the future
	Expired                   // a pre-signed URL's life is over
	Unsigned                  // an x-amz-* header that the signature does not cover
	Mismatch                  // the signature is another one
)

// Error is a refused signature.
type Error struct {
	Reason  Reason
	Message string
}

// Error implements error.
func (e *Error) Error() string { return e.Message }
