package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// localAWS is the local AWS of the demo, whose data is in the workspace.
type localAWS struct {
	*harness.LocalAWS
	transport *http.Transport
}

// startLocalAWS builds the local AWS and waits until it says that it is ready.
func startLocalAWS(ctx context.Context, w *workspace) (*localAWS, error) {
	binary := w.path("bin", "localaws")
	if err := w.build(ctx, filepath.Join("internal", "lab", "localaws"), binary); err != nil {
		return nil, err
	}
	running, err := harness.StartLocalAWS(ctx, binary, w.path("aws"), append(w.environment(), "TMPDIR="+w.tmp()))
	if err != nil {
		return nil, err
	}
	return &localAWS{LocalAWS: running, transport: running.Transport()}, nil
}

// config is an SDK configuration of one of the two principals.
func (l *localAWS) config(who harness.Identity) aws.Config {
	cfg := l.Config(who, region, l.transport)
	// One attempt is one line of the report.
	cfg.Retryer = func() aws.Retryer { return aws.NopRetryer{} }
	return cfg
}

// environment is what a user would export to work with this AWS: credentials, endpoint, certificate, and what
// VoiceBase support gave out.
func (l *localAWS) environment() []string {
	return []string{
		"AWS_ACCESS_KEY_ID=" + l.Customer.AccessKey,
		"AWS_SECRET_ACCESS_KEY=" + l.Customer.SecretKey,
		"AWS_ENDPOINT_URL=" + l.URL,
		"AWS_CA_BUNDLE=" + l.CAFile,
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE=" + os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull,
		"VOICEBASE_ARN=" + l.VoiceBase.ARN,
		"VOICEBASE_EXTERNAL_ID=" + organizationID,
	}
}
