package assumerole

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
)

// said are the severities of diagnostics, each with the attribute that it is about, in order.
func said(diags diag.Diagnostics) string {
	var out []string
	for _, d := range diags {
		at := ""
		if with, ok := d.(diag.DiagnosticWithPath); ok {
			at = with.Path().String()
		}
		out = append(out, d.Severity().String()+" "+at)
	}
	return strings.Join(out, ", ")
}

func statements(list ...string) string {
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(list, ",") + `]}`
}

// TestAdoptTrust tells what the next apply would widen, an error, from what it would narrow, a warning.
func TestAdoptTrust(t *testing.T) {
	t.Parallel()
	const (
		voiceBase = "arn:aws:iam::123456789012:role/voicebase"
		allow     = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"` + voiceBase + `"}`
		plain     = allow + `,"Condition":{"StringEquals":{"sts:ExternalId":"org-a"}}}`
		other     = `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"444455556666"}}`
		deny      = `{"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`
	)
	known, err := awsname.ParsePrincipal(voiceBase)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		document, said, arn, id string
	}{
		"as ours":             {statements(plain), "", voiceBase, "org-a"},
		"a denial":            {statements(plain, deny), "Error assume_role_policy", voiceBase, "org-a"},
		"only a denial":       {statements(deny), "Error assume_role_policy", "", ""},
		"another vendor":      {statements(other, plain), "Warning assume_role_policy", voiceBase, "org-a"},
		"a denial and more":   {statements(other, plain, deny), "Error assume_role_policy, Warning assume_role_policy", voiceBase, "org-a"},
		"a condition":         {statements(allow + `,"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`), "Error assume_role_policy", voiceBase, ""},
		"what is no document": {"{", "Error assume_role_policy", "", ""},
	} {
		var m roleModel
		got := said(m.adoptTrust(&iamrole.Role{Spec: iamrole.Spec{Name: "delivery", TrustPolicy: test.document}}, iampolicy.TrustHint{Principal: known, ExternalID: "org-a"}))
		if got != test.said || m.VoiceBaseARN.ValueString() != test.arn || m.ExternalID.ValueString() != test.id {
			t.Errorf("%s: said %q, %s and %s", name, got, m.VoiceBaseARN, m.ExternalID)
		}
	}
}

// TestAdoptPermissions has the provider's own inline policy before all others, and no denial read as a grant.
func TestAdoptPermissions(t *testing.T) {
	t.Parallel()
	const (
		bucket = "arn:aws:s3:::acme-results"
		grant  = `{"Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucket + `/a/*","Condition":{"StringEquals":{"aws:ResourceAccount":"111122223333"}}}`
		other  = `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-other/*"}`
		list   = `{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}`
		deny   = `{"Effect":"Deny","Action":"s3:PutObject","Resource":"` + bucket + `/*"}`
	)
	limited := strings.Replace(grant, `"StringEquals"`, `"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"StringEquals"`, 1)
	const lost, nowhere = "Error permissions_policy", "Warning bucket_arn"
	for name, test := range map[string]struct {
		own       string
		others    []string
		said, arn string
	}{
		"ours":                          {statements(grant), nil, "", bucket},
		"ours before others":            {statements(grant), []string{statements(other)}, "", bucket},
		"ours, with a denial":           {statements(grant, deny), nil, lost, bucket},
		"ours, on a condition":          {statements(limited), nil, lost, bucket},
		"ours, with more":               {statements(grant, list), nil, "Warning permissions_policy", bucket},
		"ours only deny":                {statements(deny), []string{statements(grant)}, lost, bucket},
		"ours have something else":      {statements(list), []string{statements(grant)}, "Warning permissions_policy", bucket},
		"ours are no document":          {"{", []string{statements(grant)}, "", bucket},
		"others":                        {"", []string{statements(list), statements(grant)}, "", bucket},
		"others, with a denial of them": {"", []string{statements(grant), statements(deny)}, "", bucket},
		"others, on a condition":        {"", []string{statements(limited)}, lost, bucket},
		"others only deny":              {"", []string{statements(deny)}, nowhere, ""},
		"two buckets":                   {"", []string{statements(grant, other)}, nowhere, ""},
		"nothing":                       {"", nil, nowhere, ""},
		"others are no documents":       {"", []string{"{"}, lost, ""},
	} {
		var m roleModel
		got := said(m.adoptPermissions(&iamrole.Role{Spec: iamrole.Spec{Name: "delivery", PermissionsPolicy: test.own}}, test.others))
		if got != test.said || m.BucketARN.ValueString() != test.arn {
			t.Errorf("%s: said %q, %s", name, got, m.BucketARN)
		}
		if test.arn == "" {
			continue
		}
		if prefixes := framework.Strings(m.KeyPrefixes); strings.Join(prefixes, " ") != "a/" || m.BucketAccountID != types.StringValue("111122223333") || !m.KMSKeyARN.IsNull() {
			t.Errorf("%s: prefixes %v, account %s, key %s", name, prefixes, m.BucketAccountID, m.KMSKeyARN)
		}
	}
}
