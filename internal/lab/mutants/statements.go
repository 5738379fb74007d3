package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// statement: it is left out, its condition is decided, what it loops over is empty, what it returns is nothing.
func (w *walker) statement(statement ast.Stmt) {
	switch s := statement.(type) {
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if ok && w.inBlock(s) && !strings.HasPrefix(calledName(call), "tflog.") && calledName(call) != "panic" {
			w.drop(s)
		}
	case *ast.AssignStmt:
		if w.inBlock(s) && s.Tok != token.DEFINE && w.text(s.Lhs[0]) != "_" {
			w.drop(s)
		}
	case *ast.IncDecStmt, *ast.DeferStmt:
		if w.inBlock(s) {
			w.drop(s)
		}
	case *ast.BranchStmt:
		if w.inBlock(s) && s.Tok != token.GOTO && s.Tok != token.FALLTHROUGH {
			w.drop(s)
		}
	case *ast.IfStmt:
		w.condition("if", s.Cond)
	case *ast.RangeStmt:
		switch w.info.TypeOf(s.X).Underlying().(type) {
		case *types.Slice, *types.Map:
			w.zero("loop over", s.X)
		}
	case *ast.ReturnStmt:
		w.returned(s)
	}
}

func (w *walker) returned(s *ast.ReturnStmt) {
	if len(s.Results) == 0 && w.inBlock(s) {
		w.drop(s)
	}
	for _, result := range s.Results {
		of := w.info.TypeOf(result)
		if _, several := of.(*types.Tuple); several {
			return
		}
		if isLogical(result) {
			continue // Its operands have mutations of their own.
		}
		// A variable beside a call is read after it, which a call around the variable would change.
		if _, variable := result.(*ast.Ident); variable && len(s.Results) > 1 && slices.ContainsFunc(s.Results, isCall) {
			continue
		}
		if isBasic(of, types.IsBoolean) {
			if name, ok := w.typeName(of); ok {
				w.add("return not", result, "mutant.Not["+name+"](#, ", ")")
			}
			continue
		}
		w.zero("return", result)
	}
}

// condition decides a condition. That an error is there is not decided: each test of the good case would notice.
func (w *walker) condition(kind string, condition ast.Expr) {
	if isLogical(condition) {
		return
	}
	w.force(kind, condition, false)
	text := strings.Join(strings.Fields(w.text(condition)), "")
	isError := strings.HasSuffix(text, "err!=nil") || strings.HasSuffix(text, ".HasError()") && !strings.HasPrefix(text, "!")
	if !isError {
		w.force(kind, condition, true)
	}
}

// caseClause decides a condition, or looks for another value.
func (w *walker) caseClause(clause *ast.CaseClause) {
	parent, ok := w.parents[len(w.parents)-2].(*ast.SwitchStmt)
	if !ok {
		return
	}
	for _, expression := range clause.List {
		switch {
		case parent.Tag == nil:
			w.condition("case", expression)
		case w.info.Types[expression].Value != nil:
			w.zero("case", expression)
		}
	}
}

func isCall(expression ast.Expr) bool {
	_, ok := expression.(*ast.CallExpr)
	return ok
}

func isLogical(expression ast.Expr) bool {
	for {
		parentheses, ok := expression.(*ast.ParenExpr)
		if !ok {
			break
		}
		expression = parentheses.X
	}
	b, ok := expression.(*ast.BinaryExpr)
	return ok && (b.Op == token.LAND || b.Op == token.LOR)
}

func isBasic(of types.Type, info types.BasicInfo) bool {
	basic, ok := of.Underlying().(*types.Basic)
	return ok && basic.Info()&info != 0
}
