package bucket_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// ownPolicies are policies of an owner's, BUCKET standing for the bucket's ARN, with a part of the error that refuses
// them; "" for those that S3 takes.
var ownPolicies = map[string]struct{ statements, want string }{
	"a reader":                 {`{"Effect":"Allow","Principal":{"AWS":"ACCOUNT"},"Action":["s3:GetObject","s3:ListBucket"],"Resource":["BUCKET","BUCKET/*"]}`, ""},
	"a service":                {`{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/log/*"}`, ""},
	"a denial":                 {`{"Effect":"Deny","Principal":"*","NotAction":"s3:PutObject","Resource":"BUCKET/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`, ""},
	"any resource":             {`{"Effect":"Deny","Principal":"*","Action":"S3:deleteobject","Resource":"*"}`, ""},
	"one statement, no Sid":    {`{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*","NotResource":"BUCKET/*"}`, ""},
	"an organization":          {`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}}`, ""},
	"addresses":                {`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"IpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]}}}`, ""},
	"a wildcard for a bucket":  {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::acc-*"}`, ""},
	"no Principal":             {`{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"BUCKET/*"}`, "it has no Principal"},
	"no Resource":              {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject"}`, "it has no Resource"},
	"no Action":                {`{"Effect":"Deny","Principal":"*","Resource":"BUCKET/*"}`, "it has no Action"},
	"no Effect":                {`{"Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/*"}`, `its Effect is ""`},
	"effect":                   {`{"effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/*"}`, `"effect" must be written "Effect"`},
	"RESOURCE":                 {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","RESOURCE":"BUCKET/*"}`, `"RESOURCE" must be written "Resource"`},
	"deny":                     {`{"Effect":"deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/*"}`, `its Effect is "deny"`},
	"Actions":                  {`{"Effect":"Deny","Principal":"*","Actions":"s3:DeleteObject","Resource":"BUCKET/*"}`, `"Actions" is not a valid element`},
	"twice a Sid":              {`{"Sid":"Mine","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/*"},{"Sid":"Mine","Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"BUCKET"}`, `statement 2 of the policy: its Sid "Mine" is that of statement 1`},
	"another service":          {`{"Effect":"Deny","Principal":"*","Action":"sqs:SendMessage","Resource":"BUCKET/*"}`, `"sqs:SendMessage" is not an action of S3`},
	"an action bare":           {`{"Effect":"Deny","Principal":"*","Action":["s3:PutObject","DeleteObject"],"Resource":"BUCKET/*"}`, `"DeleteObject" is not an action of S3`},
	"another bucket":           {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":["BUCKET/*","BUCKET-other/*"]}`, "is not in this bucket"},
	"another partition":        {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws-cn:s3:::acme/*"}`, "is not in this bucket"},
	"no ARN":                   {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"acme/*"}`, "is not the ARN of a bucket"},
	"objects by the bucket":    {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET"}`, "applies to none of its resources"},
	"the bucket by objects":    {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"BUCKET/calls/x"}`, "applies to none of its resources"},
	"public":                   {`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*"}`, "it allows access to everyone"},
	"public by AWS":            {`{"Effect":"Allow","Principal":{"AWS":["ACCOUNT","*"]},"Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`, "it allows access to everyone"},
	"public by a range":        {`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}}}`, "it allows access to everyone"},
	"public by a wildcard":     {`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"BUCKET/*","Condition":{"StringLike":{"aws:SourceVpc":"vpc-*"}}}`, "it allows access to everyone"},
	"all but one":              {`{"Effect":"Allow","NotPrincipal":{"AWS":"ACCOUNT"},"Action":"s3:GetObject","Resource":"BUCKET/*"}`, "NotPrincipal with Effect Allow"},
	"a principal bare":         {`{"Effect":"Deny","Principal":"ACCOUNT","Action":"s3:DeleteObject","Resource":"BUCKET/*"}`, `must be "*" or an object`},
	"a principal by name":      {`{"Effect":"Deny","Principal":{"AWS":"admin"},"Action":"s3:DeleteObject","Resource":"BUCKET/*"}`, `"admin" is not an AWS principal`},
	"a principal of no kind":   {`{"Effect":"Deny","Principal":{"IAM":"ACCOUNT"},"Action":"s3:DeleteObject","Resource":"BUCKET/*"}`, `"IAM" is not a valid element`},
	"both actions":             {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","NotAction":"s3:GetObject","Resource":"BUCKET/*"}`, "both Action and NotAction"},
	"no actions":               {`{"Effect":"Deny","Principal":"*","Action":[],"Resource":"BUCKET/*"}`, "its Action is empty"},
	"a number":                 {`{"Effect":"Deny","Principal":"*","Action":1,"Resource":"BUCKET/*"}`, "neither a string nor a list"},
	"an operator of no policy": {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/*","Condition":{"StringEqual":{"aws:PrincipalOrgID":"o-a"}}}`, `the operator "StringEqual"`},
	"a condition of no keys":   {`{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"BUCKET/*","Condition":{"Bool":"true"}}`, "its Condition is not an object"},
}

func ownPolicyOf(statements, bucketARN string) string {
	text := `{"Version":"2012-10-17","Statement":[` + statements + `]}`
	return strings.NewReplacer("BUCKET", bucketARN, "ACCOUNT", "arn:aws:iam::111122223333:root").Replace(text)
}

func TestOwnPolicy(t *testing.T) {
	t.Parallel()
	bucketARN := awsname.BucketARN("aws", "acc-results")
	for name, test := range ownPolicies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := iampolicy.BucketPolicy(iampolicy.BucketGuards{BucketARN: bucketARN}, ownPolicyOf(test.statements, bucketARN))
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "statement ")):
				t.Errorf("got %v, want an error on a statement with %q", err, test.want)
			}
		})
	}
}

// The plan refuses what S3 would refuse in the apply, and nothing that it takes.
func TestAccOwnPolicy_asS3(t *testing.T) {
	a := acctest.NewAWS(t)
	name := a.Bucket(t, "us-east-1")
	client := a.S3("us-east-1")
	on := aws.Bool(true)
	if _, err := client.PutPublicAccessBlock(t.Context(), &s3.PutPublicAccessBlockInput{
		Bucket: &name,
		PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
			BlockPublicAcls: on, BlockPublicPolicy: on, IgnorePublicAcls: on, RestrictPublicBuckets: on,
		},
	}); err != nil {
		t.Fatal(err)
	}
	me, err := a.STS().GetCallerIdentity(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for subject, test := range ownPolicies {
		t.Run(subject, func(t *testing.T) {
			policy := strings.ReplaceAll(ownPolicyOf(test.statements, awsname.BucketARN("aws", name)), "111122223333", *me.Account)
			_, err := client.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: &name, Policy: &policy})
			if (err == nil) != (test.want == "") {
				t.Errorf("S3 says %v, the plan says %q", err, test.want)
			}
			if _, err := client.DeleteBucketPolicy(t.Context(), &s3.DeleteBucketPolicyInput{Bucket: &name}); err != nil {
				t.Error(err)
			}
		})
	}
}
