// Command terraform-provider-voicebase serves the VoiceBase provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/voicebase/terraform-provider-voicebase/internal/provider"
)

// version is set by the release build with -ldflags "-X main.version=…".
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run with support for a debugger such as delve")
	flag.Parse()
	provider.PaceCollector()

	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	} else if err := provider.SilenceUnreadLogs(); err != nil {
		log.Fatal(err)
	}
	err := tf6server.Serve("registry.terraform.io/voicebase/voicebase", provider.NewServer(version, time.Now), options...)
	if err != nil {
		log.Fatal(err)
	}
}
