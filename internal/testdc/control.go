package testdc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// Command is something that a test wants done to the server: a hook by name, for those who are not in its process.
type Command struct {
	// Do names it: cut, refuse, stall, fail, stallCall, releaseCalls, updatesTooLong, forgetKeys, changeSalt, shiftClock, requireSignUp,
	// announceLogins, setPassword. The methods of Server with like names say what they do.
	Do string `json:"do"`
	// Phone is the account meant by cut, updatesTooLong, forgetKeys, requireSignUp and setPassword. For cut "" means all.
	Phone string `json:"phone"`
	// Method is the method meant by fail, stallCall and releaseCalls.
	Method string `json:"method"`
	// Code and Text are the error of fail; Text is the password of setPassword.
	Code int    `json:"code"`
	Text string `json:"text"`
	// On switches refuse, stall and announceLogins.
	On bool `json:"on"`
	// Seconds is by how much shiftClock moves the clock.
	Seconds int `json:"seconds"`
}

var errCommand = errors.New("testdc: unknown command")

// Do runs a command.
func (s *Server) Do(c Command) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	run := s.command(c)
	if run == nil {
		return fmt.Errorf("%w %q", errCommand, c.Do)
	}
	run()
	return nil
}

// command returns what a command does, nil when there is none of that name.
func (s *Server) command(c Command) func() {
	switch c.Do {
	case "cut": // what is queued still leaves: whoever asks for it gets an answer
		return func() { s.cut(c.Phone, (*conn).signal) }
	case "refuse":
		return func() { s.refusing = c.On }
	case "stall":
		return func() { s.stallConnections(c.On) }
	case "fail":
		return func() { s.fail(c.Method, c.Code, c.Text) }
	case "stallCall":
		return func() { s.stallNext(c.Method) }
	case "releaseCalls":
		return func() {
			for _, place := range slices.Clone(s.stalls[c.Method]) {
				s.release(c.Method, place)
			}
		}
	case "updatesTooLong":
		return func() { s.pushTo(c.Phone, &tg.UpdatesTooLong{}) }
	case "forgetKeys":
		return func() { s.forgetKeys(c.Phone) }
	case "changeSalt":
		return s.changeSalt
	case "shiftClock":
		return func() { s.shiftClock(time.Duration(c.Seconds) * time.Second) }
	case "requireSignUp":
		return func() { s.signUp[normalPhone(c.Phone)] = true }
	case "setPassword":
		p, err := s.group.newPassword(c.Text, "")
		if err != nil {
			return nil
		}
		return func() { s.setPassword(c.Phone, p) }
	case "announceLogins":
		return func() { s.opt.AnnounceLogins = c.On }
	}
	return nil
}

// eventPrefix begins the type of an app log event that is a command.
const eventPrefix = "testdc."

func (s *Server) registerControl(d *tg.ServerDispatcher) {
	d.OnHelpSaveAppLog(s.helpSaveAppLog)
}

// helpSaveAppLog lets a client give commands, which leaves no trace among its updates: an event of type "testdc.cut" with the
// command's other fields as data. Commands are run when the answer is on its way.
func (s *Server) helpSaveAppLog(ctx context.Context, events []tg.InputAppEvent) (bool, error) {
	var runs []func()
	for _, e := range events {
		name, ok := strings.CutPrefix(e.Type, eventPrefix)
		if !ok {
			continue
		}
		var c Command
		data, err := json.Marshal(plainJSON(e.Data))
		if err == nil && string(data) != "null" {
			err = json.Unmarshal(data, &c)
		}
		c.Do = name
		run := s.command(c)
		if err != nil || run == nil {
			return false, rpcError(400, "TESTDC_COMMAND_INVALID")
		}
		runs = append(runs, run)
	}
	callOf(ctx).after = func() {
		for _, run := range runs {
			run()
		}
	}
	return true, nil
}

// plainJSON turns Telegram's JSON into Go's.
func plainJSON(v tg.JSONValueClass) any {
	switch v := v.(type) {
	case *tg.JSONBool:
		return v.Value
	case *tg.JSONNumber:
		return v.Value
	case *tg.JSONString:
		return v.Value
	case *tg.JSONArray:
		list := make([]any, len(v.Value))
		for i, e := range v.Value {
			list[i] = plainJSON(e)
		}
		return list
	case *tg.JSONObject:
		m := make(map[string]any, len(v.Value))
		for _, e := range v.Value {
			m[e.Key] = plainJSON(e.Value)
		}
		return m
	}
	return nil
}
