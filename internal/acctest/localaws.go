package acctest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// identity is one of the principals that the local AWS knows from the start.
type identity struct {
	AccountID string `json:"account_id"`
	ARN       string `json:"arn"`
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
}

// localAWS is the running child and what it said of itself when it was ready.
type localAWS struct {
	URL       string   `json:"url"`
	CAFile    string   `json:"ca_file"`
	Regions   []string `json:"regions"`
	Customer  identity `json:"customer"`
	VoiceBase identity `json:"voicebase"`

	credentialsFile string

	child *exec.Cmd
	stdin io.Closer
}

func startLocalAWS(dir string) (*localAWS, error) {
	binary, err := build("localaws", filepath.Join("internal", "localaws"))
	if err != nil {
		return nil, err
	}
	child := exec.Command(binary, "-json", "-exit-on-stdin-eof", "-dir", filepath.Join(dir, "localaws"))
	child.Stderr = os.Stderr
	// The child ends when this pipe closes, so a killed test leaves no process behind.
	stdin, err := child.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := child.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := child.Start(); err != nil {
		return nil, err
	}
	l := &localAWS{child: child, stdin: stdin}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("reading its first line: %w", err), child.Wait())
	}
	if err := json.Unmarshal(line, l); err != nil {
		return nil, err
	}
	l.credentialsFile = filepath.Join(dir, "credentials")
	credentials := fmt.Sprintf("[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n", customerProfile, l.Customer.AccessKey, l.Customer.SecretKey)
	return l, os.WriteFile(l.credentialsFile, []byte(credentials), 0o600)
}

func (l *localAWS) stop() {
	_ = l.stdin.Close()
	_ = l.child.Wait()
}
