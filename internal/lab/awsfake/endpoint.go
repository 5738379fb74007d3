package awsfake

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Keys of the endpoints below.
const (
	ContainerKey = "ASIACONTAINER"
	InstanceKey  = "ASIAINSTANCE"
)

const credentialsJSON = `{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":%q,"SecretAccessKey":%q,"Token":%q,"Expiration":"2099-01-01T00:00:00Z"}`

// NewContainerEndpoint starts an endpoint for AWS_CONTAINER_CREDENTIALS_FULL_URI, as ECS and EKS have it.
func NewContainerEndpoint(t *testing.T) *httptest.Server {
	t.Helper()
	return start(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, credentialsJSON, ContainerKey, SecretKey, SessionToken)
	})
}

// NewInstanceMetadata starts an instance metadata service for AWS_EC2_METADATA_SERVICE_ENDPOINT, of an instance
// with a role in eu-central-1.
func NewInstanceMetadata(t *testing.T) *httptest.Server {
	t.Helper()
	return start(t, func(w http.ResponseWriter, r *http.Request) {
		switch path := strings.TrimSuffix(r.URL.Path, "/"); path {
		case "/latest/api/token":
			w.Header().Set("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600")
			fmt.Fprint(w, "metadata-token")
		case "/latest/meta-data/iam/security-credentials":
			fmt.Fprint(w, "instance-role")
		case "/latest/meta-data/iam/security-credentials/instance-role":
			fmt.Fprintf(w, credentialsJSON, InstanceKey, SecretKey, SessionToken)
		case "/latest/dynamic/instance-identity/document":
			fmt.Fprint(w, `{"region":"eu-central-1"}`)
		default:
			http.NotFound(w, r)
		}
	})
}

func start(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}
