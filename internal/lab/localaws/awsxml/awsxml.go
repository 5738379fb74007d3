// Package awsxml reads, checks and writes the XML of AWS's request bodies and
// answers as small trees.
package awsxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// S3Namespace is the namespace of S3's documents.
const S3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

// Node is an element: a name, its text and the elements in it.
type Node struct {
	Name     string
	Text     string
	Type     string // the xsi:type attribute, which grantees have
	Children []*Node
}

// New returns an element with children.
func New(name string, children ...*Node) *Node { return &Node{Name: name, Children: children} }

// Leaf returns an element with text only.
func Leaf(name, text string) *Node { return &Node{Name: name, Text: text} }

// Parse reads one document.
func Parse(data []byte) (*Node, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	root, stack := (*Node)(nil), []*Node(nil)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading XML: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			node := &Node{Name: t.Name.Local, Type: attribute(t, "type")}
			if len(stack) > 0 {
				parent := stack[len(stack)-1]
				parent.Children = append(parent.Children, node)
			} else if root == nil {
				root = node
			} else {
				return nil, errors.New("more than one root element")
			}
			stack = append(stack, node)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 0 {
				stack[len(stack)-1].Text += string(t)
			}
		}
	}
	if root == nil {
		return nil, errors.New("no root element")
	}
	root.trim()
	return root, nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// trim drops the white space between elements; that of a leaf is content.
func (n *Node) trim() {
	if len(n.Children) > 0 {
		n.Text = ""
	}
	for _, child := range n.Children {
		child.trim()
	}
}

// Child returns the first child called name, or nil.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, child := range n.Children {
		if child.Name == name {
			return child
		}
	}
	return nil
}

// All returns the children called name.
func (n *Node) All(name string) []*Node {
	if n == nil {
		return nil
	}
	var all []*Node
	for _, child := range n.Children {
		if child.Name == name {
			all = append(all, child)
		}
	}
	return all
}

// Value returns the text at the end of a path of names, or "".
func (n *Node) Value(path ...string) string {
	for _, name := range path {
		n = n.Child(name)
	}
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.Text)
}

// Document writes n as a document of its own in S3's namespace.
func (n *Node) Document(namespace string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	n.write(&b, namespace)
	return b.Bytes()
}

// String writes n without a header or namespace.
func (n *Node) String() string {
	var b bytes.Buffer
	n.write(&b, "")
	return b.String()
}

func (n *Node) write(b *bytes.Buffer, namespace string) {
	b.WriteString("<" + n.Name)
	if namespace != "" {
		b.WriteString(` xmlns="` + namespace + `"`)
	}
	if n.Type != "" {
		b.WriteString(` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="` + Escape(n.Type) + `"`)
	}
	b.WriteString(">" + Escape(n.Text))
	for _, child := range n.Children {
		child.write(b, "")
	}
	b.WriteString("</" + n.Name + ">")
}

// Escape returns s as character data. Control characters, which XML 1.0 cannot
// carry, are written as references, as S3 does.
func Escape(s string) string {
	var b bytes.Buffer
	rest := 0
	for i, r := range s {
		if r >= ' ' || r == '\t' || r == '\n' || r == '\r' {
			continue
		}
		// A bytes.Buffer takes every write.
		_ = xml.EscapeText(&b, []byte(s[rest:i]))
		fmt.Fprintf(&b, "&#x%x;", r)
		rest = i + 1
	}
	_ = xml.EscapeText(&b, []byte(s[rest:]))
	return b.String()
}
