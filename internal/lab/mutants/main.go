// Command mutants changes the code of a package in small ways, one at a time, and runs its unit tests: a change that no
// test notices is a gap, or is listed with a reason in survivors.txt.
//
// All mutants of a package are compiled into one copy of it, and the environment says which one is alive, so that a
// mutant costs one run of the tests and no build.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"
)

func main() {
	update := flag.Bool("update", false, "write the survivors to the list, without a reason where they have none")
	breaks := flag.String("breaks", "", "a list of mutants, each below the tests that are to notice it: they are tried instead")
	list := flag.String("survivors", "internal/lab/mutants/survivors.txt", "the list of the survivors")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: mutants [flags] package..., such as tags s3url")
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	run := func() error { return try(ctx, flag.Args(), *list, *update) }
	if *breaks != "" {
		run = func() error { return tryBreaks(ctx, *breaks, flag.Args()) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func try(ctx context.Context, names []string, list string, update bool) error {
	known, err := readSurvivors(list)
	if err != nil {
		return err
	}
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	var all []*mutation
	fmt.Printf("%-12s %8s %8s %8s %10s %7s %6s\n", "package", "mutants", "killed", "lived", "unreached", "killed", "time")
	for _, name := range names {
		start := time.Now()
		mutations, err := tryPackage(ctx, root, name, filepath.Join(folder, name))
		if err != nil {
			return err
		}
		report(name, mutations, time.Since(start))
		all = append(all, mutations...)
	}
	if len(names) > 1 {
		report("all", all, 0)
	}
	if update {
		return known.write(list, names, all)
	}
	wrong := known.compare(names, all)
	for _, line := range wrong {
		fmt.Println(line)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d mutants are not as %s says", len(wrong), list)
	}
	return nil
}

func tryPackage(ctx context.Context, root, name, folder string) ([]*mutation, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	code, err := instrument(root, name, folder)
	if err != nil {
		return nil, err
	}
	tests, err := build(ctx, root, name, folder, code.overlay)
	if err != nil {
		return nil, err
	}
	if err := tests.reach(ctx, code.mutations); err != nil {
		return nil, err
	}
	if err := tests.reachEach(ctx, code.mutations); err != nil {
		return nil, err
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, m := range code.mutations {
		if m.state != unreached {
			group.Go(func() error {
				tests.try(ctx, m)
				return ctx.Err()
			})
		}
	}
	return code.mutations, group.Wait()
}

func report(name string, mutations []*mutation, took time.Duration) {
	count := map[state]int{}
	for _, m := range mutations {
		count[m.state]++
	}
	share := 100 * float64(count[killed]) / float64(max(1, len(mutations)))
	fmt.Printf("%-12s %8d %8d %8d %10d %6.1f%% %6s\n", name, len(mutations), count[killed], count[lived], count[unreached], share, took.Round(time.Second))
}
