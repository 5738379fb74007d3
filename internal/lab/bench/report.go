package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
)

// report is all that was measured, and what follows from it.
type report struct {
	Programs     []program     `json:"programs"`
	Signing      []signer      `json:"signing"`
	Summaries    []summary     `json:"summaries"`
	Growth       []growth      `json:"growth"`
	Ratios       []ratio       `json:"ratios"`
	MustHold     []claim       `json:"must_hold"`
	Measurements []measurement `json:"measurements"`
}

func (r *report) write(file string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o600)
}

func (r *report) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	r.printCommands(w)
	r.printPrograms(w)
	r.printGrowth(w)
	r.printRatios(w)
	r.printMustHold(w)
	return w.Flush()
}

func (r *report) printCommands(w io.Writer) {
	fmt.Fprintln(w, "deliveries\tcommand\tlatency\tside\twall s (range)\tCPU s\tprovider CPU s\tMB\tstate KB\tcalls\tdepth\truns")
	for _, s := range r.Summaries {
		depth := "" // Calls that take no time do not show what waits for what.
		if s.Latency > 0 {
			depth = fmt.Sprintf("%.0f", s.Depth.Median)
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%.2f (%.2f to %.2f)\t%.2f\t%.2f\t%.1f\t%.0f\t%d\t%s\t%d\n", s.Deliveries, s.Command, s.Latency, s.Side,
			s.Wall.Median, s.Wall.Min, s.Wall.Max, s.Total.Median, s.Provider.Median, s.Memory.Median/megabyte, s.State.Median/1e3,
			s.calls(), depth, s.Wall.Runs)
	}
}

func (r *report) printPrograms(w io.Writer) {
	fmt.Fprintln(w, "\nside\thandshake ms (range)\tbinary MB\tschema KB")
	for _, p := range r.Programs {
		fmt.Fprintf(w, "%s\t%.0f (%.0f to %.0f)\t%.1f\t%.0f\n", p.Side, p.Handshake.Median*1e3, p.Handshake.Min*1e3, p.Handshake.Max*1e3,
			float64(p.Binary)/megabyte, float64(p.Schema)/1e3)
	}
	fmt.Fprintln(w, "\nsigner\tURLs a second\tallocations\tbytes")
	for _, s := range r.Signing {
		fmt.Fprintf(w, "%s\t%.0f\t%d\t%d\n", s.Name, s.PerSecond, s.Allocations, s.Bytes)
	}
}

func (r *report) printGrowth(w io.Writer) {
	fmt.Fprintln(w, "\ngrowth\tcommand\tof\tfrom\tto\texponent")
	for _, g := range r.Growth {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%.2f\n", g.Side, g.Command, g.Of, g.From, g.To, g.Power)
	}
}

func (r *report) printRatios(w io.Writer) {
	fmt.Fprintln(w, "\nas a multiple of voicebase\tcommand\tdeliveries\tlatency\twall\tmemory")
	for _, a := range r.Ratios {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%.2f\t%.2f\n", a.Side, a.Command, a.Deliveries, a.Latency, a.Wall, a.Memory)
	}
}

func (r *report) printMustHold(w io.Writer) {
	fmt.Fprintln(w, "\nmust hold\tis\tat most\t")
	for _, c := range r.MustHold {
		verdict := "holds"
		if !c.holds() {
			verdict = "DOES NOT HOLD"
		}
		fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%s\n", c.Text, c.Value, c.Most, verdict)
	}
}
