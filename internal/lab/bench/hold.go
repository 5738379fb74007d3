package main

import (
	"fmt"
	"time"
)

// What must hold, on a machine that does nothing else.
const (
	maxOfEmpty       = 2.2  // of an empty provider's plan without refresh
	maxOfSchema      = 1.25 // of the one of a provider with the same schema
	maxOfLimit       = 1.25 // of depth × latency + the same-schema provider
	megabyte         = 1e6
	smallSize        = 60
	largeSize        = 200
	maxSmallMB       = 50
	maxLargeMB       = 60
	limitedAtLatency = 80 * time.Millisecond
)

// claim is a figure with its bound.
type claim struct {
	Text  string  `json:"text"`
	Value float64 `json:"value"`
	Most  float64 `json:"most"`
}

func (c claim) holds() bool { return c.Value <= c.Most }

// mustHold works out what can be told from what was measured.
func (r *report) mustHold() []claim {
	claims := r.againstOthers()
	for _, size := range []struct {
		deliveries int
		most       float64
	}{{smallSize, maxSmallMB}, {largeSize, maxLargeMB}} {
		if s, ok := r.undelayed(sideOurs, planNoRefresh, size.deliveries); ok {
			claims = append(claims, claim{
				fmt.Sprintf("memory of that plan at %d deliveries, MB", size.deliveries), s.Memory.Median / megabyte, size.most,
			})
		}
	}
	return append(claims, r.againstLimit()...)
}

func (r *report) againstOthers() []claim {
	ours, ok := r.undelayed(sideOurs, planNoRefresh, smallSize)
	if !ok {
		return nil
	}
	var claims []claim
	for _, against := range []struct {
		side string
		most float64
	}{{sideEmpty, maxOfEmpty}, {sideSchema, maxOfSchema}} {
		if other, ok := r.undelayed(against.side, planNoRefresh, smallSize); ok {
			claims = append(claims, claim{
				fmt.Sprintf("plan of %d deliveries without refresh, against: %s", smallSize, against.side),
				ours.Wall.Median / other.Wall.Median, against.most,
			})
		}
	}
	return claims
}

// againstLimit compares apply and plan with what the calls' depth and the CLI's own work make inevitable.
func (r *report) againstLimit() []claim {
	var claims []claim
	for _, s := range r.Summaries {
		if s.Side != sideOurs || s.Latency != limitedAtLatency || s.Command != apply && s.Command != plan {
			continue
		}
		schema, ok := r.undelayed(sideSchema, s.Command, s.Deliveries)
		if !ok {
			continue
		}
		limit := s.Depth.Median*s.Latency.Seconds() + schema.Wall.Median
		claims = append(claims, claim{
			fmt.Sprintf("%s of %d deliveries at %s, against the limit of %.2f s", s.Command, s.Deliveries, s.Latency, limit),
			s.Wall.Median / limit, maxOfLimit,
		})
	}
	return claims
}

// ratio is what another side needs for a command, as a multiple of what ours does.
type ratio struct {
	Side       string        `json:"side"`
	Command    string        `json:"command"`
	Deliveries int           `json:"deliveries"`
	Latency    time.Duration `json:"latency"`
	Wall       float64       `json:"wall"`
	Memory     float64       `json:"memory"`
}

func (r *report) ratios() []ratio {
	ours := map[cell]summary{}
	for _, s := range r.Summaries {
		if s.Side == sideOurs {
			ours[s.cell()] = s
		}
	}
	var all []ratio
	for _, s := range r.Summaries {
		same := s.cell()
		same.side = sideOurs
		if base, ok := ours[same]; ok && s.Side != sideOurs {
			all = append(all, ratio{s.Side, s.Command, s.Deliveries, s.Latency, s.Wall.Median / base.Wall.Median, s.Memory.Median / base.Memory.Median})
		}
	}
	return all
}

// growth is how a command's cost grows from the fewest to the most deliveries.
type growth struct {
	Side    string  `json:"side"`
	Command string  `json:"command"`
	Of      string  `json:"of"`
	From    int     `json:"from"`
	To      int     `json:"to"`
	Power   float64 `json:"exponent"`
}

func (r *report) growth() []growth {
	from, to := 0, 0
	for _, s := range r.Summaries {
		if s.Side == sideOurs && s.Latency == 0 {
			if from == 0 {
				from = s.Deliveries
			}
			from, to = min(from, s.Deliveries), max(to, s.Deliveries)
		}
	}
	var all []growth
	for _, side := range []string{sideOurs, sideSchema, sideEmpty} {
		for _, command := range commands {
			small, ok := r.undelayed(side, command.name, from)
			large, also := r.undelayed(side, command.name, to)
			if ok && also && from != to {
				all = append(all,
					growth{side, command.name, "wall", from, to, exponent(from, to, small.Wall.Median, large.Wall.Median)},
					growth{side, command.name, "provider CPU", from, to, exponent(from, to, small.Provider.Median, large.Provider.Median)},
					growth{side, command.name, "memory", from, to, exponent(from, to, small.Memory.Median, large.Memory.Median)})
			}
		}
	}
	return all
}
