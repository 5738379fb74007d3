package acctest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// localAWS is the child process of a test package.
type localAWS struct {
	*harness.LocalAWS
	credentialsFile string
}

func startLocalAWS(ctx context.Context, dir string) (*localAWS, error) {
	binary, err := build(ctx, "localaws", filepath.Join("internal", "lab", "localaws"))
	if err != nil {
		return nil, err
	}
	running, err := harness.StartLocalAWS(ctx, binary, filepath.Join(dir, "localaws"), nil)
	if err != nil {
		return nil, err
	}
	l := &localAWS{LocalAWS: running, credentialsFile: filepath.Join(dir, "credentials")}
	credentials := profile(customerProfile, l.Customer) + profile(otherProfile, l.Other)
	return l, os.WriteFile(l.credentialsFile, []byte(credentials), 0o600)
}

// profile is a section of a shared credentials file.
func profile(name string, who harness.Identity) string {
	return fmt.Sprintf("[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n", name, who.AccessKey, who.SecretKey)
}
