package presignedurl_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const address = "data.voicebase_presigned_callback_url.test"

// put sends a body to a URL as VoiceBase would, and returns the status. No content type means no header.
type put func(t *testing.T, url, contentType string) int

// puts are two clients that share no code with the signer: Go's own, and curl where there is one.
func puts(t *testing.T, a *acctest.AWS) map[string]put {
	t.Helper()
	clients := map[string]put{"net/http": func(t *testing.T, url, contentType string) int {
		t.Helper()
		return putByHTTP(t, a.HTTPClient(), url, contentType)
	}}
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Log("curl is not on PATH: its part of the test is left out")
		return clients
	}
	clients["curl"] = func(t *testing.T, url, contentType string) int {
		t.Helper()
		return putByCurl(t, curl, a.CAFile(), url, contentType)
	}
	return clients
}

func putByHTTP(t *testing.T, client *http.Client, url, contentType string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPut, url, bytes.NewReader([]byte(`{"a":1}`)))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode
}

func putByCurl(t *testing.T, curl, caFile, url, contentType string) int {
	t.Helper()
	// An empty header takes away the one that curl sets by itself.
	header := "Content-Type:"
	if contentType != "" {
		header += " " + contentType
	}
	command := exec.CommandContext(t.Context(), curl, "--silent", "--show-error", "--cacert", caFile, "--request", "PUT", "--header", header,
		"--data-binary", `{"a":1}`, "--output", "/dev/null", "--write-out", "%{http_code}", url)
	command.Env = append(command.Environ(), "CURL_CA_BUNDLE=", "no_proxy=*")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var status int
	if _, err := fmt.Sscan(string(out), &status); err != nil {
		t.Fatal(err)
	}
	return status
}

func TestAccURL_delivery(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for name, test := range map[string]struct {
		region, key, arguments, contentType string
	}{
		"analytics":               {"us-east-1", "calls/1.json", `type = "analytics"`, "application/json"},
		"dfxp, another region":    {"eu-west-1", "calls/1.xml", "type = \"transcript\"\nformat = \"dfxp\"\nregion = \"eu-west-1\"", "application/ttaf+xml"},
		"media, difficult key":    {"us-east-1", "müller/a b+c%2F&d=e~'(x)*!$@,;:.wav", `type = "media"`, "application/octet-stream"},
		"own type":                {"us-east-1", "calls/1.csv", `content_type = "text/csv; charset=utf-8"`, "text/csv; charset=utf-8"},
		"without query parameter": {"us-east-1", "calls/2.json", "type = \"analytics\"\ncontent_type_query = false", "application/json"},
	} {
		bucket := a.Bucket(t, test.region)
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				Steps: []resource.TestStep{{
					Config: a.Provider() + dataSource(bucket, test.key, test.arguments),
					Check: resource.TestCheckResourceAttrWith(address, "url", func(url string) error {
						assertDelivery(t, a, url, test.key, test.contentType)
						return nil
					}),
				}},
			})
		})
	}
}

func dataSource(bucket, key, arguments string) string {
	return fmt.Sprintf("data \"voicebase_presigned_callback_url\" \"test\" {\n  bucket = %q\n  key = %q\n%s\n}\n", bucket, key, arguments)
}

// assertDelivery delivers by each client, after each has tried what must not work.
func assertDelivery(t *testing.T, a *acctest.AWS, url, key, contentType string) {
	t.Helper()
	file := key[strings.LastIndex(key, ".")+1:]
	otherKey := strings.Replace(url, "."+file+"?", "-other."+file+"?", 1)
	otherExpiry := strings.Replace(url, "X-Amz-Expires=86400", "X-Amz-Expires=604800", 1)
	otherSignature := url[:len(url)-4] + "0000"
	if otherKey == url || otherExpiry == url {
		t.Fatal("the URL has another form than this test knows")
	}
	for client, send := range puts(t, a) {
		for name, attempt := range map[string]struct{ url, contentType string }{
			"wrong content type": {url, "application/x-other"},
			"no content type":    {url, ""},
			"other key":          {otherKey, contentType},
			"changed expiry":     {otherExpiry, contentType},
			"other signature":    {otherSignature, contentType},
			"forged token":       {url + "&X-Amz-Security-Token=forged", contentType},
		} {
			if status := send(t, attempt.url, attempt.contentType); status != http.StatusForbidden {
				t.Errorf("%s, %s: status %d, want 403", client, name, status)
			}
		}
		if status := send(t, url, contentType); status != http.StatusOK {
			t.Errorf("%s: status %d, want 200", client, status)
		}
	}
}

func TestAccURL_expired(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	bucket := a.Bucket(t, "us-east-1")
	signedAt := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	for seconds, want := range map[int]int{3590: http.StatusForbidden, 3900: http.StatusOK} {
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.ProviderFactories(),
			Steps: []resource.TestStep{{
				Config: a.Provider() + dataSource(bucket, "calls/1.json", fmt.Sprintf("type = \"analytics\"\nsigned_at = %q\nexpires_in = %d", signedAt, seconds)),
				Check: resource.TestCheckResourceAttrWith(address, "url", func(url string) error {
					for client, send := range puts(t, a) {
						if status := send(t, url, "application/json"); status != want {
							t.Errorf("%s, signed an hour ago for %d s: status %d, want %d", client, seconds, status, want)
						}
					}
					return nil
				}),
			}},
		})
	}
}

// TestAccURL_assumedRole signs with a role's session, whose end is known.
func TestAccURL_assumedRole(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	bucket := a.Bucket(t, "us-east-1")
	role := signingRole(t, a, bucket)
	session := fmt.Sprintf("assume_role {\n role_arn = %q\n duration = \"1h\"\n}", role)
	a.ResetCalls()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: a.Provider(session) + dataSource(bucket, "calls/1.json", `type = "analytics"`),
			Check: resource.ComposeTestCheckFunc(
				resource.TestCheckResourceAttrPair(address, "effective_expires_at", address, "credentials_expire_at"),
				resource.TestCheckResourceAttrWith(address, "credentials_expire_at", aboutAnHourAhead),
				resource.TestCheckResourceAttrWith(address, "url", func(url string) error {
					assertOnlyCalls(t, a, "AssumeRole")
					forged := strings.Replace(url, "X-Amz-Security-Token=", "X-Amz-Security-Token=forged", 1)
					for client, send := range puts(t, a) {
						if status := send(t, url, "application/json"); status != http.StatusOK {
							t.Errorf("%s: status %d, want 200", client, status)
						}
						// AWS answers a token that it cannot read with 400 InvalidToken, any other with 403.
						if status := send(t, forged, "application/json"); status != http.StatusForbidden && status != http.StatusBadRequest {
							t.Errorf("%s, forged token: status %d", client, status)
						}
					}
					return nil
				}),
			),
		}},
	})
}

func aboutAnHourAhead(value string) error {
	end, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return err
	}
	if ahead := time.Until(end); ahead < 55*time.Minute || ahead > time.Hour {
		return fmt.Errorf("the credentials end in %s, want about an hour", ahead)
	}
	return nil
}

func assertOnlyCalls(t *testing.T, a *acctest.AWS, allowed ...string) {
	t.Helper()
	for _, call := range a.Calls() {
		if len(allowed) == 0 || call.Action != allowed[0] {
			t.Errorf("signing made the call %s.%s", call.Service, call.Action)
		}
	}
}

// signingRole makes a role that the customer's own administrator may assume to sign with.
func signingRole(t *testing.T, a *acctest.AWS, bucket string) string {
	t.Helper()
	identity, err := a.STS().GetCallerIdentity(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	name := acctest.RandomName("acc-signer-")
	trust := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"sts:AssumeRole"}]}`, aws.ToString(identity.Account))
	role, err := a.IAM().CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = a.IAM().DeleteRolePolicy(context.Background(), &iam.DeleteRolePolicyInput{RoleName: &name, PolicyName: aws.String("put")})
		_, _ = a.IAM().DeleteRole(context.Background(), &iam.DeleteRoleInput{RoleName: &name})
	})
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::%s/*"}]}`, bucket)
	if _, err := a.IAM().PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("put"), PolicyDocument: &policy}); err != nil {
		t.Fatal(err)
	}
	return aws.ToString(role.Role.Arn)
}
