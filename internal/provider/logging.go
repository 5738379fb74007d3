package provider

import (
	"os"
	"strings"
)

// Variables that set the levels of the provider's loggers, the SDK's and its own:
// https://developer.hashicorp.com/terraform/plugin/log/managing.
const (
	sdkLevelVariable      = "TF_LOG_SDK"
	providerLevelVariable = "TF_LOG_PROVIDER_VOICEBASE"
	// The SDK's subsystems have levels of their own. Without one, they format each line before they ask the SDK's.
	frameworkLevelVariable = "TF_LOG_SDK_FRAMEWORK"
	protocolLevelVariable  = "TF_LOG_SDK_PROTO"
)

// SilenceUnreadLogs turns the loggers off when no log is wanted. Terraform starts providers with its own environment,
// and throws away what they log unless a variable of that environment asks for it; the loggers do not look, and write
// each trace line, formatted as JSON, for Terraform to parse. It must be called before the provider is served.
func SilenceUnreadLogs() error {
	if logWanted(os.Environ()) {
		return nil
	}
	for _, variable := range []string{sdkLevelVariable, frameworkLevelVariable, protocolLevelVariable, providerLevelVariable} {
		if err := os.Setenv(variable, "off"); err != nil {
			return err
		}
	}
	return nil
}

// logWanted reports whether any of Terraform's, or the SDK's, variables asks for a log. TF_LOG, TF_LOG_CORE and
// TF_LOG_PROVIDER do (https://developer.hashicorp.com/terraform/internals/debugging), and so may those of subsystems;
// a path for the log alone does not.
func logWanted(environ []string) bool {
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		asks := name == "TF_LOG" || strings.HasPrefix(name, "TF_LOG_") && !strings.HasPrefix(name, "TF_LOG_PATH")
		if asks && value != "" && !strings.EqualFold(value, "off") {
			return true
		}
	}
	return false
}
