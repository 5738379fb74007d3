package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// TestCredentials finds credentials in each source that can be had without AWS.
func TestCredentials(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(t *testing.T, environment awsfake.Environment)
		block   block
		want    string
	}{
		"static":      {block: block{"access_key": "AKIASTATIC", "secret_key": awsfake.SecretKey}, want: "AKIASTATIC"},
		"environment": {prepare: keysInEnvironment, want: "AKIAVARIABLE"},
		"shared credentials file": {
			prepare: func(_ *testing.T, environment awsfake.Environment) { environment.Credentials(keyFile("AKIAFILE")) },
			want:    "AKIAFILE",
		},
		"profile": {
			prepare: func(_ *testing.T, environment awsfake.Environment) {
				environment.Credentials(keyFile("AKIAFILE") + strings.Replace(keyFile("AKIAPROFILE"), "default", "delivery", 1))
			},
			block: block{"profile": "delivery"},
			want:  "AKIAPROFILE",
		},
		"profile before environment": {
			prepare: func(t *testing.T, environment awsfake.Environment) {
				t.Helper()
				keysInEnvironment(t, environment)
				environment.Credentials(strings.Replace(keyFile("AKIAPROFILE"), "default", "delivery", 1))
			},
			block: block{"profile": "delivery"},
			want:  "AKIAPROFILE",
		},
		"credential process": {
			prepare: func(_ *testing.T, environment awsfake.Environment) {
				output := environment.File("process.json", `{"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": "secret"}`)
				environment.Config("[default]\ncredential_process = cat " + output + "\n")
			},
			want: "AKIAPROCESS",
		},
		"container": {
			prepare: func(t *testing.T, _ awsfake.Environment) {
				t.Helper()
				t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", awsfake.NewContainerEndpoint(t).URL)
			},
			want: awsfake.ContainerKey,
		},
		"instance metadata": {
			prepare: func(t *testing.T, _ awsfake.Environment) {
				t.Helper()
				t.Setenv("AWS_EC2_METADATA_DISABLED", "")
				t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", awsfake.NewInstanceMetadata(t).URL)
			},
			want: awsfake.InstanceKey,
		},
	} {
		t.Run(name, func(t *testing.T) {
			environment := awsfake.Isolate(t)
			if test.prepare != nil {
				test.prepare(t, environment)
			}
			data := mustConfigure(t, with(block{"region": "us-east-1"}, test.block))
			if got := accessKey(t, data); got != test.want {
				t.Errorf("got the access key %q, want %q", got, test.want)
			}
		})
	}
}

// TestCredentials_none checks what a user sees who has not given any.
func TestCredentials_none(t *testing.T) {
	awsfake.Isolate(t)
	_, err := mustConfigure(t, block{"region": "us-east-1"}).Clients.S3(t.Context(), "")
	const page = "https://registry.terraform.io/providers/voicebase/voicebase/latest/docs"
	if err == nil || !strings.HasPrefix(err.Error(), "No valid credential sources found") || !strings.Contains(err.Error(), page+"\n") {
		t.Errorf("got %v", err)
	}
}

// TestCredentials_whiteSpace has keys with the line break that a CI system's secret easily gets. They are refused
// wherever they come from, with a role to assume and without, and shown nowhere.
func TestCredentials_whiteSpace(t *testing.T) {
	const want = "starts or ends with white space"
	for name, test := range map[string]struct {
		variables map[string]string
		block     block
		want      string
	}{
		"key ID": {variables: map[string]string{"AWS_ACCESS_KEY_ID": "AKIAVARIABLE\n", "AWS_SECRET_ACCESS_KEY": awsfake.SecretKey}, want: "invalid AWS_ACCESS_KEY_ID: the value " + want},
		"secret": {variables: map[string]string{"AWS_ACCESS_KEY_ID": "AKIAVARIABLE", "AWS_SECRET_ACCESS_KEY": awsfake.SecretKey + "\n"}, want: "invalid AWS_SECRET_ACCESS_KEY: the value " + want},
		"token":  {variables: map[string]string{"AWS_ACCESS_KEY_ID": "AKIAVARIABLE", "AWS_SECRET_ACCESS_KEY": awsfake.SecretKey, "AWS_SESSION_TOKEN": " token"}, want: "invalid AWS_SESSION_TOKEN: the value " + want},
		"secret, for a role": {
			variables: map[string]string{"AWS_ACCESS_KEY_ID": "AKIAVARIABLE", "AWS_SECRET_ACCESS_KEY": "\t" + awsfake.SecretKey},
			block:     block{"assume_role": []block{{"role_arn": "arn:aws:iam::444455556666:role/admin"}}}, want: "invalid AWS_SECRET_ACCESS_KEY",
		},
		"not used": {
			variables: map[string]string{"AWS_ACCESS_KEY_ID": "AKIAVARIABLE\n", "AWS_SECRET_ACCESS_KEY": awsfake.SecretKey},
			block:     block{"access_key": "AKIASTATIC", "secret_key": awsfake.SecretKey},
		},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			for variable, value := range test.variables {
				t.Setenv(variable, value)
			}
			_, err := mustConfigure(t, with(block{"region": "us-east-1"}, test.block)).Clients.S3(t.Context(), "")
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), awsfake.SecretKey) {
				t.Errorf("the secret is in the error: %v", err)
			}
		})
	}
}

// TestCredentials_missingProfile checks that a profile by a mistaken name is not taken for an empty one.
func TestCredentials_missingProfile(t *testing.T) {
	environment := awsfake.Isolate(t)
	environment.Credentials(keyFile("AKIAFILE"))
	data := mustConfigure(t, block{"region": "us-east-1", "profile": "delivry"})
	_, err := data.Clients.S3(t.Context(), "")
	if err == nil || !strings.Contains(err.Error(), "delivry") {
		t.Errorf("got %v", err)
	}
}

// TestCredentials_instanceRegion runs where only the instance metadata service tells the region.
func TestCredentials_instanceRegion(t *testing.T) {
	awsfake.Isolate(t)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", awsfake.NewInstanceMetadata(t).URL)
	data := mustConfigure(t, block{})
	if got := data.Clients.Region(); got != "" {
		t.Errorf("the region is %q before any call", got)
	}
	if got := s3Options(t, data).Region; got != "eu-central-1" {
		t.Errorf("the client's region is %q", got)
	}
	if got := data.Clients.Region(); got != "eu-central-1" {
		t.Errorf("the region is %q after a call", got)
	}
}

func keysInEnvironment(t *testing.T, _ awsfake.Environment) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAVARIABLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", awsfake.SecretKey)
}

const roleARN = "arn:aws:iam::" + awsfake.Account + ":role/"

// TestAssumeRole checks each argument of the block by the request that it makes.
func TestAssumeRole(t *testing.T) {
	awsfake.Isolate(t)
	sts := awsfake.NewSTS(t)
	policy := `{"Version":"2012-10-17","Statement":[]}`
	data := mustConfigure(t, with(static, block{
		"endpoints": []block{{"sts": sts.URL}},
		"assume_role": []block{{
			"role_arn": roleARN + "admin", "duration": "1h", "external_id": "their-id", "policy": policy,
			"policy_arns": []string{"arn:aws:iam::aws:policy/ReadOnlyAccess"}, "session_name": "terraform",
			"source_identity": "alice", "tags": map[string]string{"Team": "calls"}, "transitive_tag_keys": []string{"Team"},
		}},
	}))
	if got, want := credentials(t, data), "ASIAADMIN"; got.AccessKeyID != want || got.SessionToken != awsfake.SessionToken {
		t.Errorf("got the access key %q, want %q", got.AccessKeyID, want)
	}
	call := sts.Calls()[0]
	if call.Action != "AssumeRole" || call.AccessKey != "AKIABASE" || call.Region != "us-east-1" {
		t.Errorf("%s was called by %s in %s", call.Action, call.AccessKey, call.Region)
	}
	for name, want := range map[string]string{
		"RoleArn": roleARN + "admin", "DurationSeconds": "3600", "ExternalId": "their-id", "Policy": policy,
		"PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "RoleSessionName": "terraform", "SourceIdentity": "alice",
		"Tags.member.1.Key": "Team", "Tags.member.1.Value": "calls", "TransitiveTagKeys.member.1": "Team",
	} {
		if got := call.Form.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestAssumeRole_chain checks that each role is assumed with the credentials of the one before.
func TestAssumeRole_chain(t *testing.T) {
	environment := awsfake.Isolate(t)
	environment.Credentials(keyFile("AKIAFILE"))
	sts := awsfake.NewSTS(t)
	data := mustConfigure(t, block{
		"region": "us-east-1", "sts_region": "eu-west-1",
		"endpoints":   []block{{"sts": sts.URL}},
		"assume_role": []block{{"role_arn": roleARN + "first"}, {"role_arn": roleARN + "second"}},
	})
	if got := accessKey(t, data); got != "ASIASECOND" {
		t.Errorf("got the access key %q", got)
	}
	for _, call := range sts.Calls() {
		by := map[string]string{roleARN + "first": "AKIAFILE", roleARN + "second": "ASIAFIRST"}[call.Form.Get("RoleArn")]
		if call.AccessKey != by {
			t.Errorf("%s was assumed with %s, want %s", call.Form.Get("RoleArn"), call.AccessKey, by)
		}
		if call.Region != "eu-west-1" {
			t.Errorf("STS was called in %s", call.Region)
		}
	}
}

// TestAssumeRole_profile checks that a role of the block is assumed with what the profile comes to.
func TestAssumeRole_profile(t *testing.T) {
	environment := awsfake.Isolate(t)
	sts := awsfake.NewSTS(t)
	environment.Credentials(strings.Replace(keyFile("AKIASOURCE"), "default", "source", 1))
	environment.Config("[default]\nrole_arn = " + roleARN + "profile\nsource_profile = source\n")
	t.Setenv("AWS_ENDPOINT_URL_STS", sts.URL)
	base := block{"region": "us-east-1"}
	if got := accessKey(t, mustConfigure(t, base)); got != "ASIAPROFILE" {
		t.Errorf("the profile alone gives %q", got)
	}
	chained := with(base, block{"assume_role": []block{{"role_arn": roleARN + "argument"}}})
	if got := accessKey(t, mustConfigure(t, chained)); got != "ASIAARGUMENT" {
		t.Errorf("the profile and the argument give %q", got)
	}
	calls := sts.Calls()
	if last := calls[len(calls)-1]; last.AccessKey != "ASIAPROFILE" {
		t.Errorf("the argument's role was assumed with %s", last.AccessKey)
	}
}

// TestWebIdentity finds the token in each of its places, the strongest first.
func TestWebIdentity(t *testing.T) {
	for name, test := range map[string]struct {
		block     block
		noBlock   bool
		variables map[string]string
		want      string
	}{
		"token":             {block: block{"web_identity_token": "argument-token"}, variables: map[string]string{"TF_AWS_WEB_IDENTITY_TOKEN": "variable-token"}, want: "argument-token"},
		"token variable":    {variables: map[string]string{"TF_AWS_WEB_IDENTITY_TOKEN": "variable-token"}, want: "variable-token"},
		"file":              {block: block{"web_identity_token_file": "argument"}, variables: map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "variable"}, want: "token of argument"},
		"file variable":     {variables: map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "variable"}, want: "token of variable"},
		"no block: AWS's":   {noBlock: true, variables: map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "variable"}, want: "token of variable"},
		"token before file": {block: block{"web_identity_token": "argument-token"}, variables: map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "variable"}, want: "argument-token"},
	} {
		t.Run(name, func(t *testing.T) {
			environment := awsfake.Isolate(t)
			sts := awsfake.NewSTS(t)
			file := func(name string) string { return environment.File("token-"+name, "token of "+name) }
			for variable, value := range test.variables {
				if variable == "AWS_WEB_IDENTITY_TOKEN_FILE" {
					value = file(value)
					t.Setenv("AWS_ROLE_ARN", roleARN+"variable") // The SDK wants both or none.
				}
				t.Setenv(variable, value)
			}
			b := block{"region": "us-east-1", "endpoints": []block{{"sts": sts.URL}}}
			wantKey := "ASIAVARIABLE"
			if !test.noBlock {
				wantKey = "ASIAWEB"
				role := with(block{"role_arn": roleARN + "web", "session_name": "ci", "duration": "30m"}, test.block)
				if path, ok := role["web_identity_token_file"].(string); ok {
					role["web_identity_token_file"] = file(path)
				}
				b["assume_role_with_web_identity"] = []block{role}
			}
			if got := accessKey(t, mustConfigure(t, b)); got != wantKey {
				t.Errorf("got the access key %q, want %q", got, wantKey)
			}
			call := sts.Calls()[0]
			if got := call.Form.Get("WebIdentityToken"); got != test.want || call.AccessKey != "" {
				t.Errorf("got the token %q, signed with %q", got, call.AccessKey)
			}
		})
	}
}

// TestRestrictedAccounts checks the account that the credentials belong to.
func TestRestrictedAccounts(t *testing.T) {
	const other = "777788889999"
	for name, test := range map[string]struct {
		block block
		asked []string
		err   string
	}{
		"allowed":            {block: block{"allowed_account_ids": []string{other, awsfake.Account}}, asked: []string{"GetCallerIdentity"}},
		"not allowed":        {block: block{"allowed_account_ids": []string{other}}, asked: []string{"GetCallerIdentity"}, err: "AWS account ID not allowed: " + awsfake.Account},
		"forbidden":          {block: block{"forbidden_account_ids": []string{awsfake.Account}}, asked: []string{"GetCallerIdentity"}, err: "AWS account ID not allowed: " + awsfake.Account},
		"not forbidden":      {block: block{"forbidden_account_ids": []string{other}}, asked: []string{"GetCallerIdentity"}},
		"no restriction":     {},
		"no IAM to be asked": {block: block{"allowed_account_ids": []string{awsfake.Account}, "skip_requesting_account_id": true}, asked: []string{"GetCallerIdentity"}},
		"IAM first": {
			block: block{"allowed_account_ids": []string{awsfake.Account}, "skip_credentials_validation": true},
			asked: []string{"GetUser", "GetCallerIdentity"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			sts := awsfake.NewSTS(t)
			// This is no IAM, and refuses to be asked for a user.
			iam := awsfake.NewSTS(t)
			data := mustConfigure(t, with(with(static, test.block), block{
				"endpoints": []block{{"sts": sts.URL, "iam": iam.URL}}, "max_retries": 1,
			}))
			_, err := data.Clients.S3(t.Context(), "")
			if (err == nil) != (test.err == "") || (err != nil && err.Error() != test.err) {
				t.Errorf("got the error %v, want %q", err, test.err)
			}
			if err == nil {
				if _, err := data.Clients.IAM(t.Context()); err != nil {
					t.Error(err)
				}
			}
			if got := slices.Concat(iam.Actions(), sts.Actions()); !slices.Equal(got, test.asked) || slices.Contains(sts.Actions(), "GetUser") || slices.Contains(iam.Actions(), "GetCallerIdentity") {
				t.Errorf("called %q and %q, want %q", iam.Actions(), sts.Actions(), test.asked)
			}
		})
	}
}
