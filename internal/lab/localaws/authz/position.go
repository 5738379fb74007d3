package authz

import (
	"encoding/json"
	"strings"
)

// Position is a place in a document, both counted from 1.
type Position struct{ Line, Column int }

type place struct{ start, end Position }

// positions returns where each statement of a document is, as the policy
// simulator tells it: from right behind the bracket, comma or colon before it
// to right behind its last brace.
func positions(document string) []place {
	decoder := json.NewDecoder(strings.NewReader(document))
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil
		}
		if name == "Statement" {
			return statementPlaces(document, decoder)
		}
		var other json.RawMessage
		if decoder.Decode(&other) != nil {
			return nil
		}
	}
	return nil
}

// statementPlaces reads on where the decoder has come to the statements.
func statementPlaces(document string, decoder *json.Decoder) []place {
	from := int(decoder.InputOffset())
	from += strings.IndexByte(document[from:], ':') + 1
	several := strings.HasPrefix(strings.TrimLeft(document[from:], " \t\r\n"), "[")
	if several {
		if _, err := decoder.Token(); err != nil {
			return nil
		}
		from = int(decoder.InputOffset())
	}
	var places []place
	for {
		var statement json.RawMessage
		if decoder.Decode(&statement) != nil {
			return places
		}
		to := int(decoder.InputOffset())
		places = append(places, place{positionOf(document, from), positionOf(document, to)})
		if !several || !decoder.More() {
			return places
		}
		from = to + strings.IndexByte(document[to:], ',') + 1
	}
}

func positionOf(document string, offset int) Position {
	before := document[:offset]
	return Position{strings.Count(before, "\n") + 1, offset - strings.LastIndexByte(before, '\n')}
}
