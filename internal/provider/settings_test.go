package provider_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// static are credentials that let a client be made without any call.
var static = block{"region": "us-east-1", "access_key": "AKIABASE", "secret_key": awsfake.SecretKey}

// settings is the table of TestPrecedence. A name after a dot tells ways of one argument apart.
func settings(t *testing.T, environment awsfake.Environment) map[string]setting {
	t.Helper()
	table := map[string]setting{}
	for _, part := range []map[string]setting{
		credentialSettings(environment), endpointSettings(), transportSettings(t, environment), objectSettings(),
	} {
		for name, s := range part {
			table[name] = s
		}
	}
	return table
}

func credentialSettings(environment awsfake.Environment) map[string]setting {
	keyWays := []way{
		{argument: block{"access_key": "AKIAARGUMENT", "secret_key": "secret-argument", "token": "token-argument"}, want: "argument"},
		{variables: map[string]string{"AWS_ACCESS_KEY_ID": "AKIAVARIABLE", "AWS_SECRET_ACCESS_KEY": "secret-variable", "AWS_SESSION_TOKEN": "token-variable"}, want: "variable"},
		{profile: "aws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret-profile\naws_session_token = token-profile", want: "profile"},
	}
	region := block{"region": "us-east-1"}
	profiles := "[profile argument]\nregion = eu-west-1\n[profile variable]\nregion = eu-west-2\n[profile second]\nregion = eu-west-3\n"
	return map[string]setting{
		"access_key": {always: region, observe: accessKey, ways: withWants(keyWays, "AKIAARGUMENT", "AKIAVARIABLE", "AKIAPROFILE")},
		"secret_key": {always: region, observe: secretKey, ways: withWants(keyWays, "secret-argument", "secret-variable", "secret-profile")},
		"token":      {always: region, observe: sessionToken, ways: withWants(keyWays, "token-argument", "token-variable", "token-profile")},
		"region": {observe: providerRegion, ways: []way{
			{argument: block{"region": "eu-west-1"}, want: "eu-west-1"},
			{variables: map[string]string{"AWS_REGION": "eu-west-2"}, want: "eu-west-2"},
			{variables: map[string]string{"AWS_DEFAULT_REGION": "eu-west-3"}, want: "eu-west-3"},
			{profile: "region = eu-north-1", want: "eu-north-1"},
			{want: ""},
		}},
		"profile": {config: profiles, observe: providerRegion, ways: []way{
			{argument: block{"profile": "argument"}, want: "eu-west-1"},
			{variables: map[string]string{"AWS_PROFILE": "variable"}, want: "eu-west-2"},
			{variables: map[string]string{"AWS_DEFAULT_PROFILE": "second"}, want: "eu-west-3"},
			{profile: "region = eu-north-1", want: "eu-north-1"},
		}},
		"shared_config_files": {observe: providerRegion, ways: []way{
			{argument: block{"shared_config_files": []string{environment.File("config-argument", "[default]\nregion = eu-west-1")}}, want: "eu-west-1"},
			{variables: map[string]string{"AWS_CONFIG_FILE": environment.File("config-variable", "[default]\nregion = eu-west-2")}, want: "eu-west-2"},
		}},
		"shared_credentials_files": {always: region, observe: accessKey, ways: []way{
			{argument: block{"shared_credentials_files": []string{environment.File("credentials-argument", keyFile("AKIAARGUMENT"))}}, want: "AKIAARGUMENT"},
			{variables: map[string]string{"AWS_SHARED_CREDENTIALS_FILE": environment.File("credentials-variable", keyFile("AKIAVARIABLE"))}, want: "AKIAVARIABLE"},
		}},
	}
}

func endpointSettings() map[string]setting {
	endpointWays := func(service, variable, key string) []way {
		return []way{
			{argument: block{"endpoints": []block{{service: "https://argument.example.com"}}}, want: "https://argument.example.com"},
			{variables: map[string]string{variable: "https://service.example.com"}, want: "https://service.example.com"},
			{variables: map[string]string{"AWS_ENDPOINT_URL": "https://variable.example.com"}, want: "https://variable.example.com"},
			{profile: "services = ours", want: "https://" + key + ".example.com"},
			{profile: "endpoint_url = https://profile.example.com", want: "https://profile.example.com"},
			{want: "AWS"},
		}
	}
	services := "[services ours]\ns3 =\n  endpoint_url = https://s3.example.com\niam =\n  endpoint_url = https://iam.example.com\n"
	return map[string]setting{
		"endpoints.s3":  {always: static, config: services, observe: s3Endpoint, ways: endpointWays("s3", "AWS_ENDPOINT_URL_S3", "s3")},
		"endpoints.iam": {always: static, config: services, observe: iamEndpoint, ways: endpointWays("iam", "AWS_ENDPOINT_URL_IAM", "iam")},
		"endpoints.ignored": {always: static, observe: s3Endpoint, ways: []way{
			{variables: map[string]string{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, want: "AWS"},
			{variables: map[string]string{"AWS_ENDPOINT_URL": "https://variable.example.com"}, want: "https://variable.example.com"},
		}},
		"endpoints.ignored by the profile": {always: static, observe: s3Endpoint, ways: []way{
			{profile: "ignore_configured_endpoint_urls = true", want: "AWS"},
			{profile: "endpoint_url = https://profile.example.com", want: "https://profile.example.com"},
		}},
		"use_fips_endpoint": {observe: regionalEndpoint, ways: []way{
			{argument: block{"use_fips_endpoint": true}, want: "https://s3-fips.us-east-1.amazonaws.com"},
			{variables: map[string]string{"AWS_USE_FIPS_ENDPOINT": "false"}, want: "https://s3.us-east-1.amazonaws.com"},
			{profile: "use_fips_endpoint = true", want: "https://s3-fips.us-east-1.amazonaws.com"},
			{want: "https://s3.us-east-1.amazonaws.com"},
		}},
		"use_dualstack_endpoint": {observe: regionalEndpoint, ways: []way{
			{argument: block{"use_dualstack_endpoint": true}, want: "https://s3.dualstack.us-east-1.amazonaws.com"},
			{variables: map[string]string{"AWS_USE_DUALSTACK_ENDPOINT": "false"}, want: "https://s3.us-east-1.amazonaws.com"},
			{profile: "use_dualstack_endpoint = true", want: "https://s3.dualstack.us-east-1.amazonaws.com"},
			{want: "https://s3.us-east-1.amazonaws.com"},
		}},
		"s3_use_path_style": {always: static, observe: pathStyle, ways: []way{
			{argument: block{"s3_use_path_style": true}, want: "true"},
			{want: "false"},
		}},
	}
}

func transportSettings(t *testing.T, environment awsfake.Environment) map[string]setting {
	t.Helper()
	argumentCA, variableCA, profileCA := newCA(t, environment, "argument"), newCA(t, environment, "variable"), newCA(t, environment, "profile")
	// The metadata service cannot be asked by way of the environment: Isolate has turned it off.
	metadata := awsfake.NewInstanceMetadata(t)
	return map[string]setting{
		"custom_ca_bundle": {always: static, observe: trusted(argumentCA, variableCA, profileCA), ways: []way{
			{argument: block{"custom_ca_bundle": argumentCA.path}, want: "argument"},
			{variables: map[string]string{"AWS_CA_BUNDLE": variableCA.path}, want: "variable"},
			{profile: "ca_bundle = " + profileCA.path, want: "profile"},
			{want: "system"},
		}},
		"insecure": {always: static, observe: insecure, ways: []way{
			{argument: block{"insecure": true}, want: "true"},
			{want: "false"},
		}},
		"http_proxy": {always: static, observe: proxyOf("http://s3.example.com"), ways: []way{
			{argument: block{"http_proxy": "http://argument:3128", "https_proxy": ""}, want: "http://argument:3128"},
			{variables: map[string]string{"HTTP_PROXY": "http://variable:3128"}, want: "http://variable:3128"},
			{variables: map[string]string{"http_proxy": "http://small:3128"}, want: "http://small:3128"},
			{want: "none"},
		}},
		"https_proxy": {always: static, observe: proxyOf("https://s3.example.com"), ways: []way{
			{argument: block{"https_proxy": "http://argument:3128"}, want: "http://argument:3128"},
			{variables: map[string]string{"HTTPS_PROXY": "http://variable:3128"}, want: "http://variable:3128"},
			{variables: map[string]string{"https_proxy": "http://small:3128"}, want: "http://small:3128"},
			{want: "none"},
		}},
		"https_proxy.none": {always: static, observe: proxyOf("https://s3.example.com"), ways: []way{
			{argument: block{"https_proxy": ""}, want: "none"},
			{variables: map[string]string{"HTTPS_PROXY": "http://variable:3128"}, want: "http://variable:3128"},
		}},
		"no_proxy": {always: with(static, block{"https_proxy": "http://proxy:3128"}), observe: proxyOf("https://s3.example.com"), ways: []way{
			{argument: block{"no_proxy": "s3.example.com"}, want: "none"},
			{variables: map[string]string{"NO_PROXY": "iam.example.com"}, want: "http://proxy:3128"},
			{variables: map[string]string{"no_proxy": "s3.example.com"}, want: "none"},
			{want: "http://proxy:3128"},
		}},
		"max_retries": {always: static, observe: maxAttempts, ways: []way{
			{argument: block{"max_retries": 3}, want: "3"},
			{variables: map[string]string{"AWS_MAX_ATTEMPTS": "4"}, want: "4"},
			{profile: "max_attempts = 5", want: "5"},
			{argument: block{"max_retries": 0}, want: "25"},
			{want: "25"},
		}},
		"retry_mode": {always: static, observe: retryMode, ways: []way{
			{argument: block{"retry_mode": "adaptive"}, want: "adaptive"},
			{variables: map[string]string{"AWS_RETRY_MODE": "standard"}, want: "standard"},
			{profile: "retry_mode = adaptive", want: "adaptive"},
			{want: ""}, // The SDK's own default, which is standard.
		}},
		"skip_metadata_api_check": {always: block{"region": "us-east-1"}, observe: accessKey, ways: []way{
			{argument: block{"skip_metadata_api_check": "false"}, want: awsfake.InstanceKey},
			{variables: map[string]string{"AWS_EC2_METADATA_DISABLED": "true"}, want: "none"},
			{variables: map[string]string{"AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": metadata.URL}, want: awsfake.InstanceKey},
		}},
	}
}

func objectSettings() map[string]setting {
	return map[string]setting{
		"voicebase_arn": {observe: func(_ *testing.T, data *framework.ProviderData) string { return data.VoiceBaseARN.String() }, ways: []way{
			{argument: block{"voicebase_arn": "111122223333"}, want: `"111122223333"`},
			{variables: map[string]string{"VOICEBASE_ARN": "arn:aws:iam::111122223333:role/delivery"}, want: `"arn:aws:iam::111122223333:role/delivery"`},
			{want: "<null>"},
		}},
		"external_id": {observe: func(_ *testing.T, data *framework.ProviderData) string { return data.ExternalID.String() }, ways: []way{
			{argument: block{"external_id": "argument"}, want: `"argument"`},
			{variables: map[string]string{"VOICEBASE_EXTERNAL_ID": "variable"}, want: `"variable"`},
			{want: "<null>"},
		}},
		"default_tags": {observe: defaultTags, ways: []way{
			{argument: block{"default_tags": []block{{"tags": map[string]string{"Team": "argument"}}}}, want: "map[Site:north Team:argument]"},
			{variables: map[string]string{"TF_AWS_DEFAULT_TAGS_Team": "variable", "TF_AWS_DEFAULT_TAGS_Site": "north"}, want: "map[Site:north Team:variable]"},
			{want: "map[]"},
		}},
		"ignore_tags": {observe: ignoredTags, ways: []way{
			{argument: block{"ignore_tags": []block{{"keys": []string{"argument"}, "key_prefixes": []string{"argument:"}}}}, want: "[a b argument] [v: argument:]"},
			{variables: map[string]string{"TF_AWS_IGNORE_TAGS_KEYS": "a, ,b", "TF_AWS_IGNORE_TAGS_KEY_PREFIXES": "v:"}, want: "[a b] [v:]"},
			{want: "[] []"},
		}},
	}
}

func withWants(ways []way, wants ...string) []way {
	out := make([]way, len(ways))
	for i, w := range ways {
		w.want = wants[i]
		out[i] = w
	}
	return out
}

func with(base, more block) block {
	out := block{}
	for _, b := range []block{base, more} {
		for name, v := range b {
			out[name] = v
		}
	}
	return out
}

func keyFile(accessKey string) string {
	return "[default]\naws_access_key_id = " + accessKey + "\naws_secret_access_key = " + awsfake.SecretKey + "\n"
}
