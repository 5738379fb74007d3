package provider_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// elsewhereProven are the documented actions that a life cycle cannot show to be needed, and what does.
var elsewhereProven = map[string]string{
	"s3:ListAllMyBuckets":               "TestAccDeliveryBucket_lostAnswer",
	"iam:ListRoles":                     "TestAccPermissions_import_latest",
	"s3:TagResource":                    "TestAccPermissions_tags: without it, tags are set after the creation",
	"iam:RemoveRoleFromInstanceProfile": "the local AWS has no instance profiles; TestDelete* of iamrole",
	"iam:ListInstanceProfilesForRole":   "the local AWS has no instance profiles; TestDelete* of iamrole",
	"s3:DeleteObject":                   "nothing: every object is deleted by its version, and AWS does not say that a version named null needs no more",
}

// TestAccPermissions_each goes through the life of a bucket and a role with the policy of the guide, and then again
// without each of its actions: something must fail then, or the guide asks for too much.
func TestAccPermissions_each(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	statements := lifeStatements(t)
	if failed := life(t, a, statements, ""); failed != "" {
		t.Fatalf("with the documented permissions: %s", failed)
	}
	var actions []string
	for _, statement := range statements {
		actions = append(actions, statement.Action...)
	}
	slices.Sort(actions)
	for _, action := range slices.Compact(actions) {
		if elsewhereProven[action] != "" {
			continue
		}
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			if failed := life(t, a, statements, action); failed == "" {
				t.Error("nothing fails without it")
			}
		})
	}
	for action := range elsewhereProven {
		if !slices.Contains(actions, action) {
			t.Errorf("%s is not documented", action)
		}
	}
}

type lifeStatement struct {
	Sid, Effect string
	Action      actionList
	Resource    json.RawMessage
	Condition   json.RawMessage `json:",omitempty"`
}

type actionList []string

// UnmarshalJSON takes a string for a list of one.
func (l *actionList) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*l = actionList{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(l))
}

// lifeStatements are those of the guide but for the ones of the check, which its own test takes apart, and of the
// action, which the statements of the bucket overlap.
func lifeStatements(t *testing.T) []lifeStatement {
	t.Helper()
	var policy struct{ Statement []lifeStatement }
	if err := json.Unmarshal([]byte(documentedPolicy(t, "acme-voicebase-")), &policy); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(policy.Statement, func(s lifeStatement) bool {
		return strings.HasPrefix(s.Sid, "DeliveryCheck") || s.Sid == "TestDelivery"
	})
}

// life creates, changes, delivers to, imports and destroys, without one action, and returns the first failure.
func life(t *testing.T, a *acctest.AWS, statements []lifeStatement, without string) string {
	t.Helper()
	prefix := acctest.RandomName("acc-life-") + "-"
	var kept []lifeStatement
	for _, s := range statements {
		s.Action = slices.DeleteFunc(slices.Clone(s.Action), func(action string) bool { return action == without })
		if len(s.Action) > 0 {
			kept = append(kept, s)
		}
	}
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": kept})
	if err != nil {
		t.Fatal(err)
	}
	policy := strings.ReplaceAll(string(text), "acme-voicebase-", prefix)
	server := a.ServerAs(t, a.Operator(t, policy), nil)
	clearUp(t, a, prefix)
	for _, part := range []func(*testing.T, *acctest.AWS, acctest.Server, string) string{lifeOfBucket, lifeOfAdopted, lifeOfRole} {
		if failed := part(t, a, server, prefix); failed != "" {
			return failed
		}
	}
	return ""
}

func lifeOfBucket(t *testing.T, a *acctest.AWS, server acctest.Server, prefix string) string {
	t.Helper()
	name, logs := prefix+"results", a.Bucket(t, "us-east-1")
	object := server.NewObject(t, "voicebase_delivery_bucket")
	for _, config := range []map[string]any{
		{
			"bucket": name, "tags": map[string]any{"Team": "speech"}, "access_logging": map[string]any{"bucket": logs},
			"eventbridge_notifications": true, "presigned_url_max_age": "24h",
		},
		{"bucket": name, "versioning": false, "force_destroy": true, "retention": map[string]any{"expire_after_days": 20}},
	} {
		if failed := object.Become(t, config); failed != "" {
			return failed
		}
	}
	if failed := lifeOfURL(t, a, server, name); failed != "" {
		return failed
	}
	if _, failed := object.Read(t); failed != "" {
		return failed
	}
	if _, err := a.S3("us-east-1").CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: &name, Key: aws.String("unfinished")}); err != nil {
		t.Fatal(err)
	}
	return object.Delete(t)
}

// lifeOfAdopted imports a bucket without any protection, and gives it the provider's.
func lifeOfAdopted(t *testing.T, a *acctest.AWS, server acctest.Server, prefix string) string {
	t.Helper()
	name, client := prefix+"adopted", a.S3("us-east-1")
	a.BucketNamed(t, "us-east-1", name)
	_, blocked := client.DeletePublicAccessBlock(t.Context(), &s3.DeletePublicAccessBlockInput{Bucket: &name})
	_, owned := client.PutBucketOwnershipControls(t.Context(), &s3.PutBucketOwnershipControlsInput{
		Bucket:            &name,
		OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnershipObjectWriter}}},
	})
	if err := errors.Join(blocked, owned); err != nil {
		t.Fatal(err)
	}
	object, _, failed := server.Import(t, "voicebase_delivery_bucket", name)
	if failed != "" {
		return failed
	}
	return object.Become(t, map[string]any{"bucket": name})
}

func lifeOfURL(t *testing.T, a *acctest.AWS, server acctest.Server, bucket string) string {
	t.Helper()
	signed, failed := server.Read(t, "voicebase_presigned_callback_url", map[string]any{"bucket": bucket, "key": "voicebase/analytics.json", "type": "analytics"})
	if failed != "" {
		return failed
	}
	var url string
	if err := signed["url"].As(&url); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := a.HTTPClient().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Sprint("the delivery: ", answer.Status)
	}
	return ""
}

func lifeOfRole(t *testing.T, a *acctest.AWS, server acctest.Server, prefix string) string {
	t.Helper()
	name, boundary := prefix+"role", "arn:aws:iam::aws:policy/AdministratorAccess"
	first := map[string]any{
		"name": name, "bucket_arn": "arn:aws:s3:::" + prefix + "results", "permissions_boundary": boundary,
		"tags": map[string]any{"Team": "speech", "Site": "north"},
	}
	then := map[string]any{
		"name": name, "bucket_arn": "arn:aws:s3:::" + prefix + "results", "key_prefixes": []any{"voicebase/"}, "external_id": "another",
		"description": "changed", "exclusive_policies": true, "force_detach_policies": true, "tags": map[string]any{"Team": "sales"},
	}
	bounded := maps.Clone(then)
	bounded["permissions_boundary"] = boundary
	object := server.NewObject(t, "voicebase_delivery_role")
	for _, config := range []map[string]any{first, then, bounded} {
		if failed := object.Become(t, config); failed != "" {
			return failed
		}
	}
	if _, failed := object.Read(t); failed != "" {
		return failed
	}
	// It is not read any more: within two minutes of a write, what is not as it was written is waited for.
	if _, err := a.IAM().AttachRolePolicy(t.Context(), &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: &boundary}); err != nil {
		t.Fatal(err)
	}
	_, warnings, failed := server.Import(t, "voicebase_delivery_role", name)
	if failed == "" && !strings.Contains(warnings, "AdministratorAccess") {
		failed = "the import does not name the other policy: " + warnings
	}
	if failed != "" {
		return failed
	}
	return object.Delete(t)
}

// clearUp removes what a life that failed leaves behind.
func clearUp(t *testing.T, a *acctest.AWS, prefix string) {
	t.Helper()
	a.CleanUpBucket(t, "us-east-1", prefix+"results")
	name, policy, boundary := prefix+"role", "voicebase-delivery", "arn:aws:iam::aws:policy/AdministratorAccess"
	t.Cleanup(func() {
		ctx, client := context.Background(), a.IAM() // The test's own context is over by now.
		_, _ = client.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &name, PolicyArn: &boundary})
		_, _ = client.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &name, PolicyName: &policy})
		_, _ = client.DeleteRole(ctx, &iam.DeleteRoleInput{RoleName: &name})
	})
}
