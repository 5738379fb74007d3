package iamrole_test

import (
	"errors"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

const trustPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}`

// TestCreateRoleMeetsARole decides whose a role is that a create meets, after an answer that was lost and otherwise.
func TestCreateRoleMeetsARole(t *testing.T) {
	t.Parallel()
	exists := error(&types.EntityAlreadyExistsException{Message: aws.String("Role with name delivery already exists.")})
	lost := &awsclient.MaybeDoneError{Err: exists}
	rewritten := `{"Statement":{"Action":["sts:AssumeRole"],"Principal":{"AWS":"111122223333"},"Effect":"Allow"},"Version":"2012-10-17"}`
	for name, test := range map[string]struct {
		answer error
		trust  string
		age    time.Duration
		get    []error
		arn    string
		own    bool
	}{
		"its own work":         {answer: lost, trust: trustPolicy, own: true},
		"written otherwise":    {answer: lost, trust: rewritten, own: true},
		"seen late":            {answer: lost, trust: trustPolicy, get: []error{&types.NoSuchEntityException{}, &types.NoSuchEntityException{}}, own: true},
		"another trust":        {answer: lost, trust: `{"Version":"2012-10-17","Statement":[]}`},
		"somebody's, before":   {answer: lost, trust: trustPolicy, age: time.Hour},
		"somebody's, lately":   {answer: lost, trust: trustPolicy, age: 3 * time.Second},
		"not to be told":       {answer: lost, trust: trustPolicy, get: []error{errRefused}},
		"no answer was lost":   {answer: exists, trust: trustPolicy},
		"no JSON in its place": {answer: lost, trust: "{"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.role = &types.Role{
					RoleName: aws.String("delivery"), Arn: aws.String("arn:aws:iam::444455556666:role/delivery"), RoleId: aws.String("AROAEXAMPLE"),
					AssumeRolePolicyDocument: aws.String(url.PathEscape(test.trust)), CreateDate: aws.Time(time.Now().Add(-test.age)),
				}
				f.errors["CreateRole"], f.errors["GetRole"] = []error{test.answer}, test.get
				spec := spec()
				spec.TrustPolicy = trustPolicy
				role, err := iamrole.Create(t.Context(), f, spec)
				if errors.Is(err, iamrole.ErrExists) == test.own || (err == nil) != test.own {
					t.Errorf("got %v", err)
				}
				if test.own && (role.ARN != *f.role.Arn || role.UniqueID != *f.role.RoleId || role.TrustPolicy != trustPolicy) {
					t.Errorf("got %+v", role)
				}
			})
		})
	}
}

// TestFindRoleWaitsForTheARN: IAM tells the unique ID in its place for a moment.
func TestFindRoleWaitsForTheARN(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newRole(t)
		arn := *f.role.Arn
		f.role.Arn = f.role.RoleId
		time.AfterFunc(time.Minute, func() {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.role.Arn = &arn
		})
		start := time.Now()
		role, err := iamrole.Find(t.Context(), f, "delivery")
		if err != nil || role.ARN != arn || time.Since(start) > time.Minute+10*time.Second {
			t.Errorf("got %+v, %v after %s", role, err, time.Since(start))
		}
		f.role.Arn = f.role.RoleId
		if role, err := iamrole.Find(t.Context(), f, "delivery"); err == nil || role != nil {
			t.Errorf("the unique ID is taken for the ARN: %+v", role)
		}
	})
}
