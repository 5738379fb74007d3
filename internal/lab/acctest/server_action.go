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
	server, ok := s.ProviderServer.(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the provider serves no actions")
	}
	var invoked Invoked
	value := dynamic(t, s.actions[action].Schema.ValueType(), config)
	validated, err := server.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: action, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if invoked.add(validated.Diagnostics); len(invoked.Errors) > 0 {
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

// ValidateAction validates a configuration of an action, and returns the errors.
func (s Server) ValidateAction(t *testing.T, action string, config map[string]any) string {
	t.Helper()
	server, ok := s.ProviderServer.(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the provider serves no actions")
	}
	value := dynamic(t, s.actions[action].Schema.ValueType(), config)
	validated, err := server.ValidateActionConfig(t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: action, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	return problems(validated.Diagnostics)
}
