package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"text/template"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/identity"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/server"
)

// demoExternalID is an organization ID for examples, obviously made up.
const demoExternalID = "example-voicebase-organization"

// announcement is the line of JSON. Other programs rely on its names.
type announcement struct {
	URL       string    `json:"url"`
	CAFile    string    `json:"ca_file"`
	Regions   []string  `json:"regions"`
	Customer  principal `json:"customer"`
	Other     principal `json:"other_customer"`
	VoiceBase principal `json:"voicebase"`
}

type principal struct {
	AccountID string `json:"account_id"`
	ARN       string `json:"arn,omitempty"`
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
}

// instructions is what a person reads instead: commands and provider blocks
// to paste.
//
//go:embed instructions.txt
var instructions string

func announce(o options, s *server.Server) error {
	customer, other, voicebase := server.Customer(), server.Other(), server.VoiceBase()
	a := announcement{
		URL: s.URL, CAFile: s.CAFile, Regions: server.Regions(),
		Customer:  principal{AccountID: identity.CustomerAccount, AccessKey: customer.AccessKey, SecretKey: customer.Secret},
		Other:     principal{AccountID: identity.OtherAccount, AccessKey: other.AccessKey, SecretKey: other.Secret},
		VoiceBase: principal{identity.VoiceBaseAccount, identity.VoiceBaseARN, voicebase.AccessKey, voicebase.Secret},
	}
	var err error
	if o.json {
		err = json.NewEncoder(o.stdout).Encode(a)
	} else {
		err = template.Must(template.New("").Parse(instructions)).Execute(o.stdout, map[string]any{
			"AWS": a, "Region": a.Regions[0], "ExternalID": demoExternalID, "Dir": o.dir, "Clone": o.clone,
		})
	}
	if err != nil {
		return fmt.Errorf("announcing the server: %w", err)
	}
	return nil
}
