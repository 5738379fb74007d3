package server_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	smithymiddleware "github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/lag"
)

// lagging makes a client see AWS a minute behind in some kinds of things.
func lagging(kinds string) func(*smithymiddleware.Stack) error {
	return func(stack *smithymiddleware.Stack) error {
		return stack.Finalize.Add(smithymiddleware.FinalizeMiddlewareFunc("lag", func(ctx context.Context, in smithymiddleware.FinalizeInput, next smithymiddleware.FinalizeHandler) (smithymiddleware.FinalizeOutput, smithymiddleware.Metadata, error) {
			// Unsigned, as a proxy adds it.
			if r, ok := in.Request.(*smithyhttp.Request); ok {
				r.Header.Set(lag.Header, kinds)
			}
			return next.HandleFinalize(ctx, in)
		}), smithymiddleware.After)
	}
}

func behind(kinds string) func(*s3.Options) {
	return func(o *s3.Options) { o.APIOptions = append(o.APIOptions, lagging(kinds)) }
}

func iamBehind(t *testing.T, kinds string) *iam.Client {
	t.Helper()
	return iam.NewFromConfig(config(t, customer(), "us-east-1"), func(o *iam.Options) { o.APIOptions = append(o.APIOptions, lagging(kinds)) })
}

func TestNewBucketLags(t *testing.T) {
	bucket, ctx := newBucket(t), t.Context()
	for kinds, want := range map[string]struct{ head, get, put string }{
		"1m":                {"ok", "404 NoSuchBucket", "404 NoSuchBucket"},
		"bucket=1m":         {"ok", "404 NoSuchBucket", "404 NoSuchBucket"},
		"versioning=1m":     {"ok", "ok", "ok"},
		"1m,bucket=0":       {"ok", "ok", "ok"},
		"role=1m,policy=1m": {"ok", "ok", "ok"},
	} {
		c := s3For(t, customer(), "us-east-1", behind(kinds))
		expect(t, second(c.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket})), want.head)
		expect(t, second(c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &bucket})), want.get)
		expect(t, enableVersioning(ctx, c, bucket), want.put)
		expect(t, putObject(ctx, c, bucket, "k"), want.put)
	}
}

func enableVersioning(ctx context.Context, c *s3.Client, bucket string) error {
	return second(c.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}}))
}

// TestSettingsLag changes each kind of setting and reads it behind its change.
func TestSettingsLag(t *testing.T) {
	for kind, test := range map[string]struct {
		put func(ctx context.Context, c *s3.Client, bucket string) error
		get func(ctx context.Context, c *s3.Client, bucket string) (any, error)
	}{
		"versioning": {enableVersioning, func(ctx context.Context, c *s3.Client, b string) (any, error) {
			out, err := c.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &b})
			if err != nil {
				return nil, err
			}
			return out.Status, nil
		}},
		"lifecycle": {func(ctx context.Context, c *s3.Client, b string) error { return putRules(ctx, c, b, goodRules()...) }, func(ctx context.Context, c *s3.Client, b string) (any, error) {
			return nil, second(c.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &b}))
		}},
		"tagging": {func(ctx context.Context, c *s3.Client, b string) error { return putTags(ctx, c, b, tag("a", "b")) }, func(ctx context.Context, c *s3.Client, b string) (any, error) {
			return nil, second(c.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &b}))
		}},
		"policy": {func(ctx context.Context, c *s3.Client, b string) error {
			policy := bucketPolicy(b, denyHTTP)
			return second(c.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &b, Policy: &policy}))
		}, func(ctx context.Context, c *s3.Client, b string) (any, error) {
			return nil, second(c.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &b}))
		}},
		"ownershipControls": {func(ctx context.Context, c *s3.Client, b string) error {
			return putOwnership(ctx, c, b, types.ObjectOwnershipObjectWriter)
		}, func(ctx context.Context, c *s3.Client, b string) (any, error) {
			out, err := c.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: &b})
			if err != nil {
				return nil, err
			}
			return out.OwnershipControls.Rules[0].ObjectOwnership, nil
		}},
		"publicAccessBlock": {func(ctx context.Context, c *s3.Client, b string) error {
			return second(c.DeletePublicAccessBlock(ctx, &s3.DeletePublicAccessBlockInput{Bucket: &b}))
		}, func(ctx context.Context, c *s3.Client, b string) (any, error) {
			return nil, second(c.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &b}))
		}},
	} {
		t.Run(kind, func(t *testing.T) {
			bucket, ctx, c := newBucket(t), t.Context(), s3For(t, customer(), "us-east-1")
			read := func(kinds string) string {
				value, err := test.get(ctx, s3For(t, customer(), "us-east-1", behind(kinds)), bucket)
				if err != nil {
					return outcome(err)
				}
				return fmt.Sprint("ok ", value)
			}
			before := read("0s")
			must(t, test.put(ctx, c, bucket))
			after := read("0s")
			if before == after {
				t.Fatalf("nothing changed: %s", after)
			}
			equal(t, read(kind+"=1m"), before)
			equal(t, read("1m,bucket=0"), before)
			equal(t, read("request=1m"), after)
		})
	}
}

// pause lets time pass, by calls that take longer than one does: a lag that
// reaches into it ends there, too, by the time its own call arrives.
func pause(t *testing.T) (started time.Time) {
	t.Helper()
	started = time.Now()
	for range 20 {
		_, err := iamFor(t, customer()).GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String("none")})
		expect(t, err, "404 NoSuchEntity")
	}
	return started
}

func since(kind string, start time.Time) string {
	return kind + "=" + time.Since(start).String()
}

func TestDeletedBucketStillReads(t *testing.T) {
	bucket, ctx, c := newBucket(t), t.Context(), s3For(t, customer(), "us-east-1")
	head := func(c *s3.Client) error { return second(c.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket})) }
	get := func(c *s3.Client) error {
		return second(c.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &bucket}))
	}
	alive := pause(t)
	must(t, second(c.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: &bucket})))
	expect(t, head(c), "404 NotFound")
	late := func() *s3.Client { return s3For(t, customer(), "us-east-1", behind(since("bucket", alive))) }
	expect(t, head(late()), "ok")
	expect(t, get(late()), "ok")
	expect(t, putObject(ctx, late(), bucket, "k"), "404 NoSuchBucket")
	must(t, create(t, customer(), "us-east-1", bucket, ""))
	expect(t, get(c), "ok")
}

func TestPolicyIsEnforcedLate(t *testing.T) {
	bucket, ctx := newBucket(t), t.Context()
	session := newSession(t, everything)
	must(t, putPolicy(t, bucket, bucketPolicy(bucket, denyIf(`"Bool":{"aws:SecureTransport":"true"}`))))
	expect(t, putObject(ctx, s3For(t, session, "us-east-1"), bucket, "k"), "403 AccessDenied")
	expect(t, putObject(ctx, s3For(t, session, "us-east-1", behind("policy=1m")), bucket, "k"), "ok")
}

func TestRoleLags(t *testing.T) {
	ctx, bucket := t.Context(), newBucket(t)
	name, arn := newRole(t, everything)
	late := iamBehind(t, "role=1m")
	get := func(c *iam.Client) error { return second(c.GetRole(ctx, &iam.GetRoleInput{RoleName: &name})) }
	expect(t, get(iamFor(t, customer())), "ok")
	expect(t, get(late), "404 NoSuchEntity")
	expect(t, second(late.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("p"), PolicyDocument: aws.String(everything)})), "404 NoSuchEntity")
	expect(t, second(late.TagRole(ctx, &iam.TagRoleInput{RoleName: &name, Tags: []iamtypes.Tag{iamTag("a", "b")}})), "404 NoSuchEntity")
	policy := bucketPolicy(bucket, `{"Effect":"Allow","Principal":{"AWS":"`+arn+`"},"Action":"s3:PutObject","Resource":"BUCKET/*"}`)
	put := func(c *s3.Client) error {
		return second(c.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy}))
	}
	expect(t, put(s3For(t, customer(), "us-east-1", behind("role=1m"))), "400 MalformedPolicy")
	expect(t, put(s3For(t, customer(), "us-east-1")), "ok")
}

func TestRolePoliciesLag(t *testing.T) {
	ctx, bucket := t.Context(), newBucket(t)
	name, arn := newRole(t, "")
	late, c := iamBehind(t, "rolePolicy=1m"), iamFor(t, customer())
	session, err := assume(ctx, stsFor(t, voicebase()), arn, rightID)
	must(t, err)
	must(t, second(c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("inline"), PolicyDocument: aws.String(everything)})))
	get := func(c *iam.Client) error {
		return second(c.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &name, PolicyName: aws.String("inline")}))
	}
	expect(t, get(c), "ok")
	expect(t, get(late), "404 NoSuchEntity")
	expect(t, putObject(ctx, s3For(t, session, "us-east-1"), bucket, "k"), "ok")
	expect(t, putObject(ctx, s3For(t, session, "us-east-1", behind("rolePolicy=1m")), bucket, "k"), "403 AccessDenied")
}

// TestDeleteConflictForAMoment deletes a role that seems to have a policy yet.
func TestDeleteConflictForAMoment(t *testing.T) {
	ctx, c := t.Context(), iamFor(t, customer())
	name, _ := newRole(t, "")
	must(t, second(c.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: aws.String("arn:aws:iam::aws:policy/ReadOnlyAccess")})))
	must(t, second(c.PutRolePolicy(ctx, &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("inline"), PolicyDocument: aws.String(everything)})))
	inline := pause(t)
	must(t, second(c.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &name, PolicyArn: aws.String("arn:aws:iam::aws:policy/ReadOnlyAccess")})))
	must(t, deleteRolePolicy(t, name, "inline"))
	remove := func(c *iam.Client) error { return second(c.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})) }
	expect(t, remove(iamBehind(t, since("rolePolicy", inline))), "409 DeleteConflict")
	expect(t, remove(c), "ok")
}

func TestBadLagIsRefused(t *testing.T) {
	bucket := newBucket(t)
	err := second(s3For(t, customer(), "us-east-1", behind("soon")).HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &bucket}))
	expect(t, err, "400 BadRequest")
}
