// Package acctest is the harness of the acceptance tests: the real Terraform CLI, the provider in this
// process, and AWS. By default AWS is the strict local one of internal/lab/localaws, a child process that each test
// package starts once; every test reaches it through a proxy of its own, which records the calls and can make
// them fail. With VOICEBASE_ACC_AWS=1 and the usual AWS credentials the same tests run on real AWS, those
// aside that need the proxy.
package acctest
