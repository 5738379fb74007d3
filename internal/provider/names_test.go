package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/voicebase"
)

// validators are those of the string arguments of every object, by object and argument.
func validators(t *testing.T) map[string]map[string]func(string) string {
	t.Helper()
	ctx := t.Context()
	all := map[string]map[string]func(string) string{}
	add := func(object, argument string, attribute any, config tfsdk.Config) {
		with, ok := attribute.(interface {
			IsComputed() bool
			IsOptional() bool
			StringValidators() []validator.String
		})
		if !ok || with.IsComputed() && !with.IsOptional() {
			return
		}
		if all[object] == nil {
			all[object] = map[string]func(string) string{}
		}
		all[object][argument] = func(value string) string {
			req := validator.StringRequest{Path: path.Root(argument), Config: config, ConfigValue: types.StringValue(value)}
			var resp validator.StringResponse
			for _, v := range with.StringValidators() {
				v.ValidateString(ctx, req, &resp)
			}
			return fmt.Sprint(resp.Diagnostics.Errors())
		}
	}
	p := newProvider()
	var provided frameworkprovider.SchemaResponse
	p.Schema(ctx, frameworkprovider.SchemaRequest{}, &provided)
	for name, attribute := range provided.Schema.Attributes {
		add("provider", name, attribute, tfsdk.Config{})
	}
	if roles, ok := provided.Schema.Blocks["assume_role"].(providerschema.ListNestedBlock); ok {
		for name, attribute := range roles.NestedObject.Attributes {
			add("assume_role", name, attribute, tfsdk.Config{})
		}
	}
	for _, newObject := range p.Resources(ctx) {
		var meta resource.MetadataResponse
		var resp resource.SchemaResponse
		newObject().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "voicebase"}, &meta)
		newObject().Schema(ctx, resource.SchemaRequest{}, &resp)
		config := tfsdk.Config{Schema: resp.Schema, Raw: tftypes.NewValue(resp.Schema.Type().TerraformType(ctx), nil)}
		for name, attribute := range resp.Schema.Attributes {
			add("resource "+meta.TypeName, name, attribute, config)
		}
	}
	for _, newObject := range p.DataSources(ctx) {
		var meta datasource.MetadataResponse
		var resp datasource.SchemaResponse
		newObject().Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: "voicebase"}, &meta)
		newObject().Schema(ctx, datasource.SchemaRequest{}, &resp)
		config := tfsdk.Config{Schema: resp.Schema, Raw: tftypes.NewValue(resp.Schema.Type().TerraformType(ctx), nil)}
		for name, attribute := range resp.Schema.Attributes {
			add("data source "+meta.TypeName, name, attribute, config)
		}
	}
	if ephemerals, ok := p.(frameworkprovider.ProviderWithEphemeralResources); ok {
		for _, newObject := range ephemerals.EphemeralResources(ctx) {
			var meta ephemeral.MetadataResponse
			var resp ephemeral.SchemaResponse
			newObject().Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: "voicebase"}, &meta)
			newObject().Schema(ctx, ephemeral.SchemaRequest{}, &resp)
			config := tfsdk.Config{Schema: resp.Schema, Raw: tftypes.NewValue(resp.Schema.Type().TerraformType(ctx), nil)}
			for name, attribute := range resp.Schema.Attributes {
				add("ephemeral "+meta.TypeName, name, attribute, config)
			}
		}
	}
	return all
}

// TestNames_agree gives the same value to every argument of a name: an existing bucket that one object takes must
// not be refused by another, nor a region that one refuses pass elsewhere.
func TestNames_agree(t *testing.T) {
	for argument, test := range map[string]struct {
		// places is how many objects have the argument at least, so that none is overlooked.
		places        int
		takes, refuse []string
	}{
		"bucket": {
			places: 5,
			takes:  []string{"acme-results", "results.acme.example", "Made_Before_2018", "amzn-s3-demo-bucket", strings.Repeat("b", 255)},
			refuse: []string{"", "ab", "-acme", "a b", "a/b", "s3://acme", "arn:aws:s3:::acme", strings.Repeat("b", 256)},
		},
		"region": {
			places: 5,
			takes:  []string{"us-east-1", "cn-north-1", "eusc-de-east-1", "eu-central-99", "garage"},
			refuse: []string{"US-EAST-1", "aws-global", "fips-us-east-1", "us-east-1-fips", "s3-external-1", "us east 1", "us-east-1."},
		},
		"bucket_arn": {
			places: 2,
			takes:  []string{"arn:aws:s3:::acme-results", "arn:aws-cn:s3:::Made_Before_2018", "arn:aws:s3:::" + strings.Repeat("b", 255)},
			refuse: []string{"", "acme-results", "arn:aws:s3:::ab", "arn:aws:s3:::acme/*", "arn:nowhere:s3:::acme", "arn:aws:s3:::" + strings.Repeat("b", 256)},
		},
		"kms_key_arn": {
			places: 3,
			takes:  []string{"arn:aws:kms:us-east-1:111122223333:key/1234abcd", "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1"},
			refuse: []string{
				"", "1234abcd", "arn:aws:kms:us-east-1:111122223333:alias/", "arn:aws:kms:us-east1:111122223333:key/1",
				"arn:aws:kms:us-east-1:11112222333:key/1", "arn:nowhere:kms:us-east-1:111122223333:key/1",
			},
		},
		"voicebase_arn": {
			places: 3,
			takes:  []string{"111122223333", "arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:role/a/b"},
			refuse: []string{"", "11112222333", "*", "arn:nowhere:iam::111122223333:root", "arn:aws:iam::11112222333:root"},
		},
		"external_id": {
			places: 4,
			takes:  []string{"0e2a8f5c-organization-id", "ab"},
			refuse: []string{"", "a", "organization id", "id\n"},
		},
	} {
		t.Run(argument, func(t *testing.T) {
			places := 0
			for object, arguments := range validators(t) {
				check, ok := arguments[argument]
				if !ok || object == "provider" && argument == "region" { // Checked once variables and files are read.
					continue
				}
				places++
				for _, value := range test.takes {
					if got := check(value); got != "[]" {
						t.Errorf("%s refuses %.60q: %s", object, value, got)
					}
				}
				for _, value := range test.refuse {
					if check(value) == "[]" {
						t.Errorf("%s takes %.60q", object, value)
					}
				}
			}
			if places < test.places {
				t.Errorf("%d objects have the argument, want at least %d", places, test.places)
			}
		})
	}
}

// The role of a callback, the roles of the provider block and the principal of a trust are held against one rule.
func TestNames_rolesAgree(t *testing.T) {
	all := validators(t)
	places := map[string]func(string) bool{
		"voicebase_arn": func(value string) bool { return all["provider"]["voicebase_arn"](value) == "[]" },
		"assume_role":   func(value string) bool { return all["assume_role"]["role_arn"](value) == "[]" },
		"a callback":    callbackTakesRole,
	}
	for value, want := range map[string]bool{
		"arn:aws:iam::111122223333:role/s3-delivery-role":                   true,
		"arn:aws:iam::111122223333:role/team/voicebase":                     true,
		"arn:aws:iam::111122223333:role/" + strings.Repeat("n", 64):         true,
		"arn:aws:iam::111122223333:role/" + strings.Repeat("n", 65):         false,
		"arn:aws:iam::111122223333:role/" + strings.Repeat("p", 511) + "/n": false,
		"arn:aws-nowhere:iam::111122223333:role/s3-delivery-role":           false,
		"arn:aws:iam::11112222333:role/s3-delivery-role":                    false,
		"arn:aws:iam:us-east-1:111122223333:role/s3-delivery-role":          false,
		"arn:aws:iam::111122223333:role/":                                   false,
		"arn:aws:sts::111122223333:assumed-role/s3-delivery-role/upload":    false,
		"s3-delivery-role": false,
	} {
		for place, takes := range places {
			if got := takes(value); got != want {
				t.Errorf("%s takes %.80q: %v, want %v", place, value, got, want)
			}
		}
	}
}

func callbackTakesRole(role string) bool {
	url, delivery := "https://s3.us-east-1.amazonaws.com/acme", true
	callback := voicebase.Callback{URL: &url, S3Delivery: &delivery, Role: &role}
	return !slices.ContainsFunc(voicebase.Validate([]voicebase.Draft{{Callback: callback}}, time.Now()), func(problem voicebase.Problem) bool {
		return problem.Attribute == voicebase.AttributeRole
	})
}
