package awsclient

import (
	"crypto/tls"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// idleConnections is how many idle connections one host may have. Ten concurrent objects, Terraform's default
// parallelism, make up to nine reads each. With the SDK's default of 10, most connections would be closed after one
// call and opened again for the next.
const idleConnections = 100

// sessions is the number of hosts whose TLS sessions are kept, so that a new connection to a host needs no certificate.
const sessions = 256

// keepingConnections keeps connections and TLS sessions for the calls to come. A client of another kind, which is
// not built here, stays as it is.
func keepingConnections(client aws.HTTPClient) aws.HTTPClient {
	buildable, ok := client.(*awshttp.BuildableClient)
	if !ok {
		return client
	}
	return buildable.WithTransportOptions(func(transport *http.Transport) {
		transport.MaxIdleConnsPerHost = idleConnections
		transport.TLSClientConfig.ClientSessionCache = tls.NewLRUClientSessionCache(sessions)
	})
}
