package s3settings

import (
	"crypto/rand"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

func notification() *Setting {
	return &Setting{
		Root: "NotificationConfiguration", Initial: awsxml.New("NotificationConfiguration"),
		Check: func(root *awsxml.Node) (*awsxml.Node, error) {
			for _, n := range root.Children {
				if err := checkTarget(n); err != nil {
					return nil, err
				}
			}
			return root, Once(root, "EventBridgeConfiguration")
		},
	}
}

// checkTarget checks one target of notifications, and names it if it has no
// name.
func checkTarget(n *awsxml.Node) error {
	kind := map[string]struct{ element, service string }{
		"TopicConfiguration":         {"Topic", "sns"},
		"QueueConfiguration":         {"Queue", "sqs"},
		"CloudFunctionConfiguration": {"CloudFunction", "lambda"},
	}[n.Name]
	if kind.element == "" {
		if n.Name != "EventBridgeConfiguration" || len(n.Children) > 0 {
			return s3error.MalformedXML()
		}
		return nil
	}
	if Only(n, "Id", kind.element, "Event", "Filter") != nil || len(n.All("Event")) == 0 {
		return s3error.MalformedXML()
	}
	for _, event := range n.All("Event") {
		if !strings.HasPrefix(event.Text, "s3:") {
			return s3error.BadRequest("InvalidArgument", "The event is not supported for notifications")
		}
	}
	if !strings.HasPrefix(n.Value(kind.element), "arn:aws:"+kind.service+":") {
		return s3error.BadRequest("InvalidArgument", "The ARN could not be parsed")
	}
	if n.Value("Id") == "" {
		n.Children = append([]*awsxml.Node{awsxml.Leaf("Id", rand.Text())}, n.Children...)
	}
	return nil
}
