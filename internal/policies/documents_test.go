package policies_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/policies"
)

// read reads the data source with the provider's settings and its arguments, beside a bucket's ARN.
func read(t *testing.T, settings, arguments map[string]any) (documents map[string]string, warnings, errs string) {
	t.Helper()
	config := map[string]any{"bucket_arn": "arn:aws:s3:::acme-results"}
	for name, value := range arguments {
		config[name] = value
	}
	attributes, warnings, errs := acctest.NewServer(t, settings).ReadWarned(t, policies.TypeName, config)
	documents = map[string]string{}
	for _, name := range []string{"trust_policy", "permissions_policy", "bucket_policy"} {
		var text *string
		if value, ok := attributes[name]; ok {
			if err := value.As(&text); err != nil {
				t.Fatal(err)
			}
		}
		if text != nil {
			documents[name] = *text
		}
	}
	return documents, warnings, errs
}

// Each argument that says who may, and on whose bucket, is in its document.
func TestDocuments(t *testing.T) {
	t.Parallel()
	documents, warnings, errs := read(t, nil, map[string]any{
		"voicebase_arn": "444455556666", "external_id": "acme", "bucket_account_id": "111122223333",
	})
	if warnings != "" || errs != "" {
		t.Errorf("warnings %q, errors %q", warnings, errs)
	}
	for document, parts := range map[string][]string{
		"trust_policy":       {`"arn:aws:iam::444455556666:root"`, `"sts:ExternalId":"acme"`},
		"permissions_policy": {`"aws:ResourceAccount":"111122223333"`, `"arn:aws:s3:::acme-results/*"`},
		"bucket_policy":      {`"aws:SecureTransport":"false"`},
	} {
		for _, part := range parts {
			if !strings.Contains(documents[document], part) {
				t.Errorf("%s has no %s: %s", document, part, documents[document])
			}
		}
	}
}

// The provider block has the default for who may assume the role, its region the partition of an account ID.
func TestDocuments_provider(t *testing.T) {
	t.Parallel()
	settings := map[string]any{"region": "us-gov-west-1", "voicebase_arn": "444455556666", "external_id": "acme"}
	documents, _, errs := read(t, settings, map[string]any{"bucket_arn": "arn:aws-us-gov:s3:::acme-results"})
	if trust := documents["trust_policy"]; errs != "" || !strings.Contains(trust, `"arn:aws-us-gov:iam::444455556666:root"`) || !strings.Contains(trust, `"sts:ExternalId":"acme"`) {
		t.Errorf("%q: %s", errs, trust)
	}
	if _, _, errs = read(t, settings, nil); !strings.Contains(errs, "aws-us-gov") {
		t.Errorf("a bucket of another partition than the provider's: %q", errs)
	}
}

func TestDocuments_noExternalID(t *testing.T) {
	t.Parallel()
	documents, warnings, errs := read(t, nil, map[string]any{"voicebase_arn": "444455556666"})
	if errs != "" || documents["trust_policy"] == "" || !strings.Contains(warnings, "external_id") {
		t.Errorf("errors %q, warnings %q, documents %v", errs, warnings, documents)
	}
	// Without a principal there is no trust policy, and nothing to warn of.
	documents, warnings, errs = read(t, nil, nil)
	if errs != "" || warnings != "" || documents["trust_policy"] != "" {
		t.Errorf("errors %q, warnings %q, documents %v", errs, warnings, documents)
	}
}

// What the provider block will only know after apply cannot be left out of a document.
func TestDocuments_unknown(t *testing.T) {
	t.Parallel()
	for _, argument := range []string{"voicebase_arn", "external_id"} {
		settings := map[string]any{"voicebase_arn": "444455556666", "external_id": "acme"}
		settings[argument] = tftypes.UnknownValue
		if documents, _, errs := read(t, settings, nil); !strings.Contains(errs, "known only after apply") || !strings.HasPrefix(errs, `AttributeName("`+argument+`")`) {
			t.Errorf("%s: errors %q, documents %v", argument, errs, documents)
		}
	}
}
