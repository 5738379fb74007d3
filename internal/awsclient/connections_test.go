package awsclient_test

import (
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// crowd lets nobody go on before all are there, again and again.
type crowd struct {
	mu       sync.Mutex
	all, now int
	complete chan struct{}
}

func newCrowd(all int) *crowd { return &crowd{all: all, complete: make(chan struct{})} }

func (c *crowd) wait() {
	c.mu.Lock()
	complete := c.complete
	if c.now++; c.now == c.all {
		close(complete)
		c.now, c.complete = 0, make(chan struct{})
	}
	c.mu.Unlock()
	<-complete
}

// TestClients_connections makes calls as ten objects at once do, and again: all go by the connections of the first
// time. Those that a server closes are opened again without another exchange of certificates.
func TestClients_connections(t *testing.T) {
	awsfake.Isolate(t)
	const together = 40
	var opened, resumed atomic.Int32
	crowd := newCrowd(together)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS.DidResume {
			resumed.Add(1)
		}
		crowd.wait() // So each call needs a connection of its own.
		fmt.Fprint(w, "<DeleteRoleResponse></DeleteRoleResponse>")
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.StartTLS()
	defer server.Close()
	settings := static()
	settings.Endpoints.IAM = server.URL
	settings.CustomCABundle = filepath.Join(t.TempDir(), "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(settings.CustomCABundle, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	client, err := newClients(settings).IAM(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	calls := func() {
		var group sync.WaitGroup
		for range together {
			group.Go(func() {
				if _, err := client.DeleteRole(t.Context(), &iam.DeleteRoleInput{RoleName: aws.String("delivery")}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	calls()
	calls()
	// On a busy machine, net/http gives up some that are still writing. Without room for all of them, nearly each call
	// would open one.
	if got := opened.Load(); got < together || got > together*5/4 {
		t.Errorf("%d connections for twice %d calls", got, together)
	}
	server.CloseClientConnections()
	calls()
	if resumed.Load() == 0 {
		t.Error("no TLS session was resumed")
	}
}
