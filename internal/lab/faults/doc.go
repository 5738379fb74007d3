// Package faults has the long acceptance tests: what AWS, the network and people do to an apply. Each call of a
// delivery meets each fault, the provider is killed before and after each call, each argument is known late, and many
// applies run at once. They have the build tag faults, and make test-faults runs them.
package faults
