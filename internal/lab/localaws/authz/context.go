package authz

import (
	"crypto/tls"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// Context returns the condition keys that every service fills, for a request
// about what owner has.
func Context(r *http.Request, a *sigv4.Auth, p *identity.Principal, owner string) map[string][]string {
	now := time.Now().UTC()
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	c := map[string][]string{
		"aws:SourceIp":              {host},
		"aws:SecureTransport":       {strconv.FormatBool(r.TLS != nil)},
		"aws:CurrentTime":           {now.Format(time.RFC3339)},
		"aws:EpochTime":             {strconv.FormatInt(now.Unix(), 10)},
		"aws:RequestedRegion":       {a.Region},
		"aws:PrincipalArn":          {p.PolicyARN()},
		"aws:PrincipalAccount":      {p.AccountID},
		"aws:PrincipalType":         {principalType(p)},
		"aws:PrincipalIsAWSService": {"false"},
		"aws:ViaAWSService":         {"false"},
		"aws:userid":                {p.UserID},
		"aws:ResourceAccount":       {owner},
	}
	set(c, "aws:UserAgent", r.UserAgent())
	set(c, "aws:Referer", r.Referer())
	if p.Kind == identity.User || p.Kind == identity.Foreign {
		c["aws:username"] = []string{p.Name}
	}
	for _, tag := range p.Tags {
		c["aws:PrincipalTag/"+tag.Key] = []string{tag.Value}
	}
	return c
}

// S3Context adds S3's own condition keys.
func S3Context(r *http.Request, a *sigv4.Auth, p *identity.Principal, owner string) map[string][]string {
	c, query := Context(r, a, p, owner), r.URL.Query()
	c["s3:signatureversion"] = []string{"AWS4-HMAC-SHA256"}
	if a.Legacy { // which does not say when it was made
		c["s3:signatureversion"] = []string{"AWS"}
	} else {
		c["s3:signatureAge"] = []string{strconv.FormatInt(max(time.Since(a.Time).Milliseconds(), 0), 10)}
	}
	c["s3:authType"] = []string{"REST-HEADER"}
	if a.Query {
		c["s3:authType"] = []string{"REST-QUERY-STRING"}
	}
	c["s3:ResourceAccount"] = []string{owner}
	if r.TLS != nil {
		c["s3:TlsVersion"] = []string{tlsVersion(r.TLS.Version)}
	}
	for _, name := range []string{"prefix", "delimiter", "max-keys"} {
		if query.Has(name) {
			c["s3:"+name] = []string{query.Get(name)}
		}
	}
	set(c, "s3:VersionId", query.Get("versionId"))
	for name, values := range r.Header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-amz-") {
			c["s3:"+lower] = values
		}
	}
	return c
}

func set(c map[string][]string, key, value string) {
	if value != "" {
		c[key] = []string{value}
	}
}

func principalType(p *identity.Principal) string {
	switch p.Kind {
	case identity.Root:
		return "Account"
	case identity.Session:
		return "AssumedRole"
	default:
		return "User"
	}
}

func tlsVersion(v uint16) string {
	return map[uint16]string{tls.VersionTLS10: "1.0", tls.VersionTLS11: "1.1", tls.VersionTLS12: "1.2", tls.VersionTLS13: "1.3"}[v]
}
