package awsclient_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// TestClients_fail makes no client of settings that cannot be used, whichever client is asked for.
func TestClients_fail(t *testing.T) {
	for name, change := range map[string]func(*awsclient.Settings){
		"unknown arguments": func(s *awsclient.Settings) { s.Unknown = []string{"region", "profile"} },
		"unreadable files":  func(s *awsclient.Settings) { s.SharedConfigFiles = []string{"$HOME/${"} },
		"no account": func(s *awsclient.Settings) {
			s.AllowedAccountIDs, s.Endpoints.STS = []string{"777788889999"}, awsfake.NewSTS(t).URL
		},
		"no STS": func(s *awsclient.Settings) {
			s.AllowedAccountIDs, s.Endpoints.STS, s.MaxRetries = []string{awsfake.Account}, newAnswerer(t, status(http.StatusForbidden, "AccessDenied")).URL, 1
		},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			settings := static()
			change(&settings)
			clients := newClients(settings)
			s3Client, s3Err := clients.S3(t.Context(), "")
			iamClient, iamErr := clients.IAM(t.Context())
			own, account, ownErr := clients.OwnS3(t.Context(), "")
			caller, callerErr := clients.Caller(t.Context())
			plain, plainErr := clients.Plain(t.Context())
			if s3Client != nil || iamClient != nil || own != nil || plain != nil || account != "" || caller != (awsclient.Caller{}) {
				t.Error("there is a client")
			}
			for what, err := range map[string]error{"S3": s3Err, "IAM": iamErr, "own S3": ownErr, "STS": callerErr, "plain": plainErr} {
				if err == nil {
					t.Errorf("%s: no error", what)
				}
			}
		})
	}
}

// TestClients_region makes each client for its region, and none without one.
func TestClients_region(t *testing.T) {
	awsfake.Isolate(t)
	settings := static()
	clients := newClients(settings)
	for given, want := range map[string]string{"": "us-east-1", "eu-west-1": "eu-west-1"} {
		client, err := clients.S3(t.Context(), given)
		if err != nil {
			t.Fatal(err)
		}
		own, _, err := clients.OwnS3(t.Context(), given)
		if err != nil || client.Options().Region != want || own.Options().Region != want || client.Options().UsePathStyle {
			t.Errorf("%q: %s and %s, %v", given, client.Options().Region, own.Options().Region, err)
		}
	}
	settings.Region = ""
	nowhere := newClients(settings)
	if _, err := nowhere.S3(t.Context(), ""); err == nil {
		t.Error("S3 without a region")
	}
	if _, err := nowhere.IAM(t.Context()); err == nil {
		t.Error("IAM without a region")
	}
	if client, err := nowhere.S3(t.Context(), "eu-west-1"); err != nil || client.Options().Region != "eu-west-1" {
		t.Errorf("S3 of a bucket's own region: %v", err)
	}
	// Two calls have one client, which keeps its connections.
	first, _ := clients.IAM(t.Context())
	if second, err := clients.IAM(t.Context()); err != nil || first != second {
		t.Errorf("IAM has two clients: %v", err)
	}
	settings = static()
	settings.S3UsePathStyle = true
	style := newClients(settings)
	client, err := style.S3(t.Context(), "")
	if err != nil || !client.Options().UsePathStyle || !style.PathStyle() || style.RefusesDots() || clients.PathStyle() || !clients.RefusesDots() {
		t.Errorf("path style: %v", err)
	}
	settings = static()
	settings.Unknown = []string{"s3_use_path_style"}
	if newClients(settings).RefusesDots() {
		t.Error("dots are refused before path style is known")
	}
}

// TestClients_CheckRegion holds a region against AWS's list and the provider's partition.
func TestClients_CheckRegion(t *testing.T) {
	const list, partition = "needs skip_region_validation = true in the provider block", "is in partition aws-cn, and the provider's region us-east-1 in partition aws"
	for name, test := range map[string]struct {
		change       func(*awsclient.Settings)
		region, want string
		variable     string // The region of the environment.
	}{
		"another partition than the environment's": {
			change: func(s *awsclient.Settings) { s.Region = "" }, variable: "us-east-1", region: "cn-north-1", want: partition,
		},
		"the environment's partition": {change: func(s *awsclient.Settings) { s.Region = "" }, variable: "cn-northwest-1", region: "cn-north-1"},
		"known":                       {region: "eu-west-1"},
		"none":                        {region: ""},
		"not on the list":             {region: "eu-west-99", want: `"eu-west-99" is not an AWS region. A region newer than this provider, or of another implementation of the AWS APIs, ` + list},
		"misspelled":                  {region: "eu-west1", want: `"eu-west1" is not an AWS region: did you mean "eu-west-1"? A region newer than this provider, or of another implementation of the AWS APIs, ` + list},
		"another partition":           {region: "cn-north-1", want: partition},
		"no validation":               {change: func(s *awsclient.Settings) { s.SkipRegionValidation = true }, region: "eu-west-99"},
		"not known whether":           {change: func(s *awsclient.Settings) { s.Unknown = []string{"skip_region_validation"} }, region: "eu-west-99"},
		"something else unknown":      {change: func(s *awsclient.Settings) { s.Unknown = []string{"profile"} }, region: "eu-west-99", want: list},
		"no region of the block":      {change: func(s *awsclient.Settings) { s.Region = "" }, region: "cn-north-1"},
		"the block's not known":       {change: func(s *awsclient.Settings) { s.Unknown = []string{"region"} }, region: "cn-north-1"},
		"the block's is made up":      {change: func(s *awsclient.Settings) { s.Region = "local" }, region: "cn-north-1"},
		"both are in a partition":     {change: func(s *awsclient.Settings) { s.Region = "cn-northwest-1" }, region: "cn-north-1"},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			t.Setenv("AWS_REGION", test.variable)
			settings := static()
			if test.change != nil {
				test.change(&settings)
			}
			expectError(t, newClients(settings).CheckRegion(test.region), test.want)
		})
	}
}

// TestClients_CheckFIPS refuses a region whose STS has no FIPS endpoint, unless something else will be called.
func TestClients_CheckFIPS(t *testing.T) {
	const none = "S3 and STS have no FIPS endpoints in region eu-west-1: it has them in "
	fips := func(change func(*awsclient.Settings)) func(*awsclient.Settings) {
		return func(s *awsclient.Settings) {
			s.UseFIPSEndpoint, s.Region = true, "eu-west-1"
			if change != nil {
				change(s)
			}
		}
	}
	unknown := func(name string) func(*awsclient.Settings) {
		return fips(func(s *awsclient.Settings) { s.Unknown = []string{"profile", name} })
	}
	for name, test := range map[string]struct {
		change   func(*awsclient.Settings)
		want     string
		variable string // The region of the environment.
	}{
		"none there, by the environment": {change: fips(func(s *awsclient.Settings) { s.Region = "" }), want: none, variable: "eu-west-1"},
		"some there, by the environment": {change: fips(func(s *awsclient.Settings) { s.Region = "" }), variable: "us-west-2"},
		"none there":                     {fips(nil), none, ""},
		"off":                            {func(s *awsclient.Settings) { s.Region = "eu-west-1" }, "", ""},
		"some there":                     {fips(func(s *awsclient.Settings) { s.Region = "us-west-2" }), "", ""},
		"STS elsewhere":                  {fips(func(s *awsclient.Settings) { s.STSRegion = "us-east-1" }), "", ""},
		"STS there":                      {fips(func(s *awsclient.Settings) { s.Region, s.STSRegion = "us-east-1", "eu-west-1" }), none, ""},
		"no region":                      {fips(func(s *awsclient.Settings) { s.Region = "" }), "", ""},
		"another STS":                    {fips(func(s *awsclient.Settings) { s.Endpoints.STS = "https://sts.example.com" }), "", ""},
		"another S3":                     {fips(func(s *awsclient.Settings) { s.Endpoints.S3 = "https://s3.example.com" }), none, ""},
		"no validation":                  {fips(func(s *awsclient.Settings) { s.SkipRegionValidation = true }), "", ""},
		"China":                          {fips(func(s *awsclient.Settings) { s.Region = "cn-north-1" }), "partition aws-cn has none", ""},
		"unknown endpoints":              {unknown("endpoints"), "", ""},
		"unknown region":                 {unknown("region"), "", ""},
		"unknown validation":             {unknown("skip_region_validation"), "", ""},
		"unknown STS region":             {unknown("sts_region"), "", ""},
		"unknown use":                    {unknown("use_fips_endpoint"), "", ""},
		"unknown token":                  {unknown("token"), none, ""},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			t.Setenv("AWS_REGION", test.variable)
			settings := static()
			test.change(&settings)
			expectError(t, newClients(settings).CheckFIPS(), test.want)
		})
	}
}

func expectError(t *testing.T, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

// TestClients_sources reads each place of a setting, and says which of them cannot be read.
func TestClients_sources(t *testing.T) {
	for name, test := range map[string]struct {
		prepare  func(t *testing.T, e awsfake.Environment, s *awsclient.Settings)
		region   string
		key, err string
	}{
		"a region that is not known yet": {prepare: func(t *testing.T, _ awsfake.Environment, s *awsclient.Settings) {
			t.Helper()
			t.Setenv("AWS_REGION", "eu-west-2")
			s.Region, s.Unknown = "", []string{"region"}
		}, err: "known only after apply: region"},
		"files of the block": {prepare: func(_ *testing.T, e awsfake.Environment, s *awsclient.Settings) {
			*s = awsclient.Settings{Profile: "p", SharedConfigFiles: []string{e.File("own", "[profile p]\nregion = eu-west-3\naws_access_key_id = AKIAOWN\naws_secret_access_key = secret\n")}}
		}, region: "eu-west-3", key: "AKIAOWN"},
		"credentials file of the block": {prepare: func(_ *testing.T, e awsfake.Environment, s *awsclient.Settings) {
			*s = awsclient.Settings{Region: "us-east-1", SharedCredentialsFiles: []string{e.File("own", "[default]\naws_access_key_id = AKIAOWN\naws_secret_access_key = secret\n")}}
		}, region: "us-east-1", key: "AKIAOWN"},
		"region of the credentials file": {prepare: func(_ *testing.T, e awsfake.Environment, s *awsclient.Settings) {
			e.Credentials("[default]\nregion = eu-west-3\naws_access_key_id = AKIAOWN\naws_secret_access_key = secret\n")
			*s = awsclient.Settings{}
		}, region: "eu-west-3", key: "AKIAOWN"},
		"region of the block's credentials file": {prepare: func(_ *testing.T, e awsfake.Environment, s *awsclient.Settings) {
			*s = awsclient.Settings{SharedCredentialsFiles: []string{e.File("own", "[default]\nregion = eu-west-3\naws_access_key_id = AKIAOWN\naws_secret_access_key = secret\n")}}
		}, region: "eu-west-3", key: "AKIAOWN"},
		"a profile before a bad key": {prepare: func(t *testing.T, e awsfake.Environment, s *awsclient.Settings) {
			t.Helper()
			t.Setenv("AWS_ACCESS_KEY_ID", "AKIABAD\n")
			t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
			e.Credentials("[p]\naws_access_key_id = AKIAOWN\naws_secret_access_key = secret\n")
			*s = awsclient.Settings{Region: "us-east-1", Profile: "p"}
		}, region: "us-east-1", key: "AKIAOWN"},
		"a variable that cannot be read": {prepare: func(t *testing.T, _ awsfake.Environment, _ *awsclient.Settings) {
			t.Helper()
			t.Setenv("AWS_MAX_ATTEMPTS", "many")
		}, err: "reading the AWS environment variables: "},
		"a file that cannot be read": {prepare: func(t *testing.T, _ awsfake.Environment, _ *awsclient.Settings) {
			t.Helper()
			t.Setenv("AWS_CONFIG_FILE", t.TempDir())
		}, err: "reading the shared AWS configuration: "},
		"a key of the block before a bad key": {prepare: func(t *testing.T, _ awsfake.Environment, _ *awsclient.Settings) {
			t.Helper()
			t.Setenv("AWS_ACCESS_KEY_ID", "AKIABAD\n")
			t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
		}, region: "us-east-1", key: "AKIABASE"},
		"STS refuses": {prepare: func(t *testing.T, _ awsfake.Environment, s *awsclient.Settings) {
			t.Helper()
			s.AllowedAccountIDs, s.Endpoints.STS = []string{awsfake.Account}, newAnswerer(t, status(http.StatusForbidden, "AccessDenied")).URL
		}, region: "us-east-1", err: "api error AccessDenied"},
		"a bundle of the file": {prepare: func(_ *testing.T, e awsfake.Environment, _ *awsclient.Settings) {
			e.Config("[default]\nca_bundle = /dev/null\n")
		}, region: "us-east-1", err: "ca_bundle of the shared configuration file: the file /dev/null has no certificate"},
		"a bundle of a variable before the file's": {prepare: func(t *testing.T, e awsfake.Environment, _ *awsclient.Settings) {
			t.Helper()
			t.Setenv("AWS_CA_BUNDLE", e.File("bundle", "a text without a certificate"))
			e.Config("[default]\nca_bundle = /no/such/file\n")
		}, region: "us-east-1", err: "the environment variable AWS_CA_BUNDLE: the file "},
		"a bundle of the block before a variable's": {prepare: func(t *testing.T, _ awsfake.Environment, s *awsclient.Settings) {
			t.Helper()
			t.Setenv("AWS_CA_BUNDLE", "/no/such/file")
			s.CustomCABundle = "/dev/null"
		}, region: "us-east-1", err: "custom_ca_bundle of the provider block: the file /dev/null has no certificate"},
		"an endpoint of the file": {prepare: func(_ *testing.T, e awsfake.Environment, _ *awsclient.Settings) {
			e.Config("[default]\nendpoint_url = localhost:9000\n")
		}, region: "us-east-1", err: `endpoint_url of the shared configuration file: "localhost:9000" is not a valid URL`},
		"an endpoint of the file for one service": {prepare: func(_ *testing.T, e awsfake.Environment, _ *awsclient.Settings) {
			e.Config("[default]\nservices = ours\n[services ours]\nsts =\n  endpoint_url = localhost:9000\n")
		}, region: "us-east-1", err: `endpoint_url of the shared configuration file: "localhost:9000" is not a valid URL`},
		"a bundle that is a folder": {prepare: func(_ *testing.T, _ awsfake.Environment, s *awsclient.Settings) {
			s.CustomCABundle = "/"
		}, region: "us-east-1", err: "custom_ca_bundle of the provider block: "},
		"nothing tells the account": {prepare: func(_ *testing.T, _ awsfake.Environment, s *awsclient.Settings) {
			s.AllowedAccountIDs, s.SkipCredentialsValidation, s.SkipRequestingAccountID = []string{awsfake.Account}, true, true
		}, region: "us-east-1", err: "unable to find the account ID, which allowed_account_ids"},
	} {
		t.Run(name, func(t *testing.T) {
			environment := awsfake.Isolate(t)
			settings := static()
			test.prepare(t, environment, &settings)
			clients := newClients(settings)
			if got := clients.Region(); got != test.region {
				t.Errorf("the region is %q, want %q", got, test.region)
			}
			client, err := clients.S3(t.Context(), "")
			expectError(t, err, test.err)
			if err == nil {
				found, err := client.Options().Credentials.Retrieve(t.Context())
				if err != nil || found.AccessKeyID != test.key {
					t.Errorf("the key is %q, want %q: %v", found.AccessKeyID, test.key, err)
				}
			}
		})
	}
}

// TestClients_stopped ends a first call while STS has not answered.
func TestClients_stopped(t *testing.T) {
	awsfake.Isolate(t)
	ctx, interrupt := context.WithCancel(t.Context())
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // Only then the server sees that nobody waits any more.
		interrupt()
		<-r.Context().Done()
	}))
	defer silent.Close()
	settings := static()
	settings.Endpoints.STS, settings.AllowedAccountIDs = silent.URL, []string{awsfake.Account}
	clients := newClients(settings)
	_, err := clients.S3(ctx, "")
	expectError(t, err, "interrupted while AWS had not answered")
	if !awsclient.Interrupted(err) {
		t.Errorf("got %v", err)
	}
}

// TestOwnS3_unknown does not name an owner that nobody knows, and makes no client without a region.
func TestOwnS3_unknown(t *testing.T) {
	awsfake.Isolate(t)
	clients := newClients(static())
	client, err := clients.S3(t.Context(), "")
	if own, account, ownErr := clients.OwnS3(t.Context(), ""); err != nil || ownErr != nil || own != client || account != "" {
		t.Errorf("got %v of %q, %v", own, account, ownErr)
	}
	settings := static()
	settings.Region, settings.AllowedAccountIDs, settings.Endpoints.STS, settings.STSRegion = "", []string{awsfake.Account}, awsfake.NewSTS(t).URL, "us-east-1"
	if own, account, err := newClients(settings).OwnS3(t.Context(), ""); err == nil || own != nil || account != "" {
		t.Errorf("got %v of %q, %v", own, account, err)
	}
}
