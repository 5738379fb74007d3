package main

import (
	"slices"
	"time"
)

// summary is all measurements of one side, command, size and latency.
type summary struct {
	Side       string        `json:"side"`
	Command    string        `json:"command"`
	Deliveries int           `json:"deliveries"`
	Latency    time.Duration `json:"latency"`
	// Wall, Total and Provider are seconds: on the clock, of CPU in all, and of CPU in the provider.
	Wall     spread `json:"wall"`
	Total    spread `json:"total_cpu"`
	Provider spread `json:"provider_cpu"`
	// Memory is the provider's peak in bytes.
	Memory spread `json:"memory"`
	// State is the size in bytes of the state that the command leaves.
	State spread         `json:"state"`
	Depth spread         `json:"depth"`
	Calls map[string]int `json:"calls,omitempty"`
}

// calls is the number of all calls.
func (s summary) calls() int {
	sum := 0
	for _, n := range s.Calls {
		sum += n
	}
	return sum
}

// cell is what measurements have in common that are repetitions of each other.
type cell struct {
	side, command string
	deliveries    int
	latency       time.Duration
}

func (m measurement) cell() cell { return cell{m.Side, m.Command, m.Deliveries, m.Latency} }
func (s summary) cell() cell     { return cell{s.Side, s.Command, s.Deliveries, s.Latency} }

// summarize works out the summaries, in the order in which they were first measured, and what must hold.
func (r *report) summarize() {
	byCell := map[cell][]measurement{}
	var order []cell
	for _, m := range r.Measurements {
		if _, ok := byCell[m.cell()]; !ok {
			order = append(order, m.cell())
		}
		byCell[m.cell()] = append(byCell[m.cell()], m)
	}
	for _, c := range order {
		r.Summaries = append(r.Summaries, summaryOf(c, byCell[c]))
	}
	r.MustHold = r.mustHold()
	r.Growth = r.growth()
	r.Ratios = r.ratios()
}

func summaryOf(c cell, measurements []measurement) summary {
	spreadBy := func(number func(measurement) float64) spread {
		values := make([]float64, len(measurements))
		for i, m := range measurements {
			values[i] = number(m)
		}
		return spreadOf(values)
	}
	return summary{
		Side: c.side, Command: c.command, Deliveries: c.deliveries, Latency: c.latency,
		Wall:     spreadBy(func(m measurement) float64 { return m.Wall.Seconds() }),
		Total:    spreadBy(func(m measurement) float64 { return m.Total.Seconds() }),
		Provider: spreadBy(func(m measurement) float64 { return m.Provider.CPU.Seconds() }),
		Memory:   spreadBy(func(m measurement) float64 { return float64(m.Provider.Memory) }),
		State:    spreadBy(func(m measurement) float64 { return float64(m.State) }),
		Depth:    spreadBy(func(m measurement) float64 { return float64(m.Depth) }),
		Calls:    measurements[0].Calls,
	}
}

// undelayed returns the summary of a command whose calls took no time of their own, and false where it was not
// measured.
func (r *report) undelayed(side, command string, deliveries int) (summary, bool) {
	i := slices.IndexFunc(r.Summaries, func(s summary) bool { return s.cell() == cell{side, command, deliveries, 0} })
	if i < 0 {
		return summary{}, false
	}
	return r.Summaries[i], true
}
