package iamrole_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

type interruptedIAM struct {
	fakeIAM
	interrupt context.CancelFunc
}

func (f *interruptedIAM) CreateRole(ctx context.Context, in *iam.CreateRoleInput, options ...func(*iam.Options)) (*iam.CreateRoleOutput, error) {
	f.interrupt()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if _, ok := ctx.Deadline(); !ok {
		return nil, errors.New("the deadline is gone")
	}
	return f.fakeIAM.CreateRole(ctx, in, options...)
}

func TestCreateRoleInterrupted(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	f := &interruptedIAM{interrupt: cancel}
	role, err := iamrole.Create(ctx, f, iamrole.Spec{Name: "voicebase"})
	if err != nil || role.Name != "voicebase" {
		t.Errorf("the role's creation was lost: %v", err)
	}
}
