// Package fields walks the fields of Go structures, for tests that look at each field of a shape, those included that
// are still to come.
package fields

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// moment is a time that no shape has by itself.
var moment = time.Date(2030, 1, 2, 0, 0, 0, 0, time.UTC)

// Alone calls visit for each field of a shape of the SDK, by its path, those of its structures included: once for each
// value of an enumeration. with has that field alone, without has none: what they differ in is the field.
func Alone[T any](visit func(path string, without, with T)) {
	for _, leaf := range leaves(reflect.TypeFor[T](), "", nil) {
		for _, value := range samples(leaf.typ) {
			without, with := reflect.New(reflect.TypeFor[T]()).Elem(), reflect.New(reflect.TypeFor[T]()).Elem()
			parent := leaf.reach(without)
			parent.SetZero()
			leaf.reach(with).Set(value)
			visit(leaf.path, without.Interface().(T), with.Interface().(T)) //nolint:forcetypeassert // They are made of it.
		}
	}
}

// leaf is a field that holds no structure.
type leaf struct {
	path string
	typ  reflect.Type
	// steps are the indices of the fields on the way.
	steps []int
}

// reach makes what is on the way, lists of one element, and returns the field.
func (l leaf) reach(in reflect.Value) reflect.Value {
	for _, step := range l.steps {
		in = inside(in).Field(step)
	}
	return in
}

// inside returns the structure that a value is, points to or is a list of, and makes it where there is none.
func inside(value reflect.Value) reflect.Value {
	switch value.Kind() {
	case reflect.Pointer:
		if value.IsNil() {
			value.Set(reflect.New(value.Type().Elem()))
		}
		return inside(value.Elem())
	case reflect.Slice:
		if value.Len() == 0 {
			value.Set(reflect.MakeSlice(value.Type(), 1, 1))
		}
		return inside(value.Index(0))
	default:
		return value
	}
}

func leaves(typ reflect.Type, path string, steps []int) []leaf {
	structure := typ
	for structure.Kind() == reflect.Pointer || structure.Kind() == reflect.Slice {
		structure = structure.Elem()
	}
	if structure.Kind() != reflect.Struct || structure == reflect.TypeFor[time.Time]() {
		return []leaf{{path: path, typ: typ, steps: steps}}
	}
	var out []leaf
	exported := 0
	for i := range structure.NumField() {
		field := structure.Field(i)
		if !field.IsExported() || field.Name == "ResultMetadata" {
			continue
		}
		exported++
		out = append(out, leaves(field.Type, strings.TrimPrefix(path+"."+field.Name, "."), append(slices.Clone(steps), i))...)
	}
	if exported == 0 { // That it is there is all that it says.
		return []leaf{{path: path, typ: typ, steps: steps}}
	}
	return out
}

// samples are values of a type other than its zero.
func samples(typ reflect.Type) []reflect.Value {
	value := reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.Pointer:
		return mapped(samples(typ.Elem()), func(sample reflect.Value) reflect.Value {
			pointer := reflect.New(typ.Elem())
			pointer.Elem().Set(sample)
			return pointer
		})
	case reflect.Slice:
		return mapped(samples(typ.Elem()), func(sample reflect.Value) reflect.Value {
			return reflect.Append(reflect.MakeSlice(typ, 0, 1), sample)
		})
	case reflect.Map:
		made := reflect.MakeMap(typ)
		made.SetMapIndex(samples(typ.Key())[0], samples(typ.Elem())[0])
		return []reflect.Value{made}
	case reflect.Struct:
		if typ == reflect.TypeFor[time.Time]() {
			return []reflect.Value{reflect.ValueOf(moment)}
		}
		return []reflect.Value{value}
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		value.SetInt(5)
	case reflect.String:
		if enumeration := value.MethodByName("Values"); enumeration.IsValid() {
			return elements(enumeration.Call(nil)[0])
		}
		value.SetString("sample")
	default:
		panic(fmt.Sprintf("there is no sample of a %s: add one to package fields", typ))
	}
	return []reflect.Value{value}
}

func mapped(values []reflect.Value, change func(reflect.Value) reflect.Value) []reflect.Value {
	out := make([]reflect.Value, len(values))
	for i, value := range values {
		out[i] = change(value)
	}
	return out
}

func elements(list reflect.Value) []reflect.Value {
	out := make([]reflect.Value, list.Len())
	for i := range out {
		out[i] = list.Index(i)
	}
	return out
}

// Varied calls visit for each field of a structure, by its path, with a copy of it that differs in that field alone. What
// is empty in it is not gone into, so a structure that has everything is wanted.
func Varied[T any](base func() T, visit func(path string, varied T)) {
	whole := base()
	for _, variation := range variations(reflect.ValueOf(&whole).Elem(), "") {
		varied := base()
		variation.change(reflect.ValueOf(&varied).Elem())
		visit(variation.path, varied)
	}
}

// variation is a change of one field, made to the value that the structure begins with.
type variation struct {
	path   string
	change func(reflect.Value)
}

func variations(value reflect.Value, path string) []variation {
	one := func(change func(reflect.Value)) []variation { return []variation{{path, change}} }
	switch value.Kind() {
	case reflect.Struct:
		var out []variation
		for i := range value.NumField() {
			inner := variations(value.Field(i), strings.TrimPrefix(path+"."+value.Type().Field(i).Name, "."))
			out = append(out, within(inner, func(v reflect.Value) reflect.Value { return v.Field(i) })...)
		}
		return out
	case reflect.Slice:
		var out []variation
		for i := range value.Len() {
			out = append(out, within(variations(value.Index(i), path), func(v reflect.Value) reflect.Value { return v.Index(i) })...)
		}
		if value.Len() == 0 {
			return out
		}
		return append(out, variation{path + " without the last", func(v reflect.Value) { v.Set(v.Slice(0, v.Len()-1)) }})
	case reflect.Map:
		key := value.MapKeys()[0]
		return []variation{
			{path + " without one", func(v reflect.Value) { v.SetMapIndex(key, reflect.Value{}) }},
			{path + " with another", func(v reflect.Value) { v.SetMapIndex(reflect.ValueOf("another"), reflect.ValueOf("value")) }},
			{path + " with another value", func(v reflect.Value) { v.SetMapIndex(key, reflect.ValueOf("another value")) }},
		}
	case reflect.String:
		return one(func(v reflect.Value) { v.SetString(v.String() + "x") })
	case reflect.Bool:
		return one(func(v reflect.Value) { v.SetBool(!v.Bool()) })
	case reflect.Int, reflect.Int32, reflect.Int64:
		return one(func(v reflect.Value) { v.SetInt(v.Int() + 1) })
	default:
		panic(fmt.Sprintf("there is no variation of a %s: add one to package fields", value.Type()))
	}
}

func within(inner []variation, step func(reflect.Value) reflect.Value) []variation {
	out := make([]variation, len(inner))
	for i, variation := range inner {
		change := variation.change
		variation.change = func(v reflect.Value) { change(step(v)) }
		out[i] = variation
	}
	return out
}

// Unread names the fields that are set in an input of the SDK and that a fake of its call does not look at. read are
// those that it does look at, "Delete.Objects" being one in a structure.
func Unread(input any, read ...string) []string {
	value := reflect.Indirect(reflect.ValueOf(input))
	var out []string
	for i := range value.NumField() {
		name := value.Type().Field(i).Name
		if !value.Type().Field(i).IsExported() || value.Field(i).IsZero() || slices.Contains(read, name) {
			continue
		}
		var inner []string
		for _, path := range read {
			if rest, ok := strings.CutPrefix(path, name+"."); ok {
				inner = append(inner, rest)
			}
		}
		if inner == nil {
			out = append(out, name)
			continue
		}
		for _, unread := range Unread(value.Field(i).Interface(), inner...) {
			out = append(out, name+"."+unread)
		}
	}
	return out
}
