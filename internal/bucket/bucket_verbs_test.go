package bucket_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/bucket"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
)

// verbs do one thing each with the bucket of first, and return the errors. Those of a list are warnings about one bucket.
var verbs = map[string]func(*testing.T, account, *acctest.Object) string{
	"create": func(t *testing.T, _ account, o *acctest.Object) string { t.Helper(); return o.Become(t, first) },
	"read":   func(t *testing.T, _ account, o *acctest.Object) string { t.Helper(); _, errs := o.Read(t); return errs },
	"update": func(t *testing.T, _ account, o *acctest.Object) string { t.Helper(); return o.Become(t, second) },
	"delete": func(t *testing.T, _ account, o *acctest.Object) string { t.Helper(); return o.Delete(t) },
	"import": func(t *testing.T, a account, _ *acctest.Object) string {
		t.Helper()
		_, _, errs := a.Import(t, bucket.TypeName, "acme@eu-west-1")
		return errs
	},
	"data": func(t *testing.T, a account, _ *acctest.Object) string {
		t.Helper()
		_, errs := a.Read(t, bucket.TypeName, map[string]any{"bucket": "acme", "region": "eu-west-1"})
		return errs
	},
	"list": func(t *testing.T, a account, _ *acctest.Object) string {
		t.Helper()
		var all string
		for _, found := range a.List(t, bucket.TypeName, map[string]any{"region": "eu-west-1"}, true, 10, 0) {
			all += found.Errors + found.Warnings
		}
		return all
	},
}

// summaries are what each verb calls itself in an error; a create that has made the bucket has one of its own.
var summaries = map[string]string{
	"create": "Unable to set up delivery bucket", "read": "Unable to read delivery bucket", "update": "Unable to update delivery bucket",
	"delete": "Unable to delete delivery bucket", "import": "Unable to read delivery bucket", "data": "Unable to find delivery bucket",
	"list": "Unable to read delivery bucket",
}

// prepared makes a new bucket unless the verb makes it, in the place of the one before, and forgets how.
func (a account) prepared(t *testing.T, verb string) *acctest.Object {
	t.Helper()
	a.s3.Remove("acme")
	object := a.NewObject(t, bucket.TypeName)
	if verb != "create" {
		if errs := object.Become(t, first); errs != "" {
			t.Fatal(errs)
		}
		a.s3.Bucket("acme").Versions = []string{"calls/1.json 1"}
	}
	a.s3.Calls()
	return object
}

// TestVerbs_failedCalls lets each call of each verb fail: the verb ends with S3's error, and says which verb it was and
// of which bucket.
func TestVerbs_failedCalls(t *testing.T) {
	t.Parallel()
	for verb, do := range verbs {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, nil)
			if errs := do(t, a, a.prepared(t, verb)); errs != "" {
				t.Fatal(errs)
			}
			actions := map[string]bool{}
			for _, call := range a.s3.Calls() {
				actions[call.Action] = true
			}
			if len(actions) == 0 {
				t.Fatal("no call was made")
			}
			for action := range actions {
				object := a.prepared(t, verb)
				a.s3.Refuse(action, "InvalidRequest")
				summary, name := summaries[verb], "Name: acme"
				switch action {
				case "CreateBucket":
					summary = "Unable to create delivery bucket"
				case "ListBuckets":
					summary, name = "Unable to list delivery bucket", "Name: "
				}
				errs := do(t, a, object)
				if !strings.Contains(errs, summary) || !strings.Contains(errs, name) || !strings.Contains(errs, "AWS error code: InvalidRequest") {
					t.Errorf("%s: got %q", action, errs)
				}
				if tainted := verb == "create" && action != "CreateBucket"; verb == "create" && object.Exists(t) != tainted {
					t.Errorf("%s: in state %t, and should be %t", action, object.Exists(t), tainted)
				}
				// A failure is no state: the next try sees what is left to do.
				a.s3.Refuse(action, "")
				if again := do(t, a, object); verb != "create" && again != "" {
					t.Errorf("%s: once more: %q", action, again)
				}
			}
		})
	}
}

// TestVerbs_owner lets each verb meet a bucket that belongs to another account than the provider's.
func TestVerbs_owner(t *testing.T) {
	t.Parallel()
	refused := []string{"HeadBucket", "GetPublicAccessBlock", "PutBucketTagging", "GetBucketTagging", "PutBucketEncryption", "ListObjectVersions", "DeleteBucket"}
	refuse := func(a account, code string) {
		for _, call := range refused {
			a.s3.Refuse(call, code)
		}
	}
	for verb, do := range verbs {
		// New ones, because a read that ends beside one that failed can still be on its way.
		a, stranger := newAccount(t, known), newAccount(t, nil)
		object := a.prepared(t, verb)
		refuse(a, "AccessDenied")
		owned := verb != "data" && verb != "list" && verb != "create"
		errs := do(t, a, object)
		if says := strings.Contains(errs, "if account "+awsfake.Account+" doesn't own the bucket"); says != owned {
			t.Errorf("%s: %q", verb, errs)
		}
		for _, call := range a.s3.Calls() {
			if named := call.Owner == awsfake.Account; named != (owned || verb == "create") {
				t.Errorf("%s: the owner of %s is %q", verb, call.Action, call.Owner)
			}
		}
		refuse(a, "")
		// Where the account is not known, there is no other one, and another error has nothing to do with the owner.
		object = stranger.prepared(t, verb)
		refuse(stranger, "AccessDenied")
		if errs := do(t, stranger, object); strings.Contains(errs, "doesn't own the bucket") {
			t.Errorf("%s, of an unknown account: %q", verb, errs)
		}
		object = a.prepared(t, verb)
		refuse(a, "InvalidRequest")
		if errs := do(t, a, object); strings.Contains(errs, "doesn't own the bucket") {
			t.Errorf("%s, another error: %q", verb, errs)
		}
	}
}

// TestVerbs_noClient lets each verb end before its first call, because the provider cannot have a client.
func TestVerbs_noClient(t *testing.T) {
	t.Parallel()
	a, other := newAccount(t, nil), newAccount(t, map[string]any{"allowed_account_ids": []any{"999988887777"}})
	for verb, do := range verbs {
		object := a.prepared(t, verb)
		object = object.On(other.Server)
		want := summaries[verb]
		switch verb {
		case "create":
			want = "Unable to create delivery bucket"
		case "list":
			want = "Unable to list delivery bucket"
		}
		if errs := do(t, other, object); !strings.Contains(errs, want) || !strings.Contains(errs, "AWS account ID not allowed: "+awsfake.Account) {
			t.Errorf("%s: %q", verb, errs)
		}
		if calls := append(a.s3.Calls(), other.s3.Calls()...); len(calls) > 0 {
			t.Errorf("%s: called %v", verb, calls)
		}
	}
}

// TestVerbs_gone meets a bucket that somebody has deleted.
func TestVerbs_gone(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	for verb, want := range map[string]string{
		"read": "", "delete": "", "list": "", "update": "Unable to update delivery bucket", "data": "there is no such bucket in region eu-west-1",
		"import": "Cannot import non-existent remote object",
	} {
		object := a.prepared(t, verb)
		planned := object.Plan(t, second)
		a.s3.Remove("acme")
		do := verbs[verb]
		if verb == "update" {
			do = func(t *testing.T, _ account, o *acctest.Object) string {
				t.Helper()
				return o.Apply(t, second, planned)
			}
		}
		if verb == "import" { // Terraform itself says that it is not there.
			imported, _, errs := a.Import(t, bucket.TypeName, "acme@eu-west-1")
			if errs != "" || imported.Exists(t) {
				t.Errorf("import: %q, exists: %t", errs, imported.Exists(t))
			}
			continue
		}
		errs := do(t, a, object)
		if want == "" && errs != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: %q", verb, errs)
		}
		if gone := verb == "read" || verb == "delete"; gone == object.Exists(t) {
			t.Errorf("%s: in state: %t", verb, object.Exists(t))
		}
	}
}

// TestVerbs_noIdentity has a state of a time without identities: a bucket that is gone is no error, and one that is there
// gets its identity.
func TestVerbs_noIdentity(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	for _, verb := range []string{"read", "update"} {
		object := a.prepared(t, verb).Aged()
		if errs := verbs[verb](t, a, object); errs != "" || !maps.Equal(object.Identity(t), map[string]string{"bucket": "acme", "region": "eu-west-1"}) {
			t.Errorf("%s: %q, identity %v", verb, errs, object.Identity(t))
		}
	}
	object := a.prepared(t, "read").Aged()
	a.s3.Remove("acme")
	if _, errs := object.Read(t); errs != "" || object.Exists(t) {
		t.Errorf("gone: %q, in state %t", errs, object.Exists(t))
	}
}

// TestDelete_keepsObjects deletes nothing from a bucket with objects, unless force_destroy was applied.
func TestDelete_keepsObjects(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	object := a.NewObject(t, bucket.TypeName)
	config := map[string]any{"bucket": "acme"}
	for _, force := range []any{nil, false} {
		config["force_destroy"] = force
		if errs := object.Become(t, config); errs != "" {
			t.Fatal(errs)
		}
		a.s3.Bucket("acme").Versions = []string{"calls/1.json 1"}
		a.s3.Calls()
		errs := object.Delete(t)
		if !strings.Contains(errs, "force_destroy") || !object.Exists(t) || len(a.s3.Bucket("acme").Versions) != 1 {
			t.Errorf("force_destroy = %v: %q, bucket %+v", force, errs, a.s3.Bucket("acme"))
		}
		for _, call := range a.s3.Calls() {
			if call.Action != "DeleteBucket" {
				t.Errorf("force_destroy = %v: called %s", force, call)
			}
		}
	}
	config["force_destroy"] = true
	if errs := object.Become(t, config); errs != "" {
		t.Fatal(errs)
	}
	if calls := a.s3.Calls(); len(calls) > 0 {
		t.Errorf("force_destroy is no setting of S3, and called %v", calls)
	}
	if errs := object.Delete(t); errs != "" || a.s3.Bucket("acme") != nil || object.Exists(t) {
		t.Errorf("force_destroy = true: %q", errs)
	}
}

// TestCreate_lost keeps a name in state that nobody else can have, if S3 may have made the bucket, and no other one.
func TestCreate_lost(t *testing.T) {
	t.Parallel()
	a := newAccount(t, nil)
	for code, maybe := range map[string]bool{"InvalidRequest": false, "NotImplemented": true} {
		a.s3.Refuse("CreateBucket", code)
		for name, config := range map[string]map[string]any{"named": {"bucket": "acme", "region": "eu-west-1"}, "generated": {"region": "eu-west-1"}} {
			object := a.NewObject(t, bucket.TypeName)
			errs := object.Become(t, config)
			if kept := maybe && name == "generated"; !strings.Contains(errs, "AWS error code: "+code) || object.Exists(t) != kept {
				t.Errorf("%s, %s: in state %t, %q", name, code, object.Exists(t), errs)
			} else if kept && object.Identity(t)["bucket"] != acctest.Texts(object.State(t))["bucket"] {
				t.Errorf("the identity is %v", object.Identity(t))
			}
		}
	}
}

// TestExists never takes over a bucket that is there, and says how to import it.
func TestExists(t *testing.T) {
	t.Parallel()
	for region, id := range map[string]string{"us-east-1": "import ADDRESS acme\n", "eu-west-1": "import ADDRESS acme@eu-west-1\n"} {
		a := newAccount(t, nil)
		a.s3.Make("acme", region)
		object := a.NewObject(t, bucket.TypeName)
		if region == "us-east-1" {
			a.s3.Refuse("CreateBucket", "BucketAlreadyOwnedByYou")
		}
		errs := object.Become(t, map[string]any{"bucket": "acme", "region": region})
		if !strings.Contains(errs, id) || object.Exists(t) {
			t.Errorf("%s: %q, in state %t", region, errs, object.Exists(t))
		}
	}
}

// TestList lists by region and prefix, up to a limit, and reads what is asked for as a whole.
func TestList(t *testing.T) {
	t.Parallel()
	a := newAccount(t, map[string]any{"ignore_tags": []any{map[string]any{"keys": []any{"Theirs"}}}})
	for _, name := range []string{"acme-a", "acme-b", "acme-c", "other"} {
		a.s3.Make(name, "us-east-1").Settings["tagging"] = "<Tagging><TagSet><Tag><Key>Theirs</Key><Value>y</Value></Tag><Tag><Key>Team</Key><Value>z</Value></Tag></TagSet></Tagging>"
	}
	a.s3.Make("acme-far", "eu-west-1")
	for name, test := range map[string]struct {
		config  map[string]any
		include bool
		limit   int64
		stop    int
		want    []string
	}{
		"all":            {map[string]any{}, false, 10, 0, []string{"acme-a", "acme-b", "acme-c", "other"}},
		"by prefix":      {map[string]any{"prefix": "acme"}, false, 10, 0, []string{"acme-a", "acme-b", "acme-c"}},
		"elsewhere":      {map[string]any{"region": "eu-west-1"}, false, 10, 0, []string{"acme-far"}},
		"as many":        {map[string]any{}, false, 4, 0, []string{"acme-a", "acme-b", "acme-c", "other"}},
		"a limit":        {map[string]any{}, false, 2, 0, []string{"acme-a", "acme-b"}},
		"enough":         {map[string]any{}, true, 10, 1, []string{"acme-a"}},
		"whole":          {map[string]any{"prefix": "acme"}, true, 10, 0, []string{"acme-a", "acme-b", "acme-c"}},
		"whole and far":  {map[string]any{"region": "eu-west-1"}, true, 10, 0, []string{"acme-far"}},
		"there are none": {map[string]any{"prefix": "none"}, true, 10, 0, nil},
	} {
		a.s3.Calls()
		region := "us-east-1"
		if test.config["region"] != nil {
			region = "eu-west-1"
		}
		var names []string
		for _, found := range a.List(t, bucket.TypeName, test.config, test.include, test.limit, test.stop) {
			names = append(names, found.Name)
			if want := map[string]string{"bucket": found.Name, "region": region}; found.Errors+found.Warnings != "" || !maps.Equal(found.Identity, want) {
				t.Errorf("%s: %+v", name, found)
			}
			if !test.include {
				if found.Resource != nil {
					t.Errorf("%s: read %+v", name, found)
				}
				continue
			}
			if r := found.Resource; r["bucket"] != found.Name || r["id"] != found.Name || r["region"] != region || r["arn"] != "arn:aws:s3:::"+found.Name ||
				r["versioning"] != "false" || r["force_destroy"] != "false" || r["manage_policy"] != "true" || region == "us-east-1" && r["tags_all"] != "{Team=z}" {
				t.Errorf("%s: %+v", name, found)
			}
		}
		if !slices.Equal(names, test.want) {
			t.Errorf("%s: %v, want %v", name, names, test.want)
		}
		for _, call := range a.s3.Calls() {
			if call.Region != region || !test.include && call.Action != "ListBuckets" {
				t.Errorf("%s: called %s", name, call)
			}
		}
	}
	if found := a.List(t, bucket.TypeName, map[string]any{"region": "eu-west-99"}, false, 10, 0); len(found) != 1 || !strings.Contains(found[0].Errors, `AttributeName("region"): Invalid region`) {
		t.Errorf("a region that does not exist: %+v", found)
	}
	// One that cannot be read is a warning, and the others are listed.
	a.s3.Bucket("acme-b").Settings["versioning"] = "AccessDenied"
	found := a.List(t, bucket.TypeName, map[string]any{"prefix": "acme"}, true, 10, 0)
	if len(found) != 3 || !strings.Contains(found[1].Warnings, "Unable to read delivery bucket") || !strings.Contains(found[1].Warnings, "Name: acme-b") || found[2].Resource == nil {
		t.Errorf("one that cannot be read: %+v", found)
	}
}
