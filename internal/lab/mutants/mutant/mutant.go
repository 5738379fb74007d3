// Package mutant is what mutated code calls: it chooses, when a test runs, which one of a package's mutants is alive.
// Only copies of the code that internal/lab/mutants makes import it.
package mutant

import (
	"encoding/binary"
	"os"
	"strconv"
	"sync"
)

// Alive and Reached are the environment variables by which a run of the tests is told the mutant that is alive, and
// the file to which the numbers of all that the tests pass are written.
const (
	Alive   = "MUTANT"
	Reached = "MUTANT_REACHED"
)

// Numbers come from the environment, since code that runs before main has mutants too.
var (
	alive, _ = strconv.Atoi(os.Getenv(Alive))
	reached  = os.Getenv(Reached)

	mutex sync.Mutex
	seen  = map[int]bool{}
)

// On reports whether a mutant is alive.
func On(id int) bool {
	if reached != "" {
		note(id)
	}
	return id == alive
}

func note(id int) {
	mutex.Lock()
	defer mutex.Unlock()
	if seen[id] {
		return
	}
	seen[id] = true
	file, err := os.OpenFile(reached, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer func() { _ = file.Close() }()
	if _, err := file.Write(binary.LittleEndian.AppendUint32(nil, uint32(id))); err != nil {
		panic(err)
	}
}

// Zero is a value that the mutant makes its type's zero value.
func Zero[T any](id int, value T) T {
	if On(id) {
		var zero T
		return zero
	}
	return value
}

// Not is a condition that the mutant turns round.
func Not[T ~bool](id int, value T) T { return value != T(On(id)) }

// Force is a condition that the mutant decides.
func Force[T ~bool](id int, decided bool, value T) T {
	if On(id) {
		return T(decided)
	}
	return value
}

// Edge is a comparison that the mutant makes take its edge in, or leave it out.
func Edge(id int, value bool, isEdge func() bool) bool {
	if On(id) && isEdge() {
		return !value
	}
	return value
}

// number is any type of a number.
type number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

// More is a number that the mutant makes one larger.
func More[T number](id int, value T) T {
	if On(id) {
		return value + 1
	}
	return value
}

// Other is a text that the mutant changes at its end.
func Other[T ~string](id int, value T) T {
	if On(id) {
		return value + "x"
	}
	return value
}

// Less is a number that the mutant makes smaller: by one, or by half where one of its units is next to nothing.
func Less[T number](id int, value T, half bool) T {
	switch {
	case !On(id):
		return value
	case half:
		return value / 2
	default:
		return value - 1
	}
}

// Instead is a value for which the mutant takes another.
func Instead[T any](id int, value func() T, other func() T) T {
	if On(id) {
		return other()
	}
	return value()
}

// Into is a place for which the mutant takes another.
func Into[T any](id int, place, other *T) *T {
	if On(id) {
		return other
	}
	return place
}

// Without is a list that the mutant takes an element from.
func Without[S ~[]E, E any](id, i int, list S) S {
	if On(id) {
		return append(list[:i:i], list[i+1:]...)
	}
	return list
}
