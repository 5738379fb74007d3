package harness

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Root is the repository's folder: the nearest one upwards that holds GNUmakefile. go test starts a test in its
// package's folder.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "GNUmakefile")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("not inside the repository")
		}
		dir = parent
	}
}

// Build compiles the program of a folder, which may be of another module of the repository. env is added to the
// environment.
func Build(ctx context.Context, folder, binary string, env []string, flags ...string) error {
	args := append([]string{"build", "-C", folder, "-o", binary}, flags...)
	command := Child(ctx, "go", append(args, ".")...)
	command.Env = append(os.Environ(), env...)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := Run(ctx, command); err != nil {
		return fmt.Errorf("building %s: %w\n%s", filepath.Base(binary), err, out.String())
	}
	return nil
}

// FindCLI finds Terraform or OpenTofu. TF_ACC_TERRAFORM_PATH, which terraform-plugin-testing knows too, comes
// first.
func FindCLI() (string, error) {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path, nil
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("neither terraform nor tofu is on PATH: install one of them, or use make demo and make test, " +
		"which build OpenTofu when there is none")
}
