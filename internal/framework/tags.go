package framework

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/tags"
)

// TagsAttributes are tags and tags_all, the same in each resource that has tags.
func TagsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"tags": schema.MapAttribute{
			ElementType:         types.StringType,
			Optional:            true,
			MarkdownDescription: "Tags of the resource, at most 50. Keys must not start with `aws:`. A tag with the same key as one of the provider's `default_tags` takes precedence. A tag with the value `null` is omitted.",
			Validators:          []validator.Map{TagsValidator{}},
		},
		"tags_all": schema.MapAttribute{
			ElementType:         types.StringType,
			Computed:            true,
			MarkdownDescription: "All tags of the resource, including those from the provider's `default_tags`.",
		},
	}
}

// TagsValidator checks a map of tags against AWS's limits.
type TagsValidator struct{}

// Description says what is allowed.
func (TagsValidator) Description(context.Context) string {
	return "at most 50 tags, with keys of 1 to 128 characters that don't start with aws:, and values of at most 256 characters"
}

// MarkdownDescription says what is allowed.
func (v TagsValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateMap checks the tags that are known.
func (TagsValidator) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if err := tags.Validate(StringMap(req.ConfigValue)); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid tags", Sentence(err))
	}
}

// PlannedTagsAll returns the tags_all that follows from the planned tags. It is unknown while one of them, or of the
// provider's own, is unknown. If they exceed AWS's limit together with the defaults, that is an error on tags.
func PlannedTagsAll(planned types.Map, config tags.Config) (types.Map, diag.Diagnostics) {
	var diags diag.Diagnostics
	if planned.IsUnknown() {
		return types.MapUnknown(types.StringType), diags
	}
	for key, element := range planned.Elements() {
		if element.IsUnknown() {
			return types.MapUnknown(types.StringType), diags
		}
		if !element.IsNull() && config.Ignored(key) {
			diags.AddAttributeError(path.Root("tags").AtMapKey(key), "Ignored tag",
				"The provider's ignore_tags ignores this tag, so it cannot be set here. Remove the tag, or change ignore_tags.")
		}
	}
	if config.Unknown {
		return types.MapUnknown(types.StringType), diags
	}
	all := config.All(StringMap(planned))
	if err := tags.Validate(all); err != nil {
		diags.AddAttributeError(path.Root("tags"), "Invalid tags", "With the provider's default_tags: "+Sentence(err))
	}
	return stringMapValue(all), diags
}

// DistinctTagKeys refuses keys of the planned tags and the provider's defaults that differ only in case: IAM treats
// them as the same key (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules), S3 does not.
func DistinctTagKeys(planned types.Map, config tags.Config) diag.Diagnostics {
	var diags diag.Diagnostics
	own := planned.Elements()
	maps.DeleteFunc(own, func(_ string, value attr.Value) bool { return value.IsNull() })
	for _, key := range slices.Sorted(maps.Keys(own)) {
		for other := range own {
			if other < key && strings.EqualFold(other, key) {
				diags.AddAttributeError(path.Root("tags").AtMapKey(key), "Duplicate tag keys",
					fmt.Sprintf("The tag keys %q and %q differ only in case, and IAM treats them as the same key. Remove one of them.", other, key))
			}
		}
		for other := range config.Default {
			if other != key && strings.EqualFold(other, key) {
				diags.AddAttributeError(path.Root("tags").AtMapKey(key), "Duplicate tag keys",
					fmt.Sprintf("The tag key %q differs only in case from %q in the provider's default_tags, and IAM treats them as the same key. Use the same spelling to override the default.", key, other))
			}
		}
	}
	return diags
}

// TagsFromAPI returns tags and tags_all for AWS's tags. prior is the previous tags attribute: an empty map stays an
// empty map, and a tag that null leaves out stays out.
func TagsFromAPI(remote map[string]string, prior types.Map, config tags.Config) (own, all types.Map) {
	managed := config.Managed(remote)
	ownTags := config.Own(managed, StringMap(prior))
	own = withNulls(stringMapValue(ownTags), prior)
	if len(ownTags) == 0 && (prior.IsNull() || prior.IsUnknown()) {
		own = types.MapNull(types.StringType)
	}
	return own, stringMapValue(managed)
}

// withNulls keeps the tags whose value was null, unless AWS has them.
func withNulls(own, prior types.Map) types.Map {
	elements := own.Elements()
	for key, value := range prior.Elements() {
		if _, there := elements[key]; !there && value.IsNull() {
			elements[key] = value
		}
	}
	return types.MapValueMust(types.StringType, elements)
}

// StringMap returns the known string elements of a map attribute.
func StringMap(m types.Map) map[string]string {
	out := map[string]string{}
	for key, element := range m.Elements() {
		if s, ok := element.(types.String); ok && !s.IsUnknown() && !s.IsNull() {
			out[key] = s.ValueString()
		}
	}
	return out
}

func stringMapValue(m map[string]string) types.Map {
	elements := make(map[string]attr.Value, len(m))
	for key, value := range m {
		elements[key] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, elements)
}
