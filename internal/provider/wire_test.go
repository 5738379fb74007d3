package provider_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/arguments"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// notOnTheWire are the arguments of the provider block that change no call, or only when, each with the test of it.
var notOnTheWire = map[string]string{
	"voicebase_arn":              "a default of objects: TestPrecedence",
	"external_id":                "a default of objects: TestPrecedence",
	"default_tags":               "a default of objects: TestPrecedence",
	"ignore_tags":                "what objects make of answers: TestPrecedence, TestAccDataSources_asTheResources",
	"retry_mode":                 "how long is waited between attempts: TestPrecedence",
	"max_retries":                "how often is tried again: TestMaxRetries of package awsclient",
	"skip_metadata_api_check":    "another service's answer: TestPrecedence",
	"skip_region_validation":     "no call: TestConfigure_invalid",
	"skip_requesting_account_id": "bears only on what skip_credentials_validation leaves out: TestValidate",
}

// TestProvider_onTheWire changes each argument of the provider block, and looks for a difference in the requests of S3, IAM
// and STS as they leave the machine: hosts, signatures, headers and forms.
func TestProvider_onTheWire(t *testing.T) {
	for _, a := range eachArgument(t) {
		_, listed := notOnTheWire[a.Path[0]]
		if a.Object.Kind != arguments.Provider || listed {
			continue
		}
		t.Run(a.Name(), func(t *testing.T) {
			sample, _ := a.Find()
			first, again, second := requests(t, a.With(sample.First)), requests(t, a.With(sample.First)), requests(t, a.With(sample.Second))
			if !reflect.DeepEqual(first, again) {
				t.Fatalf("the requests differ by themselves:\n%s\n\n%s", strings.Join(first, "\n"), strings.Join(again, "\n"))
			}
			if reflect.DeepEqual(first, second) {
				t.Errorf("%v and %v make the same requests:\n%s", sample.First, sample.Second, strings.Join(first, "\n"))
			}
		})
	}
}

// TestProvider_hosts calls AWS's own hosts, with the signature of their region.
func TestProvider_hosts(t *testing.T) {
	for name, test := range map[string]struct {
		config map[string]any
		want   []string
	}{
		"plain":      {nil, []string{"results.s3.us-east-1.amazonaws.com us-east-1", "results.s3.eu-central-1.amazonaws.com eu-central-1", "iam.amazonaws.com us-east-1", "sts.us-east-1.amazonaws.com us-east-1"}},
		"FIPS":       {map[string]any{"use_fips_endpoint": true}, []string{"results.s3-fips.us-east-1.amazonaws.com us-east-1", "iam-fips.amazonaws.com us-east-1", "sts-fips.us-east-1.amazonaws.com us-east-1"}},
		"dual stack": {map[string]any{"use_dualstack_endpoint": true}, []string{"results.s3.dualstack.us-east-1.amazonaws.com us-east-1", "results.s3.dualstack.eu-central-1.amazonaws.com eu-central-1"}},
		"STS region": {map[string]any{"sts_region": "eu-west-1"}, []string{"iam.amazonaws.com us-east-1", "sts.eu-west-1.amazonaws.com eu-west-1"}},
		"region":     {map[string]any{"region": "ap-south-1"}, []string{"results.s3.ap-south-1.amazonaws.com ap-south-1", "iam.amazonaws.com us-east-1", "sts.ap-south-1.amazonaws.com ap-south-1"}},
		"China":      {map[string]any{"region": "cn-north-1"}, []string{"results.s3.cn-north-1.amazonaws.com.cn cn-north-1", "iam.cn-north-1.amazonaws.com.cn cn-north-1", "sts.cn-north-1.amazonaws.com.cn cn-north-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			config := map[string]any{"region": "us-east-1"}
			maps.Copy(config, test.config)
			got := requests(t, config)
			for _, want := range test.want {
				if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, want+" ") }) {
					t.Errorf("no request to %s:\n%s", want, strings.Join(got, "\n"))
				}
			}
		})
	}
}

// requests makes one call of each service with a provider block, and returns what left the machine, without what differs
// each time. All of AWS is one server behind a proxy, so that the hosts are AWS's own.
func requests(t *testing.T, config map[string]any) []string {
	t.Helper()
	environment := awsfake.Isolate(t)
	environment.Credentials(strings.Replace(keyFile("AKIAFIRST"), "default", "first", 1) + strings.Replace(keyFile("AKIASECOND"), "default", "second", 1))
	w := &wire{sts: awsfake.NewSTS(t), lines: map[string]bool{}}
	server := httptest.NewUnstartedServer(w)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // Some settings let the certificate be refused.
	server.StartTLS()
	t.Cleanup(server.Close)
	proxies := map[string]*proxy{}
	for _, name := range []string{"base", "first", "second"} {
		proxies[name] = newProxy(t, server.Listener.Addr().String())
	}
	own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	places := strings.NewReplacer(
		"http://first.example.com:3128", proxies["first"].URL, "http://second.example.com:3128", proxies["second"].URL,
		"first-ca", environment.File("first-ca", string(own)), "second-ca", newCA(t, environment, "second").path,
		"first-file", environment.File("first-file", "first-token"), "second-file", environment.File("second-file", "second-token"),
		"first-config", environment.File("first-config", "[default]\nregion = eu-west-1\n"), "second-config", environment.File("second-config", "[default]\nregion = us-west-2\n"),
		"first-credentials", environment.File("first-credentials", keyFile("AKIAFIRST")), "second-credentials", environment.File("second-credentials", keyFile("AKIASECOND")),
	)
	whole := map[string]any{"access_key": "AKIABASE", "secret_key": "base-secret", "insecure": true, "https_proxy": proxies["base"].URL, "max_retries": 1}
	if config["assume_role_with_web_identity"] != nil {
		config = maps.Clone(config) // Keys go before it.
		config["access_key"], config["secret_key"] = nil, nil
	}
	for name, value := range config {
		whole[name] = arguments.Replace(value, places)
	}
	w.probe(t, whole)
	for name, p := range proxies {
		for _, host := range p.seen() {
			w.note("by proxy " + name + ": " + host)
		}
	}
	lines := slices.Sorted(maps.Keys(w.lines))
	for i := range lines {
		lines[i] = strings.NewReplacer(proxies["base"].URL, "PROXY", server.URL, "SERVER").Replace(lines[i])
	}
	return lines
}

// wire is all of AWS. It keeps what it is asked.
type wire struct {
	sts   *awsfake.STS
	mu    sync.Mutex
	lines map[string]bool
}

func (w *wire) note(line string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines[line] = true
}

// probe makes the calls. What fails is told by the first words of its error, which have no address in them.
func (w *wire) probe(t *testing.T, config map[string]any) {
	t.Helper()
	clients := mustConfigure(t, blockOf(config)).Clients
	for name, call := range map[string]func() error{
		"S3": func() error {
			client, _, err := clients.OwnS3(t.Context(), "")
			if err == nil {
				_, err = client.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: aws.String("results")})
			}
			return err
		},
		"S3 elsewhere": func() error {
			client, err := clients.S3(t.Context(), "eu-central-1")
			if err == nil {
				_, err = client.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: aws.String("results")})
			}
			return err
		},
		"IAM": func() error {
			client, err := clients.IAM(t.Context())
			if err == nil {
				_, err = client.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("delivery")})
			}
			return err
		},
		"STS": func() error { _, err := clients.Caller(t.Context()); return err },
	} {
		if err := call(); err != nil {
			w.note(fmt.Sprintf("%s fails: %.40s", name, err))
		}
	}
}

func (w *wire) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	scope, _, _ = strings.Cut(scope, ",")
	parts := append(strings.Split(scope, "/"), "", "", "", "")
	w.note(fmt.Sprintf("%s %s by %s, secret %q, token %q, owner %q: %s %s %s", r.Host, parts[2], parts[0], signedWith(r, body, parts[2], parts[3]),
		r.Header.Get("X-Amz-Security-Token"), r.Header.Get("X-Amz-Expected-Bucket-Owner"), r.Method, r.URL.Path, inOrder(body)))
	if parts[3] == "s3" {
		return
	}
	if strings.Contains(string(body), "Action=GetRole&") {
		fmt.Fprint(rw, "<GetRoleResponse><GetRoleResult><Role></Role></GetRoleResult></GetRoleResponse>")
		return
	}
	w.sts.ServeHTTP(rw, r)
}

var sessionTag = regexp.MustCompile(`Tags\.member\.\d+\.Key=([^&]*)&Tags\.member\.\d+\.Value=([^&]*)`)

// inOrder sorts the session tags of a form, which are sent in any order.
func inOrder(form []byte) string {
	tags := sessionTag.FindAllString(string(form), -1)
	for i, tag := range tags {
		tags[i] = sessionTag.ReplaceAllString(tag, "Tags.$1=$2")
	}
	slices.Sort(tags)
	rest := sessionTag.ReplaceAllString(string(form), "")
	return rest + "&" + strings.Join(tags, "&")
}

// signedWith is the one of the secrets known to these tests that a request was signed with.
func signedWith(r *http.Request, body []byte, region, service string) string {
	_, names, _ := strings.Cut(r.Header.Get("Authorization"), "SignedHeaders=")
	names, _, _ = strings.Cut(names, ",")
	again, err := http.NewRequestWithContext(r.Context(), r.Method, "https://"+r.Host+r.URL.RequestURI(), http.NoBody)
	at, timeErr := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	if err != nil || timeErr != nil {
		return ""
	}
	for name := range strings.SplitSeq(names, ";") {
		if name == "content-length" {
			again.ContentLength = int64(len(body))
		} else if value := r.Header.Get(name); value != "" {
			again.Header.Set(name, value)
		}
	}
	hash := sha256.Sum256(body)
	payload := hex.EncodeToString(hash[:])
	if sent := r.Header.Get("X-Amz-Content-Sha256"); sent != "" {
		payload = sent
	}
	for _, secret := range []string{"base-secret", "first-secret", "second-secret", awsfake.SecretKey} {
		_, key, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
		key, _, _ = strings.Cut(key, "/")
		credentials := aws.Credentials{AccessKeyID: key, SecretAccessKey: secret, SessionToken: r.Header.Get("X-Amz-Security-Token")}
		signer := v4.NewSigner(func(options *v4.SignerOptions) { options.DisableURIPathEscaping = service == "s3" })
		if signer.SignHTTP(r.Context(), credentials, again, payload, service, region, at) == nil && again.Header.Get("Authorization") == r.Header.Get("Authorization") {
			return secret
		}
	}
	return "none that is known"
}
