package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// walker finds the mutations of one file.
type walker struct {
	source  []byte
	fset    *token.FileSet
	info    *types.Info
	pkg     *types.Package
	file    string
	imports map[string]string

	function string
	parents  []ast.Node
	next     int
	found    []*mutation
}

// importNames returns the names by which a file knows the packages that it imports.
func importNames(loaded *packages.Package, file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if spec.Name != nil {
			names[path] = spec.Name.Name
		} else if imported := loaded.Imports[path]; imported != nil {
			names[path] = imported.Name
		}
	}
	return names
}

func (w *walker) offset(pos token.Pos) int { return w.fset.Position(pos).Offset }

func (w *walker) text(node ast.Node) string {
	return string(w.source[w.offset(node.Pos()):w.offset(node.End())])
}

// add notes a mutation of a node, by what is written around it; # stands for its number.
func (w *walker) add(kind string, node ast.Node, before, after string) {
	w.found = append(w.found, &mutation{
		id: w.next, file: w.file, function: w.function, kind: oneLine(kind), text: oneLine(w.text(node)), line: w.fset.Position(node.Pos()).Line,
		start: w.offset(node.Pos()), end: w.offset(node.End()), before: before, after: after,
	})
	w.next++
}

func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 100 {
		text = text[:100] + "…"
	}
	return text
}

func (w *walker) drop(statement ast.Stmt) {
	w.add("left out", statement, "if !mutant.On(#) { ", " }")
}

func (w *walker) force(kind string, condition ast.Expr, decided bool) {
	w.add(kind+" "+strconv.FormatBool(decided), condition, "mutant.Force(#, "+strconv.FormatBool(decided)+", ", ")")
}

// typeName writes a type as the file would; it cannot where the type's package is not imported.
func (w *walker) typeName(of types.Type) (string, bool) {
	named := true
	name := types.TypeString(types.Default(of), func(p *types.Package) string {
		if p == w.pkg {
			return ""
		}
		known, ok := w.imports[p.Path()]
		named = named && ok
		return known
	})
	return name, named
}

func (w *walker) walk(file *ast.File) {
	ast.Inspect(file, func(node ast.Node) bool {
		if node == nil {
			w.parents = w.parents[:len(w.parents)-1]
			return true
		}
		if !w.visit(node) {
			return false
		}
		w.parents = append(w.parents, node)
		return true
	})
}

// visit finds the mutations of a node, and reports whether to go on below it.
func (w *walker) visit(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.GenDecl:
		if len(w.parents) == 1 {
			w.function = "var"
		}
		return n.Tok == token.VAR
	case *ast.FuncDecl:
		w.function = n.Name.Name
	case *ast.CaseClause:
		w.caseClause(n)
	case ast.Stmt:
		w.statement(n)
	case *ast.BinaryExpr:
		if w.info.Types[n].Value != nil {
			return false
		}
		w.binary(n)
	case *ast.CompositeLit:
		w.literal(n)
		w.elements(n)
	case *ast.CallExpr:
		w.call(n)
		w.leftOut(n)
		w.neighbours(n)
	case *ast.SelectorExpr:
		w.field(n)
	}
	if expression, ok := node.(ast.Expr); ok {
		return !w.constant(expression)
	}
	return true
}

// inBlock reports a statement in a block or a case, where another can stand in its place.
func (w *walker) inBlock(statement ast.Stmt) bool {
	switch parent := w.parents[len(w.parents)-1].(type) {
	case *ast.BlockStmt:
		return true
	case *ast.CaseClause:
		for _, s := range parent.Body {
			if s == statement {
				return true
			}
		}
	}
	return false
}
