package awsclient

import "time"

// Settings are the provider block's AWS settings, as plain values. A zero field stands for an argument that is
// not set; the environment and the shared files then decide, as in hashicorp/aws.
type Settings struct {
	// Version is the provider's own, for the User-Agent header.
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
	// HTTPProxy and HTTPSProxy may be set to "", which turns off the proxy of the environment; nil is not set.
	HTTPProxy  *string
	HTTPSProxy *string
	NoProxy    string

	// MaxRetries is how often a call is tried at most; 0 is not set.
	MaxRetries int
	RetryMode  string

	AllowedAccountIDs   []string
	ForbiddenAccountIDs []string

	SkipCredentialsValidation bool
	SkipRequestingAccountID   bool
	SkipRegionValidation      bool
	// SkipMetadataAPICheck is nil when not set; false turns the instance metadata service on even where the
	// environment turns it off.
	SkipMetadataAPICheck *bool

	// Unknown names the arguments whose values Terraform does not know yet. No call can be made then.
	Unknown []string
}

// Endpoints are custom endpoint URLs, "" for AWS's own.
type Endpoints struct {
	S3  string
	IAM string
	STS string
}

// AssumeRole is a role to be assumed before any call; each one with the credentials of the one before.
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

// AssumeRoleWithWebIdentity is a role to be assumed with a token of an identity provider. One of Token and
// TokenFile is set.
type AssumeRoleWithWebIdentity struct {
	RoleARN     string
	Duration    time.Duration
	Policy      string
	PolicyARNs  []string
	SessionName string
	Token       string
	TokenFile   string
}
