package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// constant: a text is another, a number smaller. It reports whether the expression is a constant.
func (w *walker) constant(expression ast.Expr) bool {
	typed := w.info.Types[expression]
	if typed.Value == nil || !typed.IsValue() || !w.isRead(expression) {
		return typed.Value != nil && typed.IsValue()
	}
	name, ok := w.typeName(typed.Type)
	switch {
	case !ok || isZero(typed.Value):
	case isBasic(typed.Type, types.IsString):
		// A text with a space is prose, one with a verb a format.
		if !strings.ContainsAny(constant.StringVal(typed.Value), " %") {
			w.add("other text", expression, "mutant.Other["+name+"](#, ", ")")
		}
	case isBasic(typed.Type, types.IsNumeric):
		// A limit of time has a name, and what it ends has waits of random length.
		isDuration := typed.Type.String() == "time.Duration"
		if _, isName := expression.(*ast.Ident); !isName || !isDuration {
			w.add("less than", expression, "mutant.Less["+name+"](#, ", fmt.Sprintf(", %t)", isDuration))
		}
	}
	return true
}

// isRead reports an expression whose value a call can give.
func (w *walker) isRead(expression ast.Expr) bool {
	switch parent := w.parents[len(w.parents)-1].(type) {
	case *ast.BinaryExpr, *ast.ReturnStmt, *ast.AssignStmt, *ast.ValueSpec, *ast.CaseClause:
		return true
	case *ast.CallExpr:
		return parent.Fun != expression && !w.info.Types[parent.Fun].IsType() && !wording.MatchString(calledName(parent))
	case *ast.KeyValueExpr:
		if key := w.text(parent.Key); strings.HasSuffix(key, "Description") || key == "DeprecationMessage" {
			return false
		}
		if parent.Value == expression {
			return true
		}
		literal, ok := w.parents[len(w.parents)-2].(*ast.CompositeLit)
		if !ok {
			return false
		}
		_, isMap := w.info.TypeOf(literal).Underlying().(*types.Map)
		return isMap
	case *ast.CompositeLit:
		return parent.Type != expression
	case *ast.IndexExpr:
		_, isMap := w.info.TypeOf(parent.X).Underlying().(*types.Map)
		return isMap && parent.Index == expression
	default:
		return false
	}
}

// elements: one element of a list of other than constants is not there.
func (w *walker) elements(literal *ast.CompositeLit) {
	if _, isSlice := w.info.TypeOf(literal).Underlying().(*types.Slice); !isSlice || literal.Type == nil {
		return
	}
	for i, element := range literal.Elts {
		if _, keyed := element.(*ast.KeyValueExpr); keyed || w.info.Types[element].Value != nil {
			continue
		}
		w.add("without "+w.text(element)+" in", literal, fmt.Sprintf("mutant.Without(#, %d, ", i), ")")
	}
}

// leftOut: a call that makes a value from one of the same type is not made.
func (w *walker) leftOut(call *ast.CallExpr) {
	of := w.info.TypeOf(call)
	if of == nil || w.info.Types[call.Fun].IsType() || strings.HasPrefix(calledName(call), "fmt.") || of.String() == "context.Context" || of.String() == "error" {
		return
	}
	if _, statement := w.parents[len(w.parents)-1].(*ast.ExprStmt); statement {
		return
	}
	operands := call.Args
	if method, ok := call.Fun.(*ast.SelectorExpr); ok {
		operands = append([]ast.Expr{method.X}, operands...)
	}
	name, ok := w.typeName(of)
	for _, operand := range operands {
		typed := w.info.Types[operand]
		if ok && typed.IsValue() && !typed.IsNil() && typed.Value == nil && types.Identical(typed.Type, of) {
			w.instead("call left out of", call, name, w.text(operand))
			return
		}
	}
}

// neighbours: an argument is the next one of the same type; a test of a text is a wider or a narrower one.
func (w *walker) neighbours(call *ast.CallExpr) {
	if w.info.Types[call.Fun].IsType() || wording.MatchString(calledName(call)) {
		return
	}
	switch calledName(call) {
	case "strings.EqualFold":
		w.instead("exactly", call, "bool", w.text(call.Args[0])+" == "+w.text(call.Args[1]))
	case "strings.HasPrefix", "strings.HasSuffix":
		w.instead("anywhere", call, "bool", "strings.Contains("+w.text(call.Args[0])+", "+w.text(call.Args[1])+")")
	}
	for i := range len(call.Args) - 1 {
		a, b := w.info.Types[call.Args[i]], w.info.Types[call.Args[i+1]]
		if a.Value != nil || b.Value != nil || a.IsNil() || b.IsNil() || call.Ellipsis.IsValid() || a.Type == nil || b.Type == nil || !types.Identical(a.Type, b.Type) {
			continue
		}
		if name, ok := w.typeName(a.Type); ok && w.text(call.Args[i]) != w.text(call.Args[i+1]) {
			w.instead("next argument for", call.Args[i], name, w.text(call.Args[i+1]))
		}
	}
}

// field: a field is read, or written, for its neighbour of the same type.
func (w *walker) field(selector *ast.SelectorExpr) {
	selection := w.info.Selections[selector]
	if selection == nil || selection.Kind() != types.FieldVal || len(selection.Index()) != 1 {
		return
	}
	name, ok := w.typeName(selection.Type())
	neighbour := w.neighbour(selection)
	if !ok || neighbour == "" {
		return
	}
	other := w.text(selector.X) + "." + neighbour
	switch parent := w.parents[len(w.parents)-1].(type) {
	case *ast.AssignStmt:
		if slices.Contains(parent.Lhs, ast.Expr(selector)) {
			if parent.Tok == token.ASSIGN {
				w.add("into "+neighbour+" for", selector, "*mutant.Into(#, &", ", &"+other+")")
			}
			return
		}
	case *ast.SelectorExpr:
		if w.needsAddress(parent) && !isPointer(selection.Type()) {
			return
		}
	}
	if !w.isPlace() {
		w.instead(neighbour+" for", selector, name, other)
	}
}

// needsAddress reports a method that has a pointer as its receiver.
func (w *walker) needsAddress(selector *ast.SelectorExpr) bool {
	method := w.info.Selections[selector]
	if method == nil || method.Kind() != types.MethodVal {
		return false
	}
	signature, ok := method.Obj().Type().(*types.Signature)
	return ok && isPointer(signature.Recv().Type())
}

// isPlace reports that what is below the current parents is, or is part of, something that is assigned to or whose
// address is taken, for which no call can stand.
func (w *walker) isPlace() bool {
	for i := len(w.parents) - 1; i > 0; i-- {
		switch parent := w.parents[i].(type) {
		case *ast.IncDecStmt:
			return true
		case *ast.UnaryExpr:
			return parent.Op == token.AND
		case *ast.SelectorExpr, *ast.ParenExpr, *ast.StarExpr:
			assignment, ok := w.parents[i-1].(*ast.AssignStmt)
			if ok && slices.ContainsFunc(assignment.Lhs, func(left ast.Expr) bool { return left == parent }) {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// neighbour is the next field of the same type, "" where there is none.
func (w *walker) neighbour(selection *types.Selection) string {
	of := selection.Recv()
	if pointer, ok := of.Underlying().(*types.Pointer); ok {
		of = pointer.Elem()
	}
	structure, ok := of.Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	at := selection.Index()[0]
	for i := 1; i < structure.NumFields(); i++ {
		field := structure.Field((at + i) % structure.NumFields())
		if types.Identical(field.Type(), selection.Type()) && (field.Exported() || field.Pkg() == w.pkg) && !field.Embedded() {
			return field.Name()
		}
	}
	return ""
}

// instead adds a mutation that evaluates another expression of the same type.
func (w *walker) instead(kind string, expression ast.Expr, typeName, other string) {
	w.add(kind, expression, "mutant.Instead(#, func() "+typeName+" { return ", " }, func() "+typeName+" { return "+other+" })")
}

func isPointer(of types.Type) bool {
	_, ok := of.Underlying().(*types.Pointer)
	return ok
}
