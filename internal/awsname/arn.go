package awsname

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// ARN is an Amazon Resource Name, split into its parts: arn:partition:service:region:account:resource.
type ARN = arn.ARN

// IsARN reports whether text is meant as an ARN. The parsers decide whether it is a valid one.
func IsARN(text string) bool { return arn.IsARN(text) }

// BucketARN is the ARN of a bucket. It contains neither a region nor an account.
func BucketARN(partition, bucket string) string { return "arn:" + partition + ":s3:::" + bucket }

// parseARN splits an ARN of a service. It refuses wildcards, because what the provider puts into a policy names exactly
// one thing.
func parseARN(text, service string) (ARN, error) {
	a, err := arn.Parse(text)
	if err != nil || a.Resource == "" {
		return ARN{}, fmt.Errorf("%q is not an ARN: expected the form arn:partition:service:region:account:resource", text)
	}
	// An ARN with an unknown partition is a typo. It is refused here rather than by AWS when half of the objects exist.
	if _, ok := partitions[a.Partition]; !ok {
		return ARN{}, fmt.Errorf("%q has the unknown partition %q: must be one of %s", text, a.Partition, strings.Join(Partitions(), ", "))
	}
	if a.Service != service {
		return ARN{}, fmt.Errorf("%q is an ARN of the service %q: must be an ARN of %q", text, a.Service, service)
	}
	if err := refuseWildcards(text); err != nil {
		return ARN{}, err
	}
	return a, nil
}

// refuseWildcards refuses what IAM reads as a pattern or a variable where a literal is meant:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html.
func refuseWildcards(text string) error {
	for _, pattern := range []string{"*", "?", "${"} {
		if strings.Contains(text, pattern) {
			return fmt.Errorf("%q contains %q, which has a special meaning in policies: IAM reads * and ? as wildcards and ${ as the start of a variable, so the policy would grant more than you wrote", text, pattern)
		}
	}
	return nil
}

// PartitionMatches returns an error if an ARN of partition got cannot be used in partition want: IAM and S3 refuse
// principals and resources of another partition. An empty partition is not known, and matches.
func PartitionMatches(got, want string) error {
	if got == "" || want == "" || got == want {
		return nil
	}
	return fmt.Errorf("it is in partition %q, but the provider's region is in partition %q, and AWS partitions cannot refer to each other", got, want)
}

// checkPolicyText checks that IAM accepts the text inside a document:
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html, the pattern of PolicyDocument.
func checkPolicyText(text string) error {
	for _, r := range text {
		if r < 0x20 || (r >= 0x7f && r < 0xa0) || r > 0xff {
			return fmt.Errorf("%q contains %U: IAM policies accept only printable characters up to U+00FF", text, r)
		}
	}
	return nil
}
