// Package lag lets a request see AWS as it was a moment ago: what was written
// meanwhile has not reached the server that answers it.
//
// S3 and IAM are eventually consistent in their settings, by kind of setting:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency.
package lag

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Header asks for a lag of the one request that bears it, past the signature:
// "500ms" for every kind, or "role=2s,lifecycle=500ms" for some.
const Header = "Localaws-Lag"

// Longest is the longest lag that can be asked for.
const Longest = time.Minute

// Kinds of what lags, beside S3's sub-resources, which go by their names in
// the query: policy, lifecycle, versioning and so on.
const (
	// Bucket is whether a bucket exists, for all but HeadBucket after its creation.
	Bucket = "bucket"
	// Role is a role with all but its policies.
	Role = "role"
	// RolePolicy is a role's policies, inline and attached.
	RolePolicy = "rolePolicy"
)

// Lag is how far behind each kind is; "" stands for all others.
type Lag map[string]time.Duration

// Parse reads a lag as Header has it.
func Parse(s string) (Lag, error) {
	l := Lag{}
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		kind, text, named := strings.Cut(part, "=")
		if !named {
			kind, text = "", part
		}
		d, err := time.ParseDuration(text)
		if err != nil {
			return nil, fmt.Errorf("reading a lag: %w", err)
		}
		if d < 0 || d > Longest {
			return nil, fmt.Errorf("a lag of %s is not between 0 and %s", d, Longest)
		}
		l[kind] = d
	}
	return l, nil
}

type key struct{}

// With returns a context whose requests see AWS with lag l.
func With(ctx context.Context, l Lag) context.Context {
	if len(l) == 0 {
		return ctx
	}
	return context.WithValue(ctx, key{}, l)
}

// Of returns how far behind a kind is for ctx.
func Of(ctx context.Context, kind string) time.Duration {
	l, _ := ctx.Value(key{}).(Lag)
	if d, ok := l[kind]; ok {
		return d
	}
	return l[""]
}

// At returns the time of the state that ctx sees of a kind.
func At(ctx context.Context, kind string) time.Time {
	return time.Now().Add(-Of(ctx, kind))
}
