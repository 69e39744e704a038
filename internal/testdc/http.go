package testdc

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// webFiles are what a person sees of the server.
//
//go:embed page
var webFiles embed.FS

const (
	maxCommand  = 1 << 20 // bytes
	maxListed   = 500     // messages in an answer
	maxWatchers = 32      // who listen to events
)

// control is the HTTP interface, for those who test a client by hand or from another program.
type control struct {
	srv      *Server
	http     *http.Server
	address  string
	watchers chan struct{}
}

// listenControl starts the control interface, if there is to be one. It is reachable from this machine only.
func (s *Server) listenControl() error {
	if s.opt.HTTP == "" {
		return nil
	}
	l, err := net.Listen("tcp", s.opt.HTTP)
	if err != nil {
		return fmt.Errorf("control: %w", err)
	}
	if !l.Addr().(*net.TCPAddr).IP.IsLoopback() {
		return errors.Join(fmt.Errorf("control: %s is not an address of loopback, give one such as 127.0.0.1:8080", s.opt.HTTP), l.Close())
	}
	c := &control{srv: s, address: l.Addr().String(), watchers: make(chan struct{}, maxWatchers)}
	c.http = &http.Server{Handler: c.guard(c.routes()), ReadHeaderTimeout: 10 * time.Second, ErrorLog: nil}
	c.http.BaseContext = func(net.Listener) context.Context { return s.ctx }
	s.control = c
	s.wg.Go(func() {
		if err := c.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("control interface ended", "error", err)
		}
	})
	return nil
}

func (c *control) close() {
	if c != nil {
		_ = c.http.Close()
	}
}

// HTTPAddr returns the address of the control interface as host:port, "" when there is none.
func (s *Server) HTTPAddr() string {
	if s.control == nil {
		return ""
	}
	return s.control.address
}

func (c *control) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", c.file("page/index.html", "text/html; charset=utf-8"))
	m.HandleFunc("GET /page.css", c.file("page/page.css", "text/css; charset=utf-8"))
	m.HandleFunc("GET /page.js", c.file("page/page.js", "text/javascript; charset=utf-8"))
	m.HandleFunc("GET /api/server", c.get(func(*http.Request) any { return c.srv.describe() }))
	m.HandleFunc("GET /api/accounts", c.get(func(*http.Request) any { return c.srv.Accounts() }))
	m.HandleFunc("GET /api/sessions", c.get(func(r *http.Request) any { return c.srv.Sessions(r.FormValue("phone")) }))
	m.HandleFunc("GET /api/chats", c.get(func(*http.Request) any { return c.srv.Chats() }))
	m.HandleFunc("GET /api/messages", c.get(func(r *http.Request) any {
		return c.srv.Messages(r.FormValue("phone"), number(r, "limit", 50, maxListed))
	}))
	m.HandleFunc("GET /api/calls", c.get(func(r *http.Request) any { return c.srv.Heard(int64(number(r, "after", 0, 1<<40))) }))
	m.HandleFunc("GET /api/counts", c.get(func(*http.Request) any { return c.srv.AllCalls() }))
	m.HandleFunc("GET /api/events", c.events)
	m.HandleFunc("POST /api/do", c.do)
	return m
}

// number reads a parameter, from 0 to most.
func number(r *http.Request, name string, otherwise, most int) int {
	n, err := strconv.Atoi(r.FormValue(name))
	if err != nil || n < 0 {
		return otherwise
	}
	return min(n, most)
}

// guard lets in only who is on this machine and asks for this server by a name of loopback: a page from elsewhere could otherwise have
// the browser of whoever looks at it give commands, be it by a foreign Origin or by a name that was made to lead here.
func (c *control) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'")
		if !c.mine(r.Host) {
			fail(w, http.StatusForbidden, "ask for this server as localhost or by its address of loopback")
			return
		}
		origin := r.Header.Get("Origin")
		if origin != "" && origin != "http://"+r.Host || r.Header.Get("Sec-Fetch-Site") == "cross-site" {
			fail(w, http.StatusForbidden, "pages from elsewhere may not ask")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// mine tells whether a Host names this server.
func (c *control) mine(host string) bool {
	name, port, err := net.SplitHostPort(host)
	_, own, _ := net.SplitHostPort(c.address)
	if err != nil || port != own {
		return false
	}
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}

func (c *control) file(name, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		data, err := webFiles.ReadFile(name)
		if err != nil {
			fail(w, http.StatusInternalServerError, err.Error())
			return
		}
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(data)
	}
}

func (c *control) get(what func(*http.Request) any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { answerJSON(w, http.StatusOK, what(r)) }
}

func answerJSON(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v)
}

func fail(w http.ResponseWriter, code int, text string) {
	answerJSON(w, code, map[string]string{"error": text})
}

// do runs a command.
func (c *control) do(w http.ResponseWriter, r *http.Request) {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); kind != "application/json" {
		fail(w, http.StatusUnsupportedMediaType, "send the command as application/json")
		return
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCommand))
	if err != nil {
		fail(w, http.StatusRequestEntityTooLarge, "the command is too long")
		return
	}
	answer, err := c.srv.doJSON(data)
	switch {
	case errors.Is(err, errNobody), errors.Is(err, errNoChat):
		fail(w, http.StatusNotFound, err.Error())
	case err != nil:
		fail(w, http.StatusBadRequest, err.Error())
	default:
		answerJSON(w, http.StatusOK, answer)
	}
}

// done is what came of a command.
type done struct {
	OK   bool   `json:"ok"`
	Chat string `json:"chat,omitempty"` // that was made
}

// doJSON runs a command that somebody has written, and says what is wrong with it.
func (s *Server) doJSON(data []byte) (done, error) {
	var c Command
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return done{}, fmt.Errorf("testdc: the command: %w", err)
	}
	if err := s.sound(c); err != nil {
		return done{}, err
	}
	if c.Do == "newChat" {
		chat := s.NewChat(c.Kind, c.Text, c.From, c.Phones...)
		if chat == "" {
			return done{}, errors.New("testdc: newChat needs kind (group, supergroup or channel), text (the title) and from (a phone number)")
		}
		return done{OK: true, Chat: chat}, nil
	}
	if do := s.memberAct(c); do != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		return done{OK: true}, do()
	}
	if err := s.Do(c); err != nil {
		return done{}, err
	}
	s.mu.Lock()
	s.changed()
	s.mu.Unlock()
	return done{OK: true}, nil
}

// sound tells what of a command names nothing.
func (s *Server) sound(c Command) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	acts := c.Do == "message" || c.Do == "read" || c.Do == "typing"
	switch {
	case acts && (!s.canAct(c.From) || c.Chat == "" && !s.canAct(c.Phone)):
		return fmt.Errorf("%w: %s needs from and phone or chat", errNobody, c.Do)
	case acts && c.Chat != "":
		var p peer
		if p.UnmarshalText([]byte(c.Chat)) != nil || s.chats[p] == nil {
			return fmt.Errorf("%w: %q", errNoChat, c.Chat)
		}
	case acts || c.Phone == "" || knowsNobody(c.Do):
	case s.accounts[normalPhone(c.Phone)] == nil:
		return fmt.Errorf("%w: %q", errNobody, c.Phone)
	}
	return nil
}

// canAct tells whether a phone number or a bot's id names somebody who is there or can be made.
func (s *Server) canAct(phone string) bool {
	phone = normalPhone(phone)
	return goodPhone(phone) || s.accounts[phone] != nil
}

// knowsNobody tells of commands that are about phone numbers nobody need have.
func knowsNobody(do string) bool {
	switch do {
	case "addAccount", "requireSignUp", "planCodes", "ban", "online":
		return true
	}
	return false
}

// events tells of calls as they come in, and of other changes, as server-sent events: "call" with the call, "change" with a number.
func (c *control) events(w http.ResponseWriter, r *http.Request) {
	select {
	case c.watchers <- struct{}{}:
		defer func() { <-c.watchers }()
	default:
		fail(w, http.StatusServiceUnavailable, "too many listen already")
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	last := c.srv.lastHeard()
	for {
		calls, version, woken := c.srv.since(last)
		for _, h := range calls {
			last = h.Number
			if !writeEvent(w, "call", h) {
				return
			}
		}
		if !writeEvent(w, "change", version) || out.Flush() != nil {
			return
		}
		select {
		case <-woken:
		case <-time.After(15 * time.Second): // a sign of life
		case <-r.Context().Done():
			return
		}
		select {
		case <-time.After(50 * time.Millisecond): // several at once
		case <-r.Context().Done():
			return
		}
	}
}

func writeEvent(w io.Writer, name string, v any) bool {
	data, err := json.Marshal(v)
	if err == nil {
		_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, data)
	}
	return err == nil
}

// since returns the calls after one, how often anything has changed, and what is closed with the next change.
func (s *Server) since(call int64) ([]Heard, uint64, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.heardAfter(call), s.version, s.woken
}
