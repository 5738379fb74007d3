package s3settings

import (
	"crypto/rand"
	"net/http"
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

const (
	// MinimumSize is the setting beside the rules that MinimumSizeHeader carries.
	MinimumSize = "lifecycle minimum size"
	// MinimumSizeHeader says below which size objects stay where they are.
	MinimumSizeHeader  = "X-Amz-Transition-Default-Minimum-Object-Size"
	defaultMinimumSize = "all_storage_classes_128K"

	maxRules     = 1000
	maxRuleID    = 255
	minDaysInHot = 30 // before an object may move to infrequent access
	maxNewerKept = 100
)

func lifecycle() *Setting {
	return &Setting{Root: "LifecycleConfiguration", Missing: "NoSuchLifecycleConfiguration", Check: checkLifecycle}
}

// MinimumSizeOf returns what the header of a put of rules says about small
// objects.
func MinimumSizeOf(header http.Header) (string, error) {
	switch value := header.Get(MinimumSizeHeader); value {
	case "":
		return defaultMinimumSize, nil
	case defaultMinimumSize, "varies_by_storage_class":
		return value, nil
	default:
		return "", s3error.BadRequest("InvalidRequest", "The value %s is invalid for the x-amz-transition-default-minimum-object-size header", value)
	}
}

func checkLifecycle(root *awsxml.Node) (*awsxml.Node, error) {
	rules := root.All("Rule")
	if len(rules) == 0 || len(rules) > maxRules || Only(root, "Rule") != nil {
		return nil, s3error.MalformedXML()
	}
	seen := map[string]bool{}
	for _, rule := range rules {
		if err := checkRule(rule); err != nil {
			return nil, err
		}
		id := rule.Value("ID")
		switch {
		case len(id) > maxRuleID:
			return nil, s3error.BadRequest("InvalidArgument", "ID length should not exceed allowed limit of 255")
		case id != "" && seen[id]:
			return nil, s3error.BadRequest("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule")
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
	if Only(rule, append(actions(), "ID", "Prefix", "Filter", "Status")...) != nil ||
		Once(rule, "ID", "Prefix", "Filter", "Status", "Expiration", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload") != nil {
		return s3error.MalformedXML()
	}
	if status := rule.Value("Status"); status != "Enabled" && status != "Disabled" {
		return s3error.MalformedXML()
	}
	filter, prefix := rule.Child("Filter"), rule.Child("Prefix")
	if (filter == nil) == (prefix == nil) {
		return s3error.MalformedXML()
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
		return s3error.BadRequest("InvalidRequest", "At least one action needs to be specified in a rule")
	}
	if err := checkTransitions(rule, "Transition", "Days", "Expiration"); err != nil {
		return err
	}
	if err := checkTransitions(rule, "NoncurrentVersionTransition", "NoncurrentDays", "NoncurrentVersionExpiration"); err != nil {
		return err
	}
	tagged := filter.Child("Tag") != nil || filter.Child("And").Child("Tag") != nil
	if tagged && rule.Child("AbortIncompleteMultipartUpload") != nil {
		return s3error.BadRequest("InvalidRequest", "AbortIncompleteMultipartUpload cannot be specified with Tags.")
	}
	return nil
}

func checkFilter(filter *awsxml.Node) error {
	if filter == nil {
		return nil
	}
	if len(filter.Children) > 1 || Only(filter, "Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "And") != nil {
		return s3error.MalformedXML()
	}
	if and := filter.Child("And"); and != nil {
		if len(and.Children) < 2 || Only(and, "Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan") != nil {
			return s3error.MalformedXML()
		}
	}
	return nil
}
