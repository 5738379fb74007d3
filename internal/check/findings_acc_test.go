package check_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
)

// breakage breaks a delivery of which all findings pass. failed are the findings that then fail, each with its
// severity where it is not the usual one; detail is part of the first one's.
type breakage struct {
	does           func(*delivery, map[string]any)
	failed, detail string
	passed         bool
	severity       readiness.Severity
}

var breakages = map[string]breakage{
	"no bucket": {
		does: func(_ *delivery, arguments map[string]any) {
			arguments["bucket"] = acctest.RandomName("acc-none-")
		},
		failed: "bucket_exists role_can_write", detail: "There is no bucket",
	},
	"bucket in another region": {
		does:   func(_ *delivery, arguments map[string]any) { arguments["region"] = "eu-west-1" },
		failed: "bucket_region", detail: "The bucket is in us-east-1",
	},
	"no public access block": {
		does: func(d *delivery, _ map[string]any) {
			must(d.t)(d.aws.S3(d.region).DeletePublicAccessBlock(d.t.Context(), &s3.DeletePublicAccessBlockInput{Bucket: &d.bucket}))
		},
		failed: "public_access_blocked", detail: "Not all four",
	},
	"one public access block is off": {
		does: func(d *delivery, _ map[string]any) {
			must(d.t)(d.aws.S3(d.region).PutPublicAccessBlock(d.t.Context(), &s3.PutPublicAccessBlockInput{
				Bucket: &d.bucket,
				PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
					BlockPublicAcls: aws.Bool(true), IgnorePublicAcls: aws.Bool(true), BlockPublicPolicy: aws.Bool(true), RestrictPublicBuckets: aws.Bool(false),
				},
			}))
		},
		failed: "public_access_blocked", detail: "Not all four",
	},
	"ACLs": {
		does: func(d *delivery, _ map[string]any) {
			must(d.t)(d.aws.S3(d.region).PutBucketOwnershipControls(d.t.Context(), &s3.PutBucketOwnershipControlsInput{
				Bucket: &d.bucket, OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnershipObjectWriter}}},
			}))
		},
		failed: "acls_disabled", detail: "ObjectWriter", passed: true,
	},
	"no TLS policy": {
		does: func(d *delivery, _ map[string]any) {
			must(d.t)(d.aws.S3(d.region).DeleteBucketPolicy(d.t.Context(), &s3.DeleteBucketPolicyInput{Bucket: &d.bucket}))
		},
		failed: "tls_required", detail: "doesn't deny requests without TLS", passed: true,
	},
	"no versioning": {
		does: func(d *delivery, _ map[string]any) {
			must(d.t)(d.aws.S3(d.region).PutBucketVersioning(d.t.Context(), &s3.PutBucketVersioningInput{
				Bucket: &d.bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusSuspended},
			}))
		},
		failed: "versioning", detail: "Versioning is off", passed: true,
	},
	"bucket policy denies the prefix": {
		does: func(d *delivery, _ map[string]any) {
			d.putBucketPolicy(d.withStatement(fmt.Sprintf(`{"Sid":"Frozen","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":%q}`, d.objects("voice"))))
		},
		failed: "bucket_policy_allows", detail: `in statement "Frozen"`,
	},
	"bucket policy demands an encryption header": {
		does: func(d *delivery, _ map[string]any) {
			d.putBucketPolicy(d.withStatement(fmt.Sprintf(`{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:PutObject","Resource":%q,
				"Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}}`, d.objects(""))))
		},
		failed: "bucket_policy_allows", detail: "in statement number 2",
	},
	"bucket encrypts with a key": {
		does:   func(d *delivery, _ map[string]any) { d.encrypt(keyARN) },
		failed: "encryption_key", detail: "kms:GenerateDataKey",
	},
	"no role": {
		does:   func(d *delivery, _ map[string]any) { d.deleteRole(d.t.Context()) },
		failed: "role_exists", detail: "There is no role",
	},
	"role of another path": {
		does: func(d *delivery, arguments map[string]any) {
			arguments["role_arn"] = strings.Replace(d.roleARN(), "role/", "role/path/", 1)
		},
		failed: "role_exists", detail: "its ARN is",
	},
	"trust names another": {
		does: func(d *delivery, _ map[string]any) {
			d.putTrust(strings.Replace(d.trust(), d.aws.VoiceBaseARN(), "arn:aws:iam::000000000000:root", 1))
		},
		failed: "role_trusts_voicebase", detail: "names arn:aws:iam::000000000000:root, not",
	},
	"trust names a principal that was deleted": {
		does: func(d *delivery, _ map[string]any) {
			client, name := d.aws.IAM(), acctest.RandomName("acc-dead-")
			role, err := client.CreateRole(d.t.Context(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: aws.String(d.trust())})
			must(d.t)(role, err)
			d.putTrust(strings.Replace(d.trust(), d.aws.VoiceBaseARN(), aws.ToString(role.Role.Arn), 1))
			must(d.t)(client.DeleteRole(d.t.Context(), &iam.DeleteRoleInput{RoleName: &name}))
		},
		failed: "role_trusts_voicebase", detail: "the unique ID of a principal that was deleted",
	},
	"no external ID": {
		does: func(d *delivery, _ map[string]any) {
			trust, _, _ := strings.Cut(d.trust(), `,"Condition"`)
			d.putTrust(trust + "}]}")
		},
		failed: "role_external_id", detail: "any external ID", passed: true, severity: readiness.Warning,
	},
	"another external ID": {
		does: func(d *delivery, _ map[string]any) {
			d.putTrust(strings.Replace(d.trust(), d.aws.ExternalID(), "another", 1))
		},
		failed: "role_external_id", detail: "another, not " + "0e2a8f5c-organization-id",
	},
	"role may write elsewhere only": {
		does:   func(_ *delivery, arguments map[string]any) { arguments["key_prefix"] = "calls/" },
		failed: "role_can_write", detail: "No policy of the role allows",
	},
	"role is denied": {
		does: func(d *delivery, _ map[string]any) {
			d.putRolePolicy("delivery", strings.Replace(d.allow("s3:PutObject", d.objects(prefix)), `[{`, `[{"Effect":"Deny","Action":"s3:Put*","Resource":"*"},{`, 1))
		},
		failed: "role_can_write", detail: "denies s3:PutObject",
	},
	"boundary": {
		does:   func(d *delivery, _ map[string]any) { d.bound("arn:aws:iam::aws:policy/IAMFullAccess") },
		failed: "role_can_write", detail: "boundary arn:aws:iam::aws:policy/IAMFullAccess doesn't allow",
	},
	"role may do everything": {
		does: func(d *delivery, _ map[string]any) {
			d.putRolePolicy("delivery", d.allow("s3:*", "*"))
		},
		failed: "role_cannot_more", detail: "can read objects, can list the bucket, can delete objects, can write outside voicebase/", passed: true,
	},
	"role has another policy": {
		does: func(d *delivery, _ map[string]any) {
			must(d.t)(d.aws.IAM().AttachRolePolicy(d.t.Context(), &iam.AttachRolePolicyInput{RoleName: &d.role, PolicyArn: aws.String("arn:aws:iam::aws:policy/IAMReadOnlyAccess")}))
		},
		failed: "role_cannot_more", detail: "arn:aws:iam::aws:policy/IAMReadOnlyAccess", passed: true,
	},
}

// TestAccCheck_fails breaks one thing at a time, and expects the one finding about it.
func TestAccCheck_fails(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	server := a.Server(t, nil)
	for name, b := range breakages {
		t.Run(name, func(t *testing.T) {
			d := newDelivery(t, a, region)
			arguments := d.arguments()
			b.does(d, arguments)
			got := check(t, server, arguments)
			if got.failed() != b.failed || got.passed != b.passed {
				t.Fatalf("passed: %v, failed: %s%v", got.passed, got.failed(), got)
			}
			first, _, _ := strings.Cut(b.failed, " ")
			finding := got.finding(readiness.Name(first))
			if !strings.Contains(finding.Detail, b.detail) || finding.Remedy == "" || b.severity != "" && finding.Severity != b.severity {
				t.Errorf("got %+v", finding)
			}
		})
	}
}

// TestAccCheck_presigned breaks what is about pre-signed URLs alone.
func TestAccCheck_presigned(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	server := a.Server(t, nil)
	d := newDelivery(t, a, region)
	d.putBucketPolicy(d.withStatement(fmt.Sprintf(
		`{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":%q,"Condition":{"StringEquals":{"s3:authType":"REST-QUERY-STRING"}}}`, d.objects(""))))
	if got := check(t, server, d.presigned()); got.failed() != "bucket_policy_allows" {
		t.Errorf("no pre-signed URLs: %s%v", got.failed(), got)
	}
	if got := check(t, server, d.arguments()); got.failed() != "" {
		t.Errorf("the role needs none: %s%v", got.failed(), got)
	}
	d.putBucketPolicy(d.tlsOnly())
	d.encrypt(keyARN)
	arguments := d.presigned()
	for key, passed := range map[any]bool{nil: true, keyARN: true, otherKeyARN: false} {
		arguments["kms_key_arn"] = key
		got := check(t, server, arguments)
		if got.passed != passed || (got.failed() == "") != (key == keyARN) {
			t.Errorf("with kms_key_arn %v: %v%v", key, got.passed, got)
		}
	}
}

// TestAccCheck_objectLock has a default retention.
func TestAccCheck_objectLock(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	ctx, client, name := t.Context(), a.S3(region), acctest.RandomName("acc-lock-")
	must(t)(client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &name, ObjectLockEnabledForBucket: aws.Bool(true)}))
	t.Cleanup(func() { _, _ = client.DeleteBucket(context.WithoutCancel(ctx), &s3.DeleteBucketInput{Bucket: &name}) })
	server := a.Server(t, nil)
	objectLock := func() readiness.Finding {
		return check(t, server, map[string]any{"bucket": name}).finding(readiness.ObjectLock)
	}
	if got := objectLock(); !got.Passed {
		t.Errorf("without retention: %+v", got)
	}
	must(t)(client.PutObjectLockConfiguration(ctx, &s3.PutObjectLockConfigurationInput{Bucket: &name, ObjectLockConfiguration: &types.ObjectLockConfiguration{
		ObjectLockEnabled: types.ObjectLockEnabledEnabled,
		Rule:              &types.ObjectLockRule{DefaultRetention: &types.DefaultRetention{Mode: types.ObjectLockRetentionModeGovernance, Days: aws.Int32(1)}},
	}}))
	if got := objectLock(); got.Passed || !strings.Contains(got.Detail, "GOVERNANCE, 1 days") {
		t.Errorf("with retention: %+v", got)
	}
}
