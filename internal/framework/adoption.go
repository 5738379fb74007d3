package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// adoptionKey marks, in a resource's private state, an object that was imported or moved and has not been read yet.
const adoptionKey = "adopt"

// privateReader and privateWriter are the framework's private state, whose own type is internal.
type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// MarkForAdoption makes the next read derive the arguments from what somebody else has created. Later reads only look
// for differences.
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

// foreignKey marks, in a resource's private state, an object with a part that belonged to somebody else when it was
// adopted.
const foreignKey = "foreign"

// MarkForeign makes plans leave that part alone, unless the configuration asks for it.
func MarkForeign(ctx context.Context, private privateWriter) diag.Diagnostics {
	return private.SetKey(ctx, foreignKey, []byte("true"))
}

// Foreign reports whether the object has this mark.
func Foreign(ctx context.Context, private privateReader) (bool, diag.Diagnostics) {
	mark, diags := private.GetKey(ctx, foreignKey)
	return len(mark) > 0, diags
}

// MarkOwn removes the mark once the configuration has asked for the part.
func MarkOwn(ctx context.Context, private privateWriter) diag.Diagnostics {
	return private.SetKey(ctx, foreignKey, nil)
}
