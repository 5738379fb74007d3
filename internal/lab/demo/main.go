// Command demo shows the provider at work, on this machine alone: it applies the configurations under examples/
// to a strict local AWS, lets a stand-in for VoiceBase deliver by both approaches, shows what VoiceBase cannot do,
// and destroys everything again. Then it breaks a delivery in six ways, each found by the check and fixed by an
// apply. It ends with an error when a single check fails.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

const (
	region = "us-east-1"
	// organizationID stands for what VoiceBase support tells a customer.
	organizationID = "0e2a8f5c-organization-id"
	mediaID        = "d9c4fb4e-media-id"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	picture := flag.String("picture", "", "SVG `file` to write a part of the output to")
	check := flag.Bool("check-picture", false, "fail if the file differs, instead of writing it")
	flag.Parse()
	var printed strings.Builder
	err := show(ctx, ".", io.MultiWriter(os.Stdout, &printed))
	if err == nil && *picture != "" {
		err = keepPicture(*picture, printed.String(), *check)
	}
	stop()
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "interrupted; nothing was left running")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// show is the demo of the clone at root.
func show(ctx context.Context, root string, out io.Writer) error {
	d := &demo{report: report{out: out}}
	if err := d.start(ctx, root); err != nil {
		return err
	}
	defer d.aws.Stop()
	for _, approach := range []approach{presignedURL, roleAssumption} {
		if err := d.approach(ctx, approach); err != nil {
			return err
		}
	}
	if err := d.troubles(ctx); err != nil {
		return err
	}
	d.report.note("\n%d checks, %d failed", d.report.checked, d.report.failed)
	if d.report.failed > 0 {
		return fmt.Errorf("%d of %d checks failed", d.report.failed, d.report.checked)
	}
	return nil
}

// demo is what both approaches work with.
type demo struct {
	report    report
	workspace *workspace
	cli       string
	aws       *localAWS
}

// start builds what is needed and starts the local AWS.
func (d *demo) start(ctx context.Context, root string) error {
	var err error
	if d.cli, err = harness.FindCLI(); err != nil {
		return err
	}
	if d.workspace, err = newWorkspace(root, "demo"); err != nil {
		return err
	}
	d.report.note("Building the provider and the local AWS …")
	if err := d.workspace.buildMirror(ctx); err != nil {
		return err
	}
	if d.aws, err = startLocalAWS(ctx, d.workspace); err != nil {
		return err
	}
	d.report.note("Using %s, and AWS at %s: the customer is account %s, VoiceBase is %s",
		filepath.Base(d.cli), d.aws.URL, d.aws.Customer.AccountID, d.aws.VoiceBase.ARN)
	return nil
}
