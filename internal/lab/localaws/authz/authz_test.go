package authz_test

import (
	"testing"

	"github.com/versity/versitygw/iamapi/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/authz"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

func TestIsPublic(t *testing.T) {
	for statement, want := range map[string]bool{
		`{"Effect":"Allow","Principal":"*"}`:                                                                                       true,
		`{"Effect":"Allow","Principal":{"AWS":"*"}}`:                                                                               true,
		`{"Effect":"Deny","Principal":"*"}`:                                                                                        false,
		`{"Effect":"Allow","Principal":{"AWS":"111122223333"}}`:                                                                    false,
		`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"}}`:                                                    false,
		`{"Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}`:                             false,
		`{"Effect":"Allow","Principal":"*","Condition":{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}}`:                     true,
		`{"Effect":"Allow","Principal":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}`:                          true,
		`{"Effect":"Allow","Principal":"*","Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/x"}}}`:               true,
		`{"Effect":"Allow","Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}}}`:                                true,
		`{"Effect":"Allow","Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}}}`:         false,
		`{"Effect":"Allow","Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","::/0"]}}}`:                  true,
		`{"Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:UserAgent":"x"}}}`:                                    true,
		`{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:userid":"x"}}}`: false,
	} {
		if got := authz.IsPublic(`{"Statement":` + statement + `}`); got != want {
			t.Errorf("%s: %v", statement, got)
		}
	}
}

func TestCanonical(t *testing.T) {
	for given, want := range map[string]string{
		`{"Statement":[ {"Principal":{"AWS":"arn:aws:iam::111122223333:root"}}]}`:  `{"Statement":[ {"Principal":{"AWS":"arn:aws:iam::111122223333:root"}}]}`,
		`{"Statement":{"Principal":{"AWS":"111122223333"},"Resource":"<>"}}`:       `{"Statement":{"Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Resource":"<>"}}`,
		`{"Statement":[{"NotPrincipal":{"AWS":["111122223333","*"]}}]}`:            `{"Statement":[{"NotPrincipal":{"AWS":["arn:aws:iam::111122223333:root","*"]}}]}`,
		`{"Statement":[{"Principal":"*","Condition":{"X":{"y":"111122223333"}}}]}`: `{"Statement":[{"Principal":"*","Condition":{"X":{"y":"111122223333"}}}]}`,
		`not JSON`: `not JSON`,
	} {
		if got := authz.Canonical(given); got != want {
			t.Errorf("%s became %s", given, got)
		}
	}
}

func TestNotPrincipal(t *testing.T) {
	policy, err := authz.ParseBucketPolicy(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::000000000000:user/a"},"Action":"s3:*","Resource":"*"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	for arn, denied := range map[string]bool{"arn:aws:iam::000000000000:user/a": false, "arn:aws:iam::000000000000:user/b": true} {
		p := &identity.Principal{Kind: identity.User, AccountID: identity.CustomerAccount, ARN: arn, Policies: allowAll()}
		if err := authz.Authorize(p, policy, authz.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k"}); (err != nil) != denied {
			t.Errorf("%s: %v", arn, err)
		}
	}
}

// TestDirectGrantPassesABoundary names a user itself, which grants past its
// boundary's silence but not past its Deny.
func TestDirectGrantPassesABoundary(t *testing.T) {
	const arn = "arn:aws:iam::000000000000:user/a"
	policy, err := authz.ParseBucketPolicy(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + arn + `"},"Action":"s3:GetObject","Resource":"*"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	for boundary, denied := range map[string]bool{
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}`: false,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}`:  true,
		``: true, // the boundary's policy is gone
	} {
		p := &identity.Principal{Kind: identity.User, AccountID: identity.CustomerAccount, ARN: arn, Boundary: &types.PolicyEntry{PolicyDocument: boundary}}
		if err := authz.Authorize(p, policy, authz.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k"}); (err != nil) != denied {
			t.Errorf("%s: %v", boundary, err)
		}
	}
}

func allowAll() []types.PolicyEntry {
	return []types.PolicyEntry{{PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`}}
}
