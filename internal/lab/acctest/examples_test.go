package acctest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/harness"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// ephemeralExample is the one that hands a value to a resource of hashicorp/aws.
const ephemeralExample = "ephemeral-resources/voicebase_presigned_callback_url"

// importedExample is the name of the bucket and of the role that the import example takes over.
const importedExample = "acme-voicebase-imported"

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
// because they make the same bucket. make test-clients does so with OpenTofu, and with a Terraform that knows actions.
func TestAccExamples(t *testing.T) {
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	for _, folder := range exampleFolders(t) {
		t.Run(folder, func(t *testing.T) { testExample(t, a, folder) })
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
	case folder == "import":
		a.BucketNamed(t, "us-east-1", importedExample)
		handMadeRole(t, a, importedExample, importedExample)
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

// exampleFolders are all folders below examples/ that hold a configuration, with slashes. What their tests set up aside.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	root := os.DirFS(filepath.Join(repository(t), "examples"))
	var folders []string
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if entry.Name() == "tests" {
			return fs.SkipDir
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

// objectExamples are the folders with an example for each object, from which its page is made.
var objectExamples = regexp.MustCompile(`^(actions|data-sources|ephemeral-resources|functions|list-resources|provider|resources)(/|$)`)

// wholeExamples are the folders that are whole configurations, to be copied, and the module.
func wholeExamples(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(exampleFolders(t), objectExamples.MatchString)
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

// usesModules reports whether an example or its test runs another folder, which the CLI has to be told of beforehand.
func usesModules(t *testing.T, folder string) bool {
	t.Helper()
	configurations, err := filepath.Glob(filepath.Join(repository(t), "examples", filepath.FromSlash(folder), "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(append(testFiles(t, folder), configurations...), func(file string) bool {
		text := read(t, file)
		return strings.Contains(text, "module {") || strings.Contains(text, "\nmodule \"")
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
