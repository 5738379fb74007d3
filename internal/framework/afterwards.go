package framework

import (
	"fmt"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
)

// Actions for which AWSError knows what to do next.
const (
	ActionCreate = "create"
	// ActionSetUp is the second half of a create: the object exists, and is in the state as tainted.
	ActionSetUp          = "set up"
	ActionSetPermissions = "set the permissions of"
	ActionRead           = "read"
	ActionUpdate         = "update"
	ActionDelete         = "delete"
	// ActionFind and ActionSign are the actions of a data source.
	ActionFind = "find"
	ActionSign = "sign"
	// ActionList is the action of a list resource.
	ActionList = "list"
)

const (
	tainted   = "It exists and is in state as tainted: the next apply replaces it."
	unchanged = "Nothing has changed. Run the command again."
)

// stages has, for each action, the argument of the timeouts block that limits it, and how to continue after it was
// stopped half-way.
var stages = map[string]struct{ timeout, goOn string }{
	ActionCreate: {"create", "Nothing has been created. Apply again."},
	ActionSetUp:  {"create", tainted}, ActionSetPermissions: {"create", tainted},
	ActionRead: {"read", unchanged}, ActionFind: {"", unchanged}, ActionSign: {"", unchanged}, ActionList: {"", unchanged},
	ActionUpdate: {"update", "The changes made so far are kept. The next apply makes the remaining ones."},
	ActionDelete: {"delete", "What has been deleted so far is gone. The next destroy deletes the rest."},
}

// afterwards says what to do about an action that was stopped, or that AWS may have carried out although no answer said
// so. It is "" for any other failure.
func afterwards(action string, err error) string {
	goOn := stages[action].goOn
	if action == ActionCreate && awsclient.MaybeDone(err) {
		return stoppedBy(action, err) + "AWS may have created it anyway: the answer was lost. If the next apply finds it, the error tells you how to import it."
	}
	if stopped := stoppedBy(action, err); stopped != "" {
		return stopped + goOn
	}
	return ""
}

// stoppedBy is a sentence about what stopped an action, followed by a space. It is "" if the action failed by itself.
func stoppedBy(action string, err error) string {
	switch {
	case awsclient.Interrupted(err):
		return "Terraform was interrupted. "
	case awsclient.TimedOut(err) && stages[action].timeout == "":
		return "The operation reached its timeout. "
	case awsclient.TimedOut(err):
		return fmt.Sprintf("The operation reached its timeout. Increase it with `timeouts { %s = \"…\" }` in the resource. ", stages[action].timeout)
	}
	return ""
}
