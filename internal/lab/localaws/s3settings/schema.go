package s3settings

import (
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

// Boolean returns the value of an element, false without one.
func Boolean(n *awsxml.Node) (string, error) {
	if n == nil {
		return "false", nil
	}
	switch value := strings.ToLower(strings.TrimSpace(n.Text)); value {
	case "true", "false":
		return value, nil
	}
	return "", s3error.MalformedXML()
}

// Only refuses children other than those named.
func Only(n *awsxml.Node, names ...string) error {
	for _, child := range n.Children {
		if !slices.Contains(names, child.Name) {
			return s3error.MalformedXML()
		}
	}
	return nil
}

// Once refuses more than one child of a name.
func Once(n *awsxml.Node, names ...string) error {
	for _, name := range names {
		if len(n.All(name)) > 1 {
			return s3error.MalformedXML()
		}
	}
	return nil
}
