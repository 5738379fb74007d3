package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

const module = "github.com/voicebase/terraform-provider-voicebase"

// instrumented is a package with all its mutants in one copy, where a number in the environment chooses among them:
// it is compiled once, and not once for each mutant.
type instrumented struct {
	mutations []*mutation
	overlay   string
}

// instrument writes a mutated copy of a package's files to a folder, and the overlay that puts them in place.
func instrument(root, name, folder string) (instrumented, error) {
	loaded, err := packages.Load(&packages.Config{
		Dir: root, Fset: token.NewFileSet(),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps,
	}, "./internal/"+name)
	if err != nil {
		return instrumented{}, err
	}
	result := instrumented{overlay: filepath.Join(folder, "overlay.json")}
	replace := map[string]string{}
	for _, loadedPackage := range loaded {
		if len(loadedPackage.Errors) > 0 {
			return instrumented{}, loadedPackage.Errors[0]
		}
		for i, syntax := range loadedPackage.Syntax {
			path := loadedPackage.GoFiles[i]
			source, err := os.ReadFile(path)
			if err != nil {
				return instrumented{}, err
			}
			w := &walker{
				source: source, fset: loadedPackage.Fset, info: loadedPackage.TypesInfo, pkg: loadedPackage.Types,
				file: name + "/" + filepath.Base(path), imports: importNames(loadedPackage, syntax), next: len(result.mutations) + 1,
			}
			w.walk(syntax)
			result.mutations = append(result.mutations, w.found...)
			replace[path] = filepath.Join(folder, filepath.Base(path)+".mutated")
			if err := os.WriteFile(replace[path], render(source, w.found), 0o600); err != nil {
				return instrumented{}, err
			}
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return instrumented{}, err
	}
	return result, os.WriteFile(result.overlay, text, 0o600)
}

var packageClause = regexp.MustCompile(`(?m)^package \w+`)

// render writes the mutations into a file. Lines stay where they are, so that a failure names the line of the source.
func render(source []byte, mutations []*mutation) []byte {
	type insertion struct {
		at    int
		order [3]int
		text  string
	}
	var insertions []insertion
	for _, m := range mutations {
		// What ends goes before what begins, the wider around the narrower, the earlier around the later.
		width := m.end - m.start
		insertions = append(insertions,
			insertion{m.start, [3]int{1, -width, m.id}, strings.ReplaceAll(m.before, "#", fmt.Sprint(m.id))},
			insertion{m.end, [3]int{0, width, -m.id}, m.after})
	}
	slices.SortFunc(insertions, func(a, b insertion) int {
		return cmp.Or(cmp.Compare(a.at, b.at), slices.Compare(a.order[:], b.order[:]))
	})
	var mutated strings.Builder
	at := 0
	for _, i := range insertions {
		mutated.Write(source[at:i.at])
		mutated.WriteString(i.text)
		at = i.at
	}
	mutated.Write(source[at:])
	text := mutated.String()
	end := packageClause.FindStringIndex(text)[1]
	return []byte(text[:end] + `; import "` + module + `/internal/lab/mutants/mutant"` + text[end:] + "\nvar _ = mutant.On\n")
}
