package s3front

import (
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

func boolean(n *awsxml.Node) (string, error) {
	if n == nil {
		return "false", nil
	}
	switch value := strings.ToLower(strings.TrimSpace(n.Text)); value {
	case "true", "false":
		return value, nil
	}
	return "", malformedXML()
}

// only refuses children other than those named.
func only(n *awsxml.Node, names ...string) error {
	for _, child := range n.Children {
		if !slices.Contains(names, child.Name) {
			return malformedXML()
		}
	}
	return nil
}

// once refuses more than one child of a name.
func once(n *awsxml.Node, names ...string) error {
	for _, name := range names {
		if len(n.All(name)) > 1 {
			return malformedXML()
		}
	}
	return nil
}
