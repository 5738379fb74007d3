// Command terraform-provider-voicebase serves the VoiceBase provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// version is set by the release build with -ldflags "-X main.version=…".
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run with support for a debugger such as delve")
	flag.Parse()

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/voicebase/voicebase",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
