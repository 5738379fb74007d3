package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/arguments"
)

const (
	bucketType = "voicebase_delivery_bucket"
	roleType   = "voicebase_delivery_role"
)

// rich are two configurations of each resource, between which an update has to make each of its calls.
var rich = map[string][2]map[string]any{
	bucketType: {
		{"tags": map[string]any{"Team": "speech"}, "eventbridge_notifications": true, "access_logging": map[string]any{"bucket": arguments.LogBucket}},
		{
			"tags": map[string]any{"Team": "sales"}, "versioning": false, "blocked_encryption_types": []any{"NONE"}, "presigned_url_max_age": "24h",
			"retention": map[string]any{"transitions": []any{map[string]any{"after_days": 30, "storage_class": "STANDARD_IA"}}},
		},
	},
	roleType: {
		{"tags": map[string]any{"Team": "speech"}, "permissions_boundary": arguments.Boundary},
		{"tags": map[string]any{"Site": "north"}, "description": "changed", "external_id": "another", "key_prefixes": []any{"calls/"}, "exclusive_policies": true},
	},
}

// made is an object of a rich configuration.
type made struct {
	*acctest.Object
	a    *acctest.AWS
	name string
	kind string
}

func (m made) config(which int, more map[string]any) map[string]any {
	config := map[string]any{"name": m.name, "bucket_arn": "arn:aws:s3:::" + m.name}
	if m.kind == bucketType {
		config = map[string]any{"bucket": m.name, "region": "eu-west-1"}
	}
	maps.Copy(config, rich[m.kind][which])
	maps.Copy(config, more)
	return config
}

// to applies a configuration, and returns the errors.
func (m made) to(t *testing.T, which int, more map[string]any) string {
	t.Helper()
	config := m.config(which, more)
	planned := m.Plan(t, config)
	if planned.Errors != "" {
		return planned.Errors
	}
	return m.Apply(t, config, planned)
}

// Delete deletes the object if it was made.
func (m made) Delete(t *testing.T) string {
	t.Helper()
	if !m.Exists(t) {
		return ""
	}
	return m.Object.Delete(t)
}

func newObject(t *testing.T, a *acctest.AWS, server acctest.Server, kind string) made {
	t.Helper()
	m := made{server.NewObject(t, kind), a, acctest.RandomName("acc-verb-"), kind}
	if kind == bucketType {
		a.CleanUpBucket(t, "eu-west-1", m.name)
	}
	return m
}

func ok(t *testing.T, errs string) {
	t.Helper()
	if errs != "" {
		t.Fatal(errs)
	}
}

// TestAccFailedCalls lets each call of each verb of each object fail for good: the verb ends with its error.
func TestAccFailedCalls(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	samplesOn(t, a)
	server := a.ServerAt(t, acctest.Later(), nil)
	for _, kind := range []string{bucketType, roleType} {
		verbs := map[string]func(*testing.T, made) string{
			"create": func(t *testing.T, m made) string { t.Helper(); return m.to(t, 0, nil) },
			"read":   func(t *testing.T, m made) string { t.Helper(); _, errs := m.Read(t); return errs },
			"update": func(t *testing.T, m made) string { t.Helper(); return m.to(t, 1, nil) },
			"delete": func(t *testing.T, m made) string { t.Helper(); return m.Delete(t) },
			"data": func(t *testing.T, m made) string {
				t.Helper()
				config := map[string]any{"name": m.name}
				if kind == bucketType {
					config = map[string]any{"bucket": m.name, "region": "eu-west-1"}
				}
				_, errs := server.Read(t, kind, config)
				return errs
			},
			"list": func(t *testing.T, m made) string { t.Helper(); return listed(t, server, kind, m.name) },
		}
		for verb, do := range verbs {
			prepared := func(t *testing.T) made {
				t.Helper()
				m := newObject(t, a, server, kind)
				if verb != "create" {
					ok(t, m.to(t, 0, nil))
				}
				a.ResetCalls()
				return m
			}
			whole := prepared(t)
			ok(t, do(t, whole))
			actions := slices.Compact(slices.Sorted(slices.Values(a.Actions())))
			ok(t, whole.Delete(t))
			for _, action := range actions {
				t.Run(fmt.Sprintf("%s/%s/%s", kind, verb, action), func(t *testing.T) {
					m := prepared(t)
					_, name, _ := strings.Cut(action, ".")
					a.Fail(name, acctest.Fault{Status: http.StatusBadRequest, Code: "InvalidRequest", Message: "made to fail", Before: true})
					errs := do(t, m)
					a.ClearFaults()
					if !strings.Contains(errs, "made to fail") && !strings.Contains(errs, "InvalidRequest") && name != "HeadBucket" || errs == "" {
						t.Errorf("got %q", errs)
					}
					ok(t, m.Delete(t))
				})
			}
		}
	}
}

// listed lists the objects of a name, whole, and returns all errors and warnings.
func listed(t *testing.T, server acctest.Server, kind, name string) string {
	t.Helper()
	config := map[string]any{"prefix": name, "region": "eu-west-1"}
	if kind == roleType {
		config = map[string]any{}
	}
	var text strings.Builder
	for _, object := range server.List(t, kind, config, true, 100, 0) {
		text.WriteString(object.Errors + object.Warnings)
	}
	return text.String()
}

// TestAccTimeouts gives one operation at a time no time at all: that one ends, and says by which argument.
func TestAccTimeouts(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	samplesOn(t, a)
	server := a.ServerAt(t, acctest.Later(), nil)
	for _, argument := range eachArgument(t) {
		operation, timed := strings.CutPrefix(argument.Name(), "timeouts.")
		if !timed {
			continue
		}
		t.Run(argument.Object.Name+"/"+operation, func(t *testing.T) {
			m := newObject(t, a, server, argument.Object.Name)
			none := map[string]any{"timeouts": map[string]any{operation: "1ns"}}
			steps := []struct {
				operation string
				do        func() string
			}{
				{"create", func() string { return m.to(t, 0, none) }},
				{"read", func() string { _, errs := m.Read(t); return errs }},
				{"update", func() string { return m.to(t, 1, none) }},
				{"delete", func() string { return m.Delete(t) }},
			}
			for _, step := range steps {
				errs := step.do()
				if want := fmt.Sprintf("`timeouts { %s = ", operation); step.operation == operation && !strings.Contains(errs, want) {
					t.Errorf("%s: got %q, want %q", step.operation, errs, want)
				} else if step.operation != operation && errs != "" {
					t.Errorf("%s ends by the timeout of %s: %s", step.operation, operation, errs)
				}
				if operation == "create" {
					return // There is nothing to go on with.
				}
			}
			if operation == "delete" {
				ok(t, m.to(t, 1, nil))
				ok(t, m.Delete(t))
			}
		})
	}
}

// recovered are the arguments that a role's trust tells, as long as its principal is there.
var recovered = []string{"voicebase_arn", "external_id"}

// TestAccDataSources_asTheResources lets each data source see what the resource sees: the same values, without the tags that
// ignore_tags leaves to others, and the same warnings.
func TestAccDataSources_asTheResources(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	samplesOn(t, a)
	server := a.ServerAt(t, acctest.Later(), map[string]any{"ignore_tags": []any{map[string]any{"keys": []any{"Theirs"}, "key_prefixes": []any{"corp:"}}}})
	theirs := map[string]string{"Theirs": "x", "corp:cost": "42", "Team": "speech"}
	for kind, spoil := range map[string]func(t *testing.T, name string){
		bucketType: func(t *testing.T, name string) {
			t.Helper()
			client := a.S3("eu-west-1")
			var tags []types.Tag
			for key, value := range theirs {
				tags = append(tags, types.Tag{Key: aws.String(key), Value: aws.String(value)})
			}
			_, err := client.PutBucketTagging(t.Context(), &s3.PutBucketTaggingInput{Bucket: &name, Tagging: &types.Tagging{TagSet: tags}})
			if err == nil {
				_, err = client.PutBucketEncryption(t.Context(), &s3.PutBucketEncryptionInput{Bucket: &name, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{
					Rules: []types.ServerSideEncryptionRule{{ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: "aws:kms", KMSMasterKeyID: aws.String("alias/theirs")}}},
				}})
			}
			if err != nil {
				t.Fatal(err)
			}
		},
		roleType: func(t *testing.T, name string) {
			t.Helper()
			const anyone = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":%q},"Action":"sts:AssumeRole"}]}`
			principal, trust := acctest.RandomName("acc-principal-"), fmt.Sprintf(anyone, "arn:aws:iam::000000000000:root")
			made, err := a.IAM().CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: &principal, AssumeRolePolicyDocument: &trust})
			if err == nil {
				trust = fmt.Sprintf(anyone, *made.Role.Arn)
				_, err = a.IAM().UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{RoleName: &name, PolicyDocument: &trust})
			}
			if err == nil {
				_, err = a.IAM().DeleteRole(t.Context(), &iam.DeleteRoleInput{RoleName: &principal})
			}
			if err == nil {
				_, err = a.IAM().TagRole(t.Context(), &iam.TagRoleInput{RoleName: &name, Tags: []iamtypes.Tag{{Key: aws.String("Theirs"), Value: aws.String("x")}, {Key: aws.String("corp:cost"), Value: aws.String("42")}}})
			}
			if err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(kind, func(t *testing.T) {
			m := newObject(t, a, server, kind)
			ok(t, m.to(t, 0, nil))
			defer func() { ok(t, m.Delete(t)) }()
			spoil(t, m.name)
			warnings, errs := m.Read(t)
			ok(t, errs)
			config := map[string]any{"name": m.name}
			if kind == bucketType {
				config = map[string]any{"bucket": m.name, "region": "eu-west-1"}
			}
			found, foundWarnings, errs := server.ReadWarned(t, kind, config)
			ok(t, errs)
			for name, value := range found {
				if is, both := m.State(t)[name]; both && !slices.Contains(recovered, name) && !value.Equal(is) && value.Type().Equal(is.Type()) {
					t.Errorf("%s is %s for the data source, and %s for the resource", name, value, is)
				}
			}
			summary, _, _ := strings.Cut(warnings, "\n")
			if about, _, _ := strings.Cut(summary, ": "); warnings == "" || !strings.Contains(foundWarnings, about) {
				t.Errorf("the resource warns %q, the data source %q", warnings, foundWarnings)
			}
			if text := m.State(t)["tags_all"].String(); strings.Contains(text, "Theirs") || strings.Contains(text, "corp:") {
				t.Errorf("the tags are %s", text)
			}
		})
	}
}
