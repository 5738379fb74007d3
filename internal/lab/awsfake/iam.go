package awsfake

import (
	"encoding/xml"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Role is a role of the fake IAM, as its owner has it.
type Role struct {
	Path, Description, Duration, Boundary, Trust string
	Tags, Inline                                 map[string]string
	// Managed are the ARNs of what is attached.
	Managed []string
}

// IAM keeps roles, for tests of what the provider makes of them. It refuses an argument that it does not know.
type IAM struct {
	*httptest.Server

	mu    sync.Mutex
	calls []string
	// refused and lost are by action.
	refused refusals
	lost    map[string]bool
	// roles are by name, documents are those of managed policies by ARN.
	roles     map[string]*Role
	documents map[string]string
}

// NewIAM starts a fake IAM for the time of the test, which a bubble of synctest can call.
func NewIAM(t *testing.T) *IAM {
	t.Helper()
	i := &IAM{refused: refusals{}, lost: map[string]bool{}, roles: map[string]*Role{}, documents: map[string]string{}}
	i.Server = NewServer(t, i.ServeHTTP)
	return i
}

// Put makes a role, or replaces it.
func (i *IAM) Put(name string, role Role) {
	i.mu.Lock()
	defer i.mu.Unlock()
	role.Tags, role.Inline, role.Managed = maps.Clone(role.Tags), maps.Clone(role.Inline), slices.Clone(role.Managed)
	i.roles[name] = &role
}

// Remove takes a role away, whatever is on it.
func (i *IAM) Remove(name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.roles, name)
}

// PutPolicy makes a managed policy.
func (i *IAM) PutPolicy(arn, document string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.documents[arn] = document
}

// Role returns a role, and whether there is one.
func (i *IAM) Role(name string) (Role, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	role, ok := i.roles[name]
	if !ok {
		return Role{}, false
	}
	found := *role
	found.Tags, found.Inline, found.Managed = maps.Clone(role.Tags), maps.Clone(role.Inline), slices.Clone(role.Managed)
	return found, true
}

// Refuse lets each call of an action fail with an error code, "" to let it pass again. A message may follow the code,
// after a colon.
func (i *IAM) Refuse(action, code string) { i.RefuseSome(action, code, 0, math.MaxInt) }

// RefuseSome lets so many calls of an action fail, after so many that pass.
func (i *IAM) RefuseSome(action, code string, pass, fail int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.refused[action] = refusal{code, pass, fail}
}

// Lose carries out each call of an action, and gives no answer.
func (i *IAM) Lose(action string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.lost[action] = true
}

// Actions are the actions since the last look, sorted.
func (i *IAM) Actions() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	calls := i.calls
	i.calls = nil
	slices.Sort(calls)
	return calls
}

// RoleARN is the ARN of a role of the account.
func RoleARN(path, name string) string { return "arn:aws:iam::" + Account + ":role" + path + name }

// ServeHTTP answers one call.
func (i *IAM) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	action := r.Form.Get("Action")
	i.mu.Lock()
	defer i.mu.Unlock()
	i.calls = append(i.calls, action)
	in := iamCall{form: r.Form, unread: maps.Clone(r.Form)}
	delete(in.unread, "Action")
	delete(in.unread, "Version")
	result, code := "", i.refused.next(action)
	if code == "" {
		result, code = i.answer(action, in)
	}
	if code == "" && len(in.unread) > 0 {
		code = fmt.Sprintf("the fake IAM ignores %v: teach it what they do", slices.Sorted(maps.Keys(in.unread)))
	}
	if i.lost[action] {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "text/xml")
	if code != "" {
		code, message, told := strings.Cut(code, ": ")
		if !told {
			message = "made to fail"
		}
		status, known := map[string]int{"NoSuchEntity": http.StatusNotFound, "AccessDenied": http.StatusForbidden}[code]
		if !known {
			status = http.StatusBadRequest
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, "<ErrorResponse><Error><Code>%s</Code><Message>%s</Message></Error><RequestId>fake-request</RequestId></ErrorResponse>", code, message)
		return
	}
	fmt.Fprintf(w, "<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult></%[1]sResponse>", action, result)
}

// iamCall is the form of a call. What is read is taken off unread.
type iamCall struct{ form, unread url.Values }

func (c iamCall) get(name string) string {
	delete(c.unread, name)
	return c.form.Get(name)
}

// members reads a list of tags or keys.
func (c iamCall) members(list, field string) []string {
	var all []string
	for n := 1; c.form.Has(fmt.Sprintf("%s.member.%d%s", list, n, field)); n++ {
		all = append(all, c.get(fmt.Sprintf("%s.member.%d%s", list, n, field)))
	}
	return all
}

func (c iamCall) tags() map[string]string {
	tags := map[string]string{}
	delete(c.unread, "Tags") // That is an empty list.
	values := c.members("Tags", ".Value")
	for n, key := range c.members("Tags", ".Key") {
		tags[key] = values[n]
	}
	return tags
}

// answer returns a result, or the code of an error.
func (i *IAM) answer(action string, in iamCall) (result, code string) {
	switch action {
	case "CreateRole":
		name := in.get("RoleName")
		if _, exists := i.roles[name]; exists {
			return "", "EntityAlreadyExists"
		}
		i.roles[name] = &Role{
			Path: in.get("Path"), Description: in.get("Description"), Duration: in.get("MaxSessionDuration"), Boundary: in.get("PermissionsBoundary"),
			Trust: in.get("AssumeRolePolicyDocument"), Tags: in.tags(), Inline: map[string]string{},
		}
		return roleXML(name, i.roles[name]), ""
	case "ListRoles":
		prefix := in.get("PathPrefix")
		var all strings.Builder
		for _, name := range slices.Sorted(maps.Keys(i.roles)) {
			if strings.HasPrefix(i.roles[name].Path, prefix) {
				all.WriteString(strings.NewReplacer("<Role>", "<member>", "</Role>", "</member>").Replace(roleXML(name, i.roles[name])))
			}
		}
		return "<IsTruncated>false</IsTruncated><Roles>" + all.String() + "</Roles>", ""
	case "GetPolicy":
		if _, ok := i.documents[in.get("PolicyArn")]; !ok {
			return "", "NoSuchEntity"
		}
		return "<Policy><DefaultVersionId>v2</DefaultVersionId></Policy>", ""
	case "GetPolicyVersion":
		document, ok := i.documents[in.get("PolicyArn")]
		if !ok || in.get("VersionId") != "v2" {
			return "", "NoSuchEntity"
		}
		return "<PolicyVersion>" + element("Document", url.PathEscape(document)) + "</PolicyVersion>", ""
	}
	name := in.get("RoleName")
	role, ok := i.roles[name]
	if !ok {
		return "", "NoSuchEntity"
	}
	if action == "DeleteRole" {
		if len(role.Inline)+len(role.Managed) > 0 {
			return "", "DeleteConflict"
		}
		delete(i.roles, name)
		return "", ""
	}
	return role.answer(name, action, in)
}

// answer is that of a call about one role.
func (r *Role) answer(name, action string, in iamCall) (result, code string) {
	switch action {
	case "GetRole":
		return roleXML(name, r), ""
	case "UpdateRole":
		r.Description, r.Duration = in.get("Description"), in.get("MaxSessionDuration")
	case "UpdateAssumeRolePolicy":
		r.Trust = in.get("PolicyDocument")
	case "PutRolePermissionsBoundary":
		r.Boundary = in.get("PermissionsBoundary")
	case "DeleteRolePermissionsBoundary":
		r.Boundary = ""
	case "TagRole":
		maps.Copy(r.Tags, in.tags())
	case "UntagRole":
		for _, key := range in.members("TagKeys", "") {
			delete(r.Tags, key)
		}
	case "PutRolePolicy":
		r.Inline[in.get("PolicyName")] = in.get("PolicyDocument")
	case "GetRolePolicy":
		document, ok := r.Inline[in.get("PolicyName")]
		if !ok {
			return "", "NoSuchEntity"
		}
		return element("PolicyDocument", url.PathEscape(document)), ""
	case "DeleteRolePolicy":
		delete(r.Inline, in.get("PolicyName"))
	case "DetachRolePolicy":
		arn := in.get("PolicyArn")
		r.Managed = slices.DeleteFunc(r.Managed, func(attached string) bool { return attached == arn })
	case "ListRolePolicies":
		return "<IsTruncated>false</IsTruncated><PolicyNames>" + elements("member", slices.Sorted(maps.Keys(r.Inline))) + "</PolicyNames>", ""
	case "ListAttachedRolePolicies":
		var all strings.Builder
		for _, arn := range r.Managed {
			all.WriteString("<member>" + element("PolicyArn", arn) + "</member>")
		}
		return "<IsTruncated>false</IsTruncated><AttachedPolicies>" + all.String() + "</AttachedPolicies>", ""
	case "ListInstanceProfilesForRole":
		return "<IsTruncated>false</IsTruncated><InstanceProfiles></InstanceProfiles>", ""
	default:
		return "", "the fake IAM has no " + action
	}
	return "", ""
}

// roleXML is a role in an answer of IAM's.
func roleXML(name string, role *Role) string {
	var tags strings.Builder
	for _, key := range slices.Sorted(maps.Keys(role.Tags)) {
		tags.WriteString("<member>" + element("Key", key) + element("Value", role.Tags[key]) + "</member>")
	}
	boundary := ""
	if role.Boundary != "" {
		boundary = "<PermissionsBoundary>" + element("PermissionsBoundaryArn", role.Boundary) + "</PermissionsBoundary>"
	}
	return "<Role>" + element("RoleName", name) + element("Path", role.Path) + element("Arn", RoleARN(role.Path, name)) + element("RoleId", "AROA"+strings.ToUpper(name)) +
		element("CreateDate", "2026-01-02T03:04:05Z") + element("AssumeRolePolicyDocument", url.PathEscape(role.Trust)) + element("Description", role.Description) +
		element("MaxSessionDuration", role.Duration) + boundary + "<Tags>" + tags.String() + "</Tags></Role>"
}

func element(name, text string) string { return elements(name, []string{text}) }

func elements(name string, texts []string) string {
	var all strings.Builder
	for _, text := range texts {
		all.WriteString("<" + name + ">")
		_ = xml.EscapeText(&all, []byte(text)) // A strings.Builder takes everything.
		all.WriteString("</" + name + ">")
	}
	return all.String()
}
