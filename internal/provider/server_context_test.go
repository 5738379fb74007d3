package provider_test

import (
	"context"
	"reflect"
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// once are the calls that come once in a process, or a few times in a session of the user's: what they leave behind
// does not grow with the number of objects.
var once = map[string]bool{
	"GetMetadata": true, "GetProviderSchema": true, "GetResourceIdentitySchemas": true, "GetFunctions": true,
	"ValidateProviderConfig": true, "ConfigureProvider": true, "StopProvider": true,
	"ListResource": true, "InvokeAction": true,
	"ValidateStateStoreConfig": true, "ConfigureStateStore": true, "ReadStateBytes": true, "WriteStateBytes": true,
	"GetStates": true, "DeleteState": true, "LockState": true, "UnlockState": true,
}

type contextKey struct{}

// TestServer_letsGo makes each call that comes for each object, and checks that nothing of its context is left.
func TestServer_letsGo(t *testing.T) {
	t.Parallel()
	server := provider.NewServer("test", time.Now)()
	methods := reflect.ValueOf(server)
	var checked int
	for method := range methods.Type().Methods() {
		if once[method.Name] {
			continue
		}
		left := called(t, methods.MethodByName(method.Name))
		runtime.GC()
		if left.Value() != nil {
			t.Errorf("%s keeps its context: add it to server_calls.go", method.Name)
		}
		checked++
	}
	if checked < 15 {
		t.Errorf("only %d calls checked", checked)
	}
	runtime.KeepAlive(server)
}

// called makes a call, whatever becomes of it, and returns what its context held.
func called(t *testing.T, method reflect.Value) weak.Pointer[[1 << 10]byte] {
	t.Helper()
	held := new([1 << 10]byte)
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), contextKey{}, held))
	defer cancel()
	request := reflect.New(method.Type().In(1).Elem())
	if name := request.Elem().FieldByName("TypeName"); name.IsValid() {
		name.SetString("voicebase_delivery_bucket")
	}
	method.Call([]reflect.Value{reflect.ValueOf(ctx), request})
	return weak.Make(held)
}
