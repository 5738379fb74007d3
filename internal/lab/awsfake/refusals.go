package awsfake

// refusals are the errors that the calls of an action get.
type refusals map[string]refusal

// refusal is an error of the calls that come after some that pass.
type refusal struct {
	code         string
	passes, more int
}

// next is the error code of the next call, "" for none.
func (r refusals) next(action string) string {
	next := r[action]
	defer func() { r[action] = next }()
	switch {
	case next.passes > 0:
		next.passes--
		return ""
	case next.more > 0:
		next.more--
		return next.code
	}
	return ""
}
