package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/server"
)

// TestMain runs the command itself when a test starts this binary for it.
func TestMain(m *testing.M) {
	if os.Getenv("LOCALAWS_TEST_RUN_MAIN") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

// command is the command with its own temporary folder.
func command(t *testing.T, args ...string) (cmd *exec.Cmd, temporary string) {
	t.Helper()
	temporary = t.TempDir()
	cmd = exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), "LOCALAWS_TEST_RUN_MAIN=1", "TMPDIR="+temporary)
	return cmd, temporary
}

// start runs the command and returns the first line that it prints.
func start(t *testing.T, cmd *exec.Cmd) (line string, stdin io.Closer) {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err = bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return line, in
}

func wait(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("it does not end")
	}
}

func TestJSONAndEndOfStdin(t *testing.T) {
	cmd, temporary := command(t, "-json", "-exit-on-stdin-eof")
	line, stdin := start(t, cmd)
	var ready struct {
		URL       string
		CAFile    string `json:"ca_file"`
		Regions   []string
		Customer  struct{ AccountID, AccessKey, SecretKey string }
		VoiceBase map[string]string
	}
	decoder := json.NewDecoder(strings.NewReader(line))
	if err := decoder.Decode(&ready); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	if !strings.HasPrefix(ready.URL, "https://127.0.0.1:") || strings.Join(ready.Regions, " ") != "us-east-1 eu-west-1 us-west-2 eu-central-1" {
		t.Errorf("ready with %s in %v", ready.URL, ready.Regions)
	}
	for _, key := range []string{"account_id", "arn", "access_key", "secret_key"} {
		if ready.VoiceBase[key] == "" {
			t.Errorf("no %s in %s", key, line)
		}
	}
	if !strings.HasPrefix(ready.CAFile, temporary) {
		t.Errorf("the CA's file is %s", ready.CAFile)
	}
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	wait(t, cmd)
	if left, err := filepath.Glob(filepath.Join(temporary, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestSignalEndsIt(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		cmd, temporary := command(t)
		line, _ := start(t, cmd)
		if !strings.Contains(line, "https://127.0.0.1:") {
			t.Errorf("printed %q", line)
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		wait(t, cmd)
		if left, err := filepath.Glob(filepath.Join(temporary, "*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
}

// TestDataOutlivesTheProcess runs the command twice on one folder, whose path
// is longer than that of a unix socket may be.
func TestDataOutlivesTheProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long-name-", 12))
	name := aws.String("kept")
	session := func(use func(*s3.Client, *iam.Client)) {
		cmd, temporary := command(t, "-json", "-exit-on-stdin-eof", "-dir", dir)
		line, stdin := start(t, cmd)
		var ready struct{ URL string }
		if err := json.Unmarshal([]byte(line), &ready); err != nil {
			t.Fatal(err)
		}
		config := clientConfig(ready.URL)
		use(s3.NewFromConfig(config, func(o *s3.Options) { o.UsePathStyle = true }), iam.NewFromConfig(config))
		if err := stdin.Close(); err != nil {
			t.Fatal(err)
		}
		wait(t, cmd)
		if left, err := filepath.Glob(filepath.Join(temporary, "*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
	session(func(s *s3.Client, i *iam.Client) {
		_, err := s.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: name})
		check(t, err)
		_, err = s.PutObject(t.Context(), &s3.PutObjectInput{Bucket: name, Key: name, Body: strings.NewReader("{}")})
		check(t, err)
		_, err = s.DeletePublicAccessBlock(t.Context(), &s3.DeletePublicAccessBlockInput{Bucket: name})
		check(t, err)
		_, err = i.CreateRole(t.Context(), &iam.CreateRoleInput{RoleName: name, AssumeRolePolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}`)})
		check(t, err)
		_, err = i.UpdateRole(t.Context(), &iam.UpdateRoleInput{RoleName: name, Description: name})
		check(t, err)
	})
	session(func(s *s3.Client, i *iam.Client) {
		_, err := s.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: name, Key: name})
		check(t, err)
		_, err = s.GetPublicAccessBlock(t.Context(), &s3.GetPublicAccessBlockInput{Bucket: name})
		if err == nil || !strings.Contains(err.Error(), "NoSuchPublicAccessBlockConfiguration") {
			t.Errorf("the deleted block: %v", err)
		}
		role, err := i.GetRole(t.Context(), &iam.GetRoleInput{RoleName: name})
		check(t, err)
		if aws.ToString(role.Role.Description) != *name {
			t.Errorf("the description is %q", aws.ToString(role.Role.Description))
		}
	})
}

func clientConfig(url string) aws.Config {
	key := server.Customer()
	return aws.Config{
		Region: "us-east-1", BaseEndpoint: aws.String("http" + strings.TrimPrefix(url, "https")),
		Credentials: credentials.NewStaticCredentialsProvider(key.AccessKey, key.Secret, ""), RetryMaxAttempts: 1,
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestInstructions holds that the environment that is printed can be pasted into a shell. What works with it, and with
// the provider blocks beside it, is tried by TestAccMakeAWS.
func TestInstructions(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out bytes.Buffer
	dir := t.TempDir()
	if err := run(options{listen: "127.0.0.1:0", dir: dir, clone: "/a clone", stdout: &out, interruption: ctx}); err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^(unset|export) .*$`).FindAllString(out.String(), -1)
	script := strings.Join(lines, "\n") + `
echo "$AWS_ENDPOINT_URL|$AWS_REGION|$AWS_CA_BUNDLE|$VOICEBASE_ARN|${AWS_ACCESS_KEY_ID:+key}|${AWS_SECRET_ACCESS_KEY:+secret}|${VOICEBASE_EXTERNAL_ID:+id}"`
	got, err := exec.CommandContext(t.Context(), "sh", "-c", script).Output()
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Split(strings.TrimSpace(string(got)), "|")
	want := []string{"https://127.0.0.1:", "us-east-1", filepath.Join(dir, "ca.pem"), "arn:aws:iam::111122223333:user/voicebase-delivery", "key", "secret", "id"}
	for i, prefix := range want {
		if !strings.HasPrefix(fields[i], prefix) {
			t.Errorf("field %d is %q, not %q", i, fields[i], prefix)
		}
	}
	if !strings.Contains(out.String(), "make -C '/a clone' deliver ") {
		t.Errorf("it doesn't say how to deliver:\n%s", out.String())
	}
}

// TestAddressInUse holds that a second server says what is wrong, and leaves the data of the first alone.
func TestAddressInUse(t *testing.T) {
	dir := t.TempDir()
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	check(t, err)
	defer func() { check(t, taken.Close()) }()
	err = run(options{listen: taken.Addr().String(), dir: dir, stdout: io.Discard, interruption: t.Context()})
	if err == nil || !strings.Contains(err.Error(), "another program listens on "+taken.Addr().String()) {
		t.Errorf("the error is %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("written: %v, %v", left, err)
	}
}

func TestRefusesOtherNetworks(t *testing.T) {
	if err := run(options{listen: "0.0.0.0:0", dir: t.TempDir(), stdout: io.Discard, interruption: t.Context()}); err == nil {
		t.Error("it listens on every network")
	}
}
