package assumerole_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// handMade is a role as people make it, the configuration that they write for it, and what the first plan says.
type handMade struct {
	trust string
	// inline are policies by name, managed are documents of managed policies.
	inline  map[string]string
	managed []string
	// attached are ARNs of managed policies that are there, create adds to how the role is made.
	attached []string
	create   func(*iam.CreateRoleInput)
	// arguments are of the configuration, one a line; bucket_arn is always there.
	arguments []string
	// byARN imports by the role's ARN.
	byARN bool
	// changes are the attributes that the plan changes.
	changes []string
	// warns are texts that a warning about the role has, each in one of its own; no others are expected.
	warns []string
}

// powerUser is a policy of AWS's that serves as a boundary.
var powerUser = "arn:aws:iam::aws:policy/PowerUserAccess"

const documentedActions = `["s3:ListBucket","s3:GetObject*","s3:PutObject*","s3:DeleteObject*"]`

func allow(actions, resources string) string {
	return `{"Effect":"Allow","Action":` + actions + `,"Resource":` + resources + `}`
}

func document(statements ...string) string {
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
}

func trusting(principal, condition string) string {
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return `{"Effect":"Allow","Principal":` + principal + `,"Action":"sts:AssumeRole"` + condition + `}`
}

// handMadeRoles are made by VoiceBase's page, by consoles, by other tools and by hand.
func handMadeRoles(a *acctest.AWS) map[string]handMade {
	var (
		account   = strings.Split(a.VoiceBaseARN(), ":")[4]
		voiceBase = `{"AWS":"` + a.VoiceBaseARN() + `"}`
		id        = `{"StringEquals":{"sts:ExternalId":"` + a.ExternalID() + `"}}`
		page      = document(trusting(voiceBase, id))
		both      = `["` + bucketARN + `","` + bucketARN + `/*"]`
		wide      = map[string]string{"s3-access": document(allow(documentedActions, both))}
		narrow    = map[string]string{"put": document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`))}
	)
	const ours, others = "permissions_policy", "Other policies on the role"
	named := func(operator string) string {
		return `{"` + operator + `":{"aws:PrincipalArn":"` + a.VoiceBaseARN() + `"},"StringLike":{"sts:ExternalId":"` + a.ExternalID() + `"}}`
	}
	return map[string]handMade{
		"voicebase-page":          {trust: page, inline: wide, arguments: []string{`access = "documented"`}, changes: []string{ours}, warns: []string{"inline policy s3-access"}},
		"voicebase-page-narrowed": {trust: page, inline: wide, changes: []string{"access", ours}, warns: []string{others}},
		"own-policy-name":         {trust: page, inline: map[string]string{iamrole.PolicyName: document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`))}, changes: []string{ours}},
		"own-policy": {trust: page, inline: map[string]string{iamrole.PolicyName: document(`{"Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucketARN +
			`/*","Condition":{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}`)}},
		"by-arn": {trust: page, inline: narrow, byARN: true, changes: []string{ours}, warns: []string{"inline policy put"}},
		"no-sid-lists": {
			trust:  `{"Version":"2008-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":["` + a.VoiceBaseARN() + `"]},"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"sts:ExternalId":["` + a.ExternalID() + `"]}}}}`,
			inline: narrow, changes: []string{ours}, warns: []string{others},
		},
		"string-like":     {trust: document(trusting(voiceBase, strings.Replace(id, "Equals", "Like", 1))), inline: narrow, changes: []string{ours}, warns: []string{others}},
		"account-id":      {trust: document(trusting(`{"AWS":"`+account+`"}`, id)), inline: narrow, arguments: []string{fmt.Sprintf("voicebase_arn = %q", account)}, changes: []string{ours}, warns: []string{others}},
		"account-to-role": {trust: document(trusting(`{"AWS":"arn:aws:iam::`+account+`:root"}`, id)), inline: narrow, changes: []string{"assume_role_policy", ours, "voicebase_arn"}, warns: []string{others}},
		"no-external-id":  {trust: document(trusting(voiceBase, "")), inline: narrow, changes: []string{"assume_role_policy", "external_id", ours}, warns: []string{others}},
		"two-external-ids": {
			trust:  document(trusting(voiceBase, `{"StringEquals":{"sts:ExternalId":["old-id","`+a.ExternalID()+`"]}}`)),
			inline: narrow, changes: []string{"assume_role_policy", ours}, warns: []string{"it makes the role accept 2 external IDs", others},
		},
		"pattern-of-ids":       {trust: document(trusting(voiceBase, `{"StringLike":{"sts:ExternalId":"0e2a*"}}`)), inline: narrow, changes: []string{"assume_role_policy", "external_id", ours}, warns: []string{"external_id cannot express", others}},
		"administrator-beside": {trust: document(trusting(`{"AWS":"000000000000"}`, ""), trusting(voiceBase, id)), inline: narrow, changes: []string{"assume_role_policy", ours}, warns: []string{"it also trusts arn:aws:iam::000000000000:root", others}},
		"service-beside":       {trust: document(trusting(voiceBase, id), trusting(`{"Service":"lambda.amazonaws.com"}`, "")), inline: narrow, changes: []string{"assume_role_policy", ours}, warns: []string{"lambda.amazonaws.com", others}},
		"another-vendor":       {trust: document(trusting(`{"AWS":["`+a.VoiceBaseARN()+`","444455556666"]}`, id)), inline: narrow, changes: []string{"assume_role_policy", ours}, warns: []string{"it also trusts arn:aws:iam::444455556666:root", others}},
		"tagged-sessions":      {trust: document(strings.Replace(trusting(voiceBase, id), `"sts:AssumeRole"`, `["sts:AssumeRole","sts:TagSession"]`, 1)), inline: narrow, changes: []string{"assume_role_policy", ours}, warns: []string{"it allows more than sts:AssumeRole", others}},
		"prefix":               {trust: page, inline: map[string]string{"p": document(allow(`["s3:PutObject"]`, `["`+bucketARN+`/voicebase/*"]`))}, arguments: []string{`key_prefixes = ["voicebase/"]`}, changes: []string{ours}, warns: []string{others}},
		"two-prefixes": {
			trust: page, inline: map[string]string{"p": document(allow(`"s3:PutObject"`, `["`+bucketARN+`/b/*","`+bucketARN+`/a/*"]`))},
			arguments: []string{`key_prefixes = ["a/", "b/"]`}, changes: []string{ours}, warns: []string{others},
		},
		"prefix-without-slash": {trust: page, inline: map[string]string{"p": document(allow(`"s3:PutObject"`, `"`+bucketARN+`/voicebase*"`))}, arguments: []string{`key_prefixes = ["voicebase/"]`}, changes: []string{ours}, warns: []string{others}},
		"one-policy-each": {
			trust: page, arguments: []string{`access = "documented"`, fmt.Sprintf("kms_key_arn = %q", kmsKeyARN)}, changes: []string{ours}, warns: []string{"inline policy kms"},
			inline: map[string]string{
				"list":    document(allow(`"s3:ListBucket"`, `"`+bucketARN+`"`)),
				"objects": document(allow(`["s3:GetObject*","s3:PutObject*","s3:DeleteObject*"]`, `"`+bucketARN+`/*"`)),
				"kms":     document(allow(`["kms:Decrypt","kms:GenerateDataKey"]`, `"`+kmsKeyARN+`"`)),
			},
		},
		"all-of-s3":        {trust: page, inline: map[string]string{"s3": document(allow(`"s3:*"`, `"*"`))}, changes: []string{"bucket_arn", ours}, warns: []string{"No delivery bucket found", others}},
		"two-buckets":      {trust: page, inline: map[string]string{"s3": document(allow(`"s3:PutObject"`, `["`+bucketARN+`/*","arn:aws:s3:::acme-other/*"]`))}, changes: []string{"bucket_arn", ours}, warns: []string{"one of 2 buckets", others}},
		"managed-policy":   {trust: page, managed: []string{document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`))}, changes: []string{ours}, warns: []string{"managed policy arn:aws:iam::000000000000:policy/acc-"}},
		"managed-beside":   {trust: page, inline: map[string]string{"list": document(allow(`"s3:ListAllMyBuckets"`, `"*"`))}, managed: []string{document(allow(documentedActions, both))}, arguments: []string{`access = "documented"`}, changes: []string{ours}, warns: []string{"inline policy list"}},
		"managed-by-aws":   {trust: page, attached: []string{"arn:aws:iam::aws:policy/AmazonS3FullAccess"}, changes: []string{"bucket_arn", ours}, warns: []string{"No delivery bucket found", "managed policy arn:aws:iam::aws:policy/AmazonS3FullAccess"}},
		"everyone-named":   {trust: document(trusting(`{"AWS":"*"}`, named("StringEquals"))), inline: narrow, changes: []string{ours}, warns: []string{others}},
		"account-named":    {trust: document(trusting(`{"AWS":"`+account+`"}`, named("ArnLike"))), inline: narrow, changes: []string{ours}, warns: []string{others}},
		"everyone-with-id": {trust: document(trusting(`{"AWS":"*"}`, id)), inline: narrow, changes: []string{"assume_role_policy", ours, "voicebase_arn"}, warns: []string{"it trusts every AWS account", others}},
		"for-any-value":    {trust: document(trusting(voiceBase, strings.Replace(id, "StringEquals", "ForAnyValue:StringEquals", 1))), inline: narrow, changes: []string{ours}, warns: []string{others}},
		"not-action":       {trust: page, inline: map[string]string{"most": document(`{"Effect":"Allow","NotAction":["iam:*","sts:*"],"Resource":"*"}`)}, changes: []string{"bucket_arn", ours}, warns: []string{"No delivery bucket found", others}},
		"not-delete":       {trust: page, inline: map[string]string{"most": document(`{"Effect":"Allow","NotAction":"s3:DeleteObject","Resource":"` + bucketARN + `/*"}`)}, changes: []string{ours}, warns: []string{others}},
		"access-point":     {trust: page, inline: map[string]string{"point": document(allow(`"s3:PutObject"`, `"arn:aws:s3:us-east-1:000000000000:accesspoint/results/object/*"`))}, changes: []string{"bucket_arn", ours}, warns: []string{"bucket_arn cannot express", others}},
		"bounded": {
			trust: page, inline: narrow, create: func(in *iam.CreateRoleInput) { in.PermissionsBoundary = &powerUser },
			arguments: []string{fmt.Sprintf("permissions_boundary = %q", powerUser)}, changes: []string{ours}, warns: []string{others},
		},
		"unbounded": {
			trust: page, inline: narrow, create: func(in *iam.CreateRoleInput) { in.PermissionsBoundary = &powerUser },
			changes: []string{ours, "permissions_boundary"}, warns: []string{others},
		},
		"described": {
			trust: page, inline: narrow, create: func(in *iam.CreateRoleInput) {
				in.Path, in.Description, in.MaxSessionDuration = aws.String("/vendors/"), aws.String("VoiceBase's\tdeliveries"), aws.Int32(43200)
			},
			arguments: []string{`path = "/vendors/"`, `description = "VoiceBase's\tdeliveries"`, "max_session_duration = 43200"}, changes: []string{ours}, warns: []string{others},
		},
		"by-cloudformation": {
			trust: page, managed: []string{document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`))},
			create: func(in *iam.CreateRoleInput) {
				in.Tags = []types.Tag{{Key: aws.String("aws:cloudformation:stack-name"), Value: aws.String("acme")}, {Key: aws.String("Team"), Value: aws.String("old")}}
			},
			arguments: []string{`tags = { Team = "speech" }`}, changes: []string{ours, "tags", "tags_all"}, warns: []string{others},
		},
		"nothing":          {trust: page, changes: []string{"bucket_arn", ours}, warns: []string{"No delivery bucket found"}},
		"own-policy-wider": {trust: page, inline: map[string]string{iamrole.PolicyName: document(allow(`"s3:*"`, both))}, arguments: []string{`access = "documented"`}, changes: []string{ours}, warns: []string{"Permissions will be narrowed"}},
		"own-policy-two-buckets": {
			trust: page, inline: map[string]string{iamrole.PolicyName: document(allow(`"s3:PutObject"`, `["`+bucketARN+`/*","arn:aws:s3:::acme-other/*"]`)), "put": narrow["put"]},
			changes: []string{ours}, warns: []string{"Permissions will be narrowed", others},
		},
		"denial-beside": {trust: page, inline: map[string]string{"put": narrow["put"], "deny": document(`{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}`)}, changes: []string{ours}, warns: []string{"inline policy deny"}},
		"exclusive":     {trust: page, inline: wide, arguments: []string{"exclusive_policies = true"}, changes: []string{"access", "exclusive_policies", ours}, warns: []string{others, "Other policies will be removed"}},
	}
}

// makeRole makes a role past Terraform; it goes with the test.
func makeRole(t *testing.T, a *acctest.AWS, name string, made handMade) {
	t.Helper()
	client := a.IAM()
	outside(t, a, func(ctx context.Context, client *iam.Client) error {
		in := &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &made.trust}
		if made.create != nil {
			made.create(in)
		}
		_, err := client.CreateRole(ctx, in, acctest.AsCloudFormationIAM)
		return err
	})
	t.Cleanup(func() { _ = iamrole.Delete(context.Background(), client, name, true) })
	for _, policy := range made.attached {
		outside(t, a, func(ctx context.Context, client *iam.Client) error {
			_, err := client.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: &policy})
			return err
		})
	}
	for policy, text := range made.inline {
		outside(t, a, func(ctx context.Context, client *iam.Client) error {
			_, err := client.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: &policy, PolicyDocument: &text})
			return err
		})
	}
	for _, text := range made.managed {
		outside(t, a, func(ctx context.Context, client *iam.Client) error {
			policy, err := client.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: aws.String(acctest.RandomName("acc-")), PolicyDocument: &text})
			if err != nil {
				return err
			}
			_, err = client.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: policy.Policy.Arn})
			return err
		})
	}
}

// importRole is the configuration of an imported role, labelled by what it is.
func importRole(label, name, id string, arguments ...string) string {
	return strings.Replace(named(name, arguments...), `"test"`, fmt.Sprintf("%q", label), 1) +
		fmt.Sprintf("import {\n  to = voicebase_delivery_role.%s\n  id = %q\n}\n", label, id)
}

// Roles of all kinds are imported: what they mean becomes the arguments, the first plan changes what is expected and
// warns of what goes beyond, and the plan after the apply is empty.
func TestAccRoleAdopted(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	roles := handMadeRoles(a)
	if len(roles) < 20 {
		t.Fatalf("only %d roles", len(roles))
	}
	config, names := a.Provider()+"variable \"force\" {\n  default = false\n}\n", map[string]string{}
	for label, made := range roles {
		name := acctest.RandomName("acc-role-")
		names[label] = name
		makeRole(t, a, name, made)
		id := name
		if made.byARN {
			id = "arn:aws:iam::000000000000:role/" + name
		}
		config += importRole(label, name, id, append([]string{"force_detach_policies = var.force"}, made.arguments...)...)
	}
	cli := acctest.NewCLI(t, config)
	planned := cli.Plan(t)
	if len(planned.Errors) > 0 {
		t.Fatal(strings.Join(planned.Errors, "\n"))
	}
	for label, made := range roles {
		address := "voicebase_delivery_role." + label
		change := planned.Resources[address]
		if change == nil {
			t.Errorf("%s is not in the plan", label)
			continue
		}
		slices.Sort(made.changes)
		if got := acctest.Changed(change); change.Actions.NoOp() != (len(made.changes) == 0) || !slices.Equal(got, made.changes) {
			t.Errorf("%s: the plan does %v and changes %v, want %v", label, change.Actions, got, made.changes)
		}
		var about []string
		for _, warning := range planned.Warnings {
			if strings.Contains(warning, fmt.Sprintf("role %q", names[label])) {
				about = append(about, warning)
			}
		}
		for _, want := range made.warns {
			if !slices.ContainsFunc(about, func(warning string) bool { return strings.Contains(warning, want) }) {
				t.Errorf("%s: no warning says %q: %q", label, want, about)
			}
		}
		if len(about) > len(made.warns) {
			t.Errorf("%s: warnings beyond %q: %q", label, made.warns, about)
		}
	}
	cli.Run(t, "apply", planned.Path)
	cli.Run(t, "plan", "-detailed-exitcode")
	for label, made := range roles {
		left, err := iamrole.FindOtherPolicies(t.Context(), a.IAM(), names[label])
		want := slices.DeleteFunc(slices.Sorted(maps.Keys(made.inline)), func(name string) bool { return name == iamrole.PolicyName })
		if label == "exclusive" {
			want = nil
		}
		if err != nil || !left.Ours || !slices.Equal(left.Inline, want) || len(left.Managed) != len(made.managed)+len(made.attached) {
			t.Errorf("%s: left are %+v, %v", label, left, err)
		}
	}
	stack, err := a.IAM().ListRoleTags(t.Context(), &iam.ListRoleTagsInput{RoleName: aws.String(names["by-cloudformation"])})
	if err != nil || len(stack.Tags) != 2 {
		t.Errorf("the role of a stack has the tags %+v, %v", stack, err)
	}
	cli.Run(t, "apply", "-auto-approve", "-var", "force=true")
	cli.Run(t, "destroy", "-auto-approve", "-var", "force=true")
}

// An import that cannot tell the external ID says so, where the provider block does not have it either.
func TestAccRoleAdoptedWithoutExternalID(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	name := acctest.RandomName("acc-role-")
	makeRole(t, a, name, handMade{
		trust:  document(trusting(`{"AWS":"`+a.VoiceBaseARN()+`"}`, `{"StringLike":{"sts:ExternalId":"0e2a*"}}`)),
		inline: map[string]string{"put": document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`))},
	})
	for argument, want := range map[string]bool{"external_id": true, "": false} {
		planned := acctest.NewCLI(t, a.ProviderWithout(argument)+importRole("test", name, name)).Plan(t)
		if got := strings.Contains(strings.Join(planned.Warnings, "\n"), "Set it: otherwise the next apply lets VoiceBase assume the role"); got != want || len(planned.Errors) > 0 {
			t.Errorf("without %q: warned is %t: %q, %q", argument, got, planned.Warnings, planned.Errors)
		}
	}
}

// What the arguments cannot express, and would be lost to more access, is an error that quotes the statement.
func TestAccRoleNotAdopted(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	voiceBase := `{"AWS":"` + a.VoiceBaseARN() + `"}`
	page := document(trusting(voiceBase, ""))
	roles := map[string]struct {
		handMade
		id   string
		says []string
	}{
		"address": {
			handMade: handMade{trust: document(trusting(voiceBase, `{"IpAddress":{"aws:SourceIp":"52.6.244.43/32"}}`))},
			says:     []string{"Unable to import the trust policy", "a condition on aws:sourceip", `"aws:SourceIp":"52.6.244.43/32"`},
		},
		"denied": {
			handMade: handMade{trust: document(trusting(voiceBase, ""), `{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`)},
			says:     []string{"Unable to import the trust policy", "it denies", `"aws:SecureTransport":"false"`},
		},
		"acl": {
			handMade: handMade{trust: page, inline: map[string]string{"put": document(`{"Effect":"Allow","Action":"s3:PutObject","Resource":"` + bucketARN + `/*","Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}`)}},
			says:     []string{"Unable to import the permissions", "a condition on s3:x-amz-acl", "bucket-owner-full-control"},
		},
		"own-denial": {
			handMade: handMade{trust: page, inline: map[string]string{iamrole.PolicyName: document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`), `{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}`)}},
			says:     []string{"Unable to import the permissions", "it denies"},
		},
		"own-denial-alone": {
			handMade: handMade{trust: page, inline: map[string]string{
				iamrole.PolicyName: document(`{"Effect":"Deny","Action":"s3:PutObject","Resource":"` + bucketARN + `/private/*"}`),
				"put":              document(allow(`"s3:PutObject"`, `"`+bucketARN+`/*"`)),
			}},
			says: []string{"Unable to import the permissions", "it denies", "/private/*"},
		},
		"organization": {
			handMade: handMade{trust: document(trusting(`{"AWS":"*"}`, `{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}`))},
			says:     []string{"Unable to import the trust policy", "a condition on aws:principalorgid"},
		},
		"until": {
			handMade: handMade{trust: document(trusting(voiceBase, `{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}`))},
			says:     []string{"Unable to import the trust policy", "a condition on aws:currenttime"},
		},
		"service-linked": {
			handMade: handMade{trust: document(trusting(`{"Service":"lambda.amazonaws.com"}`, "")), create: func(in *iam.CreateRoleInput) { in.Path = aws.String("/aws-service-role/lambda.amazonaws.com/") }},
			says:     []string{"Unable to import delivery role", "only AWS can change"},
		},
		"single-sign-on": {
			handMade: handMade{trust: page, create: func(in *iam.CreateRoleInput) { in.Path = aws.String("/aws-reserved/sso.amazonaws.com/") }},
			says:     []string{"Unable to import delivery role", "only AWS can change"},
		},
		"another-account": {handMade: handMade{trust: page}, id: "arn:aws:iam::444455556666:role/%s", says: []string{"Unable to import delivery role", "not arn:aws:iam::444455556666:role/"}},
		"another-path":    {handMade: handMade{trust: page}, id: "arn:aws:iam::000000000000:role/path/%s", says: []string{"Unable to import delivery role", "has the ARN"}},
		"user":            {handMade: handMade{trust: page}, id: "arn:aws:iam::000000000000:user/%s", says: []string{"Invalid import ID", "is not the ARN of a role"}},
		"bucket":          {handMade: handMade{trust: page}, id: "arn:aws:s3:::%s", says: []string{"Invalid import ID", "is not the ARN of a role"}},
		"path":            {handMade: handMade{trust: page}, id: "path/%s", says: []string{"Invalid import ID", "or its ARN"}},
	}
	for label, made := range roles {
		t.Run(label, func(t *testing.T) {
			name := acctest.RandomName("acc-role-")
			makeRole(t, a, name, made.handMade)
			id := name
			if made.id != "" {
				id = fmt.Sprintf(made.id, name)
			}
			planned := acctest.NewCLI(t, a.Provider()+importRole(label, name, id)).Plan(t)
			text := strings.Join(planned.Errors, "\n")
			for _, want := range made.says {
				if !strings.Contains(text, want) {
					t.Errorf("no error says %q: %s", want, text)
				}
			}
		})
	}
}
