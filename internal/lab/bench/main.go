// Command bench measures the provider against a local AWS: beside it an empty provider, one with the same schemas
// and no work, and hashicorp/aws where a mirror has it. It prints a table and writes the same as JSON.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

func main() {
	o := options{sizes: numbers{1, 20, 60, 200}, latencies: numbers{0, 20, 80}, awsSizes: numbers{1}}
	flag.Var(&o.sizes, "deliveries", "numbers of deliveries, of four objects each")
	flag.Var(&o.latencies, "latencies", "milliseconds that each AWS call takes longer; the first ones are also for the sides that make no calls")
	flag.Var(&o.awsSizes, "aws-deliveries", "numbers of deliveries for hashicorp/aws, once and at the greatest latency: it needs minutes")
	flag.DurationVar(&o.within, "within", 9*time.Minute, "measure again and again as long as the next round will probably end within this time")
	flag.StringVar(&o.json, "json", filepath.Join(".build", "bench", "bench.json"), "file for the results")
	flag.StringVar(&o.mirror, "mirror", os.Getenv("TF_ACC_AWS_MIRROR"), "filesystem mirror that has hashicorp/aws")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	sizes, latencies, awsSizes numbers
	within                     time.Duration
	json, mirror               string
}

// numbers is a flag with a list, such as 1,20,200.
type numbers []int

func (n *numbers) String() string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(*n), " ", ","), "[]")
}

// Set replaces the default.
func (n *numbers) Set(text string) error {
	*n = nil
	for item := range strings.SplitSeq(text, ",") {
		number, err := strconv.Atoi(item)
		if err != nil {
			return err
		}
		*n = append(*n, number)
	}
	return nil
}

func run(ctx context.Context, o options) error {
	b, sides, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	defer b.aws.Stop()
	defer b.proxy.Close()
	r := &report{}
	if r.Programs, err = programs(ctx, b, sides); err != nil {
		return err
	}
	r.Signing = signing()
	start := time.Now()
	for round := 0; ; round++ {
		began := time.Now()
		if err := b.round(ctx, o, sides, round, r); err != nil {
			return err
		}
		if time.Since(start)+time.Since(began) > o.within {
			break
		}
	}
	r.summarize()
	if err := r.print(os.Stdout); err != nil {
		return err
	}
	return r.write(o.json)
}

// round measures each side at each size and latency.
func (b *bench) round(ctx context.Context, o options, sides []side, round int, r *report) error {
	for _, deliveries := range o.sizes {
		for i, milliseconds := range o.latencies {
			var wanted []side
			for _, s := range sides {
				if o.wants(s, deliveries, i, round) {
					wanted = append(wanted, s)
				}
			}
			fmt.Fprintf(os.Stderr, "round %d: %d deliveries, %d ms a call\n", round+1, deliveries, milliseconds)
			measured, err := b.measure(ctx, wanted, deliveries, time.Duration(milliseconds)*time.Millisecond)
			if err != nil {
				return err
			}
			r.Measurements = append(r.Measurements, measured...)
		}
	}
	return nil
}

// wants leaves out what would not tell more: latencies for sides without calls, and most of hashicorp/aws, where
// minutes stand against seconds.
func (o options) wants(s side, deliveries, latency, round int) bool {
	if s.name == sideAWS {
		return round == 0 && latency == len(o.latencies)-1 && slices.Contains(o.awsSizes, deliveries)
	}
	return s.calls || latency == 0
}

// prepare builds everything and starts the local AWS.
func prepare(ctx context.Context, o options) (*bench, []side, error) {
	root, err := harness.Root()
	if err != nil {
		return nil, nil, err
	}
	b := &bench{dir: filepath.Join(root, ".build", "bench")}
	if b.cli, err = harness.FindCLI(); err != nil {
		return nil, nil, err
	}
	bin := filepath.Join(b.dir, "bin")
	if err := os.MkdirAll(bin, 0o750); err != nil {
		return nil, nil, err
	}
	sides, err := build(ctx, root, bin)
	if err != nil {
		return nil, nil, err
	}
	if binary, err := findAWS(ctx, b.cli, filepath.Join(b.dir, "mirror"), o.mirror); err != nil {
		fmt.Fprintln(os.Stderr, "without hashicorp/aws:", err)
	} else {
		sides = append(sides, side{sideAWS, binary, aws, true})
	}
	b.meter = filepath.Join(bin, "meter")
	if err := harness.Build(ctx, filepath.Join(root, "internal", "lab", "bench", "meter"), b.meter, nil); err != nil {
		return nil, nil, err
	}
	return b, sides, b.start(ctx, root, bin)
}

func (b *bench) start(ctx context.Context, root, bin string) (err error) {
	binary := filepath.Join(bin, "localaws")
	if err := harness.Build(ctx, filepath.Join(root, "internal", "lab", "localaws"), binary, nil); err != nil {
		return err
	}
	data := filepath.Join(b.dir, "aws")
	if err := os.RemoveAll(data); err != nil { // A run that failed leaves its objects.
		return err
	}
	if b.aws, err = harness.StartLocalAWS(ctx, binary, data, nil); err != nil {
		return err
	}
	b.proxy, err = newProxy(b.aws, filepath.Join(b.dir, "ca.pem"))
	return err
}
