package iamrole_test

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

const trustPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}`

// TestCreateRoleMeetsARole decides whose a role is that a create meets, after an answer that was lost and otherwise.
func TestCreateRoleMeetsARole(t *testing.T) {
	t.Parallel()
	exists := error(&types.EntityAlreadyExistsException{Message: aws.String("Role with name delivery already exists.")})
	lost := &awsclient.MaybeDoneError{Err: exists}
	rewritten := `{"Statement":{"Action":["sts:AssumeRole"],"Principal":{"AWS":"111122223333"},"Effect":"Allow"},"Version":"2012-10-17"}`
	const create, get = "CreateRole delivery", "GetRole delivery"
	for name, test := range map[string]struct {
		answer error
		trust  string
		age    time.Duration
		get    []error
		// named is when IAM tells the ARN, behind how far AWS's clock is behind ours.
		named, behind time.Duration
		calls         []string
		own           bool
		// want is the error, where it says more than that the role exists.
		want string
	}{
		"its own work":         {answer: lost, trust: trustPolicy, calls: []string{create, get}, own: true},
		"written otherwise":    {answer: lost, trust: rewritten, calls: []string{create, get}, own: true},
		"seen late":            {answer: lost, trust: trustPolicy, get: []error{&types.NoSuchEntityException{}, &types.NoSuchEntityException{}}, calls: []string{create, get, get, get}, own: true},
		"another trust":        {answer: lost, trust: `{"Version":"2012-10-17","Statement":[]}`, calls: []string{create, get}},
		"somebody's, before":   {answer: lost, trust: trustPolicy, age: time.Hour, calls: []string{create, get}},
		"somebody's, lately":   {answer: lost, trust: trustPolicy, age: 3 * time.Second, calls: []string{create, get}},
		"not to be told":       {answer: lost, trust: trustPolicy, get: []error{errRefused}, calls: []string{create, get}, want: `role "delivery" already exists: ` + exists.Error() + `. An earlier attempt to create it got no answer and may have created this role: refused`},
		"no answer was lost":   {answer: exists, trust: trustPolicy, calls: []string{create}},
		"no JSON in its place": {answer: lost, trust: "{", calls: []string{create, get}},
		"named late":           {answer: lost, trust: trustPolicy, named: 100 * time.Millisecond, calls: []string{create, get, get}, own: true},
		"by AWS's clock":       {answer: lost, trust: trustPolicy, age: time.Hour, behind: time.Hour, calls: []string{create, get}, own: true},
		"garbled":              {answer: lost, trust: "%", calls: []string{create, get}, want: `decoding a policy document: invalid URL escape "%"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.role = &types.Role{
					RoleName: aws.String("delivery"), Arn: aws.String("arn:aws:iam::444455556666:role/delivery"), RoleId: aws.String("AROAEXAMPLE"),
					AssumeRolePolicyDocument: aws.String(url.PathEscape(test.trust)), CreateDate: aws.Time(time.Now().Add(-test.age)),
				}
				if test.trust == "%" {
					f.role.AssumeRolePolicyDocument = &test.trust
				}
				if test.named > 0 {
					arn := f.role.Arn
					f.role.Arn = f.role.RoleId
					time.AfterFunc(test.named, func() {
						f.mu.Lock()
						defer f.mu.Unlock()
						f.role.Arn = arn
					})
				}
				f.answer = awsfake.Metadata(t, http.Header{"Date": {time.Now().Add(-test.behind).UTC().Format(http.TimeFormat)}})
				f.errors["CreateRole"], f.errors["GetRole"] = []error{test.answer}, test.get
				spec := spec()
				spec.TrustPolicy = trustPolicy
				role, err := iamrole.Create(t.Context(), f, spec)
				checkCalls(t, f, test.calls...)
				if test.own {
					want := &iamrole.Role{Spec: spec, ARN: *f.role.Arn, UniqueID: *f.role.RoleId, CreateDate: *f.role.CreateDate}
					if err != nil || !reflect.DeepEqual(role, want) {
						t.Errorf("got %+v, %v, want %+v", role, err, want)
					}
					return
				}
				want := cmp.Or(test.want, `role "delivery" already exists: `+exists.Error())
				if err == nil || role != nil || err.Error() != want || errors.Is(err, iamrole.ErrExists) == (name == "garbled") {
					t.Errorf("got %+v, %v, want %q", role, err, want)
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
		start = time.Now()
		role, err = iamrole.Find(t.Context(), f, "delivery")
		if took := time.Since(start); err == nil || errors.Is(err, awsclient.ErrNotFound) || role != nil || took < 2*time.Minute || took > 2*time.Minute+10*time.Second {
			t.Errorf("the unique ID is taken for the ARN after %s: %+v", took, role)
		}
	})
}
