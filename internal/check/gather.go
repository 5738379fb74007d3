package check

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/iamrole"
	"github.com/voicebase/terraform-provider-voicebase/internal/readiness"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// gatherer reads the facts for a question: first everything that can be read independently, then what depends on it.
type gatherer struct {
	clients  *awsclient.Clients
	question readiness.Question

	inspection s3bucket.Inspection
	writer     iampolicy.Writer
	// described is the writer as conditions see it.
	described readiness.Writer
	facts     readiness.Facts

	mu    sync.Mutex
	fatal error
}

// gather also returns the question, because without a role only a call finds out the account. An error makes a
// judgement impossible; a missing permission is a fact.
func gather(ctx context.Context, clients *awsclient.Clients, question readiness.Question) (readiness.Question, readiness.Facts, error) {
	g := gatherer{clients: clients, question: question}
	g.sideBySide(ctx, g.readBucket, g.readWriter, g.readPolicies)
	if g.fatal == nil {
		g.settleBucket()
		g.sideBySide(ctx, g.confirmOwner, g.simulateBucketPolicy, g.simulateRole)
	}
	return g.question, g.facts, g.fatal
}

func (g *gatherer) sideBySide(ctx context.Context, reads ...func(context.Context)) {
	var group sync.WaitGroup
	for _, read := range reads {
		group.Go(func() { read(ctx) })
	}
	group.Wait()
}

// readBucket passes the account if it is known, so that each answer also says whose bucket it is.
func (g *gatherer) readBucket(ctx context.Context) {
	client, err := g.clients.S3(ctx, g.question.Region)
	if err != nil {
		g.fail(err)
		return
	}
	if g.question.ByRole() {
		client = awsclient.OwnedBy(client, g.question.AccountID)
	}
	g.inspection = s3bucket.Inspect(ctx, client, g.question.Bucket)
}

// readWriter reads the role, or the identity of the credentials if they sign the URLs.
func (g *gatherer) readWriter(ctx context.Context) {
	if !g.question.ByRole() {
		g.readCaller(ctx)
		return
	}
	arn := g.question.Role
	g.writer = iampolicy.Writer{Principal: awsname.TrustedPrincipal{Partition: arn.Partition, AccountID: arn.AccountID, Resource: arn.Resource}}
	g.described = readiness.RoleWriter(arn.String(), "", nil)
	client, err := g.clients.IAM(ctx)
	if err != nil {
		g.fail(err)
		return
	}
	role, err := iamrole.Describe(ctx, client, g.roleName())
	if errors.Is(err, awsclient.ErrNotFound) {
		return
	}
	if err != nil {
		g.facts.Role.Found.Unknown = g.unknown(err)
		return
	}
	g.described = readiness.RoleWriter(role.ARN, role.UniqueID, role.Tags)
	g.facts.Role.Found.Value = &readiness.RoleSettings{ARN: role.ARN, TrustPolicy: role.TrustPolicy, Boundary: role.PermissionsBoundary}
}

func (g *gatherer) readCaller(ctx context.Context) {
	caller, err := g.clients.Caller(ctx)
	if err != nil {
		g.fail(err)
		return
	}
	g.question.AccountID = caller.AccountID
	g.writer = iampolicy.NewWriter(caller.ARN)
	g.described = readiness.Writer{ARN: g.writer.Principal.String(), UserID: caller.UserID}
}

func (g *gatherer) readPolicies(ctx context.Context) {
	if !g.question.ByRole() {
		return
	}
	client, err := g.clients.IAM(ctx)
	if err != nil {
		g.fail(err)
		return
	}
	policies, err := iamrole.FindOtherPolicies(ctx, client, g.roleName())
	g.facts.Role.Policies = readiness.Fact[readiness.Policies]{
		Value:   readiness.Policies{Ours: policies.Ours, Others: policies.All()},
		Unknown: g.unknown(err),
	}
}

func (g *gatherer) roleName() string {
	resource := g.question.Role.Resource
	return resource[strings.LastIndex(resource, "/")+1:]
}

// simulateRole asks IAM what the role may do.
func (g *gatherer) simulateRole(ctx context.Context) {
	found := g.facts.Role.Found
	if !g.question.ByRole() || found.Unknown == "" && (found.Value == nil || found.Value.ARN != g.question.Role.String()) {
		return
	}
	client, err := g.clients.IAM(ctx)
	if err != nil {
		g.fail(err)
		return
	}
	actions, resources := g.question.Probes(g.facts.Bucket.Encryption)
	simulation, err := iamrole.Simulate(ctx, client, g.question.Role.String(), actions, resources, g.request(""))
	g.facts.Permissions = readiness.Fact[iampolicy.Simulation]{Value: simulation, Unknown: g.unknown(err)}
}

// simulateBucketPolicy asks IAM about the statements of the bucket's policy that concern the writer. If there are none,
// it makes no call.
func (g *gatherer) simulateBucketPolicy(ctx context.Context) {
	policy := g.facts.Bucket.Policy
	if policy.Unknown != "" {
		g.facts.BucketPolicy.Unknown = policy.Unknown
		return
	}
	write, request := g.question.Write(), g.request(policy.Value)
	statements, err := iampolicy.BucketStatements(policy.Value, g.writer, write, request)
	if err != nil {
		g.facts.BucketPolicy.Unknown = "the bucket's policy cannot be read: " + err.Error()
		return
	}
	g.facts.BucketPolicy.Value, err = g.judge(ctx, statements, write, request)
	g.facts.BucketPolicy.Unknown = g.unknown(err)
}

func (g *gatherer) judge(ctx context.Context, statements []iampolicy.BucketStatement, write iampolicy.Probe, request iampolicy.Request) (readiness.PolicyVerdict, error) {
	_, policies := readiness.Simulatable(statements)
	if len(policies) == 0 {
		return readiness.Permits(statements, iampolicy.Decision{}), nil
	}
	client, err := g.clients.IAM(ctx)
	if err != nil {
		return readiness.PolicyVerdict{}, err
	}
	decision, err := iamrole.SimulatePolicies(ctx, client, policies, write, request)
	return readiness.Permits(statements, decision), err
}

func (g *gatherer) request(document string) iampolicy.Request {
	return g.question.Request(g.described, document, g.clients.Now())
}
