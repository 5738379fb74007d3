package awsclient

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// TestReadEnvironment_endpoints has an endpoint of its own for each service, from the provider block and from variables.
func TestReadEnvironment_endpoints(t *testing.T) {
	for _, name := range []string{"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
		t.Setenv(name, "/dev/null")
	}
	block := Endpoints{S3: "https://s3.block.example.com", IAM: "https://iam.block.example.com", STS: "https://sts.block.example.com"}
	variables := Endpoints{S3: "https://s3.variable.example.com", IAM: "https://iam.variable.example.com", STS: "https://sts.variable.example.com"}
	t.Setenv("AWS_ENDPOINT_URL_S3", variables.S3)
	t.Setenv("AWS_ENDPOINT_URL_IAM", variables.IAM)
	t.Setenv("AWS_ENDPOINT_URL_STS", variables.STS)
	for _, test := range []struct{ configured, want Endpoints }{
		{want: variables},
		{block, block},
		{Endpoints{IAM: block.IAM}, Endpoints{S3: variables.S3, IAM: block.IAM, STS: variables.STS}},
	} {
		found, err := readEnvironment(t.Context(), Settings{Endpoints: test.configured})
		if err != nil || found.unusable != nil || found.endpoints != test.want || found.maxRetries != 25 {
			t.Errorf("%+v: got %+v, %d attempts, %v, %v", test.configured, found.endpoints, found.maxRetries, found.unusable, err)
		}
	}
}

// TestReadEnvironment_precedence takes each setting from the block, or else a variable, or else the profile that is chosen.
func TestReadEnvironment_precedence(t *testing.T) {
	const profiles = "[default]\nregion = eu-west-1\nuse_fips_endpoint = true\n" +
		"[profile p]\nregion = eu-west-2\nuse_dualstack_endpoint = true\nmax_attempts = 3\n[profile q]\nregion = eu-west-3\n" +
		"[profile ours]\nregion = eu-north-1\nendpoint_url = https://ours.example.com\n[profile amazon]\nregion = eu-north-1\nignore_configured_endpoint_urls = true\n"
	const services = "[profile both]\nregion = eu-north-1\nendpoint_url = https://ours.example.com\nservices = own\n[services own]\ns3 =\n  endpoint_url = https://s3.example.com\n"
	ours := Endpoints{S3: "https://ours.example.com", IAM: "https://ours.example.com", STS: "https://ours.example.com"}
	theirs := Endpoints{S3: "https://theirs.example.com", IAM: "https://theirs.example.com", STS: "https://theirs.example.com"}
	for name, test := range map[string]struct {
		settings  Settings
		variables map[string]string
		want      environment
	}{
		"the default profile":    {want: environment{region: "eu-west-1", fips: true, maxRetries: 25}},
		"a variable's profile":   {variables: map[string]string{"AWS_PROFILE": "p"}, want: environment{region: "eu-west-2", dualStack: true, maxRetries: 3}},
		"the block's profile":    {Settings{Profile: "q"}, map[string]string{"AWS_PROFILE": "p"}, environment{region: "eu-west-3", maxRetries: 25}},
		"a profile that is gone": {Settings{Profile: "r"}, nil, environment{maxRetries: 25}},
		"a profile's endpoint":   {Settings{Profile: "ours"}, nil, environment{region: "eu-north-1", endpoints: ours, maxRetries: 25}},
		"one that is ignored":    {Settings{Profile: "ours"}, map[string]string{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, environment{region: "eu-north-1", maxRetries: 25}},
		"a variable's endpoint":  {Settings{Profile: "q"}, map[string]string{"AWS_ENDPOINT_URL": ours.S3}, environment{region: "eu-west-3", endpoints: ours, maxRetries: 25}},
		"ignored by a profile":   {Settings{Profile: "amazon"}, map[string]string{"AWS_ENDPOINT_URL": ours.S3}, environment{region: "eu-north-1", maxRetries: 25}},
		"a profile's own endpoint of a service": {
			Settings{Profile: "both"}, nil, environment{region: "eu-north-1", endpoints: Endpoints{S3: "https://s3.example.com", IAM: ours.IAM, STS: ours.STS}, maxRetries: 25},
		},
		"any variable before it": {
			Settings{Profile: "both"}, map[string]string{"AWS_ENDPOINT_URL": theirs.S3}, environment{region: "eu-north-1", endpoints: theirs, maxRetries: 25},
		},
		"a variable's own before any": {
			Settings{Profile: "both"}, map[string]string{"AWS_ENDPOINT_URL": theirs.S3, "AWS_ENDPOINT_URL_STS": ours.STS}, environment{region: "eu-north-1", endpoints: Endpoints{S3: theirs.S3, IAM: theirs.IAM, STS: ours.STS}, maxRetries: 25},
		},
		"the block's are not": {
			Settings{Profile: "amazon", Endpoints: ours}, map[string]string{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, environment{region: "eu-north-1", endpoints: ours, maxRetries: 25},
		},
		"variables": {
			variables: map[string]string{"AWS_REGION": "sa-east-1", "AWS_USE_FIPS_ENDPOINT": "false", "AWS_USE_DUALSTACK_ENDPOINT": "true", "AWS_MAX_ATTEMPTS": "4"},
			want:      environment{region: "sa-east-1", dualStack: true, maxRetries: 4},
		},
		"the block": {
			Settings{Region: "us-west-2", UseFIPSEndpoint: true, MaxRetries: 5},
			map[string]string{"AWS_REGION": "sa-east-1", "AWS_USE_FIPS_ENDPOINT": "false", "AWS_MAX_ATTEMPTS": "4"},
			environment{region: "us-west-2", fips: true, maxRetries: 5},
		},
	} {
		t.Run(name, func(t *testing.T) {
			awsfake.Isolate(t).Config(profiles + services)
			for variable, value := range test.variables {
				t.Setenv(variable, value)
			}
			if got, err := readEnvironment(t.Context(), test.settings); err != nil || got != test.want {
				t.Errorf("got %+v, %v, want %+v", got, err, test.want)
			}
		})
	}
}
