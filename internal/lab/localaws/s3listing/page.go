// Package s3listing lists what a bucket has as S3 does. versitygw has another
// order, and no encoding of keys that XML cannot carry.
package s3listing

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

const maxListed = 1000

// listed is an entry of a listing: a key, and what tells apart those of one key.
type listed struct {
	key, id string
	node    func(encode func(string) string) *awsxml.Node
}

// place is where in a listing something is.
type place struct{ key, id string }

// listing is what a request asks to list.
type listing struct {
	prefix, delimiter string
	after             place
	limit             int
	encode            func(string) string
	encoding          string
}

// page is a part of a listing.
type page struct {
	entries   []*awsxml.Node
	prefixes  []*awsxml.Node
	count     int
	truncated bool
	last      place
}

// in adds the page to its listing.
func (p page) in(root *awsxml.Node) *awsxml.Node {
	root.Children = append(append(root.Children, p.entries...), p.prefixes...)
	return root
}

// readListing reads what all listings have in common; limit is the name of the
// parameter for a page's size.
func readListing(query url.Values, limit string) (*listing, error) {
	l := &listing{prefix: query.Get("prefix"), delimiter: query.Get("delimiter"), limit: maxListed, encode: func(s string) string { return s }}
	switch l.encoding = query.Get("encoding-type"); {
	case l.encoding == "url":
		// As Java's URLEncoder does it, but for the slash.
		l.encode = func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "%2F", "/") }
	case query.Has("encoding-type"):
		return nil, s3error.BadRequest("InvalidArgument", "Invalid Encoding Method specified in Request")
	}
	if text := query.Get(limit); text != "" {
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil || n < 0 {
			return nil, s3error.BadRequest("InvalidArgument", "Argument %s must be an integer between 0 and 2147483647", limit)
		}
		l.limit = min(int(n), maxListed)
	}
	return l, nil
}

// page returns the entries that the listing asks for. The order is that of the
// keys' bytes; entries of one key keep theirs.
func (l *listing) page(entries []listed) page {
	slices.SortStableFunc(entries, func(a, b listed) int { return strings.Compare(a.key, b.key) })
	entries = l.rest(entries)
	var p page
	for _, e := range entries {
		group, grouped := l.group(e.key)
		if !strings.HasPrefix(e.key, l.prefix) || grouped && (group == p.last.key || group == l.after.key) {
			continue
		}
		if p.count == l.limit {
			p.truncated = l.limit > 0
			return p
		}
		p.count++
		if grouped {
			p.last = place{group, ""}
			p.prefixes = append(p.prefixes, awsxml.New("CommonPrefixes", awsxml.Leaf("Prefix", l.encode(group))))
			continue
		}
		p.last = place{e.key, e.id}
		p.entries = append(p.entries, e.node(l.encode))
	}
	return p
}

// rest drops what comes before the listing's place, and the place itself.
func (l *listing) rest(entries []listed) []listed {
	if l.after.key == "" {
		return entries
	}
	at := slices.IndexFunc(entries, func(e listed) bool { return e.key == l.after.key && e.id == l.after.id })
	if l.after.id != "" && at >= 0 {
		return entries[at+1:]
	}
	return slices.DeleteFunc(entries, func(e listed) bool { return e.key <= l.after.key })
}

// group is the common prefix that a key is listed under, if it is.
func (l *listing) group(key string) (string, bool) {
	rest, ok := strings.CutPrefix(key, l.prefix)
	if !ok || l.delimiter == "" {
		return "", false
	}
	before, _, found := strings.Cut(rest, l.delimiter)
	return l.prefix + before + l.delimiter, found
}

// leaves are elements of what is encoded and given; the others are left out.
func (l *listing) leaves(pairs ...string) []*awsxml.Node {
	var nodes []*awsxml.Node
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			nodes = append(nodes, awsxml.Leaf(pairs[i], l.encode(pairs[i+1])))
		}
	}
	if l.encoding != "" {
		nodes = append(nodes, awsxml.Leaf("EncodingType", l.encoding))
	}
	return nodes
}
