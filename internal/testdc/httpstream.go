package testdc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/mt"
)

// postStart is how a connection begins on which packets come as requests of HTTP.
const postStart = "POST"

// httpWait is how long a request is kept that does not say it.
const httpWait = 25 * time.Second

var errTurn = errors.New("HTTP: an answer that nobody has asked for")

// httpStream carries packets in requests of HTTP and their answers.
type httpStream struct {
	r *bufio.Reader
	w io.Writer
}

// read returns the packet in the next request.
func (s *httpStream) read() (body []byte, quickAck bool, err error) {
	req, err := http.ReadRequest(s.r)
	if err != nil {
		return nil, false, err
	}
	defer req.Body.Close()
	body, err = io.ReadAll(io.LimitReader(req.Body, maxPacket+1))
	if err != nil {
		return nil, false, err
	}
	if len(body) > maxPacket {
		return nil, false, fmt.Errorf("%w: %d", errPacketLength, len(body))
	}
	return body, false, nil
}

// write answers the request: with a packet, or with a transport error as the status.
func (s *httpStream) write(body []byte) error {
	status := http.StatusOK
	if len(body) == 4 {
		status, body = int(-int32(uint32(body[0])|uint32(body[1])<<8|uint32(body[2])<<16|uint32(body[3])<<24)), nil
	}
	head := fmt.Sprintf("HTTP/1.1 %d %s\r\nConnection: keep-alive\r\nContent-Length: %d\r\n\r\n", status, http.StatusText(status), len(body))
	_, err := s.w.Write(append([]byte(head), body...))
	return err
}

func (s *httpStream) writeQuickAck(uint32) error { return errTurn }

// asked notes a request that is to be answered within a time.
func (c *conn) asked() {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	c.mayAnswer = true
	c.requests++
	c.keepFor(httpWait)
}

// keepFor says how long the request may be kept that was read last. The caller holds the server's mutex.
func (c *conn) keepFor(d time.Duration) {
	number := c.requests
	if c.keeper != nil {
		c.keeper.Stop()
	}
	c.keeper = time.AfterFunc(d, func() { c.release(number) })
}

// release answers a request for which nothing has come.
func (c *conn) release(number int) {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	if !c.mayAnswer || c.requests != number {
		return
	}
	for s := range c.sessions {
		s.conn = c
		s.post(service, 0, &mt.MsgsAck{})
		return
	}
	c.closing = true
	c.signal()
}

// answered passes what else there is to say on to a connection whose request is not answered. The caller holds the server's mutex.
func (c *conn) answered() {
	c.mayAnswer = false
	for s := range c.sessions {
		for other := range s.conns {
			if s.conn == c && other.overHTTP && other.mayAnswer {
				s.conn = other
				s.flush()
			}
		}
	}
}

// serveHTTPProxy leads a client that talks HTTP to the data center that its first request names.
func (s *Server) serveHTTPProxy(nc net.Conn, r *bufio.Reader) {
	head, err := r.ReadSlice('\n')
	if err != nil {
		return
	}
	line := string(head)
	again := io.MultiReader(strings.NewReader(line), r)
	req, err := http.ReadRequest(bufio.NewReader(strings.NewReader(line + "\r\n")))
	if err != nil {
		return
	}
	port, err := strconv.Atoi(req.URL.Port())
	if err != nil {
		port = 80
	}
	dc := s.dcAt(req.URL.Hostname(), port)
	if dc == 0 {
		_, _ = io.WriteString(nc, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		return
	}
	_ = nc.SetDeadline(time.Time{})
	s.serveConn(&bufferedConn{nc, bufio.NewReader(again)}, dc)
}
