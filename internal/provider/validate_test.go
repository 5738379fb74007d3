package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// fiftyTags are as many tags as AWS allows.
func fiftyTags() map[string]string {
	tags := map[string]string{}
	for i := range 50 {
		tags[fmt.Sprintf("Tag%d", i)] = "x"
	}
	return tags
}

func withTag(tags map[string]string) map[string]string {
	tags["More"] = "x"
	return tags
}

// TestValidate checks that a bad value is told of by `terraform validate`, on the argument.
func TestValidate(t *testing.T) {
	role := func(more block) block {
		return block{"assume_role": []block{with(block{"role_arn": roleARN + "admin"}, more)}}
	}
	web := func(more block) block {
		return block{"assume_role_with_web_identity": []block{with(block{"role_arn": roleARN + "admin"}, more)}}
	}
	tagged := func(tags any) block { return block{"default_tags": []block{{"tags": tags}}} }
	for name, test := range map[string]struct {
		block block
		at    string // The path of the error; "" where the block is right.
	}{
		"empty":                                {},
		"voicebase_arn role":                   {block: block{"voicebase_arn": "arn:aws:iam::111122223333:role/delivery"}},
		"voicebase_arn account":                {block: block{"voicebase_arn": "111122223333"}},
		"voicebase_arn everyone":               {block: block{"voicebase_arn": "*"}, at: "voicebase_arn"},
		"voicebase_arn service":                {block: block{"voicebase_arn": "s3.amazonaws.com"}, at: "voicebase_arn"},
		"external_id shortest":                 {block: block{"external_id": "ab"}},
		"external_id longest":                  {block: block{"external_id": strings.Repeat("a", 1224)}},
		"external_id too short":                {block: block{"external_id": "a"}, at: "external_id"},
		"external_id too long":                 {block: block{"external_id": strings.Repeat("a", 1225)}, at: "external_id"},
		"external_id alphabet":                 {block: block{"external_id": "a b"}, at: "external_id"},
		"account ID":                           {block: block{"allowed_account_ids": []string{"1234"}}, at: "allowed_account_ids"},
		"account ID unknown":                   {block: block{"allowed_account_ids": unknown{}, "forbidden_account_ids": unknown{}}},
		"accounts allowed, forbidden":          {block: block{"allowed_account_ids": []string{"111122223333"}, "forbidden_account_ids": []string{"444455556666"}}, at: "allowed_account_ids forbidden_account_ids"},
		"account check not possible":           {block: block{"allowed_account_ids": []string{"111122223333"}, "skip_credentials_validation": true, "skip_requesting_account_id": true}, at: "allowed_account_ids"},
		"forbidden check not possible":         {block: block{"forbidden_account_ids": []string{"111122223333"}, "skip_credentials_validation": true, "skip_requesting_account_id": true}, at: "forbidden_account_ids"},
		"both skips alone":                     {block: block{"skip_credentials_validation": true, "skip_requesting_account_id": true}},
		"access key alone":                     {block: block{"access_key": "AKIATEST"}, at: "access_key"},
		"access key, secret unknown":           {block: block{"access_key": "AKIATEST", "secret_key": unknown{}}},
		"secret key alone":                     {block: block{"secret_key": "secret"}, at: "secret_key"},
		"access key with a line break":         {block: block{"access_key": "AKIATEST\n", "secret_key": "secret"}, at: "access_key"},
		"secret key with a space":              {block: block{"access_key": "AKIATEST", "secret_key": " secret"}, at: "secret_key"},
		"token with a tab":                     {block: block{"access_key": "AKIATEST", "secret_key": "secret", "token": "token\t"}, at: "token"},
		"token alone":                          {block: block{"token": "token"}, at: "token"},
		"secret key and an empty access key":   {block: block{"access_key": "", "secret_key": "secret"}, at: "secret_key"},
		"access key and an empty secret":       {block: block{"access_key": "AKIATEST", "secret_key": ""}, at: "access_key"},
		"token and an empty access key":        {block: block{"access_key": "", "token": "token"}, at: "token"},
		"token, key unknown":                   {block: block{"access_key": unknown{}, "token": "token"}},
		"secret and token, key unknown":        {block: block{"access_key": unknown{}, "secret_key": "secret", "token": "token"}},
		"max_retries":                          {block: block{"max_retries": -1}, at: "max_retries"},
		"max_retries 0":                        {block: block{"max_retries": 0}},
		"retry_mode":                           {block: block{"retry_mode": "legacy"}, at: "retry_mode"},
		"skip_metadata_api_check":              {block: block{"skip_metadata_api_check": "perhaps"}, at: "skip_metadata_api_check"},
		"skip_metadata_api_check empty":        {block: block{"skip_metadata_api_check": ""}},
		"skip_metadata_api_check 1":            {block: block{"skip_metadata_api_check": "1"}},
		"endpoint":                             {block: block{"endpoints": []block{{"s3": "localhost:9000"}}}, at: "endpoints.s3"},
		"endpoint unknown":                     {block: block{"endpoints": []block{{"s3": unknown{}}}}},
		"proxy":                                {block: block{"https_proxy": "http://user:pass word@[::1"}, at: "https_proxy"},
		"role_arn missing":                     {block: block{"assume_role": []block{{}}}, at: "assume_role[0].role_arn"},
		"role_arn user":                        {block: block{"assume_role": []block{{"role_arn": "arn:aws:iam::111122223333:user/alice"}}}, at: "assume_role[0].role_arn"},
		"role_arn of the second":               {block: block{"assume_role": []block{{"role_arn": roleARN + "a"}, {"role_arn": "b"}}}, at: "assume_role[1].role_arn"},
		"assume_role unknown":                  {block: block{"assume_role": []block{{"role_arn": unknown{}, "duration": unknown{}, "tags": unknown{}}}}},
		"duration":                             {block: role(block{"duration": "an hour"}), at: "assume_role[0].duration"},
		"duration shortest":                    {block: role(block{"duration": "15m"})},
		"duration too short":                   {block: role(block{"duration": "14m59s"}), at: "assume_role[0].duration"},
		"duration longest":                     {block: role(block{"duration": "12h"})},
		"duration too long":                    {block: role(block{"duration": "12h1s"}), at: "assume_role[0].duration"},
		"session external ID":                  {block: role(block{"external_id": "a"}), at: "assume_role[0].external_id"},
		"session policy":                       {block: role(block{"policy": "{"}), at: "assume_role[0].policy"},
		"session policy ARN":                   {block: role(block{"policy_arns": []string{"ReadOnlyAccess"}}), at: "assume_role[0].policy_arns"},
		"session policy ARN of AWS":            {block: role(block{"policy_arns": []string{"arn:aws:iam::aws:policy/ReadOnlyAccess"}})},
		"session name":                         {block: role(block{"session_name": "a b"}), at: "assume_role[0].session_name"},
		"source identity":                      {block: role(block{"source_identity": "a"}), at: "assume_role[0].source_identity"},
		"session tags":                         {block: role(block{"tags": map[string]string{"aws:x": "y"}}), at: "assume_role[0].tags"},
		"web identity token short":             {block: web(block{"web_identity_token": "abc"}), at: "assume_role_with_web_identity[0].web_identity_token"},
		"web identity token shortest":          {block: web(block{"web_identity_token": "abcd"})},
		"web identity token longest":           {block: web(block{"web_identity_token": strings.Repeat("a", 20000)})},
		"web identity token too long":          {block: web(block{"web_identity_token": strings.Repeat("a", 20001)}), at: "assume_role_with_web_identity[0].web_identity_token"},
		"default_tags twice":                   {block: block{"default_tags": []block{{}, {}}}, at: "default_tags"},
		"ignore_tags twice":                    {block: block{"ignore_tags": []block{{}, {}}}, at: "ignore_tags"},
		"web identity token and file":          {block: web(block{"web_identity_token": "token", "web_identity_token_file": "file"}), at: "assume_role_with_web_identity[0].web_identity_token"},
		"two web identities":                   {block: block{"assume_role_with_web_identity": []block{{"role_arn": roleARN + "a"}, {"role_arn": roleARN + "b"}}}, at: "assume_role_with_web_identity"},
		"default_tags":                         {block: tagged(map[string]string{"Team": "calls"})},
		"default_tags reserved":                {block: tagged(map[string]string{"aws:x": "y"}), at: "default_tags[0].tags"},
		"default_tags as many as there may be": {block: tagged(fiftyTags())},
		"default_tags too many":                {block: tagged(withTag(fiftyTags())), at: "default_tags[0].tags"},
		"default_tags unknown":                 {block: tagged(unknown{})},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			if got := strings.Join(errorsAt(validate(t, test.block)), " "); got != test.at {
				t.Errorf("errors at %q, want %q", got, test.at)
			}
		})
	}
}

// errorsAt are the arguments that errors are about, with the index of a block and without values.
func errorsAt(diags []*tfprotov6.Diagnostic) []string {
	var at []string
	for _, d := range diags {
		if d.Severity != tfprotov6.DiagnosticSeverityError {
			continue
		}
		path := ""
		for _, step := range d.Attribute.Steps() {
			switch step := step.(type) {
			case tftypes.AttributeName:
				path += "." + string(step)
			case tftypes.ElementKeyInt:
				path += fmt.Sprintf("[%d]", step)
			}
		}
		at = append(at, strings.TrimPrefix(path, "."))
	}
	slices.Sort(at)
	return at
}

// TestConfigure_invalid checks what only the environment and the block together can tell.
func TestConfigure_invalid(t *testing.T) {
	web := block{"assume_role_with_web_identity": []block{{"role_arn": roleARN + "web"}}}
	for name, test := range map[string]struct {
		block     block
		variables map[string]string
		profile   string
		at        path.Path
		text      string // Part of the message; "" where all is right.
	}{
		"region argument":              {block: block{"region": "us-east1"}, at: path.Root("region"), text: `"us-east1" is not an AWS region`},
		"region variable":              {variables: map[string]string{"AWS_REGION": "us-east1"}, at: path.Root("region"), text: `"us-east1" is not an AWS region`},
		"region profile":               {profile: "region = us-east1", at: path.Root("region"), text: `"us-east1" is not an AWS region`},
		"region not validated":         {block: block{"region": "local", "sts_region": "local", "skip_region_validation": true}},
		"validation unknown":           {block: block{"region": "local", "skip_region_validation": unknown{}}},
		"sts_region":                   {block: block{"sts_region": "us-east1"}, at: path.Root("sts_region"), text: `"us-east1" is not an AWS region`},
		"FIPS":                         {block: block{"region": "us-gov-west-1", "use_fips_endpoint": true}},
		"FIPS without hosts":           {block: block{"region": "eu-west-1", "use_fips_endpoint": true}, at: path.Root("use_fips_endpoint"), text: "no FIPS endpoints in region eu-west-1"},
		"FIPS without hosts for STS":   {block: block{"region": "us-east-1", "sts_region": "ap-south-1", "use_fips_endpoint": true}, at: path.Root("use_fips_endpoint"), text: "no FIPS endpoints in region ap-south-1"},
		"FIPS of the variable":         {block: block{"region": "eu-west-1"}, variables: map[string]string{"AWS_USE_FIPS_ENDPOINT": "true"}, at: path.Root("use_fips_endpoint"), text: "AWS_USE_FIPS_ENDPOINT"},
		"FIPS in no region":            {block: block{"region": "us-east1", "use_fips_endpoint": true}, at: path.Root("region"), text: `"us-east1" is not an AWS region`},
		"FIPS not validated":           {block: block{"region": "eu-west-1", "use_fips_endpoint": true, "skip_region_validation": true}},
		"voicebase_arn variable":       {variables: map[string]string{"VOICEBASE_ARN": "*"}, at: path.Root("voicebase_arn"), text: "VOICEBASE_ARN: "},
		"voicebase_arn argument first": {block: block{"voicebase_arn": "111122223333"}, variables: map[string]string{"VOICEBASE_ARN": "*"}},
		"external_id variable":         {variables: map[string]string{"VOICEBASE_EXTERNAL_ID": "a"}, at: path.Root("external_id"), text: "VOICEBASE_EXTERNAL_ID: "},
		"default tag without a key":    {variables: map[string]string{"TF_AWS_DEFAULT_TAGS_": "x"}},
		"default tag variable":         {variables: map[string]string{"TF_AWS_DEFAULT_TAGS_aws:x": "y"}, at: path.Root("default_tags"), text: `"aws:x"`},
		"default tags together": {
			block:     block{"default_tags": []block{{"tags": fiftyTags()}}},
			variables: map[string]string{"TF_AWS_DEFAULT_TAGS_More": "x"}, at: path.Root("default_tags"), text: "51 tags",
		},
		"web identity token unknown": {block: block{"assume_role_with_web_identity": []block{{"role_arn": roleARN + "web", "web_identity_token": unknown{}}}}},
		"web identity file unknown":  {block: block{"assume_role_with_web_identity": []block{{"role_arn": roleARN + "web", "web_identity_token_file": unknown{}}}}},
		"blocks unknown by themselves": {block: block{
			"assume_role": []unknown{{}}, "assume_role_with_web_identity": []unknown{{}}, "default_tags": []unknown{{}}, "ignore_tags": []unknown{{}}, "endpoints": []unknown{{}},
		}},
		"no web identity token": {block: web, at: path.Root("assume_role_with_web_identity").AtListIndex(0), text: "TF_AWS_WEB_IDENTITY_TOKEN"},
		"two web identity tokens": {
			block: web, variables: map[string]string{"TF_AWS_WEB_IDENTITY_TOKEN": "token", "AWS_WEB_IDENTITY_TOKEN_FILE": "file"},
			at: path.Root("assume_role_with_web_identity").AtListIndex(0), text: "Exactly one",
		},
	} {
		t.Run(name, func(t *testing.T) {
			environment := awsfake.Isolate(t)
			environment.Config("[default]\n" + test.profile + "\n")
			for variable, value := range test.variables {
				t.Setenv(variable, value)
			}
			_, diags := configure(t, test.block)
			if test.text == "" {
				if len(diags) > 0 {
					t.Error(diags)
				}
				return
			}
			if len(diags) != 1 || !strings.Contains(diags[0].Detail(), test.text) {
				t.Fatalf("got %v, want one with %q", diags, test.text)
			}
			if d, ok := diags[0].(diag.DiagnosticWithPath); !ok || !d.Path().Equal(test.at) {
				t.Errorf("the error is not at %s", test.at)
			}
		})
	}
}

// TestValidate_proxyWarning warns who sets a proxy that no AWS endpoint would be called by.
func TestValidate_proxyWarning(t *testing.T) {
	for name, test := range map[string]struct {
		block    block
		variable string
		small    string
		warnings int
	}{
		"https, in small letters": {block: block{"http_proxy": "http://proxy:3128"}, small: "http://proxy:3128"},
		"none alone":              {block: block{"http_proxy": ""}},
		"http alone":              {block: block{"http_proxy": "http://proxy:3128"}, warnings: 1},
		"http and https":          {block: block{"http_proxy": "http://proxy:3128", "https_proxy": "http://proxy:3128"}},
		"http and none":           {block: block{"http_proxy": "http://proxy:3128", "https_proxy": ""}},
		"http and unknown":        {block: block{"http_proxy": "http://proxy:3128", "https_proxy": unknown{}}},
		"https from environment":  {block: block{"http_proxy": "http://proxy:3128"}, variable: "http://proxy:3128"},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t)
			t.Setenv("HTTPS_PROXY", test.variable)
			t.Setenv("https_proxy", test.small)
			diags := validate(t, test.block)
			if len(diags) != test.warnings {
				t.Errorf("%d warnings, want %d", len(diags), test.warnings)
			}
			for _, d := range diags {
				if d.Severity != tfprotov6.DiagnosticSeverityWarning || !d.Attribute.Equal(tftypes.NewAttributePath().WithAttributeName("http_proxy")) {
					t.Errorf("%s at %s", d.Severity, d.Attribute)
				}
			}
		})
	}
}

// TestValidate_proxyPassword checks that a password in a bad proxy URL is not repeated.
func TestValidate_proxyPassword(t *testing.T) {
	awsfake.Isolate(t)
	diags := validate(t, block{"https_proxy": "http://user:hunter2@[::1"})
	if len(diags) != 1 || strings.Contains(diags[0].Detail+diags[0].Summary, "hunter2") {
		t.Errorf("got %v", diags)
	}
}
