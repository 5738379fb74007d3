package acctest

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// Unzipped returns the contents of all files of a saved plan, for tests that look for what must not be in it.
func Unzipped(t *testing.T, path string) []byte {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	var all bytes.Buffer
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(&all, content)
		_ = content.Close()
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.Bytes()
}
