package main

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// program is what can be said of a provider without any object.
type program struct {
	Side string `json:"side"`
	// Handshake is from the start of the process to the line by which it tells where it listens, in seconds.
	Handshake spread `json:"handshake"`
	Binary    int64  `json:"binary_bytes"`
	// Schema is the size of its schema as JSON.
	Schema int `json:"schema_bytes"`
}

// starts is how often a start is measured.
const starts = 15

func programs(ctx context.Context, b *bench, sides []side) ([]program, error) {
	times := map[string][]float64{}
	for range starts {
		for _, s := range sides {
			took, err := handshake(ctx, s.binary)
			if err != nil {
				return nil, err
			}
			times[s.name] = append(times[s.name], took.Seconds())
		}
	}
	var all []program
	for _, s := range sides {
		info, err := os.Stat(s.binary)
		if err != nil {
			return nil, err
		}
		schema, err := b.schema(ctx, s)
		if err != nil {
			return nil, err
		}
		all = append(all, program{s.name, spreadOf(times[s.name]), info.Size(), len(schema)})
	}
	return all, nil
}

// handshake starts a provider as the CLI does, waits for its line, and ends it.
func handshake(ctx context.Context, binary string) (time.Duration, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	command := harness.Child(ctx, binary)
	command.Cancel = func() error { return command.Process.Kill() }
	// https://github.com/hashicorp/terraform-plugin-go/blob/main/tfprotov6/tf6server/server.go has cookie and version.
	command.Env = append(os.Environ(), "PLUGIN_PROTOCOL_VERSIONS=5,6",
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")
	out, err := command.StdoutPipe()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := command.Start(); err != nil {
		return 0, err
	}
	_, err = bufio.NewReader(out).ReadString('\n')
	took := time.Since(start)
	cancel()
	_ = command.Wait() // It was killed.
	return took, err
}

// schema is what the CLI prints of a provider's schema.
func (b *bench) schema(ctx context.Context, s side) ([]byte, error) {
	folder, err := b.folder(s, 1)
	if err != nil {
		return nil, err
	}
	command := harness.Child(ctx, b.cli, "providers", "schema", "-json")
	command.Dir, command.Env = folder, b.environment(folder, s)
	command.Env = append(command.Env, "TF_DATA_DIR="+filepath.Join(folder, "data"))
	return command.Output()
}
