package s3front

import (
	"net/http"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/gateway"
)

// putTagging hands on a bucket's tags, but none of AWS's own, which versitygw
// would take.
func (f *Front) putTagging(w http.ResponseWriter, q *request) error {
	body, err := readBody(q)
	if err != nil {
		return err
	}
	root, err := awsxml.Parse(body)
	if err != nil {
		return malformedXML()
	}
	if err := checkTags(root.Child("TagSet")); err != nil {
		return err
	}
	replay(w, gateway.Send(f.gateway(q), q.Request, body))
	return nil
}

// checkTags refuses the tags that only AWS may set.
func checkTags(set *awsxml.Node) error {
	if set == nil {
		return nil
	}
	for _, tag := range set.All("Tag") {
		if strings.HasPrefix(strings.ToLower(tag.Value("Key")), "aws:") {
			return badRequest("InvalidTag", "System tags cannot be added/updated by requester")
		}
	}
	return nil
}
