package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// approach is one of the two ways of delivery: its example, and what VoiceBase tries beyond its due.
type approach struct {
	title   string
	example string
	vars    []string
	beyond  func(context.Context, *delivery) ([]check, error)
}

// delivery is what an approach's refusals are tried on: what VoiceBase was given, and what has arrived.
type delivery struct {
	voicebase *standin.VoiceBase
	callbacks []standin.Callback
	bucket    string
	aws       *localAWS
	now       time.Time
}

// approach shows one approach from init to destroy.
func (d *demo) approach(ctx context.Context, a approach) (err error) {
	d.report.title("%s: examples/%s", a.title, a.example)
	e, err := d.workspace.example(a.example, d.cli, d.aws, a.vars...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.leave()) }()
	if err := errors.Join(e.init(ctx), e.apply(ctx)); err != nil {
		return err
	}
	if err := d.made(ctx, e); err != nil {
		return err
	}
	if err := d.deliver(ctx, a, e); err != nil {
		return err
	}
	return d.end(ctx, e)
}

// deliver hands the example's callback_json, and nothing else, to the stand-in.
func (d *demo) deliver(ctx context.Context, a approach, e *example) error {
	configuration, err := e.output(ctx, "callback_json")
	if err != nil {
		return err
	}
	bucket, err := e.output(ctx, "bucket")
	if err != nil {
		return err
	}
	callbacks, err := standin.Callbacks([]byte(configuration))
	if err != nil {
		return err
	}
	voicebase := standin.New(sts.NewFromConfig(d.aws.config(d.aws.VoiceBase)), d.aws.transport, organizationID)
	attempts, err := voicebase.Deliver(ctx, []byte(configuration), mediaID)
	if err != nil {
		return err
	}
	d.report.checks("VOICEBASE DELIVERS", deliveries(attempts))
	if err := d.arrived(ctx, bucket, attempts); err != nil {
		return err
	}
	refused, err := a.beyond(ctx, &delivery{voicebase: voicebase, callbacks: callbacks, bucket: bucket, aws: d.aws, now: time.Now()})
	if err != nil {
		return err
	}
	d.report.note("")
	d.report.checks("VOICEBASE CANNOT", refused)
	objects, err := list(ctx, d.aws, bucket)
	if err != nil {
		return err
	}
	d.report.note("")
	d.report.holds(asSent(objects, attempts), "the bucket still holds the delivered objects and nothing else")
	return nil
}

func deliveries(attempts []standin.Attempt) []check {
	checks := make([]check, len(attempts))
	for i, attempt := range attempts {
		attempt.Name = fmt.Sprintf("%s as %s", attempt.Name, attempt.ContentType)
		checks[i] = check{attempt: attempt, status: http.StatusOK}
	}
	return checks
}

// end plans once more, destroys, and looks for what may be left.
func (d *demo) end(ctx context.Context, e *example) error {
	empty, plan, err := e.planIsEmpty(ctx)
	if err != nil {
		return err
	}
	d.report.holds(empty, "a second plan has no changes")
	if !empty {
		d.report.note("%s", plan)
	}
	if err := e.destroy(ctx); err != nil {
		return err
	}
	return d.nothingLeft(ctx)
}
