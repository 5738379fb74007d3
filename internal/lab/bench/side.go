package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// The sides, as the table calls them.
const (
	sideOurs   = "voicebase"
	sideSchema = "same schema, no work"
	sideEmpty  = "empty provider"
	sideAWS    = "hashicorp/aws"
)

// side is one of the providers that are compared.
type side struct {
	name          string
	binary        string
	configuration func(deliveries int) string
	// calls reports whether it calls AWS, so that its time depends on the latency.
	calls bool
}

// build builds the sides that are made here.
func build(ctx context.Context, root, bin string) ([]side, error) {
	sides := []side{
		{sideOurs, filepath.Join(bin, "voicebase"), ours, true},
		{sideSchema, filepath.Join(bin, "schemaonly"), unchecked, false},
		{sideEmpty, filepath.Join(bin, "empty"), empty, false},
	}
	folders := map[string]string{sideOurs: "."}
	for _, s := range sides[1:] {
		folders[s.name] = filepath.Join("internal", "lab", "bench", filepath.Base(s.binary))
	}
	for _, s := range sides {
		// As released: https://goreleaser.com/customization/builds/go/.
		if err := harness.Build(ctx, filepath.Join(root, folders[s.name]), s.binary, nil, "-trimpath", "-ldflags=-s -w"); err != nil {
			return nil, err
		}
	}
	return sides, nil
}

// errNoMirror says that nothing installs hashicorp/aws without a network.
var errNoMirror = errors.New("no mirror has hashicorp/aws: set TF_ACC_AWS_MIRROR to a filesystem mirror's folder, or configure one for the CLI")

// findAWS lets the CLI install hashicorp/aws as it would for its user, from a mirror of its configuration or of the
// folder given, and returns the binary. The network is out of reach: nobody wants to wait for a download of 150 MB.
func findAWS(ctx context.Context, cli, dir, mirror string) (string, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(required("aws", "hashicorp/aws")), 0o600); err != nil {
		return "", err
	}
	init := harness.Child(ctx, cli, "init", "-input=false", "-no-color")
	init.Dir = dir
	init.Env = append(os.Environ(), "HTTPS_PROXY=http://127.0.0.1:1", "CHECKPOINT_DISABLE=1")
	if mirror != "" {
		config := filepath.Join(dir, "mirror.tfrc")
		text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			return "", err
		}
		init.Env = append(init.Env, "TF_CLI_CONFIG_FILE="+config)
	}
	var out strings.Builder
	init.Stdout, init.Stderr = &out, &out
	if err := harness.Run(ctx, init); err != nil {
		return "", errNoMirror
	}
	found, err := filepath.Glob(filepath.Join(dir, ".terraform", "providers", "*", "hashicorp", "aws", "*", "*", "terraform-provider-aws_v*"))
	if err != nil || len(found) == 0 {
		return "", errNoMirror
	}
	return found[0], nil
}
