package assumerole_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// Whatever is changed outside shows in the plan, on the attribute that it changed, and one apply puts it right.
func TestAccRoleDrift(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name := acctest.RandomName("acc-role-")
	config := aws.Provider() + named(name, `key_prefixes = ["voicebase/"]`, `description = "for VoiceBase"`, `tags = { team = "speech" }`)
	steps := []resource.TestStep{{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate)}}
	for _, change := range drifts(t, aws, name) {
		steps = append(steps, resource.TestStep{
			PreConfig:        func() { outside(t, aws, change) },
			Config:           config,
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{
				value("assume_role_policy", knownvalue.StringExact(trustOf(aws))),
				value("permissions_policy", knownvalue.StringRegexp(regexp.MustCompile(`acme-results/voicebase/\*"`))),
				value("description", knownvalue.StringExact("for VoiceBase")),
				value("max_session_duration", knownvalue.Int64Exact(3600)),
				value("permissions_boundary", knownvalue.Null()),
				value("tags_all", knownvalue.MapExact(map[string]knownvalue.Check{"team": knownvalue.StringExact("speech")})),
			},
		})
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps:                    steps,
	})
}

func policyName() *string {
	name := iamrole.PolicyName
	return &name
}

func trustOf(aws *acctest.AWS) string {
	return `{"Version":"2012-10-17","Statement":[{"Sid":"VoiceBaseAssumesRole","Effect":"Allow","Principal":{"AWS":"` + aws.VoiceBaseARN() +
		`"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + aws.ExternalID() + `"}}}]}`
}

const (
	prefixes  = `key_prefixes = ["a/", "b/"]`
	rewritten = `{"Statement":[{"Resource":["` + bucketARN + `/b/*","` + bucketARN + `/a/*"],"Action":["s3:PutObject"],"Effect":"Allow","Sid":"WriteDeliveries","Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}],` +
		`"Version":"2012-10-17"}`
)

func putRewritten(name string) func(ctx context.Context, client *iam.Client) error {
	return func(ctx context.Context, client *iam.Client) error {
		document := rewritten
		_, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: policyName(), PolicyDocument: &document})
		return err
	}
}

// A policy that says the same in other words is no difference.
func TestAccRoleRewrittenPolicy(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name := acctest.RandomName("acc-role-")
	config := aws.Provider() + named(name, prefixes)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig:        func() { outside(t, aws, putRewritten(name)) },
				Config:           config,
				ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			},
		},
	})
}

// A role that was made by hand, to the same effect, is taken over without a change.
func TestAccRoleTakenOver(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name := acctest.RandomName("acc-role-")
	outside(t, aws, func(ctx context.Context, client *iam.Client) error {
		trust := trustOf(aws)
		if _, err := client.CreateRole(ctx, &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust}); err != nil {
			return err
		}
		return putRewritten(name)(ctx, client)
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{{
			Config:            aws.Provider() + named(name, prefixes) + fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, name),
			ConfigPlanChecks:  planned(plancheck.ResourceActionNoop),
			ConfigStateChecks: []statecheck.StateCheck{value("permissions_policy", knownvalue.StringExact(rewritten))},
		}},
	})
}

func TestAccRoleDisappears(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	name := acctest.RandomName("acc-role-")
	config := aws.Provider() + named(name)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesApart(),
		CheckDestroy:             aws.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					outside(t, aws, func(ctx context.Context, client *iam.Client) error {
						return iamrole.Delete(ctx, client, name, false)
					})
				},
				Config:           config,
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			},
			{ResourceName: address, ImportState: true, ImportStateId: "acc-no-such-role", ExpectError: regexp.MustCompile(`Cannot import non-existent remote object`)},
		},
	})
}

// VoiceBase has deleted its principal and made it anew. The apply says what happened, and names the ARN again: that
// is a call, although the document that is written is the one that was written before.
func TestAccRoleDeadPrincipal(t *testing.T) {
	t.Parallel()
	aws := acctest.NewAWS(t)
	aws.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	iamEndpoint := deadUntilUpdated(t, aws)
	provider := strings.Replace(aws.Provider(), fmt.Sprintf("iam = %q", aws.Endpoint()), fmt.Sprintf("iam = %q", iamEndpoint), 1)
	cli := acctest.NewCLI(t, provider+named(name))
	cli.Run(t, "apply", "-auto-approve")
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve") })

	aws.ResetCalls()
	out := strings.Join(strings.Fields(strings.ReplaceAll(cli.Run(t, "apply", "-auto-approve", "-no-color"), "│", "")), " ")
	for _, want := range []string{
		"VoiceBase can no longer assume the role",
		`The role "` + name + `" trusts AROADBQP57FF2AEXAMPLE, the unique ID of a deleted principal`,
		"0 added, 1 changed, 0 destroyed",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the apply does not say %q:\n%s", want, out)
		}
	}
	if err := onlyWrites(aws, "iam.UpdateAssumeRolePolicy"); err != nil {
		t.Error(err)
	}
	if out := cli.Run(t, "plan", "-no-color"); !strings.Contains(out, "No changes.") || strings.Contains(out, "no longer") {
		t.Errorf("the trust is not alive again:\n%s", out)
	}
}

// deadUntilUpdated stands before IAM and has each trust policy name the unique ID of a deleted principal, as IAM
// does, until the policy is written again.
func deadUntilUpdated(t *testing.T, aws *acctest.AWS) string {
	t.Helper()
	backend, err := url.Parse(aws.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	var updated atomic.Bool
	front := &httputil.ReverseProxy{
		Transport: aws.HTTPClient().Transport,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(backend)
			r.Out.Host = r.In.Host // as it was signed
		},
		ModifyResponse: func(response *http.Response) error {
			body, err := io.ReadAll(response.Body)
			if err != nil {
				return err
			}
			if bytes.Contains(body, []byte("<UpdateAssumeRolePolicyResponse")) {
				updated.Store(true)
			}
			if !updated.Load() {
				body = bytes.ReplaceAll(body, []byte(url.QueryEscape(aws.VoiceBaseARN())), []byte("AROADBQP57FF2AEXAMPLE"))
			}
			response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
			response.Header.Set("Content-Length", strconv.Itoa(len(body)))
			return nil
		},
	}
	server := httptest.NewServer(front)
	t.Cleanup(server.Close)
	return server.URL
}
