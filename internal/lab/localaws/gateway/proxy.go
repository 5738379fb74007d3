package gateway

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// proxyTo passes requests on to a socket as they are: Host and all headers
// that the signature may cover stay.
func proxyTo(socket string) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.Out.URL.Scheme, p.Out.URL.Host = "http", "gateway"
			p.Out.Host = p.In.Host
			p.Out.URL.RawQuery = p.In.URL.RawQuery
		},
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, "unix", socket)
			},
			DisableCompression:  true,
			MaxIdleConnsPerHost: 16,
		},
		// versitygw sets the request ID of some answers twice, and its own name in place of S3's.
		ModifyResponse: func(answer *http.Response) error {
			answer.Header.Set("Server", "AmazonS3")
			if ids := answer.Header.Values("X-Amz-Request-Id"); len(ids) > 1 {
				answer.Header.Set("X-Amz-Request-Id", ids[0])
			}
			return nil
		},
		FlushInterval: -1,
		// A client that goes away is no news.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}

// Send passes on a request with a body of its own and returns the answer.
func Send(h http.Handler, r *http.Request, body []byte) *httptest.ResponseRecorder {
	out := r.Clone(r.Context())
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, out)
	return recorder
}

// SendAs does what r and body say, signed anew by key.
func SendAs(h http.Handler, key identity.Credential, service, region string, r *http.Request, body []byte) (*httptest.ResponseRecorder, error) {
	out, err := SignAs(key, service, region, r, body)
	if err != nil {
		return nil, err
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, out)
	return recorder, nil
}

// SignAs is what r and body say, signed anew by key.
func SignAs(key identity.Credential, service, region string, r *http.Request, body []byte) (*http.Request, error) {
	out, err := http.NewRequestWithContext(r.Context(), r.Method, "http://"+r.Host+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("making a request: %w", err)
	}
	for name, values := range r.Header {
		switch name {
		case "Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256", "Date":
		default:
			out.Header[name] = values
		}
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	out.Header.Set("X-Amz-Content-Sha256", hash)
	credentials := aws.Credentials{AccessKeyID: key.AccessKey, SecretAccessKey: key.Secret}
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = service == "s3" })
	if err := signer.SignHTTP(r.Context(), credentials, out, hash, service, region, time.Now()); err != nil {
		return nil, fmt.Errorf("signing a request: %w", err)
	}
	out.RequestURI, out.TLS, out.RemoteAddr = "", r.TLS, r.RemoteAddr
	return out, nil
}
