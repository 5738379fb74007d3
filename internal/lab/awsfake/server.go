package awsfake

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// NewServer starts a server that a bubble of synctest can call. In the bubble, time stands while anything waits for the
// network, so no connection stays open there: each ends with its answer, and one that a client opened and did not need
// ends soon.
func NewServer(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.SetKeepAlivesEnabled(false)
	server.Config.ReadHeaderTimeout = time.Second
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// NewBusy starts an AWS that never gets to a call, so that a call lasts until its caller's time is over: in a bubble of
// synctest, that tells the time limit.
func NewBusy(t *testing.T) *httptest.Server {
	t.Helper()
	return NewServer(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
}
