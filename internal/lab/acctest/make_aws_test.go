package acctest_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

// instructions are the numbered parts of what make aws prints.
type instructions struct{ environment, blocks, afterwards string }

// makeAWS runs the local AWS as make aws does, until the test is over.
func makeAWS(t *testing.T) instructions {
	t.Helper()
	root := repository(t)
	command := harness.Child(context.WithoutCancel(t.Context()), filepath.Join(root, ".build", "bin", "localaws"),
		"-listen", "127.0.0.1:0", "-dir", t.TempDir(), "-clone", root)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		if err := command.Wait(); err != nil {
			t.Error(err)
		}
	})
	var printed strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.HasPrefix(lines.Text(), "# Ctrl-C"); {
		printed.WriteString(lines.Text() + "\n")
	}
	parts := regexp.MustCompile(`(?m)^# \d\. .*$`).Split(printed.String(), -1)
	if len(parts) != 4 {
		t.Fatalf("%d parts, not 4:\n%s", len(parts), printed.String())
	}
	return instructions{parts[1], parts[2], parts[3]}
}

// TestAccMakeAWS_environment pastes the environment, follows the quick start, and lets VoiceBase deliver.
func TestAccMakeAWS_environment(t *testing.T) {
	acctest.NewAWS(t).RequireLocal(t)
	printed := makeAWS(t)
	cli := acctest.NewCLIIn(t, t.TempDir())
	write(t, filepath.Join(cli.Dir, "main.tf"), readme(t, "Quick start").hcl())
	cli.Mirror(t, nil)
	cli.Setenv("TF_CLI_ARGS_apply", "-auto-approve")
	// A profile of the terminal's own, for another account.
	cli.Setenv("AWS_PROFILE", "work")
	afterwards := printed.afterwards
	if _, err := exec.LookPath("aws"); err != nil {
		t.Log("the AWS CLI is not on PATH: its lines are not tried")
		afterwards = regexp.MustCompile(`(?m)^aws .*$`).ReplaceAllString(afterwards, "")
	}
	out := cli.Shell(t, printed.environment+"terraform init\nterraform apply\n"+afterwards+"terraform plan -detailed-exitcode\n")
	if !regexp.MustCompile(`(?m)^analytics +s3://acme-voicebase-results-\S+/voicebase/\S+ +200$`).MatchString(out) {
		t.Errorf("nothing was delivered:\n%s", out)
	}
	if strings.Contains(afterwards, "aws iam") && !strings.Contains(out, `"RoleName": "acme-voicebase-delivery-`) {
		t.Errorf("the AWS CLI does not see the role:\n%s", out)
	}
}

// TestAccMakeAWS_blocks uses the provider blocks in a terminal without the environment.
func TestAccMakeAWS_blocks(t *testing.T) {
	acctest.NewAWS(t).RequireLocal(t)
	printed := makeAWS(t)
	ours, others, found := strings.Cut(strings.TrimSpace(printed.blocks), "\n\nprovider \"aws\"")
	if !found {
		t.Fatalf("no block for hashicorp/aws:\n%s", printed.blocks)
	}
	ours, others = ours+"\n", "provider \"aws\""+others+"\n"
	checkFormat(t, ours, others)
	ours += `
resource "voicebase_delivery_bucket" "results" {
  force_destroy = true
}

resource "voicebase_delivery_role" "voicebase" {
  bucket_arn   = voicebase_delivery_bucket.results.arn
  key_prefixes = ["voicebase/"]
}
`
	t.Run("voicebase", func(t *testing.T) {
		cli := acctest.NewCLI(t, ours)
		cli.Run(t, "apply", "-auto-approve")
		cli.Run(t, "plan", "-detailed-exitcode")
		cli.Run(t, "destroy", "-auto-approve")
	})
	t.Run("hashicorp-aws", func(t *testing.T) {
		cli := acctest.NewCLI(t, ours+others+`
resource "aws_s3_bucket" "other" {
  bucket_prefix = "beside-"
}

resource "aws_iam_role" "other" {
  assume_role_policy = voicebase_delivery_role.voicebase.assume_role_policy
}
`)
		cli.BesideAWS(t)
		cli.Run(t, "apply", "-auto-approve")
		cli.Run(t, "plan", "-detailed-exitcode")
		cli.Run(t, "destroy", "-auto-approve")
	})
}

// readme is a section of the README.
func readme(t *testing.T, title string) section {
	t.Helper()
	all := sections(t, "README.md")
	i := slices.IndexFunc(all, func(one section) bool { return one.title == title })
	if i < 0 {
		t.Fatalf("the README has no blocks in a section %q", title)
	}
	return all[i]
}

// TestAccQuickStart pastes the quick start as it stands, from its first command to destroy, on the local AWS, with both
// CLIs. curl takes VoiceBase's place.
func TestAccQuickStart(t *testing.T) {
	acctest.NewAWS(t).RequireLocal(t)
	for name, choose := range map[string]func(*acctest.CLI, *testing.T){"CLI": nil, "other CLI": (*acctest.CLI).UseOther} {
		t.Run(name, func(t *testing.T) {
			cli := acctest.NewCLIIn(t, t.TempDir())
			if choose != nil {
				choose(cli, t)
			}
			quickStart(t, cli, makeAWS(t))
		})
	}
}

func quickStart(t *testing.T, cli *acctest.CLI, printed instructions) {
	t.Helper()
	section := readme(t, "Quick start")
	commands, found := strings.CutPrefix(section.of("shell"), "export VOICEBASE_ARN='arn:aws:iam::111122223333:role/voicebase-delivery'\nexport VOICEBASE_EXTERNAL_ID='0e2a8f5c-organization-id'\n")
	if !found { // make aws has set them.
		t.Fatalf("the quick start does not begin with VoiceBase's values:\n%s", commands)
	}
	write(t, filepath.Join(cli.Dir, "main.tf"), section.hcl())
	cli.Mirror(t, nil)
	cli.Setenv("TF_CLI_ARGS_apply", "-auto-approve")
	cli.Setenv("TF_CLI_ARGS_destroy", "-auto-approve")
	cli.Setenv("TOKEN", "a-token")
	out := cli.Shell(t, printed.environment+`
curl() {
  test "$*" = 'https://apis.voicebase.com/v3/media --header Authorization: Bearer a-token --form media=@call.wav --form configuration=@configuration.json'
  cat configuration.json
}
`+commands+"terraform destroy\n")
	for _, want := range []string{`"s3Delivery": true`, "Destroy complete! Resources: 2 destroyed."} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in:\n%s", want, out)
		}
	}
}
