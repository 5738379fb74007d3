// Package harness is what the demo and the acceptance tests have in common: finding the CLI, building programs of
// this repository, and running the local AWS as a child. It never reaches the provider.
package harness
