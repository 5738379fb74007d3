package awsclient

import (
	"context"
	"net/http"
)

// Plain returns an HTTP client that goes the same way as the provider's AWS calls (proxy, certificates) and does nothing
// that an uploader without AWS's SDK would not do: it signs nothing, tries once, follows no redirect and logs nothing.
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
