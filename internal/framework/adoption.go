package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// adoptionKey marks, in a resource's private state, an object that was imported or moved and not read yet.
const adoptionKey = "adopt"

// privateReader and privateWriter are the framework's private state, whose own type is internal to it.
type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// MarkForAdoption lets the next read find the arguments in what somebody else has made. Every read after it only
// looks for differences.
func MarkForAdoption(ctx context.Context, private privateWriter) diag.Diagnostics {
	return private.SetKey(ctx, adoptionKey, []byte("true"))
}

// TakeForAdoption reports whether the object is marked, and removes the mark.
func TakeForAdoption(ctx context.Context, before privateReader, after privateWriter) (bool, diag.Diagnostics) {
	mark, diags := before.GetKey(ctx, adoptionKey)
	if len(mark) == 0 {
		return false, diags
	}
	diags.Append(after.SetKey(ctx, adoptionKey, nil)...)
	return true, diags
}

// foreignKey marks, in a resource's private state, an object with a part that was somebody else's when it was adopted.
const foreignKey = "foreign"

// MarkForeign lets plans leave that part alone, as long as the configuration does not ask for it.
func MarkForeign(ctx context.Context, private privateWriter) diag.Diagnostics {
	return private.SetKey(ctx, foreignKey, []byte("true"))
}

// Foreign reports whether the object is marked so.
func Foreign(ctx context.Context, private privateReader) (bool, diag.Diagnostics) {
	mark, diags := private.GetKey(ctx, foreignKey)
	return len(mark) > 0, diags
}

// MarkOwn removes the mark, once the configuration has asked for that part.
func MarkOwn(ctx context.Context, private privateWriter) diag.Diagnostics {
	return private.SetKey(ctx, foreignKey, nil)
}
