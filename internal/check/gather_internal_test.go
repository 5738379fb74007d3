package check

import (
	"cmp"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// told is an IAM, and an STS, that give one answer for each action: XML, or the code of an error. It writes the calls down.
type told struct {
	mu      sync.Mutex
	answers map[string]string
	calls   map[string]url.Values
}

func (i *told) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	_ = r.ParseForm()
	action := r.Form.Get("Action")
	i.calls[action] = r.Form
	answer := i.answers[action]
	if !strings.HasPrefix(answer, "<") {
		w.WriteHeader(cmp.Or(map[string]int{"AccessDenied": http.StatusForbidden, "NoSuchEntity": http.StatusNotFound, "Nothing": http.StatusNotImplemented}[answer], http.StatusBadRequest))
		fmt.Fprintf(w, "<ErrorResponse><Error><Code>%s</Code><Message>told</Message></Error></ErrorResponse>", answer)
		return
	}
	fmt.Fprintf(w, "<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult></%[1]sResponse>", action, answer)
}

const (
	gatheredRole = "arn:aws:iam::" + awsfake.Account + ":role/team/delivery"
	gatheredPath = "arn:aws:s3:::acme/calls/00000000-0000-0000-0000-000000000000/analytics.json"
	anyTrust     = `{"Version":"2012-10-17","Statement":[]}`
	roleXML      = `<Role><Path>/team/</Path><RoleName>delivery</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>%s</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>` +
		`<AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument><PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>` +
		`<PermissionsBoundaryArn>arn:aws:iam::aws:policy/PowerUserAccess</PermissionsBoundaryArn></PermissionsBoundary><Tags><member><Key>Team</Key><Value>speech</Value></member></Tags></Role>`
	simulated = `<EvaluationResults><member><EvalActionName>s3:PutObject</EvalActionName><EvalResourceName>` + gatheredPath + `</EvalResourceName><EvalDecision>%s</EvalDecision>` +
		`<MatchedStatements><member><SourcePolicyId>%s</SourcePolicyId></member></MatchedStatements></member></EvaluationResults>`
	denyTagged = `{"Version":"2012-10-17","Statement":[{"Sid":"Deny","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme/*",` +
		`"Condition":{"StringEquals":{"aws:PrincipalTag/Team":"speech","aws:userid":"AROAEXAMPLE:voicebase"}}}]}`
)

// denySigner is about the credentials that sign a URL.
var denySigner = strings.NewReplacer(`"aws:PrincipalTag/Team":"speech",`, "", "AROAEXAMPLE:voicebase", "AROASIGNER:me").Replace(denyTagged)

// denyTo is denyTagged for one principal.
func denyTo(principal string) string {
	return strings.Replace(denyTagged, `"Principal":"*"`, `"Principal":{"AWS":"`+principal+`"}`, 1)
}

// denyElsewhere lists VoiceBase's addresses in the EU.
var denyElsewhere = strings.Replace(denyTagged, `"StringEquals":{"aws:PrincipalTag/Team":"speech","aws:userid":"AROAEXAMPLE:voicebase"}`,
	`"NotIpAddress":{"aws:SourceIp":["34.248.80.158/32","52.210.18.246/32","54.72.141.175/32"]}`, 1)

// setup is what a case changes: the buckets, the answers of IAM and STS, and the question.
type setup struct {
	s3       *awsfake.S3
	bucket   *awsfake.S3Bucket
	iam      *told
	question *readiness.Question
}

var byWriting = iampolicy.Probe{Action: "s3:PutObject", Resource: gatheredPath}

// wellGathered are the facts of a delivery that has nothing special.
func wellGathered() readiness.Facts {
	var facts readiness.Facts
	facts.Bucket.Place.Value = readiness.Place{Exists: true, Region: "us-east-1"}
	facts.Bucket.Owned.Value = true
	facts.Bucket.PublicAccessBlocked.Value = true
	facts.Bucket.ObjectOwnership.Value = "BucketOwnerEnforced"
	facts.Role.Found.Value = &readiness.RoleSettings{ARN: gatheredRole, TrustPolicy: anyTrust, Boundary: "arn:aws:iam::aws:policy/PowerUserAccess"}
	facts.Role.Policies.Value = readiness.Policies{Ours: true, Others: []string{"theirs", "arn:aws:iam::aws:policy/ReadOnlyAccess"}}
	facts.Permissions.Value = iampolicy.Simulation{byWriting: {Allowed: true, Policies: []string{"delivery"}}}
	return facts
}

// nothingOfTheBucket takes back what only a read of the bucket in its region tells.
func nothingOfTheBucket(facts *readiness.Facts) {
	place := facts.Bucket.Place
	facts.Bucket = readiness.Bucket{Place: place}
}

// nothingIsKnown takes back what a bucket tells that may only be found.
func nothingIsKnown(f *readiness.Facts) {
	nothingOfTheBucket(f)
	f.Bucket.Owned.Unknown = readiness.Needs("s3:ListBucket")
	for _, fact := range []*string{&f.Bucket.PublicAccessBlocked.Unknown, &f.Bucket.ObjectOwnership.Unknown, &f.Bucket.Encryption.Unknown, &f.Bucket.Versioning.Unknown, &f.Bucket.Policy.Unknown, &f.Bucket.DefaultRetention.Unknown, &f.BucketPolicy.Unknown} {
		*fact = "needs"
	}
}

func refuseAll(s setup) {
	for action := range s3bucket.Permissions {
		s.s3.Refuse(action, "AccessDenied")
	}
}

func byURL(facts *readiness.Facts) {
	facts.Role, facts.Permissions = readiness.Role{}, readiness.Fact[iampolicy.Simulation]{}
}

// TestGather gathers the facts of all kinds of set-ups, whole.
func TestGather(t *testing.T) {
	t.Parallel()
	withoutRole := func(s setup) { s.question.Role, s.question.AccountID = awsname.ARN{}, "" }
	cases := map[string]struct {
		given func(setup)
		want  func(*readiness.Facts)
		err   string
	}{
		"by a role": {},
		"by a URL":  {given: withoutRole, want: byURL},
		"all settings": {
			given: func(s setup) {
				s.bucket.Settings["versioning"] = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
				s.bucket.Settings["encryption"] = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/theirs</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"
				s.bucket.Settings["object-lock"] = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>"
				delete(s.bucket.Settings, "publicAccessBlock")
				delete(s.bucket.Settings, "ownershipControls")
			},
			want: func(f *readiness.Facts) {
				f.Bucket.Versioning.Value, f.Bucket.PublicAccessBlocked.Value, f.Bucket.ObjectOwnership.Value = true, false, ""
				f.Bucket.Encryption.Value, f.Bucket.DefaultRetention.Value = readiness.Encryption{KMS: true, Key: "alias/theirs"}, "GOVERNANCE, 1 days"
			},
		},
		"two layers of encryption": {
			given: func(s setup) {
				s.bucket.Settings["encryption"] = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms:dsse</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"
			},
			want: func(f *readiness.Facts) { f.Bucket.Encryption.Value = readiness.Encryption{KMS: true} },
		},
		"no bucket": {
			given: func(s setup) { s.s3.Remove("acme") },
			want:  func(f *readiness.Facts) { nothingOfTheBucket(f); f.Bucket.Place.Value = readiness.Place{} },
		},
		"a bucket elsewhere": {
			given: func(s setup) { s.bucket.Region = "eu-west-1" },
			want:  func(f *readiness.Facts) { nothingOfTheBucket(f); f.Bucket.Place.Value.Region = "eu-west-1" },
		},
		"a bucket elsewhere, by a URL": {
			given: func(s setup) { withoutRole(s); s.bucket.Region = "eu-west-1" },
			want:  func(f *readiness.Facts) { nothingOfTheBucket(f); byURL(f); f.Bucket.Place.Value.Region = "eu-west-1" },
		},
		"no role": {
			given: func(s setup) {
				for _, action := range []string{"GetRole", "ListRolePolicies", "ListAttachedRolePolicies"} {
					s.iam.answers[action] = "NoSuchEntity"
				}
			},
			want: func(f *readiness.Facts) { byURL(f) },
		},
		"a role of another path": {
			given: func(s setup) {
				s.iam.answers["GetRole"] = fmt.Sprintf(roleXML, strings.Replace(gatheredRole, "team/", "", 1), url.PathEscape(anyTrust))
			},
			want: func(f *readiness.Facts) {
				f.Role.Found.Value.ARN, f.Permissions = strings.Replace(gatheredRole, "team/", "", 1), readiness.Fact[iampolicy.Simulation]{}
			},
		},
		"a policy that is not for the writer": {
			given: func(s setup) {
				s.bucket.Settings["policy"] = strings.Replace(denyTagged, `"s3:PutObject"`, `"s3:GetObject"`, 1)
			},
			want: func(f *readiness.Facts) {
				f.Bucket.Policy.Value = strings.Replace(denyTagged, `"s3:PutObject"`, `"s3:GetObject"`, 1)
			},
		},
		"a policy against the writer": {
			given: func(s setup) { s.bucket.Settings["policy"] = denyTagged },
			want: func(f *readiness.Facts) {
				f.Bucket.Policy.Value = denyTagged
				f.BucketPolicy.Value = readiness.PolicyVerdict{Denied: true, Statements: []string{`"Deny"`}}
			},
		},
		"a policy against other addresses": {
			given: func(s setup) { s.bucket.Settings["policy"] = denyElsewhere },
			want: func(f *readiness.Facts) {
				f.Bucket.Policy.Value = denyElsewhere
				f.BucketPolicy.Value = readiness.PolicyVerdict{Denied: true, Statements: []string{`"Deny"`}}
			},
		},
		"no permission to look": {given: func(s setup) { s.s3.Refuse("HeadBucket", "AccessDenied") }},
		"no permission to look, by a URL": {
			given: func(s setup) { withoutRole(s); s.s3.Refuse("HeadBucket", "AccessDenied") },
			want: func(f *readiness.Facts) {
				byURL(f)
				f.Bucket.Owned = readiness.Fact[bool]{Unknown: readiness.Needs("s3:ListBucket")}
			},
		},
		"no look":              {given: func(s setup) { s.s3.Refuse("HeadBucket", "Nothing") }, err: "HeadBucket"},
		"no permission at all": {given: refuseAll, want: nothingIsKnown},
		"no permission at all, and no region told": {
			given: func(s setup) { refuseAll(s); s.s3.Remove("acme") },
			want:  func(f *readiness.Facts) { nothingIsKnown(f); f.Bucket.Place.Value.Region = "" },
		},
		"a policy against the role by its ARN": {
			given: func(s setup) { s.bucket.Settings["policy"] = denyTo(gatheredRole) },
			want: func(f *readiness.Facts) {
				f.Bucket.Policy.Value = denyTo(gatheredRole)
				f.BucketPolicy.Value = readiness.PolicyVerdict{Denied: true, Statements: []string{`"Deny"`}}
			},
		},
		"a policy against a role of another path": {
			given: func(s setup) { s.bucket.Settings["policy"] = denyTo(strings.Replace(gatheredRole, "team/", "", 1)) },
			want: func(f *readiness.Facts) {
				f.Bucket.Policy.Value = denyTo(strings.Replace(gatheredRole, "team/", "", 1))
			},
		},
		"a policy against the signer": {
			given: func(s setup) { withoutRole(s); s.bucket.Settings["policy"] = denySigner },
			want: func(f *readiness.Facts) {
				byURL(f)
				f.Bucket.Policy.Value = denySigner
				f.BucketPolicy.Value = readiness.PolicyVerdict{Denied: true, Statements: []string{`"Deny"`}}
			},
		},
		"a policy that cannot be read": {
			given: func(s setup) { s.bucket.Settings["policy"] = "{" },
			want: func(f *readiness.Facts) {
				f.Bucket.Policy.Value, f.BucketPolicy.Unknown = "{", "the bucket's policy cannot be read: …"
			},
		},
		"another account's bucket": {
			given: func(s setup) { s.question.AccountID = "999988887777" },
			want:  func(f *readiness.Facts) { nothingIsKnown(f); f.Bucket.Owned.Unknown = "" },
		},
		"another account's bucket, by a URL": {
			given: func(s setup) {
				withoutRole(s)
				s.iam.answers["GetCallerIdentity"] = strings.ReplaceAll(s.iam.answers["GetCallerIdentity"], awsfake.Account, "999988887777")
			},
			want: func(f *readiness.Facts) { byURL(f); f.Bucket.Owned.Value = false },
		},
	}
	// Each read that is refused, or that the endpoint doesn't have, leaves one fact open, and names what is missing.
	for action, fact := range map[string]struct {
		unknown func(*readiness.Facts) *string
		needs   string
	}{
		"GetPublicAccessBlock": {func(f *readiness.Facts) *string {
			f.Bucket.PublicAccessBlocked.Value = false
			return &f.Bucket.PublicAccessBlocked.Unknown
		}, "s3:GetBucketPublicAccessBlock"},
		"GetBucketOwnershipControls": {func(f *readiness.Facts) *string {
			f.Bucket.ObjectOwnership.Value = ""
			return &f.Bucket.ObjectOwnership.Unknown
		}, "s3:GetBucketOwnershipControls"},
		"GetBucketEncryption":        {func(f *readiness.Facts) *string { return &f.Bucket.Encryption.Unknown }, "s3:GetEncryptionConfiguration"},
		"GetBucketVersioning":        {func(f *readiness.Facts) *string { return &f.Bucket.Versioning.Unknown }, "s3:GetBucketVersioning"},
		"GetObjectLockConfiguration": {func(f *readiness.Facts) *string { return &f.Bucket.DefaultRetention.Unknown }, "s3:GetBucketObjectLockConfiguration"},
		"GetBucketPolicy":            {func(f *readiness.Facts) *string { f.BucketPolicy.Unknown = "needs"; return &f.Bucket.Policy.Unknown }, "s3:GetBucketPolicy"},
		"GetRole":                    {func(f *readiness.Facts) *string { f.Role.Found.Value = nil; return &f.Role.Found.Unknown }, "iam:GetRole"},
		"ListRolePolicies":           {func(f *readiness.Facts) *string { return &f.Role.Policies.Unknown }, "iam:ListRolePolicies"},
		"ListAttachedRolePolicies":   {func(f *readiness.Facts) *string { return &f.Role.Policies.Unknown }, "iam:ListAttachedRolePolicies"},
		"SimulatePrincipalPolicy":    {func(f *readiness.Facts) *string { f.Permissions.Value = nil; return &f.Permissions.Unknown }, "iam:SimulatePrincipalPolicy"},
		"SimulateCustomPolicy": {func(f *readiness.Facts) *string {
			f.BucketPolicy.Value = readiness.PolicyVerdict{}
			return &f.BucketPolicy.Unknown
		}, "iam:SimulateCustomPolicy"},
	} {
		for code, text := range map[string]string{
			"AccessDenied": readiness.Needs(fact.needs), "Nothing": "the endpoint has no " + action, "NotImplemented": "the endpoint has no " + action,
			"InvalidAction": "the endpoint has no " + action, "UnknownOperationException": "the endpoint has no " + action, "InvalidRequest": "",
			"NoSuchBucket": "S3 does not see the bucket everywhere yet; plan again",
		} {
			if code == "NoSuchBucket" && !strings.HasPrefix(fact.needs, "s3:") {
				continue // Only S3 says so.
			}
			test := cases["by a role"]
			test.given = func(s setup) {
				if action == "SimulateCustomPolicy" {
					s.bucket.Settings["policy"] = denyTagged
				}
				if _, iam := s.iam.answers[action]; iam {
					s.iam.answers[action] = code
				} else {
					s.s3.Refuse(action, code)
				}
			}
			test.want = func(f *readiness.Facts) {
				if action == "SimulateCustomPolicy" {
					f.Bucket.Policy.Value = denyTagged
				}
				if *fact.unknown(f) = text; f.BucketPolicy.Unknown == "needs" {
					f.BucketPolicy.Unknown = text
				}
			}
			if code == "InvalidRequest" {
				test.err = "InvalidRequest"
			}
			cases[action+": "+code] = test
		}
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s3 := awsfake.NewS3(t)
			iam := &told{calls: map[string]url.Values{}, answers: map[string]string{
				"GetRole":                  fmt.Sprintf(roleXML, gatheredRole, url.PathEscape(anyTrust)),
				"ListRolePolicies":         "<PolicyNames><member>theirs</member><member>" + iamrole.PolicyName + "</member></PolicyNames>",
				"ListAttachedRolePolicies": "<AttachedPolicies><member><PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member></AttachedPolicies>",
				"SimulatePrincipalPolicy":  fmt.Sprintf(simulated, "allowed", "delivery"),
				"SimulateCustomPolicy":     fmt.Sprintf(simulated, "explicitDeny", "PolicyInputList.1"),
				"GetCallerIdentity":        "<Arn>arn:aws:sts::" + awsfake.Account + ":assumed-role/team/me</Arn><UserId>AROASIGNER:me</UserId><Account>" + awsfake.Account + "</Account>",
			}}
			server := httptest.NewServer(iam)
			defer server.Close()
			role, err := awsname.ParseRoleARN(gatheredRole)
			if err != nil {
				t.Fatal(err)
			}
			question := readiness.Question{Bucket: "acme", Region: "us-east-1", Partition: "aws", AccountID: awsfake.Account, Role: role, KeyPrefix: "calls/"}
			s := setup{s3, s3.Make("acme", "us-east-1"), iam, &question}
			if test.given != nil {
				test.given(s)
			}
			asked := question
			at := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
			clients := awsclient.NewClients(awsclient.Settings{
				Region: "eu-west-1", AccessKey: "AKIATEST", SecretKey: "secret", S3UsePathStyle: true, MaxRetries: 1,
				Endpoints: awsclient.Endpoints{S3: s3.URL, IAM: server.URL, STS: server.URL},
			}, func() time.Time { return at })
			got, facts, err := gather(t.Context(), clients, question)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %s", err, test.err)
				}
				if first := strings.HasPrefix(name, "GetRole") || strings.HasPrefix(name, "List"); first && iam.calls["SimulatePrincipalPolicy"] != nil {
					t.Error("what depends on the failed call was asked for all the same")
				}
				return
			}
			want := wellGathered()
			if test.want != nil {
				test.want(&want)
			}
			forget(&want, &facts)
			if err != nil || !reflect.DeepEqual(facts, want) {
				t.Errorf("%v\n%+v, want\n%+v", err, facts, want)
			}
			if !question.ByRole() {
				asked.AccountID = strings.Split(iam.answers["GetCallerIdentity"], ":")[4]
			}
			if got != asked {
				t.Errorf("asked %+v, want %+v", got, asked)
			}
			for _, call := range s3.Calls() {
				if call.Region != "us-east-1" || call.Target != "acme" {
					t.Errorf("called %s", call)
				}
			}
			iam.expectSimulations(t, at)
		})
	}
}

// forget compares texts that need a permission, or that an error is part of, by their beginning.
func forget(want, got *readiness.Facts) {
	pairs := [][2]*string{
		{&want.Bucket.PublicAccessBlocked.Unknown, &got.Bucket.PublicAccessBlocked.Unknown},
		{&want.Bucket.ObjectOwnership.Unknown, &got.Bucket.ObjectOwnership.Unknown},
		{&want.Bucket.Encryption.Unknown, &got.Bucket.Encryption.Unknown},
		{&want.Bucket.Versioning.Unknown, &got.Bucket.Versioning.Unknown},
		{&want.Bucket.Policy.Unknown, &got.Bucket.Policy.Unknown},
		{&want.Bucket.DefaultRetention.Unknown, &got.Bucket.DefaultRetention.Unknown},
		{&want.BucketPolicy.Unknown, &got.BucketPolicy.Unknown},
	}
	if want.Role.Policies.Unknown != "" { // What was found before the error is not looked at.
		want.Role.Policies.Value, got.Role.Policies.Value = readiness.Policies{}, readiness.Policies{}
	}
	for _, pair := range pairs {
		beginning, cut := strings.CutSuffix(*pair[0], "…")
		if cut && strings.HasPrefix(*pair[1], beginning) || *pair[0] == "needs" && strings.Contains(*pair[1], "s3:Get") {
			*pair[1] = *pair[0]
		}
	}
}

// expectSimulations looks at what the simulators were told of the writer and the request.
func (i *told) expectSimulations(t *testing.T, at time.Time) {
	t.Helper()
	for action, form := range i.calls {
		if !strings.HasPrefix(action, "Simulate") {
			continue
		}
		context := map[string]string{}
		for n := 1; form.Get(fmt.Sprintf("ContextEntries.member.%d.ContextKeyName", n)) != ""; n++ {
			entry := fmt.Sprintf("ContextEntries.member.%d.", n)
			context[strings.ToLower(form.Get(entry+"ContextKeyName"))] = form.Get(entry + "ContextKeyValues.member.1")
		}
		want := map[string]string{"aws:principalarn": gatheredRole, "aws:requestedregion": "us-east-1", "aws:currenttime": at.Format(time.RFC3339), "aws:sourceip": "52.6.244.43"}
		if strings.Contains(form.Get("PolicyInputList.member.1"), "34.248.80.158") {
			want["aws:sourceip"] = "34.248.80.158"
		}
		if !strings.HasPrefix(i.answers["GetRole"], "<") {
			want["aws:userid"], want["aws:principaltag/team"] = "", ""
		} else {
			want["aws:userid"], want["aws:principaltag/team"] = "AROAEXAMPLE:voicebase", "speech"
		}
		if i.calls["GetCallerIdentity"] != nil {
			want["aws:principalarn"] = "arn:aws:iam::" + awsfake.Account + ":role/team"
			want["aws:userid"], want["aws:principaltag/team"] = "AROASIGNER:me", ""
		}
		for key, value := range want {
			if context[key] != value {
				t.Errorf("%s: %s is %q, want %q", action, key, context[key], value)
			}
		}
		if action == "SimulatePrincipalPolicy" && form.Get("PolicySourceArn") != gatheredRole || form.Get("ActionNames.member.1") != "s3:PutObject" || form.Get("ResourceArns.member.1") != gatheredPath {
			t.Errorf("%s: %v", action, form)
		}
	}
	for _, action := range []string{"GetRole", "ListRolePolicies", "ListAttachedRolePolicies"} {
		if form, called := i.calls[action]; called && form.Get("RoleName") != "delivery" {
			t.Errorf("%s of %q", action, form.Get("RoleName"))
		}
	}
}
