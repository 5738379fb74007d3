package provider_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// frozen has a state as version 0.1.0 wrote it, and its configuration. Neither changes any more: what users have
// stored is to be read by every later version.
var frozen = filepath.Join("testdata", "state-0.1.0")

type frozenState struct {
	Resources []struct {
		Type      string `json:"type"`
		Name      string `json:"name"`
		Instances []struct {
			SchemaVersion         int64           `json:"schema_version"`
			Attributes            json.RawMessage `json:"attributes"`
			IdentitySchemaVersion int64           `json:"identity_schema_version"`
			Identity              json.RawMessage `json:"identity"`
		} `json:"instances"`
	} `json:"resources"`
}

func readFrozen(t *testing.T) (state frozenState) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(frozen, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &state); err != nil || len(state.Resources) != 4 {
		t.Fatal(len(state.Resources), err)
	}
	return state
}

// TestState_read lets the provider read each object of the old state, as Terraform does before every plan.
func TestState_read(t *testing.T) {
	server, schema := providerserver.NewProtocol6(newProvider())(), schemas(t)
	for _, object := range readFrozen(t).Resources {
		t.Run(object.Type+"."+object.Name, func(t *testing.T) {
			instance := object.Instances[0]
			upgraded, err := server.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
				TypeName: object.Type, Version: instance.SchemaVersion, RawState: &tfprotov6.RawState{JSON: instance.Attributes},
			})
			if err != nil || len(upgraded.Diagnostics) > 0 {
				t.Fatal(upgraded.Diagnostics, err)
			}
			value, err := upgraded.UpgradedState.Unmarshal(schema.ResourceSchemas[object.Type].ValueType())
			if err != nil {
				t.Fatal(err)
			}
			var read map[string]tftypes.Value
			if err := value.As(&read); err != nil {
				t.Fatal(err)
			}
			var stored map[string]any
			if err := json.Unmarshal(instance.Attributes, &stored); err != nil {
				t.Fatal(err)
			}
			for name, was := range stored {
				if now, ok := read[name]; !ok || now.IsNull() != (was == nil) {
					t.Errorf("%s is lost", name)
				}
			}
			if instance.Identity == nil {
				return
			}
			identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
			if err != nil {
				t.Fatal(err)
			}
			var identity map[string]any
			if err := json.Unmarshal(instance.Identity, &identity); err != nil {
				t.Fatal(err)
			}
			// Terraform takes an identity of the present version as it is, and asks for one of an older version.
			today := identities.IdentitySchemas[object.Type]
			if today.Version != instance.IdentitySchemaVersion {
				t.Fatalf("identity version %d: let this test upgrade version %d", today.Version, instance.IdentitySchemaVersion)
			}
			for _, attribute := range today.IdentityAttributes {
				delete(identity, attribute.Name)
			}
			if len(identity) > 0 {
				t.Errorf("the identity has lost %v", identity)
			}
		})
	}
}

// notInState are the attributes that the old state has no value for: they exclude others, or have none here.
var notInState = []string{"bucket_prefix", "name_prefix", "other_policies", "credentials_expire_at"}

// TestState_complete holds that the old state has a value for everything, or reading it would prove little.
func TestState_complete(t *testing.T) {
	for _, object := range readFrozen(t).Resources {
		if object.Name == "logs" {
			continue // It is there for the other bucket.
		}
		var stored map[string]any
		if err := json.Unmarshal(object.Instances[0].Attributes, &stored); err != nil {
			t.Fatal(err)
		}
		for name, value := range stored {
			if value == nil && !slices.Contains(notInState, name) {
				t.Errorf("%s has no %s", object.Type, name)
			}
		}
	}
}

// TestAccState plans with the old state beside the objects that it describes: nothing is to be done, whether they are
// read again or not, and the state is good enough to destroy them.
func TestAccState(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	text, err := os.ReadFile(filepath.Join(frozen, "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	then := acctest.NewCLIIn(t, t.TempDir())
	asCustomer(then, a)
	if err := os.WriteFile(filepath.Join(then.Dir, "main.tf"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	then.Run(t, "apply", "-auto-approve")
	state, err := os.ReadFile(filepath.Join(frozen, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	// The endpoint is part of a URL in it.
	state = bytes.ReplaceAll(state, []byte("https://127.0.0.1:4555"), []byte(a.Endpoint()))
	if err := os.WriteFile(filepath.Join(then.Dir, "terraform.tfstate"), state, 0o600); err != nil {
		t.Fatal(err)
	}
	then.Run(t, "plan", "-detailed-exitcode", "-refresh=false")
	then.Run(t, "plan", "-detailed-exitcode")
	then.Run(t, "destroy", "-auto-approve")
}

// asCustomer gives a CLI the environment of a customer of the local AWS.
func asCustomer(cli *acctest.CLI, a *acctest.AWS) {
	accessKey, secretKey := a.CustomerKeys()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID":     accessKey,
		"AWS_SECRET_ACCESS_KEY": secretKey,
		"AWS_REGION":            "us-east-1",
		"AWS_ENDPOINT_URL":      a.Endpoint(),
		"AWS_CA_BUNDLE":         a.CAFile(),
	} {
		cli.Setenv(name, value)
	}
}
