package awsclient

import "time"

// Settings are the provider block's AWS settings, as plain values. A zero field stands for an argument that is not set:
// the environment and the shared files then decide, as in hashicorp/aws.
type Settings struct {
	// Version is the provider's version, for the User-Agent header.
	Version string

	Region    string
	AccessKey string
	SecretKey string
	Token     string

	Profile                string
	SharedConfigFiles      []string
	SharedCredentialsFiles []string

	AssumeRoles               []AssumeRole
	AssumeRoleWithWebIdentity *AssumeRoleWithWebIdentity

	Endpoints            Endpoints
	STSRegion            string
	UseFIPSEndpoint      bool
	UseDualStackEndpoint bool
	S3UsePathStyle       bool

	CustomCABundle string
	Insecure       bool
	// HTTPProxy and HTTPSProxy may be "", which turns off the proxy of the environment. nil means not set.
	HTTPProxy  *string
	HTTPSProxy *string
	NoProxy    string

	// MaxRetries is the maximum number of attempts for a call. 0 means not set.
	MaxRetries int
	RetryMode  string

	AllowedAccountIDs   []string
	ForbiddenAccountIDs []string

	SkipCredentialsValidation bool
	SkipRequestingAccountID   bool
	SkipRegionValidation      bool
	// SkipMetadataAPICheck is nil if not set. false turns on the instance metadata service even if the environment
	// turns it off.
	SkipMetadataAPICheck *bool

	// Unknown names the arguments whose values Terraform does not know yet. No call is possible then.
	Unknown []string
}

// Endpoints are custom endpoint URLs, "" for AWS's own.
type Endpoints struct {
	S3  string
	IAM string
	STS string
}

// AssumeRole is a role to assume before any call, with the credentials of the previous one.
type AssumeRole struct {
	RoleARN           string
	Duration          time.Duration
	ExternalID        string
	Policy            string
	PolicyARNs        []string
	SessionName       string
	SourceIdentity    string
	Tags              map[string]string
	TransitiveTagKeys []string
}

// AssumeRoleWithWebIdentity is a role to assume with a token of an identity provider. Either Token or TokenFile is set.
type AssumeRoleWithWebIdentity struct {
	RoleARN     string
	Duration    time.Duration
	Policy      string
	PolicyARNs  []string
	SessionName string
	Token       string
	TokenFile   string
}
