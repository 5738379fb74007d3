// Package stub stands in for the parts of Terraform that are modules of their own and on no module proxy: its remote
// backends. Documentation and tests keep their state in local files, so nothing here is ever called.
package stub

import "github.com/hashicorp/terraform/internal/backend"

// New is never called.
func New() backend.Backend {
	panic("this Terraform is built for documentation and tests, without remote backends")
}
