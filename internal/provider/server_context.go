package provider

import (
	"context"
	"sync/atomic"
	"time"
)

// callContext is the context of one call, which releases its parent when the call is over. The framework keeps the
// context of every call until the provider stops, so that it can cancel them all, and a call's context holds its
// loggers and its request: some 10 KB for each call of each object.
type callContext struct {
	current atomic.Pointer[context.Context]
}

var _ context.Context = (*callContext)(nil)

// over is the context of a call after the call.
var over = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// during makes a call with a context that lasts for the call.
func during[Request, Response any](ctx context.Context, req Request, call func(context.Context, Request) (Response, error)) (Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	c := &callContext{}
	c.current.Store(&ctx)
	defer func() {
		cancel()
		c.current.Store(&over)
	}()
	return call(c, req)
}

func (c *callContext) Deadline() (time.Time, bool) { return (*c.current.Load()).Deadline() }
func (c *callContext) Done() <-chan struct{}       { return (*c.current.Load()).Done() }
func (c *callContext) Err() error                  { return (*c.current.Load()).Err() }
func (c *callContext) Value(key any) any           { return (*c.current.Load()).Value(key) }
