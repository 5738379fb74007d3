// Package terraform stands in for Terraform's internal/legacy/terraform, which only Terraform's own tests use.
package terraform
