package provider_test

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/arguments"
)

// notSent are the arguments of resources whose change sends nothing by itself, with the reason.
var notSent = map[string]string{
	"timeouts":              "how long is waited",
	"force_destroy":         "what the destroy does",
	"force_detach_policies": "what the destroy does",
	"exclusive_policies":    "others' policies, of which there are none here",
	"manage_policy":         "false leaves what there is",
	"manage_lifecycle":      "false leaves what there is",
	"renew_before":          "when the URL is renewed",
	"credentials_lifetime":  "when the URL is renewed",
}

var samplesMade sync.Once

// samplesOn makes what the samples name, once for all tests.
func samplesOn(t *testing.T, a *acctest.AWS) {
	t.Helper()
	samplesMade.Do(func() {
		for _, name := range []string{arguments.LogBucket, arguments.OtherLogBucket} {
			if _, err := a.S3("eu-west-1").CreateBucket(t.Context(), &s3.CreateBucketInput{
				Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: "eu-west-1"},
			}); err != nil {
				t.Fatal(err)
			}
		}
		document := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
		for _, arn := range []string{arguments.Boundary, arguments.OtherBoundary} {
			name := path.Base(arn)
			if _, err := a.IAM().CreatePolicy(t.Context(), &iam.CreatePolicyInput{PolicyName: &name, PolicyDocument: &document}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestAccArguments leads each argument of each resource through its values: set, changed, removed and set again, each of
// them known in the plan, and in the apply only. What is planned is applied, sent, and read again without a difference;
// a value that would replace the object replaces it also while it is not known; and each request of a bucket goes to the
// bucket's own region.
func TestAccArguments(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	samplesOn(t, a)
	for _, argument := range eachArgument(t) {
		if argument.Object.Kind != arguments.Resource {
			continue
		}
		t.Run(argument.Object.Name+"/"+argument.Name(), func(t *testing.T) {
			t.Parallel()
			testArgument(t, argument)
		})
	}
}

func testArgument(t *testing.T, argument arguments.Argument) {
	t.Helper()
	a := acctest.NewAWS(t)
	clock := acctest.Later()
	signs := argument.Object.Name == "voicebase_presigned_callback_url"
	if signs { // The URL is to change by the argument alone.
		now := time.Now()
		clock = func() time.Time { return now }
	}
	name := acctest.RandomName("acc-argument-")
	run := argumentRun{
		a: a, argument: argument, object: a.ServerAt(t, clock, nil).NewObject(t, argument.Object.Name),
		names: strings.NewReplacer(arguments.Name, name),
	}
	defer func() {
		if errs := run.object.Delete(t); run.object.Exists(t) {
			t.Error(errs)
		}
	}()
	sample, _ := argument.Find()
	values := []any{sample.First, sample.Second, sample.First}
	if planned := run.object.Plan(t, run.config(nil)); planned.Errors == "" {
		values = append(values, nil, sample.Second)
	}
	var sent []map[string]int
	var urls []string
	for _, value := range values {
		run.to(t, value)
		if t.Failed() {
			return
		}
		sent = append(sent, run.writes())
		urls = append(urls, run.object.State(t)["url"].String())
	}
	changed, back := sent[1], sent[2]
	if _, listed := notSent[argument.Path[0]]; listed {
		return
	}
	if signs && urls[0] == urls[1] || !signs && (reflect.DeepEqual(changed, back) || len(changed) == 0) {
		t.Errorf("%v and %v send the same: %v", sample.First, sample.Second, changed)
	}
}

// argumentRun is an object that one argument of changes.
type argumentRun struct {
	a        *acctest.AWS
	argument arguments.Argument
	object   *acctest.Object
	names    *strings.Replacer
}

func (r argumentRun) config(value any) map[string]any {
	config, _ := arguments.Replace(r.argument.With(value), r.names).(map[string]any)
	return config
}

// to applies a value, after a plan that does not know it yet.
func (r argumentRun) to(t *testing.T, value any) {
	t.Helper()
	var late acctest.ObjectPlan
	if r.argument.Attribute != nil {
		if late = r.object.Plan(t, r.config(tftypes.UnknownValue)); late.Errors != "" {
			t.Fatalf("not known yet: %s", late.Errors)
		}
	}
	config := r.config(value)
	planned := r.object.Plan(t, config)
	if planned.Errors != "" {
		t.Fatalf("%v: %s", value, planned.Errors)
	}
	if late.Value != nil && len(planned.Replaces) > 0 && len(late.Replaces) == 0 {
		t.Errorf("%v replaces the object for %s, and no plan says so that does not know the value", value, planned.Replaces)
	}
	for name, promised := range late.Value {
		if known := planned.Value[name]; promised.IsFullyKnown() && !promised.Equal(known) {
			t.Errorf("%s was planned as %s, and is %s once %v is known", name, promised, known, value)
		}
	}
	r.a.ResetCalls()
	if errs := r.object.Apply(t, config, planned); errs != "" {
		t.Fatalf("apply %v: %s", value, errs)
	}
	for name, promised := range planned.Value {
		if got := r.object.State(t)[name]; promised.IsFullyKnown() && !promised.Equal(got) {
			t.Errorf("%s was planned as %s, and is %s after the apply of %v", name, promised, got, value)
		}
	}
	applied := r.object.State(t)
	if _, errs := r.object.Read(t); errs != "" {
		t.Fatalf("read after %v: %s", value, errs)
	}
	for _, call := range r.a.Calls() {
		region := "us-east-1"
		if call.Service == "s3" {
			region = r.region()
		}
		if r.argument.Name() != "region" && call.Region != region {
			t.Errorf("%s of %s was signed for %s, want %s", call.Action, call.Target, call.Region, region)
		}
	}
	if !r.object.Exists(t) {
		t.Fatalf("the object is gone after %v", value)
	}
	for name, was := range applied {
		if is := r.object.State(t)[name]; !was.Equal(is) {
			t.Errorf("after %v, %s was %s and is read as %s", value, name, was, is)
		}
	}
	again := r.object.Plan(t, config)
	for name, is := range r.object.State(t) {
		if again.Value != nil && !is.Equal(again.Value[name]) {
			t.Errorf("a second plan of %v changes %s from %s to %s", value, name, is, again.Value[name])
		}
	}
	if again.Errors != "" {
		t.Errorf("a second plan of %v: %s", value, again.Errors)
	}
}

// region is where the bucket of the samples is.
func (r argumentRun) region() string {
	region, _ := r.config(nil)["region"].(string)
	return region
}

// writes are the recorded requests that change something, and how often each was made.
func (r argumentRun) writes() map[string]int {
	writes := map[string]int{}
	for _, call := range r.a.Calls() {
		if !strings.HasPrefix(call.Action, "Get") && !strings.HasPrefix(call.Action, "List") && !strings.HasPrefix(call.Action, "Head") {
			writes[fmt.Sprint(call.Service, ".", call.Action, " ", call.Region, " ", call.Body)]++
		}
	}
	return maps.Clone(writes)
}
