package check

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3refusal"
)

// removalTime is how long the removal may take after an interruption, which must not leave the object behind.
const removalTime = 15 * time.Second

// testDelivery is one delivery of a sample.
type testDelivery struct {
	http        *http.Client
	object      s3bucket.Object
	signed      s3presign.Signed
	bucket, key string
	contentType string
	body        []byte
	keep        bool
	// named is set if the configuration names the key, so the object may belong to somebody.
	named    bool
	progress func(format string, args ...any)
}

// run delivers and removes. Its messages never contain the URL.
func (d *testDelivery) run(ctx context.Context) diag.Diagnostics {
	taken, unsure := d.taken(ctx)
	if len(taken) > 0 {
		return taken
	}
	d.progress("Sending %d bytes of %s to %s with a pre-signed PUT", len(d.body), d.contentType, d.address())
	answer, err := s3bucket.Upload(ctx, d.http, d.signed.URL, d.contentType, d.body)
	switch {
	case ctx.Err() != nil:
		return d.unanswered(ctx, "Test delivery interrupted", errors.New("the test was interrupted before S3 answered: "+ctx.Err().Error()), "")
	case err != nil:
		return d.unanswered(ctx, "Test delivery failed", fmt.Errorf("no answer came from S3: %w", err),
			"\n\nCheck the network, and the proxy and certificate settings of the provider block.")
	case !answer.Stored():
		return diag.Diagnostics{d.refused(answer)}
	}
	d.progress("S3 answered %d: the delivery works (request ID %s)", answer.Status, answer.RequestID)
	if d.keep {
		d.progress("Kept %s", d.address())
		return nil
	}
	if unsure && answer.VersionID == "" {
		return diag.Diagnostics{d.left("", "The credentials may not look at the key, so the test object may have replaced another one. It was not removed.")}
	}
	return d.remove(ctx, answer.VersionID)
}

func (d *testDelivery) address() string { return "s3://" + d.bucket + "/" + d.key }

// taken keeps the test from overwriting an existing object. unsure is set if S3 doesn't say whether there is one.
func (d *testDelivery) taken(ctx context.Context) (diags diag.Diagnostics, unsure bool) {
	if !d.named {
		return nil, false
	}
	exists, _, err := d.object.Find(ctx)
	switch {
	case exists:
		diags.AddAttributeError(path.Root("key"), "Object exists",
			"There is an object at "+d.address()+", which the test would replace. Choose another key, or leave key out for a new one.")
	case err != nil && !awsclient.Refused(err):
		diags.Append(framework.AWSError("look for", "test object", d.address(), err))
	}
	return diags, err != nil
}

// refused returns S3's answer, and the guide's advice about it.
func (d *testDelivery) refused(answer s3bucket.Answer) diag.Diagnostic {
	var b strings.Builder
	fmt.Fprintf(&b, "S3 refused the PUT of %s: %s.", d.address(), strings.TrimSuffix(strings.TrimSpace(fmt.Sprintf("%d %s %s", answer.Status, answer.Code, answer.Message)), "."))
	if refusal, ok := s3refusal.Find(answer.Code, answer.Message); ok {
		fmt.Fprintf(&b, "\n\nTroubleshooting, %q: %s", refusal.Title, strings.ReplaceAll(refusal.Advice, "`", ""))
	}
	b.WriteString("\n\nVoiceBase would get the same answer, and report error 90000.")
	fmt.Fprintf(&b, "\n\nObject: %s\nAWS error code: %s\nRequest ID: %s", d.address(), orNone(answer.Code), orNone(answer.RequestID))
	return diag.NewErrorDiagnostic("Test delivery refused", b.String())
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// remove removes the object: its version if there is one, so that nothing is left.
func (d *testDelivery) remove(ctx context.Context, version string) diag.Diagnostics {
	err := d.object.Remove(ctx, version)
	if err == nil {
		d.progress("Removed the test object")
		return nil
	}
	if version == "" || !awsclient.Refused(err) {
		return diag.Diagnostics{d.left(version, framework.Sentence(fmt.Errorf("it could not be removed: %w", err)))}
	}
	if hidden := d.object.Remove(ctx, ""); hidden != nil {
		return diag.Diagnostics{d.left(version, framework.Sentence(fmt.Errorf("it could not be removed: %w", hidden)))}
	}
	return diag.Diagnostics{d.left(version, "A delete marker hides the object, but its version is still there, because the credentials lack s3:DeleteObjectVersion.")}
}

// left warns about an object that is left, with the command that removes it.
func (d *testDelivery) left(version, why string) diag.Diagnostic {
	command := fmt.Sprintf("aws s3api delete-object --bucket %s --key '%s'", d.bucket, strings.ReplaceAll(d.key, "'", `'\''`))
	if version != "" {
		command += " --version-id " + version
	}
	return diag.NewWarningDiagnostic("Test object left behind",
		why+"\n\nTo remove it, with credentials that may:\n\n    "+command+"\n\nObject: "+d.address())
}

// unanswered cleans up after an upload that may or may not have arrived, even after an interruption.
func (d *testDelivery) unanswered(ctx context.Context, summary string, why error, advice string) diag.Diagnostics {
	failed := diag.NewErrorDiagnostic(summary, framework.Sentence(why)+advice+"\n\nObject: "+d.address())
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), removalTime)
	defer cancel()
	exists, version, err := d.object.Find(ctx)
	switch {
	case err != nil:
		return diag.Diagnostics{failed, d.left("", "Whether the test object arrived cannot be told.")}
	case !exists || d.keep:
		return diag.Diagnostics{failed}
	}
	return append(diag.Diagnostics{failed}, d.remove(ctx, version)...)
}
