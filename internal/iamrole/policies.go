package iamrole

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"golang.org/x/sync/errgroup"
)

type policyLister interface {
	iam.ListAttachedRolePoliciesAPIClient
	iam.ListRolePoliciesAPIClient
}

type policyRemover interface {
	DeleteRolePolicy(context.Context, *iam.DeleteRolePolicyInput, ...func(*iam.Options)) (*iam.DeleteRolePolicyOutput, error)
	DetachRolePolicy(context.Context, *iam.DetachRolePolicyInput, ...func(*iam.Options)) (*iam.DetachRolePolicyOutput, error)
}

// OtherPolicies are the policies on a role that others have attached.
type OtherPolicies struct {
	// Ours reports whether the provider's own inline policy is on the role, too.
	Ours bool
	// Inline are names, Managed are ARNs; both are sorted.
	Inline, Managed []string
}

// All returns the names of the inline policies, then the ARNs of the managed ones.
func (o OtherPolicies) All() []string { return slices.Concat(o.Inline, o.Managed) }

// FindOtherPolicies lists what is on the role besides the provider's own inline policy.
func FindOtherPolicies(ctx context.Context, client policyLister, role string) (OtherPolicies, error) {
	var others OtherPolicies
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		names, err := listInline(ctx, client, role)
		others.Ours = slices.Contains(names, PolicyName)
		others.Inline = slices.DeleteFunc(names, func(name string) bool { return name == PolicyName })
		return err
	})
	group.Go(func() (err error) {
		others.Managed, err = listManaged(ctx, client, role)
		return err
	})
	err := group.Wait()
	return others, err
}

func listInline(ctx context.Context, client policyLister, role string) ([]string, error) {
	var names []string
	pages := iam.NewListRolePoliciesPaginator(client, &iam.ListRolePoliciesInput{RoleName: &role})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, unlessGone(err)
		}
		names = append(names, page.PolicyNames...)
	}
	slices.Sort(names)
	return names, nil
}

func listManaged(ctx context.Context, client policyLister, role string) ([]string, error) {
	var arns []string
	pages := iam.NewListAttachedRolePoliciesPaginator(client, &iam.ListAttachedRolePoliciesInput{RoleName: &role})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, unlessGone(err)
		}
		for _, policy := range page.AttachedPolicies {
			arns = append(arns, aws.ToString(policy.PolicyArn))
		}
	}
	slices.Sort(arns)
	return arns, nil
}

// ReadInlinePolicies reads the documents of inline policies concurrently, in the order of their names.
func ReadInlinePolicies(ctx context.Context, client reader, role string, names []string) ([]string, error) {
	documents := make([]string, len(names))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(maxReaders)
	for i, name := range names {
		group.Go(func() error {
			policy, err := client.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &role, PolicyName: &name})
			if err != nil {
				return err
			}
			documents[i], err = decodePolicy(aws.ToString(policy.PolicyDocument))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return documents, nil
}

type managedReader interface {
	GetPolicy(context.Context, *iam.GetPolicyInput, ...func(*iam.Options)) (*iam.GetPolicyOutput, error)
	GetPolicyVersion(context.Context, *iam.GetPolicyVersionInput, ...func(*iam.Options)) (*iam.GetPolicyVersionOutput, error)
}

// ReadManagedPolicies reads the documents of the account's own managed policies concurrently, in the order of their
// ARNs. It leaves out AWS's policies, because none of them is about one bucket.
func ReadManagedPolicies(ctx context.Context, client managedReader, arns []string) ([]string, error) {
	arns = slices.DeleteFunc(slices.Clone(arns), func(arn string) bool { return strings.Contains(arn, ":iam::aws:policy/") })
	documents := make([]string, len(arns))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(maxReaders)
	for i, arn := range arns {
		group.Go(func() error {
			policy, err := client.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: &arn})
			if err != nil {
				return err
			}
			version, err := client.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: &arn, VersionId: policy.Policy.DefaultVersionId})
			if err != nil {
				return err
			}
			documents[i], err = decodePolicy(aws.ToString(version.PolicyVersion.Document))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return documents, nil
}

// maxReaders keeps a role with many policies below IAM's rate of calls.
const maxReaders = 8

// RemovePolicies removes policies from the role by the names in OtherPolicies.All. A policy that is already gone is not
// an error.
func RemovePolicies(ctx context.Context, client policyRemover, role string, policies []string) error {
	for _, policy := range policies {
		if err := removePolicy(ctx, client, role, policy); err != nil {
			return err
		}
	}
	return nil
}

// removePolicy tells an ARN from a name, which has no colon.
func removePolicy(ctx context.Context, client policyRemover, role, policy string) error {
	if strings.HasPrefix(policy, "arn:") {
		_, err := client.DetachRolePolicy(ctx, &iam.DetachRolePolicyInput{RoleName: &role, PolicyArn: &policy})
		return unlessGone(err)
	}
	_, err := client.DeleteRolePolicy(ctx, &iam.DeleteRolePolicyInput{RoleName: &role, PolicyName: &policy})
	return unlessGone(err)
}
