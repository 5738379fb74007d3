package presignedurl

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// resourceAttributes are those of a URL that is stored: an argument of the signature replaces the URL when it changes,
// and an output keeps its value until then.
func resourceAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"renew_before": schema.StringAttribute{
			Optional:   true,
			CustomType: framework.DurationType{},
			MarkdownDescription: fmt.Sprintf("How long before `effective_expires_at` a plan replaces the URL, as a duration such as `48h`. Must be at least `0s` and less "+
				"than `expires_in`. Default: `%s`, the time to VoiceBase's last retry, or three quarters of the URL's effective lifetime if that is shorter. "+
				"Whether the URL is due is decided when the state is read, so that a saved plan still holds when it is applied later; `-refresh=false` skips "+
				"the decision. A change that makes the URL due renews it in place.", voicebase.LastRetry),
			Validators: []validator.String{renewBeforeValidator{}},
		},
		"credentials_lifetime": schema.StringAttribute{
			Optional:   true,
			CustomType: framework.DurationType{},
			MarkdownDescription: fmt.Sprintf("How long a session token of unknown expiry, such as one from environment variables, is assumed to be valid after "+
				"`signed_at`. Determines `effective_expires_at`. A duration in whole seconds, at least `1s`. Ignored when the expiry is known or the "+
				"credentials don't expire. Default: `%s`.", defaultCredentialsLifetime),
			Validators: []validator.String{framework.Parsed(parseCredentialsLifetime, "a duration in whole seconds, at least 1s")},
		},
	}
	for name, attribute := range framework.ResourceAttributes(urlAttributes()) {
		attributes[name] = keptAttribute(name, attribute)
	}
	return attributes
}

// keptAttribute adds what a URL in the state needs. The one number is expires_in and the one bool content_type_query.
// Their defaults are in the plan, so that writing out a default changes nothing.
func keptAttribute(name string, attribute schema.Attribute) schema.Attribute {
	switch a := attribute.(type) {
	case schema.StringAttribute:
		// With a content type of its own, the URL has the type "": see framework.KeepsAll.
		a.Computed = a.Computed || name == "type"
		a.PlanModifiers = keptString(a)
		return a
	case schema.Int64Attribute:
		a.Computed, a.Default = true, int64default.StaticInt64(defaultExpiresIn)
		a.PlanModifiers = []planmodifier.Int64{int64planmodifier.RequiresReplace()}
		return a
	case schema.BoolAttribute:
		a.Computed, a.Default = true, booldefault.StaticBool(true)
		a.PlanModifiers = []planmodifier.Bool{boolplanmodifier.RequiresReplace()}
		return a
	case schema.MapAttribute: // The headers follow from the content type.
		return a
	default:
		panic(fmt.Sprintf("attribute %q: nothing says how %T is kept", name, attribute))
	}
}

func keptString(a schema.StringAttribute) []planmodifier.String {
	var modifiers []planmodifier.String
	if a.Computed {
		modifiers = append(modifiers, stringplanmodifier.UseStateForUnknown())
	}
	if a.Required || a.Optional {
		modifiers = append(modifiers, stringplanmodifier.RequiresReplace())
	}
	return modifiers
}
