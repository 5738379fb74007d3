package awsclient

import "testing"

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
