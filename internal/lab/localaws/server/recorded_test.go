package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
)

// recorded is what a call was seen to be answered by AWS itself: in LocalStack's
// snapshots, which are taken from AWS, and in hashicorp/aws's workarounds. Each
// is asked in a world of its own.
type recorded struct {
	call string
	ask  func(w *world) string
	want string
}

// world is a bucket and a role, with clients of the customer.
type world struct {
	*testing.T
	bucket, role, roleARN string
	s3                    *s3.Client
	iam                   *iam.Client
}

func (w *world) ctx() context.Context { return w.Context() }

func TestRecordedAnswers(t *testing.T) {
	for _, r := range append(append(recordedS3(), recordedObjects()...), recordedIAM()...) {
		t.Run(r.call, func(t *testing.T) {
			w := &world{T: t, bucket: newBucket(t), s3: s3For(t, customer(), "us-east-1"), iam: iamFor(t, customer())}
			w.role, w.roleARN = newRole(t, "")
			if got := r.ask(w); got != r.want {
				t.Errorf("got %s, want %s", got, r.want)
			}
		})
	}
}

func recordedS3() []recorded {
	return []recorded{
		{"CreateBucket with tags applies them at once", func(w *world) string {
			name := unique("tagged")
			must(w.T, createTagged(w.T, customer(), "us-east-1", name, tag("team", "speech")))
			out, err := w.s3.GetBucketTagging(w.ctx(), &s3.GetBucketTaggingInput{Bucket: &name})
			must(w.T, err)
			return *out.TagSet[0].Key + "=" + *out.TagSet[0].Value
		}, "team=speech"},
		{"CreateBucket with tags takes s3:TagResource", func(w *world) string {
			return outcome(createTagged(w.T, newSession(w.T, policyOf("Allow", "s3:CreateBucket", "*")), "us-east-1", unique("tagged"), tag("a", "b")))
		}, "403 AccessDenied"},
		{"CreateBucket with an invalid tag", func(w *world) string {
			return outcome(createTagged(w.T, customer(), "us-east-1", unique("tagged"), tag("aws:a", "b")))
		}, "400 InvalidTag"},
		{"PutBucketTagging with and without CloudFormation's tags", func(w *world) string {
			asService := func(o *s3.Options) {
				o.APIOptions = append(o.APIOptions, smithyhttp.AddHeaderValue(identity.ServiceHeader, "cloudformation"))
			}
			system := tag("aws:cloudformation:stack-name", "acme")
			must(w.T, second(w.s3.PutBucketTagging(w.ctx(), &s3.PutBucketTaggingInput{Bucket: &w.bucket, Tagging: &types.Tagging{TagSet: []types.Tag{system}}}, asService)))
			return outcome(putTags(w.ctx(), w.s3, w.bucket, tag("a", "b"))) + ", " + outcome(putTags(w.ctx(), w.s3, w.bucket, tag("a", "b"), system)) + ", " +
				outcome(putTags(w.ctx(), w.s3, w.bucket, system, tag("aws:cloudformation:logical-id", "Results")))
		}, "400 InvalidTag, ok, 400 InvalidTag"},
		{"CreateBucket with a tag twice", func(w *world) string {
			return outcome(createTagged(w.T, customer(), "us-east-1", unique("tagged"), tag("a", "b"), tag("a", "c")))
		}, "400 InvalidTag"},
		{"CreateBucket again in us-east-1, with a tag", func(w *world) string {
			return outcome(createTagged(w.T, customer(), "us-east-1", w.bucket, tag("a", "b")))
		}, "409 BucketAlreadyOwnedByYou"},
		{"CreateBucket again in us-east-1, without", func(w *world) string { return outcome(create(w.T, customer(), "us-east-1", w.bucket, "")) }, "ok"},
		{"CreateBucket where aws:RequestTag is demanded, without tags", func(w *world) string {
			demanding := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:CreateBucket","Resource":"*","Condition":{"Null":{"aws:RequestTag/team":"true"}}}]}`
			session := newSession(w.T, demanding)
			return outcome(create(w.T, session, "us-east-1", unique("untagged"), "")) + ", " + outcome(createTagged(w.T, session, "us-east-1", unique("tagged"), tag("team", "b")))
		}, "403 AccessDenied, ok"},
		{"CreateBucket with another region's LocationConstraint", func(w *world) string {
			return outcome(create(w.T, customer(), "us-west-2", unique("there"), "eu-west-1"))
		}, "400 IllegalLocationConstraintException"},
		{"PutBucketTagging and DeleteBucketTagging with ABAC on", func(w *world) string {
			must(w.T, second(w.s3.PutBucketAbac(w.ctx(), &s3.PutBucketAbacInput{Bucket: &w.bucket, AbacStatus: &types.AbacStatus{Status: types.BucketAbacStatusEnabled}})))
			deletion := outcome(second(w.s3.DeleteBucketTagging(w.ctx(), &s3.DeleteBucketTaggingInput{Bucket: &w.bucket})))
			return outcome(putTags(w.ctx(), w.s3, w.bucket, tag("a", "b"))) + ", " + deletion
		}, "405 MethodNotAllowed, 405 MethodNotAllowed"},
		{"GetBucketEncryption of a new bucket", func(w *world) string {
			out, err := w.s3.GetBucketEncryption(w.ctx(), &s3.GetBucketEncryptionInput{Bucket: &w.bucket})
			must(w.T, err)
			rule := out.ServerSideEncryptionConfiguration.Rules[0]
			return fmt.Sprint(rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm, " ", *rule.BucketKeyEnabled, " ", rule.BlockedEncryptionTypes)
		}, "AES256 false <nil>"},
		{"GetBucketEncryption gives back a key as it was put", func(w *world) string {
			var all []string
			for _, key := range []string{keyARN, keyID, "alias/results", "arn:aws:kms:us-east-1:000000000000:alias/results"} {
				must(w.T, encrypting("aws:kms", key)(w.ctx(), w.s3, w.bucket))
				out, err := w.s3.GetBucketEncryption(w.ctx(), &s3.GetBucketEncryptionInput{Bucket: &w.bucket})
				must(w.T, err)
				all = append(all, aws.ToString(out.ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID))
			}
			return strings.Join(all, " ")
		}, keyARN + " " + keyID + " alias/results arn:aws:kms:us-east-1:000000000000:alias/results"},
		{"PutBucketLifecycleConfiguration without its header resets the smallest size", func(w *world) string {
			must(w.T, second(w.s3.PutBucketLifecycleConfiguration(w.ctx(), &s3.PutBucketLifecycleConfigurationInput{
				Bucket: &w.bucket, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: goodRules()}, TransitionDefaultMinimumObjectSize: "varies_by_storage_class",
			})))
			get := func() types.TransitionDefaultMinimumObjectSize {
				out, err := w.s3.GetBucketLifecycleConfiguration(w.ctx(), &s3.GetBucketLifecycleConfigurationInput{Bucket: &w.bucket})
				must(w.T, err)
				return out.TransitionDefaultMinimumObjectSize
			}
			before := get()
			must(w.T, putRules(w.ctx(), w.s3, w.bucket, goodRules()...))
			return string(before + " " + get())
		}, "varies_by_storage_class all_storage_classes_128K"},
		{"PutPublicAccessBlock that is forbidden, although all four are on", func(w *world) string {
			session := newSession(w.T, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:PutBucketPublicAccessBlock","Resource":"*"}]}`)
			on := aws.Bool(true)
			return outcome(second(s3For(w.T, session, "us-east-1").PutPublicAccessBlock(w.ctx(), &s3.PutPublicAccessBlockInput{Bucket: &w.bucket, PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
				BlockPublicAcls: on, IgnorePublicAcls: on, BlockPublicPolicy: on, RestrictPublicBuckets: on,
			}})))
		}, "403 AccessDenied"},
		{"CreateBucket in the account's namespace", func(w *world) string {
			right := unique("own") + "-" + identity.CustomerAccount + "-us-east-1-an"
			ask := func(name string, namespace types.BucketNamespace) string {
				return outcome(second(w.s3.CreateBucket(w.ctx(), &s3.CreateBucketInput{Bucket: &name, BucketNamespace: namespace})))
			}
			return strings.Join([]string{
				ask(strings.Replace(right, identity.CustomerAccount, identity.OtherAccount, 1), "account-regional"), ask(strings.Replace(right, "us-east", "us-west", 1), "account-regional"),
				ask(unique("own"), "account-regional"), ask(right, ""), ask(right, "account-regional"), ask(right, "account-regional"),
			}, ", ")
		}, "400 InvalidBucketName, 400 InvalidBucketName, 400 InvalidBucketName, 400 InvalidBucketName, ok, 409 BucketAlreadyOwnedByYou"},
	}
}

func recordedObjects() []recorded {
	put := func(w *world, url string, header http.Header) string {
		return send(w.T, http.MethodPut, url, header, "{}")
	}
	with := func(name, value string) http.Header {
		h := jsonHeader()
		h.Set(name, value)
		return h
	}
	return []recorded{
		{"pre-signed PUT", func(w *world) string {
			return put(w, presignPut(w.T, customer(), w.bucket, "k", time.Hour, 0), jsonHeader())
		}, "200"},
		{"pre-signed PUT, wrong type", func(w *world) string {
			return put(w, presignPut(w.T, customer(), w.bucket, "k", time.Hour, 0), with("Content-Type", "text/plain"))
		}, "403 SignatureDoesNotMatch"},
		{"pre-signed PUT, unsigned x-amz-* headers", func(w *world) string {
			var all []string
			for _, name := range []string{"X-Amz-Acl", "X-Amz-Meta-A", "X-Amz-Server-Side-Encryption", "X-Amz-Checksum-Crc32", "X-Amz-Sdk-Checksum-Algorithm", "X-Amz-Storage-Class"} {
				all = append(all, put(w, presignPut(w.T, customer(), w.bucket, "k", time.Hour, 0), with(name, "x")))
			}
			return strings.Join(all, ", ")
		}, strings.TrimSuffix(strings.Repeat("403 AccessDenied, ", 6), ", ")},
		{"pre-signed PUT, expired", func(w *world) string {
			return put(w, presignPut(w.T, customer(), w.bucket, "k", time.Minute, -time.Hour), jsonHeader())
		}, "403 AccessDenied"},
		{"pre-signed PUT, without a date", func(w *world) string {
			return put(w, strings.Replace(presignPut(w.T, customer(), w.bucket, "k", time.Hour, 0), "X-Amz-Date", "X-Amz-Day", 1), jsonHeader())
		}, "400 AuthorizationQueryParametersError"},
		{"pre-signed PUT, a second over seven days", func(w *world) string {
			return put(w, presignPut(w.T, customer(), w.bucket, "k", 604801*time.Second, 0), jsonHeader())
		}, "400 AuthorizationQueryParametersError"},
		{"pre-signed PUT, a type that is not signed", func(w *world) string {
			presigned, err := s3.NewPresignClient(w.s3).PresignPutObject(w.ctx(), &s3.PutObjectInput{Bucket: &w.bucket, Key: aws.String("k")})
			must(w.T, err)
			return put(w, presigned.URL, with("Content-Type", "text/plain"))
		}, "200"},
		{"pre-signed PUT, in the future", func(w *world) string {
			return put(w, presignPut(w.T, customer(), w.bucket, "k", time.Hour, time.Hour), jsonHeader())
		}, "403 AccessDenied"},
		{"pre-signed PUT, Version 2", func(w *world) string {
			soon := signV2(customer(), w.bucket, "k", time.Now().Add(time.Hour))
			return put(w, soon, jsonHeader()) + ", " + put(w, soon, with("Content-Type", "text/plain")) + ", " + put(w, signV2(customer(), w.bucket, "k", time.Now().Add(-time.Hour)), jsonHeader())
		}, "200, 403 SignatureDoesNotMatch, 403 AccessDenied"},
		{"PutObject tells the encryption", func(w *world) string {
			must(w.T, encrypting("aws:kms", keyARN)(w.ctx(), w.s3, w.bucket))
			out, err := w.s3.PutObject(w.ctx(), &s3.PutObjectInput{Bucket: &w.bucket, Key: aws.String("k"), Body: strings.NewReader("{}")})
			must(w.T, err)
			return string(out.ServerSideEncryption) + " " + aws.ToString(out.SSEKMSKeyId)
		}, "aws:kms " + keyARN},
		{"DeleteObjects of a version that is gone", func(w *world) string {
			must(w.T, enableVersioning(w.ctx(), w.s3, w.bucket))
			out, err := w.s3.PutObject(w.ctx(), &s3.PutObjectInput{Bucket: &w.bucket, Key: aws.String("k"), Body: strings.NewReader("{}")})
			must(w.T, err)
			return deletions(w.T, w.bucket, false, object("k", *out.VersionId)) + ", " + deletions(w.T, w.bucket, false, object("k", *out.VersionId))
		}, "k@, k NoSuchVersion"},
		{"DeleteObjects with the bypass, without Object Lock", func(w *world) string {
			return outcome(second(w.s3.DeleteObjects(w.ctx(), &s3.DeleteObjectsInput{Bucket: &w.bucket, BypassGovernanceRetention: aws.Bool(true), Delete: &types.Delete{Objects: []types.ObjectIdentifier{object("k", "")}}})))
		}, "400 InvalidArgument"},
		{"ListObjectVersions, last page with delete markers", func(w *world) string {
			must(w.T, enableVersioning(w.ctx(), w.s3, w.bucket))
			must(w.T, putObject(w.ctx(), w.s3, w.bucket, "k"))
			must(w.T, second(w.s3.DeleteObject(w.ctx(), &s3.DeleteObjectInput{Bucket: &w.bucket, Key: aws.String("k")})))
			out, err := w.s3.ListObjectVersions(w.ctx(), &s3.ListObjectVersionsInput{Bucket: &w.bucket, MaxKeys: aws.Int32(2)})
			must(w.T, err)
			return fmt.Sprint(len(out.Versions), len(out.DeleteMarkers), *out.IsTruncated)
		}, "1 1 false"},
	}
}

func recordedIAM() []recorded {
	trust := func(action string) *string {
		return aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + identity.VoiceBaseARN + `"},"Action":"` + action + `"}]}`)
	}
	return []recorded{
		{"CreateRole echoes the trust policy and leaves the rest out", func(w *world) string {
			sent := strings.Replace(trusting(identity.VoiceBaseAccount), `{"Version"`, `{ "Version"`, 1)
			out, err := w.iam.CreateRole(w.ctx(), &iam.CreateRoleInput{RoleName: aws.String(unique("role")), AssumeRolePolicyDocument: &sent, Description: aws.String("d"), MaxSessionDuration: aws.Int32(7200)})
			must(w.T, err)
			document, err := url.QueryUnescape(*out.Role.AssumeRolePolicyDocument)
			must(w.T, err)
			return fmt.Sprint(document == sent, out.Role.Description == nil, out.Role.MaxSessionDuration == nil, out.Role.RoleLastUsed == nil)
		}, "true true true true"},
		{"CreateRole with tag keys that differ in case", func(w *world) string {
			return outcome(second(w.iam.CreateRole(w.ctx(), &iam.CreateRoleInput{RoleName: aws.String(unique("role")), AssumeRolePolicyDocument: trust("sts:AssumeRole"), Tags: []iamtypes.Tag{iamTag("Env", "1"), iamTag("env", "2")}})))
		}, "400 InvalidInput"},
		{"TagRole with a key in another case replaces it", func(w *world) string {
			for _, pair := range [][2]string{{"Env", "1"}, {"other", "2"}, {"env", "3"}} {
				must(w.T, second(w.iam.TagRole(w.ctx(), &iam.TagRoleInput{RoleName: &w.role, Tags: []iamtypes.Tag{iamTag(pair[0], pair[1])}})))
			}
			tags := tagsOfRole(w)
			must(w.T, second(w.iam.UntagRole(w.ctx(), &iam.UntagRoleInput{RoleName: &w.role, TagKeys: []string{"OTHER", "none"}})))
			return tags + ", then " + tagsOfRole(w)
		}, "env=3 other=2, then env=3"},
		{"UpdateRole without arguments", func(w *world) string {
			must(w.T, second(w.iam.UpdateRole(w.ctx(), &iam.UpdateRoleInput{RoleName: &w.role, Description: aws.String("d"), MaxSessionDuration: aws.Int32(7200)})))
			must(w.T, second(w.iam.UpdateRole(w.ctx(), &iam.UpdateRoleInput{RoleName: &w.role})))
			out, err := w.iam.GetRole(w.ctx(), &iam.GetRoleInput{RoleName: &w.role})
			must(w.T, err)
			return fmt.Sprint(*out.Role.Description, *out.Role.MaxSessionDuration)
		}, "d7200"},
		{"a trust policy with another action", func(w *world) string {
			var all []string
			for _, action := range []string{"sts:GetCallerIdentity", "s3:GetObject", "*", "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:AssumeRole*"} {
				err := second(w.iam.UpdateAssumeRolePolicy(w.ctx(), &iam.UpdateAssumeRolePolicyInput{RoleName: &w.role, PolicyDocument: trust(action)}))
				if strings.Contains(fmt.Sprint(err), "AssumeRole policy may only specify STS AssumeRole actions.") {
					err = fmt.Errorf("only STS")
				}
				all = append(all, outcome(err))
			}
			return strings.Join(all, ", ")
		}, "only STS, only STS, only STS, ok, ok, ok, ok"},
		{"a boundary that is no ARN", func(w *world) string {
			return outcome(second(w.iam.PutRolePermissionsBoundary(w.ctx(), &iam.PutRolePermissionsBoundaryInput{RoleName: &w.role, PermissionsBoundary: aws.String("arn:aws:iam::12:policy/too-short-an-account")})))
		}, "400 ValidationError"},
		{"a managed policy that is no ARN", func(w *world) string {
			attach := func(arn string) string {
				return outcome(second(w.iam.AttachRolePolicy(w.ctx(), &iam.AttachRolePolicyInput{RoleName: &w.role, PolicyArn: &arn})))
			}
			return attach("arn:aws:s3:::bucket/with-a-long-name") + ", " + attach("arn:aws:iam::aws:p/") + ", " + attach(customerARN+":policy/none")
		}, "400 InvalidInput, 400 ValidationError, 404 NoSuchEntity"},
		{"RemoveRoleFromInstanceProfile is authorized on the profile", func(w *world) string {
			remove := func(resource string) string {
				c := iamFor(w.T, newSession(w.T, policyOf("Allow", "iam:RemoveRoleFromInstanceProfile", resource)))
				return outcome(second(c.RemoveRoleFromInstanceProfile(w.ctx(), &iam.RemoveRoleFromInstanceProfileInput{RoleName: &w.role, InstanceProfileName: aws.String("p")})))
			}
			return remove(w.roleARN) + ", " + remove(customerARN+":instance-profile/p")
		}, "403 AccessDenied, 404 NoSuchEntity"},
	}
}

func tagsOfRole(w *world) string {
	out, err := w.iam.ListRoleTags(w.ctx(), &iam.ListRoleTagsInput{RoleName: &w.role})
	must(w.T, err)
	var all []string
	for _, t := range out.Tags {
		all = append(all, *t.Key+"="+*t.Value)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}
