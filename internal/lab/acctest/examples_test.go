package acctest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// ephemeralExample is the one that hands a value to a resource of hashicorp/aws.
const ephemeralExample = "ephemeral-resources/voicebase_presigned_callback_url"

// TestExamples_tested holds that no example is without a test file that TestAccExamples runs.
func TestExamples_tested(t *testing.T) {
	folders := exampleFolders(t)
	if len(folders) < 10 {
		t.Fatalf("only %v found: this test would see nothing", folders)
	}
	for _, folder := range folders {
		if len(testFiles(t, folder)) == 0 {
			t.Errorf("examples/%s has no .tftest.hcl", folder)
		}
	}
}

// TestAccExamples holds that what users copy works: each example passes its own test file. They take turns,
// because they make the same bucket.
func TestAccExamples(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for _, folder := range exampleFolders(t) {
		t.Run(folder, func(t *testing.T) { testExample(t, a, folder) })
	}
}

// TestAccExamples_latest is TestAccExamples for those that only the latest Terraform can read.
func TestAccExamples_latest(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for _, folder := range exampleFolders(t) {
		if strings.HasPrefix(folder, actionExamples) {
			t.Run(folder, func(t *testing.T) { testExample(t, a, folder) })
		}
	}
}

// actionExamples begins the folders of examples that have actions.
const actionExamples = "actions/"

func testExample(t *testing.T, a *acctest.AWS, folder string) {
	t.Helper()
	cli := exampleCLI(t, a, folder)
	switch {
	case folder == ephemeralExample:
		cli.RequireMinor(t, 11, "write-only arguments")
		cli.StubAWS(t)
	case strings.HasPrefix(folder, actionExamples):
		cli.RequireMinor(t, 14, "actions")
	}
	if usesModules(t, folder) {
		cli.Run(t, "get", "-no-color")
	}
	out := cli.Run(t, "test", "-no-color")
	if !strings.Contains(out, "Success! ") || strings.Contains(out, "Success! 0 passed") {
		t.Error("no test ran")
	}
	t.Log(out)
}

// exampleCLI works on an example where it is, with nothing but the environment to say which AWS it is.
func exampleCLI(t *testing.T, a *acctest.AWS, folder string) *acctest.CLI {
	t.Helper()
	cli := acctest.NewCLIIn(t, filepath.Join(repository(t), "examples", filepath.FromSlash(folder)))
	customer(cli, a)
	return cli
}

// customer gives a CLI the environment of a customer of the local AWS.
func customer(cli *acctest.CLI, a *acctest.AWS) {
	accessKey, secretKey := a.CustomerKeys()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID":     accessKey,
		"AWS_SECRET_ACCESS_KEY": secretKey,
		"AWS_REGION":            "us-east-1",
		"AWS_ENDPOINT_URL":      a.Endpoint(),
		"AWS_CA_BUNDLE":         a.CAFile(),
		"VOICEBASE_ARN":         a.VoiceBaseARN(),
		"VOICEBASE_EXTERNAL_ID": a.ExternalID(),
	} {
		cli.Setenv(name, value)
	}
}

// exampleFolders are all folders below examples/ that hold a configuration, with slashes.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	root := os.DirFS(filepath.Join(repository(t), "examples"))
	var folders []string
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		files, err := fs.Glob(root, path+"/*.tf")
		if len(files) > 0 {
			folders = append(folders, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return folders
}

// testFiles are an example's test files, in the two places where the CLI looks for them.
func testFiles(t *testing.T, folder string) []string {
	t.Helper()
	root := filepath.Join(repository(t), "examples", filepath.FromSlash(folder))
	var files []string
	for _, pattern := range []string{"*.tftest.hcl", filepath.Join("tests", "*.tftest.hcl")} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	return files
}

// usesModules reports whether a test file runs another folder, which the CLI has to be told of beforehand.
func usesModules(t *testing.T, folder string) bool {
	t.Helper()
	return slices.ContainsFunc(testFiles(t, folder), func(file string) bool {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(text), "module {")
	})
}

func repository(t *testing.T) string {
	t.Helper()
	root, err := harness.Root()
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// TestAccExamplesLists_latest holds that each list of the examples finds what it says.
func TestAccExamplesLists_latest(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	a.BucketNamed(t, "us-east-1", guideBucket)
	handMadeRole(t, a, guideRole, guideBucket)
	for folder, name := range map[string]string{"voicebase_delivery_bucket": guideBucket, "voicebase_delivery_role": guideRole} {
		cli := acctest.NewCLI(t, "provider \"voicebase\" {\n}\n")
		customer(cli, a)
		queried := cli.Query(t, read(t, filepath.Join(repository(t), "examples", "list-resources", folder, "list-resource.tfquery.hcl")))
		if _, found := queried.Found[name]; !found || len(queried.Errors) > 0 {
			t.Errorf("%s: %+v", folder, queried)
		}
	}
}
