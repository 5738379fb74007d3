package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"
)

// binary: an operand of a logical expression counts for nothing, a comparison takes its edge in or leaves it out, a
// number is one larger.
func (w *walker) binary(b *ast.BinaryExpr) {
	switch b.Op {
	case token.LAND, token.LOR:
		for _, operand := range []ast.Expr{b.X, b.Y} {
			if !isLogical(operand) {
				w.force("operand", operand, b.Op == token.LAND)
			}
		}
	case token.LSS, token.GTR, token.LEQ, token.GEQ:
		w.add("edge of", b, "mutant.Edge(#, ", ", func() bool { return "+w.text(b.X)+" == "+w.text(b.Y)+" })")
	case token.ADD, token.SUB, token.MUL, token.QUO:
		if value := w.info.Types[b.Y].Value; value != nil && value.Kind() == constant.Int {
			if name, ok := w.typeName(w.info.TypeOf(b.Y)); ok {
				w.add("one more than", b.Y, "mutant.More["+name+"](#, ", ")")
			}
		}
	default:
	}
}

// literal: a field of a structure, or an entry of a map, is left at its zero value.
func (w *walker) literal(literal *ast.CompositeLit) {
	for _, element := range literal.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		// make docs-check sees these.
		if key := w.text(field.Key); strings.HasSuffix(key, "Description") || key == "DeprecationMessage" {
			continue
		}
		if _, isMap := w.info.TypeOf(literal).Underlying().(*types.Map); isMap {
			if _, nested := field.Value.(*ast.CompositeLit); nested {
				continue
			}
		}
		w.zero("field "+w.text(field.Key), field.Value)
	}
}

// wording are functions whose arguments are prose, which the golden file of the diagnostics holds, or which have none
// that a mutant could take.
var wording = regexp.MustCompile(`^(tflog|fmt|errors|regexp)\.|\.(Add.*(Error|Warning)|.*Errorf?)$|^(panic|len|cap|append|copy|delete|make|new|min|max|clear)$`)

// call: an argument is its type's zero value. Constants are mostly names and prose.
func (w *walker) call(call *ast.CallExpr) {
	if w.info.Types[call.Fun].IsType() || wording.MatchString(calledName(call)) {
		return
	}
	for i, argument := range call.Args {
		if call.Ellipsis.IsValid() && i == len(call.Args)-1 {
			continue
		}
		// A nil pointer panics for any test.
		if address, ok := argument.(*ast.UnaryExpr); ok && address.Op == token.AND {
			continue
		}
		if value := w.info.Types[argument].Value; value != nil && value.Kind() == constant.String {
			continue
		}
		w.zero("argument", argument)
	}
}

// zero makes an expression its type's zero value; false and 0, which are, become true and 1.
func (w *walker) zero(kind string, expression ast.Expr) {
	typed := w.info.Types[expression]
	if _, isFunction := expression.(*ast.FuncLit); isFunction || typed.Type == nil || !typed.IsValue() || typed.IsNil() {
		return
	}
	switch typed.Type.Underlying().(type) {
	case *types.Signature, *types.Tuple:
		return
	}
	if literal, ok := expression.(*ast.CompositeLit); ok && len(literal.Elts) == 0 || typed.Type.String() == "context.Context" {
		return
	}
	if typed.Value == nil {
		w.add("nothing for "+kind, expression, "mutant.Zero(#, ", ")")
		return
	}
	name, ok := w.typeName(typed.Type)
	switch {
	case !ok:
	case !isZero(typed.Value):
		w.add("nothing for "+kind, expression, "mutant.Zero["+name+"](#, ", ")")
	case isBasic(typed.Type, types.IsBoolean):
		w.add("true for "+kind, expression, "mutant.Not["+name+"](#, ", ")")
	case isBasic(typed.Type, types.IsNumeric):
		w.add("1 for "+kind, expression, "mutant.More["+name+"](#, ", ")")
	}
}

func isZero(value constant.Value) bool {
	switch value.Kind() {
	case constant.Bool:
		return !constant.BoolVal(value)
	case constant.String:
		return constant.StringVal(value) == ""
	default:
		return constant.Sign(value) == 0
	}
}

// calledName is how a call names its function: "f", "package.F" or ".Method".
func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name + "." + f.Sel.Name
		}
		return "." + f.Sel.Name
	default:
		return ""
	}
}
