package framework

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// TimeoutsBlock is a resource's timeouts block, with its defaults in the descriptions.
func TimeoutsBlock(ctx context.Context, call, remove time.Duration) schema.Block {
	describe := func(what string, otherwise time.Duration) string {
		return fmt.Sprintf("How long %s may take, as a duration such as `30s` or `2h45m`. Default: `%s`.",
			what, ShortDuration(otherwise))
	}
	return timeouts.Block(ctx, timeouts.Opts{
		Create: true, CreateDescription: describe("a create", call),
		Read: true, ReadDescription: describe("a read, as in each plan,", call),
		Update: true, UpdateDescription: describe("an update", call),
		Delete: true, DeleteDescription: describe("a destroy", remove) + " It has to be applied before the destroy.",
	})
}

// WithTimeout limits a method to the time in the timeouts block, or to the default. A value that is not a duration is
// an error in diags.
func WithTimeout(ctx context.Context, configured func(context.Context, time.Duration) (time.Duration, diag.Diagnostics),
	otherwise time.Duration, diags *diag.Diagnostics,
) (context.Context, context.CancelFunc) {
	timeout, configuredDiags := configured(ctx, otherwise)
	diags.Append(configuredDiags...)
	return context.WithTimeout(ctx, timeout)
}

// ShortDuration writes 24h where Go writes 24h0m0s.
func ShortDuration(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
