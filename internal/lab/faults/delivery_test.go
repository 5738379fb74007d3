//go:build faults

package faults_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

const (
	bucketAddress = "voicebase_delivery_bucket.results"
	roleAddress   = "voicebase_delivery_role.voicebase"
)

// delivery is a configuration with a bucket and the role that writes to it.
func delivery(a *acctest.AWS, name string) string { return a.Provider() + resources(name) }

// resources are delivery's, with further arguments of both.
func resources(name string, arguments ...string) string {
	return fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  bucket = %[1]q
  tags   = { Team = "speech" }
  %[2]s
}

resource "voicebase_delivery_role" "voicebase" {
  name       = %[1]q
  bucket_arn = voicebase_delivery_bucket.results.arn
  tags       = { Team = "speech" }
  %[2]s
}
`, name, strings.Join(arguments, "\n  "))
}

// calls are the calls of AWS that the commands of a delivery make, in the order in which they begin.
type calls struct {
	apply, update, read, destroy []acctest.Call
}

var (
	recordOnce sync.Once
	record     calls
)

// recorded makes and destroys a delivery once for all tests, so that a new call is covered by itself.
func recorded(t *testing.T) calls {
	t.Helper()
	recordOnce.Do(func() { record = recordCalls(t) })
	if len(record.apply) == 0 || len(record.update) == 0 || len(record.read) == 0 || len(record.destroy) == 0 {
		t.Fatalf("no calls were recorded: %+v", record)
	}
	return record
}

func recordCalls(t *testing.T) calls {
	t.Helper()
	a := acctest.NewAWS(t)
	name := acctest.RandomName("acc-calls-")
	cli := acctest.NewCLI(t, delivery(a, name))
	take := func(args ...string) []acctest.Call {
		a.ResetCalls()
		cli.Run(t, append(args, "-no-color")...)
		return a.Calls()
	}
	var found calls
	found.apply = take("apply", "-auto-approve")
	found.read = take("plan")
	reads := func(call acctest.Call) bool {
		return slices.ContainsFunc(found.read, func(read acctest.Call) bool { return read.Action == call.Action })
	}
	writeMain(t, cli, changed(a, name))
	found.update = slices.DeleteFunc(take("apply", "-auto-approve"), reads)
	found.destroy = slices.DeleteFunc(take("destroy", "-auto-approve"), reads)
	return found
}

// addressOf is the object that a call is about.
func addressOf(call acctest.Call) string {
	if call.Service == "iam" {
		return roleAddress
	}
	return bucketAddress
}

// changed is delivery with another value of each setting that can have one.
func changed(a *acctest.AWS, name string) string {
	return a.Provider() + fmt.Sprintf(`
resource "voicebase_delivery_bucket" "results" {
  bucket                = %[1]q
  tags                  = { Team = "sales" }
  versioning            = false
  kms_key_arn           = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000001"
  retention             = { expire_after_days = 30 }
  presigned_url_max_age = "24h"
}

resource "voicebase_delivery_role" "voicebase" {
  name         = %[1]q
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
  external_id  = "another-organization"
  description  = "for VoiceBase"
  tags         = { Team = "sales" }
}
`, name)
}

func writeMain(t *testing.T, cli *acctest.CLI, configuration string) {
	t.Helper()
	path := filepath.Join(cli.Dir, "main.tf")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(before), "provider \"voicebase\"")
	if err := os.WriteFile(path, []byte(head+configuration), 0o600); err != nil {
		t.Fatal(err)
	}
}
