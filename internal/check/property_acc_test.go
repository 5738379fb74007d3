package check_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// seedVariable repeats a run of TestAccCheck_property.
const seedVariable = "VOICEBASE_ACC_SEED"

// setups is how many random deliveries are tried.
const setups = 30

// twist changes one thing about a delivery, for the better or the worse: nobody says beforehand which.
type twist struct {
	about string
	apply func(*rand.Rand, *attempt)
}

// attempt is a delivery, what the check is asked, and what VoiceBase is told.
type attempt struct {
	*delivery
	arguments map[string]any
	folder    string
	log       []string
}

func (a *attempt) note(format string, args ...any) {
	a.log = append(a.log, fmt.Sprintf(format, args...))
}

// TestAccCheck_property breaks deliveries at random, some in several ways and some in ways that do no harm, and has the
// stand-in deliver. The check has passed exactly where the delivery arrives.
func TestAccCheck_property(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv(seedVariable); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("the seed is %d: %s=%d repeats this run", seed, seedVariable, seed)
	server := a.Server(t, nil)
	voicebase := standin.New(a.VoiceBaseSTS(), a.HTTPClient().Transport, a.ExternalID())
	arrived := 0
	for i := range setups {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		try := &attempt{delivery: newDelivery(t, a, region), folder: strings.TrimSuffix(prefix, "/")}
		try.arguments = try.delivery.arguments()
		for range random.IntN(4) {
			twist := twists[random.IntN(len(twists))]
			try.note("%s", twist.about)
			twist.apply(random, try)
		}
		got := check(t, server, try.arguments)
		attempt := try.deliver(t, voicebase)
		if got.passed != attempt.Delivered() {
			t.Errorf("set-up %d (%s): the check says %v, the delivery got %d %s %v%v",
				i, strings.Join(try.log, "; "), got.passed, attempt.Status, attempt.Code, attempt.Err, got)
		}
		if attempt.Delivered() {
			arrived++
		}
	}
	t.Logf("%d of %d deliveries arrived", arrived, setups)
	if arrived == 0 || arrived == setups {
		t.Error("all set-ups came to the same, so this run shows nothing")
	}
}

// deliver has VoiceBase deliver by the role, to where the arguments of the check say.
func (a *attempt) deliver(t *testing.T, voicebase *standin.VoiceBase) standin.Attempt {
	t.Helper()
	configuration, err := json.Marshal(map[string]any{"publish": map[string]any{"callbacks": []any{map[string]any{
		"url": a.aws.Endpoint() + "/" + a.bucket, "s3Delivery": true, "role": a.arguments["role_arn"], "prependFolder": a.folder,
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	attempts, err := voicebase.Deliver(t.Context(), configuration, "media-1")
	if err != nil {
		t.Fatal(err)
	}
	return attempts[0]
}

// oneOf chooses, and notes the choice.
func oneOf[T any](random *rand.Rand, a *attempt, choices ...T) T {
	choice := choices[random.IntN(len(choices))]
	a.note("= %v", choice)
	return choice
}

var twists = []twist{
	{"role: deleted", func(_ *rand.Rand, a *attempt) { a.deleteRole(a.t.Context()) }},
	{"role: ARN", func(random *rand.Rand, a *attempt) {
		a.arguments["role_arn"] = strings.Replace(a.roleARN(), "role/", oneOf(random, a, "role/", "role/path/"), 1)
	}},
	{"trust: principal", func(random *rand.Rand, a *attempt) {
		a.retrust(a.aws.VoiceBaseARN(), oneOf(random, a, "111122223333", "arn:aws:iam::111122223333:root", "arn:aws:iam::000000000000:root", "000000000000", a.aws.VoiceBaseARN()))
	}},
	{"trust: external ID", func(random *rand.Rand, a *attempt) {
		a.retrust(`"`+a.aws.ExternalID()+`"`, oneOf(random, a, `"another"`, `["another","`+a.aws.ExternalID()+`"]`, `""`, `"`+strings.ToUpper(a.aws.ExternalID())+`"`))
	}},
	{"trust: operator", func(random *rand.Rand, a *attempt) {
		a.retrust("StringEquals", oneOf(random, a, "StringLike", "StringNotEquals", "StringEqualsIgnoreCase", "StringEqualsIfExists", "StringNotLike"))
	}},
	{"trust: another condition", func(random *rand.Rand, a *attempt) {
		a.retrust(`"Condition":{`, `"Condition":{`+oneOf(random, a,
			`"Bool":{"aws:SecureTransport":"true"},`, `"Bool":{"aws:SecureTransport":"false"},`, `"StringEqualsIfExists":{"aws:PrincipalAccount":"999999999999"},`,
			`"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:*"},`, `"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/*"},`))
	}},
	{"trust: a second statement", func(random *rand.Rand, a *attempt) {
		a.retrust(`"Statement":[`, `"Statement":[`+oneOf(random, a,
			`{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"},`,
			`{"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"},`,
			`{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"Null":{"sts:ExternalId":"true"}}},`,
			`{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"},`))
	}},
	{"policies: action", func(random *rand.Rand, a *attempt) {
		a.putRolePolicy("delivery", a.allow(oneOf(random, a, "s3:Put*", "s3:PutObject*", "s3:GetObject", "s3:PutObjectAcl", "*", "S3:putobject"), a.objects(prefix)))
	}},
	{"policies: resource", func(random *rand.Rand, a *attempt) {
		a.putRolePolicy("delivery", a.allow("s3:PutObject", oneOf(random, a, "*", a.objects(""), a.objects("voice"), a.objects("calls/"), "arn:aws:s3:::"+a.bucket, "arn:aws:s3:::*/voicebase/*")))
	}},
	{"policies: condition", func(random *rand.Rand, a *attempt) {
		a.putRolePolicy("delivery", strings.Replace(a.allow("s3:PutObject", a.objects(prefix)), `}]`, `,"Condition":`+oneOf(random, a,
			`{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}`, `{"StringEquals":{"aws:ResourceAccount":"111122223333"}}`,
			`{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}`, `{"Bool":{"aws:SecureTransport":"true"}}`,
			`{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`, `{"StringEquals":{"s3:authType":"REST-HEADER"}}`)+`}]`, 1))
	}},
	{"policies: a denial", func(random *rand.Rand, a *attempt) {
		a.putRolePolicy("denial", policyOf("Deny", oneOf(random, a, "s3:PutObject", "s3:DeleteObject", "s3:*"), oneOf(random, a, a.objects(""), a.objects("calls/"), "*")))
	}},
	{"policies: deleted", func(_ *rand.Rand, a *attempt) {
		name := "delivery"
		_, _ = a.aws.IAM().DeleteRolePolicy(a.t.Context(), &iam.DeleteRolePolicyInput{RoleName: &a.role, PolicyName: &name})
	}},
	{"policies: a managed one", func(random *rand.Rand, a *attempt) {
		arn := "arn:aws:iam::aws:policy/" + oneOf(random, a, "AmazonS3FullAccess", "ReadOnlyAccess")
		_, _ = a.aws.IAM().AttachRolePolicy(a.t.Context(), &iam.AttachRolePolicyInput{RoleName: &a.role, PolicyArn: &arn})
	}},
	{"bucket policy: denial", func(random *rand.Rand, a *attempt) {
		a.putBucketPolicy(a.withStatement(fmt.Sprintf(`{"Effect":"Deny","Principal":%s,"Action":%q,"Resource":%q%s}`,
			oneOf(random, a, `"*"`, `{"AWS":"000000000000"}`, `{"AWS":"111122223333"}`),
			oneOf(random, a, "s3:PutObject", "s3:GetObject", "s3:*"),
			oneOf(random, a, a.objects(""), a.objects(prefix), a.objects("calls/")),
			oneOf(random, a, "", `,"Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}}`, `,"Condition":{"Null":{"s3:x-amz-acl":"false"}}`,
				`,"Condition":{"StringEquals":{"s3:authType":"REST-QUERY-STRING"}}`, `,"Condition":{"NumericLessThan":{"s3:TlsVersion":"1.2"}}`,
				`,"Condition":{"StringNotEquals":{"aws:PrincipalAccount":"000000000000"}}`, `,"Condition":{"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::000000000000:role/acc-*"}}`,
				`,"Condition":{"StringNotEqualsIfExists":{"aws:SourceVpce":"vpce-1"}}`, `,"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}`))))
	}},
	{"bucket policy: allowance", func(random *rand.Rand, a *attempt) {
		if a.gone() {
			return // S3 takes no policy that names a role which does not exist.
		}
		a.putBucketPolicy(a.withStatement(fmt.Sprintf(`{"Effect":"Allow","Principal":{"AWS":%q},"Action":"s3:PutObject","Resource":%q}`,
			oneOf(random, a, a.roleARN(), "000000000000"), oneOf(random, a, a.objects(""), a.objects("calls/")))))
	}},
	{"bucket policy: all but the role", func(random *rand.Rand, a *attempt) {
		if a.gone() {
			return
		}
		a.putBucketPolicy(a.withStatement(fmt.Sprintf(`{"Effect":"Deny","NotPrincipal":{"AWS":%s},"Action":"s3:PutObject","Resource":%q}`,
			oneOf(random, a, `["`+a.roleARN()+`","arn:aws:iam::000000000000:root"]`, `"arn:aws:iam::111122223333:root"`), a.objects(""))))
	}},
	{"boundary", func(random *rand.Rand, a *attempt) {
		arn := "arn:aws:iam::aws:policy/" + oneOf(random, a, "AmazonS3FullAccess", "IAMFullAccess", "AdministratorAccess", "AmazonS3ReadOnlyAccess")
		_, _ = a.aws.IAM().PutRolePermissionsBoundary(a.t.Context(), &iam.PutRolePermissionsBoundaryInput{RoleName: &a.role, PermissionsBoundary: aws.String(arn)})
	}},
	{"region", func(random *rand.Rand, a *attempt) {
		// The stand-in addresses us-east-1 at an endpoint that is not Amazon's, as does the check by its default.
		where := oneOf(random, a, "eu-west-1", "us-east-1")
		if where == region {
			return
		}
		elsewhere := newDelivery(a.t, a.aws, where)
		a.deleteRole(a.t.Context())
		a.delivery = elsewhere
		a.arguments["bucket"], a.arguments["role_arn"] = a.bucket, a.roleARN()
	}},
	{"prefix", func(random *rand.Rand, a *attempt) {
		a.folder = oneOf(random, a, "voicebase", "voicebase/calls", "voicebase-2", "calls", "VoiceBase")
		a.arguments["key_prefix"] = a.folder + "/"
	}},
	{"no prefix", func(_ *rand.Rand, a *attempt) {
		a.folder = ""
		delete(a.arguments, "key_prefix")
	}},
	{"key", func(random *rand.Rand, a *attempt) {
		a.encrypt(oneOf(random, a, keyARN, "", "11111111-2222-3333-4444-555555555555"))
	}},
	{"key, and a grant for it", func(random *rand.Rand, a *attempt) {
		a.encrypt(keyARN)
		a.putRolePolicy("key", a.allow(oneOf(random, a, "kms:GenerateDataKey", "kms:*", "kms:Decrypt"), oneOf(random, a, keyARN, otherKeyARN, "*")))
	}},
}

// retrust changes the trust policy as it is, where there is a role.
func (a *attempt) retrust(old, replacement string) {
	a.t.Helper()
	if a.gone() {
		return
	}
	role, err := a.aws.IAM().GetRole(a.t.Context(), &iam.GetRoleInput{RoleName: &a.role})
	must(a.t)(role, err)
	a.putTrust(strings.Replace(decode(a.t, aws.ToString(role.Role.AssumeRolePolicyDocument)), old, replacement, 1))
}

// putRolePolicy is the delivery's, where there is a role.
func (a *attempt) putRolePolicy(name, policy string) {
	a.t.Helper()
	if !a.gone() {
		a.delivery.putRolePolicy(name, policy)
	}
}

// gone reports whether an earlier twist deleted the role.
func (a *attempt) gone() bool {
	a.t.Helper()
	_, err := a.aws.IAM().GetRole(a.t.Context(), &iam.GetRoleInput{RoleName: &a.role})
	return err != nil
}
