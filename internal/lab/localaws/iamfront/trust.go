package iamfront

import (
	"errors"

	"github.com/versity/versitygw/iamapi/storage"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

// sentTrust is where a call keeps the trust policy that was sent. versitygw
// takes no notice of it.
const sentTrust = "LocalawsSentTrust"

// checkTrust checks the trust policy of a call, puts into the call one whose
// services versitygw knows, and returns the one to store. What is wrong with
// its grammar is left for versitygw to say.
func (f *Front) checkTrust(c *call, parameter string) (string, error) {
	if err := authz.CheckGrammar(c.str(parameter)); err != nil {
		return "", malformedPolicy("Syntax errors in policy: %v.", err)
	}
	trust := authz.Canonical(c.str(parameter))
	err := authz.CheckPrincipals(trust, func(arn string) bool { return f.directory.Exists(c.Context(), arn) })
	var unknown *authz.InvalidPrincipal
	if errors.As(err, &unknown) {
		return "", malformedPolicy("%s", unknown.Error())
	}
	if authz.NonAssumingAction(trust) != "" {
		return "", malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.")
	}
	c.form.Set(sentTrust, c.str(parameter))
	c.form.Set(parameter, authz.WithService(trust, "sts.amazonaws.com"))
	return trust, nil
}

func (f *Front) storeTrust(c *call, trust string) error {
	_, err := c.account.Store.UpdateAssumeRolePolicy(c.Context(), storage.UpdateAssumeRolePolicyInput{
		RoleName: c.str("RoleName"), PolicyDocument: trust,
	})
	return err
}

func (f *Front) updateTrust(c *call) ([]*awsxml.Node, error) {
	if _, _, err := f.role(c); err != nil {
		return nil, err
	}
	trust, err := f.checkTrust(c, "PolicyDocument")
	if err != nil {
		return nil, err
	}
	if err := f.mustPass(c); err != nil {
		return nil, err
	}
	return nil, f.storeTrust(c, trust)
}
