package acctest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// build builds the program in a folder of the repository into .build/bin. Test packages run side by side, so
// they take turns; go build itself sees when there is nothing to do.
func build(ctx context.Context, name, folder string, flags ...string) (string, error) {
	root, err := harness.Root()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(root, ".build", "bin")
	if err := os.MkdirAll(bin, 0o750); err != nil {
		return "", err
	}
	lock, err := os.OpenFile(filepath.Join(bin, name+".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	binary := filepath.Join(bin, name)
	return binary, harness.Build(ctx, filepath.Join(root, folder), binary, nil, flags...)
}

// Version is the version of the program that [Program] builds.
const Version = "0.0.1-test"

// program builds the provider once for a test package: to see that there is nothing to do takes go build more time than
// most commands of the CLI.
var program = sync.OnceValues(func() (string, error) {
	return build(context.Background(), "terraform-provider-voicebase", ".", "-ldflags", "-X main.version="+Version)
})

// Program builds the provider as a release of the version Version, and returns the path of its program.
func Program(t *testing.T) string {
	t.Helper()
	binary, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}
