package iampolicy

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// checkPrincipal checks a statement's principal:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
func (s ownStatement) checkPrincipal() error {
	element, err := s.either("Principal")
	if err != nil {
		return err
	}
	if effect, _ := s.text("Effect"); element == "NotPrincipal" && effect == Allow {
		return errors.New("it has NotPrincipal with Effect Allow, which allows everyone else: use Principal")
	}
	var everyone string
	if json.Unmarshal(s[element], &everyone) == nil {
		if everyone != "*" {
			return fmt.Errorf("its %s is %q; must be \"*\" or an object such as {\"AWS\": \"arn:aws:iam::111122223333:root\"}", element, everyone)
		}
		return nil
	}
	var kinds ownStatement
	if _ = json.Unmarshal(s[element], &kinds); len(kinds) == 0 {
		return fmt.Errorf("its %s is neither \"*\" nor an object with principals", element)
	}
	if err := checkSpelling(maps.Keys(kinds), []string{"AWS", "Service", "Federated", "CanonicalUser"}); err != nil {
		return fmt.Errorf("its %s: %w", element, err)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		names, err := kinds.list(kind)
		if err != nil {
			return fmt.Errorf("its %s: %w", element, err)
		}
		if kind == "AWS" {
			if i := slices.IndexFunc(names, func(name string) bool { return !isAWSPrincipal(name) }); i >= 0 {
				return fmt.Errorf("its %s %q is not an AWS principal: must be an ARN, a 12-digit account ID or \"*\"", element, names[i])
			}
		}
	}
	return nil
}

func isAWSPrincipal(name string) bool {
	_, err := awsname.ParseAccountID(name)
	return name == "*" || err == nil || awsname.IsARN(name) || awsname.IsUniqueID(name)
}
