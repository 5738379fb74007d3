package provider

import (
	"os"
	"strings"
)

// Variables that set the levels of the SDK's and the provider's loggers:
// https://developer.hashicorp.com/terraform/plugin/log/managing.
const (
	sdkLevelVariable      = "TF_LOG_SDK"
	providerLevelVariable = "TF_LOG_PROVIDER_VOICEBASE"
	// The SDK's subsystems have their own levels. Without one, they format each line before they check the SDK's level.
	frameworkLevelVariable = "TF_LOG_SDK_FRAMEWORK"
	protocolLevelVariable  = "TF_LOG_SDK_PROTO"
)

// SilenceUnreadLogs turns the loggers off when nobody reads the log. Terraform starts providers with its own
// environment, and discards what they log unless a variable of that environment asks for it. The loggers don't check
// that, and write each trace line as JSON for Terraform to parse. Call it before the provider is served.
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

// logWanted reports whether any variable of Terraform or the SDK asks for a log. TF_LOG, TF_LOG_CORE and
// TF_LOG_PROVIDER do (https://developer.hashicorp.com/terraform/internals/debugging), and so may those of subsystems. A
// path for the log is not enough.
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
