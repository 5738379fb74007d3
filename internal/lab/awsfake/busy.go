package awsfake

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// NewBusy starts an AWS that never gets to a call, so that a call lasts until its caller's time is over: in a bubble of
// synctest, that tells the time limit. It ends each connection with its answer, so that nothing waits for it there.
func NewBusy(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	server.Config.SetKeepAlivesEnabled(false)
	server.Start()
	t.Cleanup(server.Close)
	return server
}
