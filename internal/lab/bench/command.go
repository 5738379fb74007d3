package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/bench/usage"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// region is where everything is made.
const region = "us-east-1"

// command is one command of the CLI.
type command struct {
	name string
	args []string
	// again is how often it is repeated where that is cheap: it changes nothing.
	again int
}

const (
	apply         = "apply"
	plan          = "plan"
	planNoRefresh = "plan, no refresh"
	destroy       = "destroy"
)

// commands are what is measured, in their order.
var commands = []command{
	{apply, []string{"apply", "-auto-approve"}, 0},
	{plan, []string{"plan", "-detailed-exitcode"}, 1},
	{planNoRefresh, []string{"plan", "-detailed-exitcode", "-refresh=false"}, 3},
	{destroy, []string{"destroy", "-auto-approve"}, 0},
}

// manyDeliveries is from where on nothing is repeated.
const manyDeliveries = 100

// measurement is one command, once.
type measurement struct {
	Side       string        `json:"side"`
	Command    string        `json:"command"`
	Deliveries int           `json:"deliveries"`
	Latency    time.Duration `json:"latency"`
	Wall       time.Duration `json:"wall"`
	// Total is the CPU time of the CLI and its providers, Provider that of the provider alone.
	Total    time.Duration `json:"total_cpu"`
	Provider usage.Usage   `json:"provider"`
	// State is the size in bytes of the state that the command leaves.
	State int64          `json:"state"`
	Depth int            `json:"depth,omitempty"`
	Calls map[string]int `json:"calls,omitempty"`
}

// bench is what all measurements share.
type bench struct {
	cli   string
	dir   string
	meter string
	aws   *harness.LocalAWS
	proxy *proxy
}

// measure runs the commands for each of the sides, one after the other, from nothing to nothing: so a busy moment of
// the machine meets them all.
func (b *bench) measure(ctx context.Context, sides []side, deliveries int, latency time.Duration) ([]measurement, error) {
	folders := map[string]string{}
	for _, s := range sides {
		folder, err := b.folder(s, deliveries)
		if err != nil {
			return nil, err
		}
		folders[s.name] = folder
	}
	var all []measurement
	for _, command := range commands {
		times := 1 + command.again
		if deliveries > manyDeliveries {
			times = 1
		}
		for range times {
			for _, s := range sides {
				m := measurement{Side: s.name, Command: command.name, Deliveries: deliveries, Latency: latency}
				if err := b.once(ctx, folders[s.name], s, command.args, &m); err != nil {
					return nil, fmt.Errorf("%s, %d deliveries, %s: %w", s.name, deliveries, command.name, err)
				}
				all = append(all, m)
			}
		}
	}
	return all, nil
}

func (b *bench) once(ctx context.Context, folder string, s side, args []string, m *measurement) error {
	b.proxy.begin(m.Latency)
	if err := b.run(ctx, folder, s, args, m); err != nil {
		return err
	}
	calls := b.proxy.recorded()
	m.Calls, m.Depth = count(calls), depth(calls)
	return nil
}

func (b *bench) run(ctx context.Context, folder string, s side, args []string, m *measurement) error {
	command := harness.Child(ctx, b.cli, append(args, "-input=false", "-no-color", "-compact-warnings")...)
	command.Dir, command.Env = folder, b.environment(folder, s)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	start := time.Now()
	err := harness.Run(ctx, command)
	m.Wall = time.Since(start)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, tail(out.String()))
	}
	m.Total = usage.Of(command.ProcessState).CPU
	if m.Provider, err = usage.Collect(filepath.Join(folder, "usage")); err != nil {
		return err
	}
	state, err := os.Stat(filepath.Join(folder, "terraform.tfstate"))
	if err != nil {
		return err
	}
	m.State = state.Size()
	return nil
}

// tail is the end of what a command printed.
func tail(text string) string {
	const limit = 4000
	return text[max(0, len(text)-limit):]
}

// folder makes a working folder anew.
func (b *bench) folder(s side, deliveries int) (string, error) {
	name := strings.NewReplacer(" ", "-", ",", "", "/", "-").Replace(s.name)
	folder := filepath.Join(b.dir, name)
	if err := os.RemoveAll(folder); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Join(folder, "usage"), 0o750); err != nil {
		return "", err
	}
	source := "voicebase/voicebase"
	if s.name == sideAWS {
		source = "hashicorp/aws"
	}
	if err := b.override(folder, source); err != nil {
		return "", err
	}
	return folder, os.WriteFile(filepath.Join(folder, "main.tf"), []byte(s.configuration(deliveries)), 0o600)
}

// override puts the meter where the CLI looks for the provider.
func (b *bench) override(folder, source string) error {
	bin := filepath.Join(folder, "bin")
	if err := os.MkdirAll(bin, 0o750); err != nil {
		return err
	}
	if err := os.Link(b.meter, filepath.Join(bin, "terraform-provider-"+filepath.Base(source))); err != nil {
		return err
	}
	config := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", source, bin)
	return os.WriteFile(filepath.Join(folder, "cli.tfrc"), []byte(config), 0o600)
}

// environment is all that the CLI and the provider are told: nothing of the user's own settings.
func (b *bench) environment(folder string, s side) []string {
	env := []string{
		"TF_CLI_CONFIG_FILE=" + filepath.Join(folder, "cli.tfrc"),
		"TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"TF_VAR_voicebase_arn=" + b.aws.VoiceBase.ARN,
		"AWS_REGION=" + region, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_ACCESS_KEY_ID=" + b.aws.Customer.AccessKey, "AWS_SECRET_ACCESS_KEY=" + b.aws.Customer.SecretKey,
		"AWS_ENDPOINT_URL=" + b.proxy.URL, "AWS_CA_BUNDLE=" + filepath.Join(b.dir, "ca.pem"),
		"AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull,
		usage.ProviderVariable + "=" + s.binary, usage.DirVariable + "=" + filepath.Join(folder, "usage"),
	}
	for _, name := range []string{"PATH", "HOME", "TMPDIR"} {
		if value := os.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}
