// Package iamfront serves IAM and STS: it authenticates and authorizes every
// call, answers what versitygw lacks and hands on the rest.
package iamfront

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

const maxBody = 1 << 20

// Front is the handler for IAM and STS.
type Front struct {
	directory *identity.Directory
	gateways  map[string]http.Handler // by account
	actions   map[string]action
}

// New returns a front over versitygw's IAM servers.
func New(directory *identity.Directory, gateways map[string]http.Handler) *Front {
	f := &Front{directory: directory, gateways: gateways}
	f.actions = f.iamActions()
	return f
}

// call is one authenticated request.
type call struct {
	*http.Request
	action string
	form   url.Values
	auth   *sigv4.Auth
	caller *identity.Principal
	// account is the caller's, or the first customer's for VoiceBase, who has
	// none here.
	account *identity.Account
}

// action answers a call with the content of its result.
type action func(*call) ([]*awsxml.Node, error)

// ServeHTTP implements http.Handler.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return // the client is gone
	}
	c := &call{Request: r, form: r.URL.Query(), account: f.directory.Customer()}
	sent, err := url.ParseQuery(string(body))
	for name, values := range sent {
		c.form[name] = values
	}
	c.action = c.form.Get("Action")
	if c.action == "AssumeRoleWithWebIdentity" { // the token is the proof, not a signature
		replay(w, f.forward(c, body))
		return
	}
	if err == nil {
		err = f.authenticate(c, body)
	}
	if err != nil {
		writeError(w, c, err)
		return
	}
	f.dispatch(w, c)
}

func (f *Front) dispatch(w http.ResponseWriter, c *call) {
	if c.auth.Service == "sts" {
		handle := map[string]action{"GetCallerIdentity": getCallerIdentity, "AssumeRole": f.assumeRole}[c.action]
		f.answer(w, c, handle)
		return
	}
	if err := f.authorize(c); err != nil {
		writeError(w, c, err)
		return
	}
	if err := c.beginChange(); err != nil {
		writeError(w, c, err)
		return
	}
	if handle, ok := f.actions[c.action]; ok {
		f.answer(w, c, handle)
		return
	}
	if err := c.checkPolicy(); err != nil {
		writeError(w, c, err)
		return
	}
	c.nameSelf()
	recorder, err := f.forwardAsRoot(c)
	if err != nil {
		writeError(w, c, err)
		return
	}
	replay(w, recorder)
}

func (f *Front) answer(w http.ResponseWriter, c *call, handle action) {
	if handle == nil {
		writeError(w, c, fail(http.StatusBadRequest, "InvalidAction", "Could not find operation %s for version %s", c.action, c.form.Get("Version")))
		return
	}
	result, err := handle(c)
	var passed *passedOn
	switch {
	case errors.As(err, &passed):
		replay(w, passed.answer)
	case err != nil:
		writeError(w, c, err)
	default:
		writeResult(w, c, result)
	}
}

// authenticate finds and checks the caller.
func (f *Front) authenticate(c *call, body []byte) error {
	auth, err := sigv4.Parse(c.Request)
	if err != nil {
		return err
	}
	if auth.Service != "iam" && auth.Service != "sts" {
		return fail(http.StatusForbidden, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'iam'.")
	}
	id, err := f.directory.Lookup(c.Context(), auth.AccessKey)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	if err := auth.Verify(c.Request, id.Secret, hex.EncodeToString(sum[:]), time.Now()); err != nil {
		return err
	}
	if err := id.CheckToken(auth.Token, time.Now()); err != nil {
		return err
	}
	c.auth, c.caller = auth, id.Principal
	if own, ok := f.directory.Account(id.Principal.AccountID); ok {
		c.account = own
	}
	return nil
}

// authorize judges an IAM call by the caller's policies.
func (f *Front) authorize(c *call) error {
	context := authz.Context(c.Request, c.auth, c.caller, c.account.ID)
	c.addTags(context)
	if boundary := c.form.Get("PermissionsBoundary"); boundary != "" {
		context["iam:PermissionsBoundary"] = []string{boundary}
	}
	if arn := c.form.Get("PolicyArn"); arn != "" {
		context["iam:PolicyARN"] = []string{arn}
	}
	return authz.Authorize(c.caller, nil, authz.Request{Action: "iam:" + c.action, Resource: f.resource(c), Owner: c.account.ID, Context: context})
}

// beginChange remembers the role that a call is about to change, for those
// who will still see it as it was. To the call itself a role may be unknown yet.
func (c *call) beginChange() error {
	name := c.str("RoleName")
	if name == "" || strings.HasPrefix(c.action, "Get") || strings.HasPrefix(c.action, "List") {
		return nil
	}
	_, _, exists := c.account.Role(c.Context(), name)
	if _, _, seen := c.account.SeenRole(c.Context(), name); exists && !seen && c.action != "CreateRole" {
		return noSuchRole(name)
	}
	c.account.ChangingRole(c.Context(), name)
	return nil
}

// checkPolicy checks the policy that a call hands on as versitygw does not.
func (c *call) checkPolicy() error {
	if !c.form.Has("PolicyDocument") {
		return nil
	}
	if err := authz.CheckGrammar(c.str("PolicyDocument")); err != nil {
		return malformedPolicy("Syntax errors in policy: %v.", err)
	}
	return nil
}

func (c *call) str(name string) string { return c.form.Get(name) }

// members returns the values of a list parameter.
func (c *call) members(name string) []string {
	var values []string
	for i := 1; ; i++ {
		key := fmt.Sprintf("%s.member.%d", name, i)
		if !c.form.Has(key) {
			return values
		}
		values = append(values, c.form.Get(key))
	}
}
