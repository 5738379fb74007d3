package readiness

import (
	"fmt"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
)

func (q Question) roleExists(role Role) Finding {
	found := role.Found
	switch arn := q.Role.String(); {
	case found.Unknown != "":
		return unknown(RoleExists, Error, found.Unknown)
	case found.Value == nil:
		return failed(RoleExists, Error,
			fmt.Sprintf("There is no role %s in the account of the provider's credentials.", arn),
			"Create it, for example with voicebase_delivery_role, correct role_arn, or use credentials of the role's account.")
	case found.Value.ARN != arn:
		return failed(RoleExists, Error,
			fmt.Sprintf("There is a role of that name, but its ARN is %s, not %s.", found.Value.ARN, arn),
			fmt.Sprintf("Use %q in role_arn and in the callback.", found.Value.ARN))
	}
	return passed(RoleExists, Error, "Role %s exists.", q.Role.String())
}

// probe asks for an action on a resource.
func (q Question) probe(action, resource string) iampolicy.Probe {
	return iampolicy.Probe{Action: action, Resource: resource}
}

func (q Question) roleCanWrite(facts Facts) Finding {
	permissions, probe := facts.Permissions, q.Write()
	if permissions.Unknown != "" {
		return unknown(RoleCanWrite, Error, permissions.Unknown)
	}
	decision := permissions.Value[probe]
	if decision.Allowed {
		return passed(RoleCanWrite, Error, "The role may call %s on %s.", probe.Action, probe.Resource)
	}
	if !decision.Explicit && !decision.Bounded && !decision.Organization {
		// Within an account, what a bucket's policy allows a role needs no policy on the role.
		switch policy := facts.BucketPolicy; {
		case policy.Unknown != "" && facts.Bucket.readable(q):
			return unknown(RoleCanWrite, Error, policy.Unknown)
		case policy.Value.Allowed:
			return passed(RoleCanWrite, Error, "The bucket's policy allows the role to call %s on %s.", probe.Action, probe.Resource)
		}
	}
	detail, remedy := q.refusal(decision, facts.Role.Found.Value)
	return failed(RoleCanWrite, Error, detail, remedy)
}

// refusal says who refuses a delivery, and what to do about it.
func (q Question) refusal(d iampolicy.Decision, role *RoleSettings) (detail, remedy string) {
	what := fmt.Sprintf("%s on %s", putObject, q.object())
	switch {
	case d.Organization:
		return "A policy of the organization (SCP) doesn't allow " + what + ".",
			"Ask the administrators of the AWS organization to allow it."
	case d.Bounded:
		boundary := "The role's permissions boundary"
		if role != nil && role.Boundary != "" {
			boundary += " " + role.Boundary
		}
		return boundary + " doesn't allow " + what + ".",
			"Allow it in the boundary's policy, or give the role another boundary (permissions_boundary of voicebase_delivery_role)."
	case d.Explicit:
		return "A policy of the role denies " + what + named(d.Policies) + ".", "Remove or narrow the Deny statement."
	}
	detail = "No policy of the role allows " + what + "."
	if len(d.Missing) > 0 {
		detail += " The role's policies have conditions on " + strings.Join(d.Missing, ", ") + ", which deliveries don't meet."
	}
	if q.KeyPrefix == "" {
		return detail, "If the role may write only below a prefix, set key_prefix to the callback's prepend_folder and a slash. Otherwise, remove key_prefixes from the role."
	}
	return detail, fmt.Sprintf("Add %q to key_prefixes of voicebase_delivery_role, or set key_prefix here and prepend_folder in the callback to a folder that the role may write to.", q.KeyPrefix)
}

func named(policies []string) string {
	if len(policies) == 0 {
		return ""
	}
	return " (" + strings.Join(policies, ", ") + ")"
}

func (q Question) roleCannotMore(facts Facts) Finding {
	more := q.beyond(facts.Permissions.Value) // What is not known is empty.
	if others := facts.Role.Policies.Value.surplus(); len(others) > 0 {
		more = append(more, "has further policies: "+strings.Join(others, ", "))
	}
	switch {
	case len(more) > 0:
		return failed(RoleCannotMore, Warning, "The role "+strings.Join(more, ", ")+".",
			"Deliveries need s3:PutObject below the prefix and nothing else: remove the rest, for example with access = \"write\", key_prefixes and exclusive_policies = true on voicebase_delivery_role.")
	case facts.Permissions.Unknown != "":
		return unknown(RoleCannotMore, Warning, facts.Permissions.Unknown)
	case facts.Role.Policies.Unknown != "":
		return unknown(RoleCannotMore, Warning, facts.Role.Policies.Unknown)
	}
	return passed(RoleCannotMore, Warning, "The role can do nothing in the bucket but write where deliveries go.")
}

// beyond lists what the role can do in the bucket other than deliver.
func (q Question) beyond(simulation iampolicy.Simulation) []string {
	var more []string
	for _, try := range []struct{ action, resource, words string }{
		{getObject, q.object(), "can read objects"},
		{listBucket, q.bucketARN(), "can list the bucket"},
		{deleteObject, q.object(), "can delete objects"},
		{putObject, q.neighbour(), "can write outside " + q.KeyPrefix},
		{putBucketPolicy, q.bucketARN(), "can change the bucket's policy"},
		{putLifecycle, q.bucketARN(), "can change the bucket's lifecycle rules"},
		{deleteBucket, q.bucketARN(), "can delete the bucket"},
	} {
		if q.KeyPrefix == "" && try.resource == q.neighbour() {
			continue
		}
		if simulation[q.probe(try.action, try.resource)].Allowed {
			more = append(more, try.words)
		}
	}
	return more
}

// surplus are the policies beside the one that grants deliveries: ours, else the only one.
func (p Policies) surplus() []string {
	if !p.Ours && len(p.Others) <= 1 {
		return nil
	}
	return p.Others
}
