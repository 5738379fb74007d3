package awsclient

import (
	"context"
	"net/http"
)

// Plain returns an HTTP client that takes the same route as the provider's AWS calls (proxy, certificates) and
// otherwise acts like an uploader without AWS's SDK: it signs nothing, tries once, follows no redirect and logs
// nothing.
func (c *Clients) Plain(ctx context.Context) (*http.Client, error) {
	config, err := c.config(ctx)
	if err != nil {
		return nil, err
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if from, ok := config.HTTPClient.(interface{ GetTransport() *http.Transport }); ok {
		client.Transport = from.GetTransport()
	}
	return client, nil
}
