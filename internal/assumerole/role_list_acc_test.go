package assumerole_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// listBlock is a list of roles with arguments of its configuration and of the block.
func listBlock(config string, arguments ...string) string {
	return fmt.Sprintf("list \"voicebase_delivery_role\" \"all\" {\n  provider = voicebase\n  %s\n  config {\n    %s\n  }\n}\n", strings.Join(arguments, "\n  "), config)
}

// Every role that trusts VoiceBase is found, whoever made it, and no other; one that the arguments cannot express is a
// warning beside the others.
func TestAccRoleList_latest(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	var (
		account = strings.Split(a.VoiceBaseARN(), ":")[4]
		named   = `{"AWS":"` + a.VoiceBaseARN() + `"}`
		put     = map[string]string{"put": document(allow(`"s3:PutObject"`, `"`+bucketARN+`/voicebase/*"`))}
		prefix  = acctest.RandomName("acc-list-") + "-"
	)
	for label, made := range map[string]handMade{
		"ours":       {trust: trustOf(a), inline: put},
		"by-account": {trust: document(trusting(`{"AWS":"`+account+`"}`, "")), inline: put},
		"in-a-list":  {trust: document(trusting(`{"AWS":["000000000000","`+a.VoiceBaseARN()+`"]}`, "")), inline: put},
		"restricted": {trust: document(trusting(named, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`)), inline: put},
		"another":    {trust: document(trusting(`{"AWS":"444455556666"}`, ""))},
		"service":    {trust: document(trusting(`{"Service":"lambda.amazonaws.com"}`, ""))},
	} {
		makeRole(t, a, prefix+label, made)
	}
	cli := acctest.NewCLI(t, a.Provider())
	// Other tests make roles beside these.
	ours := func(got acctest.Queried) string {
		var found []string
		for _, label := range []string{"ours", "by-account", "in-a-list", "restricted", "another", "service"} {
			if listed, ok := got.Found[prefix+label]; ok && listed.Identity["name"] == prefix+label {
				found = append(found, label)
			}
		}
		return strings.Join(found, " ")
	}
	if got := cli.Query(t, listBlock("")); ours(got) != "ours by-account in-a-list restricted" || len(got.Errors) > 0 {
		t.Errorf("found %q, %+v", ours(got), got)
	}
	if got := cli.Query(t, listBlock(`voicebase_arn = "444455556666"`)); ours(got) != "another" {
		t.Errorf("of another principal: %q", ours(got))
	}
	if got := cli.Query(t, listBlock(`path_prefix = "/nowhere/"`)); len(got.Found) > 0 {
		t.Errorf("below another path: %+v", got)
	}
	if got := cli.Query(t, listBlock("", "limit = 1")); len(got.Found) != 1 {
		t.Errorf("with a limit: %+v", got)
	}
	got := cli.Query(t, listBlock("", "include_resource = true"))
	resource := got.Found[prefix+"ours"].Resource
	if ours(got) != "ours by-account in-a-list" || resource["bucket_arn"] != bucketARN || resource["external_id"] != a.ExternalID() {
		t.Errorf("with the resource: %q, %v", ours(got), resource)
	}
	if !strings.Contains(strings.Join(got.Warnings, "\n"), "Unable to import the trust policy") {
		t.Errorf("no warning: %v", got.Warnings)
	}
	a.Fail("ListRoles", denied)
	if got := cli.Query(t, listBlock("")); !strings.Contains(strings.Join(got.Errors, "\n"), "Unable to list delivery role") {
		t.Errorf("refused: %+v", got)
	}
	a.ClearFaults()
	nobody := acctest.NewCLI(t, a.ProviderWithout("voicebase_arn"))
	if got := nobody.Query(t, listBlock("")); !strings.Contains(strings.Join(got.Errors, "\n"), "Missing VoiceBase ARN") {
		t.Errorf("without an ARN: %+v", got)
	}
}
