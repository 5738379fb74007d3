//go:build faults

package faults_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/assumerole"
	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const presignedURL = "voicebase_presigned_callback_url"

// lateValue is one argument of one object, whose value only the apply knows.
type lateValue struct {
	slot
	config        map[string]any // without the argument
	first, second any
	// optional tells that the object can do without the argument.
	optional bool
}

func (l lateValue) key() string { return strings.ReplaceAll(l.String(), ".", "_") }

// What is planned is what is applied, when the value of an argument is known only in the apply: at the create, when
// it turns out to be the same, another one, none at all, and one again. Each argument has an object of its own.
func TestAccLateValues(t *testing.T) {
	t.Parallel()
	for resource, bases := range map[string]func() []map[string]any{
		bucket.TypeName: func() []map[string]any {
			return []map[string]any{{"bucket": acctest.RandomName("acc-late-")}, {}}
		},
		assumerole.TypeName: func() []map[string]any {
			const arn = "arn:aws:s3:::acme-results"
			return []map[string]any{{"name": acctest.RandomName("acc-late-"), "bucket_arn": arn}, {"bucket_arn": arn}}
		},
		presignedURL: func() []map[string]any {
			target := map[string]any{"bucket": "acme-results", "key": "calls/1.json"}
			analytics, transcript := maps.Clone(target), maps.Clone(target)
			analytics["type"], transcript["type"], transcript["format"] = "analytics", "transcript", "json"
			return []map[string]any{analytics, transcript, target}
		},
	} {
		t.Run(resource, func(t *testing.T) {
			t.Parallel()
			a := acctest.NewAWS(t)
			a.RequireLocal(t)
			late := lateValues(t, resource, valuesOn(t, a), bases)
			testLate(t, a, resource, late)
		})
	}
}

// valuesOn are the values that the arguments are given, with what must exist made.
func valuesOn(t *testing.T, a *acctest.AWS) func() *values {
	t.Helper()
	const key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-"
	logs := []any{a.Bucket(t, "us-east-1"), a.Bucket(t, "us-east-1")}
	boundaries := []any{managedPolicy(t, a), managedPolicy(t, a)}
	return func() *values {
		return &values{
			texts: []any{
				acctest.RandomName("acc-late-"), acctest.RandomName("acc-late-"), "40m", "50m", "late/", "later/", "/late/", "/later/",
				"eu-west-1", "us-west-2", "documented", "write", "analytics", "media", "text", "json", "text/csv", "text/plain",
				"52.6.244.43/32", "52.6.208.178/32", "arn:aws:s3:::acme-late", "arn:aws:s3:::acme-later", key + "000000000001", key + "000000000002",
				"111122223333", "123456789012", a.VoiceBaseARN(), "STANDARD_IA", "GLACIER", "SSE-C", "NONE",
				boundaries[0], boundaries[1], ownPolicy("Late"), ownPolicy("Later"),
			},
			numbers: []any{3600, 7200},
			only: map[string][]any{
				"access_logging.bucket":               logs,
				"region":                              {"eu-west-1", "us-west-2"},
				"retention.transitions.storage_class": {"STANDARD_IA", "GLACIER"},
				"retention.noncurrent_transitions.storage_class": {"STANDARD_IA", "GLACIER"},
				"permissions_boundary":                           boundaries,
				"voicebase_arn":                                  {a.VoiceBaseARN(), "arn:aws:iam::000000000000:root"},
			},
		}
	}
}

// ownPolicy is a statement for a bucket policy that fits any bucket.
func ownPolicy(sid string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Sid":%q,"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::BUCKET/*"}]}`, sid)
}

// lateValues finds for each argument a configuration that can have it and two values that the provider takes.
func lateValues(t *testing.T, resource string, given func() *values, bases func() []map[string]any) []lateValue {
	t.Helper()
	server := acctest.NewServer(t, map[string]any{"voicebase_arn": "arn:aws:iam::111122223333:root", "external_id": "organization"})
	var out []lateValue
	for i := range slots(server.Schema(resource), given()) {
		// Each object has names of its own.
		s := slots(server.Schema(resource), given())[i]
		late, ok := fill(t, server, resource, s, bases())
		if !ok {
			t.Errorf("%s: no two of the values are valid for %s: add some to valuesOn, or a base that goes with it", resource, s)
			continue
		}
		out = append(out, late)
	}
	return out
}

func fill(t *testing.T, server acctest.Server, resource string, s slot, bases []map[string]any) (lateValue, bool) {
	t.Helper()
	for _, base := range bases {
		var valid []any
		for _, candidate := range s.candidates {
			candidate = forBucket(candidate, base)
			if _, problem := server.Plan(t, resource, with(base, s, candidate)); problem == "" && !contains(valid, candidate) {
				valid = append(valid, candidate)
			}
		}
		if len(valid) < 2 {
			continue
		}
		_, problem := server.Plan(t, resource, with(base, s, nil))
		return lateValue{slot: s, config: base, first: valid[0], second: valid[1], optional: problem == ""}, true
	}
	return lateValue{}, false
}

func contains(values []any, value any) bool {
	for _, other := range values {
		if reflect.DeepEqual(other, value) {
			return true
		}
	}
	return false
}

// forBucket puts the bucket's name into a policy.
func forBucket(value any, base map[string]any) any {
	text, ok := value.(string)
	name, named := base["bucket"].(string)
	if !ok || !named {
		return value
	}
	return strings.ReplaceAll(text, "BUCKET", name)
}

func testLate(t *testing.T, a *acctest.AWS, resource string, late []lateValue) {
	t.Helper()
	cli := acctest.NewCLI(t, a.Provider())
	t.Cleanup(func() { cli.Run(t, "destroy", "-auto-approve", "-no-color") })
	broken := map[string][]string{}
	rounds := []struct {
		name  string
		value func(lateValue) any
	}{
		{"create", func(l lateValue) any { return l.first }},
		{"the same", func(l lateValue) any { return l.first }},
		{"another", func(l lateValue) any { return l.second }},
		{"none", func(l lateValue) any {
			if l.optional {
				return nil
			}
			return l.first
		}},
		{"one again", func(l lateValue) any { return l.second }},
	}
	for i, round := range rounds {
		known := map[string]any{"round": i}
		for _, l := range late {
			known[l.key()] = round.value(l)
		}
		writeLate(t, cli.Dir, resource, late, known)
		for address, problem := range problemsOf(t, cli, "apply", "-auto-approve") {
			broken[address] = append(broken[address], round.name+": "+problem)
		}
		for address, problem := range problemsOf(t, cli, "plan") {
			broken[address] = append(broken[address], "after "+round.name+": "+problem)
		}
	}
	failed := 0
	for _, l := range late {
		t.Run(l.String(), func(t *testing.T) {
			for _, problem := range broken[resource+"."+l.key()] {
				t.Error(problem)
			}
		})
		failed += min(1, len(broken[resource+"."+l.key()]))
		delete(broken, resource+"."+l.key())
	}
	for address, problems := range broken {
		t.Errorf("%s: %s", address, strings.Join(problems, "\n"))
	}
	t.Logf("counted: late values: %d arguments of %s, %d rounds each, %d failed", len(late), resource, len(rounds), failed)
}

// writeLate writes a configuration with one object for each argument. The values that are known after the apply are
// the output of a resource that changes with each round.
func writeLate(t *testing.T, dir, resource string, late []lateValue, known map[string]any) {
	t.Helper()
	objects := map[string]any{}
	for _, l := range late {
		objects[l.key()] = with(l.config, l.slot, fmt.Sprintf("${terraform_data.known.output[%q]}", l.key()))
	}
	text, err := json.MarshalIndent(map[string]any{"resource": map[string]any{
		"terraform_data": map[string]any{"known": map[string]any{"input": known}},
		resource:         objects,
	}}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "late.tf.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}
