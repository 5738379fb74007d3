package provider

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// Environment variables for tags, shared with hashicorp/aws so that both providers set the same tags:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block.
const (
	defaultTagPrefix          = "TF_AWS_DEFAULT_TAGS_"
	ignoreKeysVariable        = "TF_AWS_IGNORE_TAGS_KEYS"
	ignoreKeyPrefixesVariable = "TF_AWS_IGNORE_TAGS_KEY_PREFIXES"
)

// tagsConfig merges block and environment: a default tag of the block overrides the variable of the same key, and
// ignored keys and prefixes add up.
func (m providerModel) tagsConfig(ctx context.Context, unknown []string, diags *diag.Diagnostics) tags.Config {
	config := tags.Config{
		Unknown:           slices.Contains(unknown, "default_tags") || slices.Contains(unknown, "ignore_tags"),
		Default:           variableTags(),
		IgnoreKeys:        commaSeparated(os.Getenv(ignoreKeysVariable)),
		IgnoreKeyPrefixes: commaSeparated(os.Getenv(ignoreKeyPrefixesVariable)),
	}
	for _, block := range blocks[defaultTagsModel](ctx, m.DefaultTags.Elements(), diags) {
		maps.Copy(config.Default, framework.StringMap(block.Tags))
	}
	for _, block := range blocks[ignoreTagsModel](ctx, m.IgnoreTags.Elements(), diags) {
		config.IgnoreKeys = append(config.IgnoreKeys, framework.Strings(block.Keys)...)
		config.IgnoreKeyPrefixes = append(config.IgnoreKeyPrefixes, framework.Strings(block.KeyPrefixes)...)
	}
	if err := tags.Validate(config.Default); err != nil {
		diags.AddAttributeError(path.Root("default_tags"), "Invalid tags",
			"Together with the environment variables "+defaultTagPrefix+"<key>: "+framework.Sentence(err))
	}
	return config
}

func variableTags() map[string]string {
	found := map[string]string{}
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		if key, ok := strings.CutPrefix(name, defaultTagPrefix); ok && key != "" {
			found[key] = value
		}
	}
	return found
}

func commaSeparated(list string) []string {
	var out []string
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}
