// Command guides fills the documentation's templates with what the code knows, so that no table of types, formats
// or content types is typed: guides FROM TO copies the templates below FROM to TO, and in them [[contentTypes]],
// for instance, becomes the table of content types. What stands in {{ }} is left to tfplugindocs.
package main

import (
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: guides FROM TO")
	}
	if err := fill(os.DirFS(os.Args[1]), os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func fill(from fs.FS, to string) error {
	return fs.WalkDir(from, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, path), 0o755)
		}
		text, err := fs.ReadFile(from, path)
		if err != nil {
			return err
		}
		filled, err := render(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return os.WriteFile(filepath.Join(to, path), []byte(filled), 0o644)
	})
}
