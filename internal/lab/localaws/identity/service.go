package identity

import "net/http"

// ServiceHeader marks a request, past its signature, as one of a service that acts for the account, such as
// CloudFormation: it may set the tags that AWS keeps for itself.
const ServiceHeader = "Localaws-Service"

// ByService says whether a request is a service's.
func ByService(r *http.Request) bool { return r.Header.Get(ServiceHeader) != "" }
