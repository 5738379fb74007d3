package acctest

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Invoked is what an action did.
type Invoked struct {
	// Progress are the lines that Terraform prints while it runs.
	Progress []string
	// Errors and Warnings have summary and detail, each of them on its own.
	Errors, Warnings []string
}

// Invoke validates a configuration of an action and invokes it. ctx is what an interruption of Terraform ends.
func (s Server) Invoke(ctx context.Context, t *testing.T, action string, config map[string]any) Invoked {
	t.Helper()
	server, value, diagnostics := s.validateAction(ctx, t, action, config)
	var invoked Invoked
	if invoked.add(diagnostics); len(invoked.Errors) > 0 {
		return invoked
	}
	stream, err := server.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: action, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			invoked.Progress = append(invoked.Progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			invoked.add(event.Diagnostics)
		}
	}
	return invoked
}

// ValidateAction validates a configuration of an action, and returns the errors.
func (s Server) ValidateAction(t *testing.T, action string, config map[string]any) string {
	t.Helper()
	_, _, diagnostics := s.validateAction(t.Context(), t, action, config)
	return problems(diagnostics)
}

func (s Server) validateAction(ctx context.Context, t *testing.T, action string, config map[string]any) (tfprotov6.ActionServer, *tfprotov6.DynamicValue, []*tfprotov6.Diagnostic) {
	t.Helper()
	server, ok := s.ProviderServer.(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the provider serves no actions")
	}
	value := dynamic(t, s.actions[action].Schema.ValueType(), config)
	validated, err := server.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: action, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	return server, value, validated.Diagnostics
}

func (i *Invoked) add(diagnostics []*tfprotov6.Diagnostic) {
	for _, d := range diagnostics {
		text := d.Summary + ": " + d.Detail
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			i.Errors = append(i.Errors, text)
		} else {
			i.Warnings = append(i.Warnings, text)
		}
	}
}
