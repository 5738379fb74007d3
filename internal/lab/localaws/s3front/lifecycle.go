package s3front

import (
	"crypto/rand"
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

const (
	// minimumSize is the setting beside the rules that a header carries.
	minimumSize        = "lifecycle minimum size"
	defaultMinimumSize = "all_storage_classes_128K"

	maxRules     = 1000
	maxRuleID    = 255
	minDaysInHot = 30 // before an object may move to infrequent access
	maxNewerKept = 100
)

func lifecycle() *setting {
	return &setting{root: "LifecycleConfiguration", missing: "NoSuchLifecycleConfiguration", check: checkLifecycle}
}

// minimumSizeOf returns what a put of rules says about small objects.
func minimumSizeOf(q *request, name string) (string, error) {
	if name != "lifecycle" {
		return "", nil
	}
	switch value := q.Header.Get("X-Amz-Transition-Default-Minimum-Object-Size"); value {
	case "":
		return defaultMinimumSize, nil
	case defaultMinimumSize, "varies_by_storage_class":
		return value, nil
	default:
		return "", badRequest("InvalidRequest", "The value %s is invalid for the x-amz-transition-default-minimum-object-size header", value)
	}
}

func checkLifecycle(_ *Front, _ *request, root *awsxml.Node) (*awsxml.Node, error) {
	rules := root.All("Rule")
	if len(rules) == 0 || len(rules) > maxRules || only(root, "Rule") != nil {
		return nil, malformedXML()
	}
	seen := map[string]bool{}
	for _, rule := range rules {
		if err := checkRule(rule); err != nil {
			return nil, err
		}
		id := rule.Value("ID")
		switch {
		case len(id) > maxRuleID:
			return nil, badRequest("InvalidArgument", "ID length should not exceed allowed limit of 255")
		case id != "" && seen[id]:
			return nil, badRequest("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule")
		case id == "":
			rule.Children = slices.DeleteFunc(rule.Children, func(n *awsxml.Node) bool { return n.Name == "ID" })
			rule.Children = append([]*awsxml.Node{awsxml.Leaf("ID", rand.Text())}, rule.Children...)
		}
		seen[id] = true
	}
	return root, nil
}

// actions are the elements of a rule that do something.
func actions() []string {
	return []string{"Expiration", "Transition", "NoncurrentVersionExpiration", "NoncurrentVersionTransition", "AbortIncompleteMultipartUpload"}
}

func checkRule(rule *awsxml.Node) error {
	if only(rule, append(actions(), "ID", "Prefix", "Filter", "Status")...) != nil ||
		once(rule, "ID", "Prefix", "Filter", "Status", "Expiration", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload") != nil {
		return malformedXML()
	}
	if status := rule.Value("Status"); status != "Enabled" && status != "Disabled" {
		return malformedXML()
	}
	filter, prefix := rule.Child("Filter"), rule.Child("Prefix")
	if (filter == nil) == (prefix == nil) {
		return malformedXML()
	}
	if err := checkFilter(filter); err != nil {
		return err
	}
	found := false
	for _, n := range rule.Children {
		if !slices.Contains(actions(), n.Name) {
			continue
		}
		found = true
		if err := checkAction(n); err != nil {
			return err
		}
	}
	if !found {
		return badRequest("InvalidRequest", "At least one action needs to be specified in a rule")
	}
	tagged := filter.Child("Tag") != nil || filter.Child("And").Child("Tag") != nil
	if tagged && rule.Child("AbortIncompleteMultipartUpload") != nil {
		return badRequest("InvalidRequest", "AbortIncompleteMultipartUpload cannot be specified with Tags.")
	}
	return nil
}

func checkFilter(filter *awsxml.Node) error {
	if filter == nil {
		return nil
	}
	if len(filter.Children) > 1 || only(filter, "Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "And") != nil {
		return malformedXML()
	}
	if and := filter.Child("And"); and != nil {
		if len(and.Children) < 2 || only(and, "Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan") != nil {
			return malformedXML()
		}
	}
	return nil
}
