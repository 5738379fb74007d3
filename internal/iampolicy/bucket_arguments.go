package iampolicy

// BucketArguments are the arguments that determine the policy of a receiving bucket. "" means that an argument is not
// set.
type BucketArguments struct {
	BucketARN             string
	PresignedURLMaxAge    string
	PresignedURLSourceIPs []string
	Policy                string
}

// BucketPolicy is the bucket's policy: the guards that the arguments ask for, and the owner's own statements.
func (a BucketArguments) BucketPolicy() (string, []ArgumentError) {
	var errs []ArgumentError
	guards := BucketGuards{
		BucketARN:        a.BucketARN,
		PresignedMaxAge:  parse(&errs, "presigned_url_max_age", a.PresignedURLMaxAge, ParsePresignedAge),
		PresignedSources: a.PresignedURLSourceIPs,
	}
	for _, source := range a.PresignedURLSourceIPs {
		if _, err := ParseSourceCIDR(source); err != nil {
			errs = append(errs, invalid("presigned_url_source_ips", err))
		}
	}
	if len(errs) > 0 {
		return "", errs
	}
	policy, err := BucketPolicy(guards, a.Policy)
	if err != nil {
		argument := "policy"
		if a.Policy == "" { // Only the owner's policy can be this large.
			argument = "presigned_url_source_ips"
		}
		return "", []ArgumentError{{argument, "Invalid bucket policy", err}}
	}
	return policy, nil
}
