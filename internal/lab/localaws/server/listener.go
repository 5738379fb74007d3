package server

import (
	"bufio"
	"crypto/tls"
	"errors"
	"net"
	"sync"
	"time"
)

const (
	tlsHandshake = 0x16 // the first byte of TLS; no HTTP request begins with it
	sniffTimeout = 30 * time.Second
)

// listener hands out each connection as what it speaks: TLS or plain HTTP.
type listener struct {
	net.Listener
	config *tls.Config
	ready  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newListener(inner net.Listener, config *tls.Config) *listener {
	l := &listener{Listener: inner, config: config, ready: make(chan net.Conn), closed: make(chan struct{})}
	go l.run()
	return l
}

// run sniffs connections, none of which may hold up another.
func (l *listener) run() {
	for {
		conn, err := l.Listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // too many open files, which passes
		}
		go l.sniff(conn)
	}
}

func (l *listener) sniff(conn net.Conn) {
	peeked := &peekedConn{conn, bufio.NewReader(conn)}
	_ = conn.SetReadDeadline(time.Now().Add(sniffTimeout))
	first, err := peeked.reader.Peek(1)
	_ = conn.SetReadDeadline(time.Time{})
	if err != nil {
		_ = conn.Close()
		return
	}
	out := net.Conn(peeked)
	if first[0] == tlsHandshake {
		out = tls.Server(peeked, l.config)
	}
	select {
	case l.ready <- out:
	case <-l.closed:
		_ = conn.Close()
	}
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.ready:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// peekedConn is a connection of which the first byte was looked at.
type peekedConn struct {
	net.Conn
	reader *bufio.Reader
}

// Read implements net.Conn.
func (c *peekedConn) Read(b []byte) (int, error) { return c.reader.Read(b) }
