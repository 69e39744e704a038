package testdc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// Command is something that a test wants done to the server: a hook by name, for those who are not in its process.
type Command struct {
	// Do names it: cut, refuse, stall, fail, stallCall, releaseCalls, updatesTooLong, forgetKeys, changeSalt, shiftClock, requireSignUp,
	// announceLogins, setPassword, appConfig, planCodes; for an account addAccount, ban, loginEmail, recoveryEmail, wantEmail, endWaits,
	// addLogin, announceLogin, confirmLogin, showLoginToken, ttlDays, addWebsite, connectBot; for its updates withholdUpdates,
	// doubleUpdates, swapUpdates; for files renewReferences; for what people do message, read, typing, online, newChat, block,
	// join, leave, askToJoin, promote, react, buy, managedBot. The methods of Server with like names say what they do.
	Do string `json:"do"`
	// Phone is the account meant. For cut "" means all.
	Phone string `json:"phone"`
	// Method is the method meant by fail, stallCall and releaseCalls.
	Method string `json:"method"`
	// Code and Text are the error of fail; Text is the password of setPassword, the object of appConfig, the token of showLoginToken,
	// the terms of requireSignUp, the address of loginEmail and recoveryEmail, the first name of addAccount, what is said with message, the title of newChat.
	Code int    `json:"code"`
	Text string `json:"text"`
	// Hint is that of setPassword.
	Hint string `json:"hint"`
	// Codes are those of planCodes.
	Codes []Code `json:"codes"`
	// On switches refuse, stall, announceLogins, wantEmail, block, promote, and whether the user has to agree to the terms of requireSignUp.
	On bool `json:"on"`
	// Seconds is by how much shiftClock moves the clock, and for how long a token of showLoginToken is good.
	Seconds int `json:"seconds"`
	// Count is for how many updates withholdUpdates and the like count.
	Count int `json:"count"`
	// From is the account that says, reads, types, blocks, joins, leaves, is promoted, reacts or buys; it is made where it is not there.
	From string `json:"from"`
	// Chat names the group or channel meant by message, read, typing, join, leave, askToJoin, promote and react, such as g500000001 or c1500000001, in place of Phone.
	Chat string `json:"chat"`
	// Phones are the first members of newChat.
	Phones []string `json:"phones"`
	// Kind is that of newChat: group, supergroup or channel.
	Kind string `json:"kind"`
	// ID is the bot that managedBot makes.
	ID int64 `json:"id"`
	// Days is what ttlDays sets, and the least age in years of requireSignUp.
	Days int `json:"days"`
	// Hash is the login meant by announceLogin and confirmLogin.
	Hash int64 `json:"hash,string"`
	// Login is who comes with addLogin and showLoginToken.
	Login *Phantom `json:"login"`
	// Website is that of addWebsite.
	Website *Website `json:"website"`
	// Bot is that of connectBot.
	Bot *BotConnection `json:"bot"`
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
		return func() { s.unstall(c.Method) }
	case "updatesTooLong":
		return func() { s.pushTo(c.Phone, &tg.UpdatesTooLong{}) }
	case "forgetKeys":
		return func() { s.forgetKeys(c.Phone) }
	case "changeSalt":
		return s.changeSalt
	case "shiftClock":
		return func() { s.shiftClock(time.Duration(c.Seconds) * time.Second) }
	case "requireSignUp":
		return func() { s.requireTerms(c.Phone, c.Text, c.Days, c.On) }
	case "planCodes":
		return func() { s.planCodes(c.Phone, c.Codes) }
	case "setPassword":
		p, err := s.group.newPassword(c.Text, c.Hint)
		if err != nil {
			return nil
		}
		if c.Text == "" {
			p = nil
		}
		return func() { s.setPassword(c.Phone, p) }
	case "announceLogins":
		return func() { s.opt.AnnounceLogins = c.On }
	case "appConfig":
		config, err := appConfig(c.Text)
		if err != nil {
			return nil
		}
		return func() { s.appConfig = config }
	}
	for _, group := range []func(Command) func(){s.updateCommand, s.actCommand, s.memberCommand} {
		if run := group(c); run != nil {
			return run
		}
	}
	return s.accountCommand(c)
}

// updateCommand is command for those about the updates of an account.
func (s *Server) updateCommand(c Command) func() {
	switch c.Do {
	case "withholdUpdates":
		return func() { s.spoilUpdates(c.Phone, func(f *faults) { f.withhold = c.Count }) }
	case "doubleUpdates":
		return func() { s.spoilUpdates(c.Phone, func(f *faults) { f.double = c.Count }) }
	case "swapUpdates":
		return func() { s.spoilUpdates(c.Phone, func(f *faults) { f.swap = c.Count }) }
	case "renewReferences":
		return s.renewReferences
	}
	return nil
}

// accountCommand is command for those about what an account has.
func (s *Server) accountCommand(c Command) func() {
	switch {
	case c.Do == "addAccount":
		return func() { s.addAccount(c.Phone, c.Text) }
	case c.Do == "ban":
		return func() { s.ban(c.Phone) }
	case c.Do == "loginEmail":
		return func() { s.setLoginEmail(c.Phone, c.Text) }
	case c.Do == "recoveryEmail":
		return func() { s.setConfirmedRecovery(c.Phone, c.Text) }
	case c.Do == "wantEmail":
		return func() { s.wantEmail(c.Phone, c.On) }
	case c.Do == "endWaits":
		return func() { s.endWaits(c.Phone) }
	case c.Do == "addLogin" && c.Login != nil:
		return func() { s.addLogin(c.Phone, *c.Login) }
	case c.Do == "announceLogin":
		return func() { s.tellLogin(c.Phone, c.Hash, false) }
	case c.Do == "confirmLogin":
		return func() { s.tellLogin(c.Phone, c.Hash, true) }
	case c.Do == "showLoginToken" && c.Login != nil:
		return func() { s.showLoginToken(c.Text, *c.Login, time.Duration(c.Seconds)*time.Second) }
	case c.Do == "ttlDays":
		return func() { s.setTTLDays(c.Phone, c.Days) }
	case c.Do == "addWebsite" && c.Website != nil:
		return func() { s.addWebsite(c.Phone, *c.Website) }
	case c.Do == "connectBot" && c.Bot != nil:
		return func() { s.connectBot(c.Phone, *c.Bot) }
	}
	return nil
}

// eventPrefix begins the type of an app log event that is a command.
const eventPrefix = "testdc."

func (s *Server) registerControl(d *tg.ServerDispatcher) {
	d.OnHelpSaveAppLog(s.helpSaveAppLog)
}

// helpSaveAppLog lets a client give commands, which leaves no trace among its updates: an event of type "testdc.cut" with the
// command's other fields as data, or as the text of such an object. Commands are run when the answer is on its way.
func (s *Server) helpSaveAppLog(ctx context.Context, events []tg.InputAppEvent) (bool, error) {
	var runs []func()
	for _, e := range events {
		name, ok := strings.CutPrefix(e.Type, eventPrefix)
		if !ok {
			continue
		}
		c, err := commandOf(e.Data)
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

// commandOf reads the data of an event.
func commandOf(data tg.JSONValueClass) (c Command, err error) {
	var text []byte
	switch data := data.(type) {
	case *tg.JSONNull:
		return c, nil
	case *tg.JSONString:
		text = []byte(data.Value)
	default:
		if text, err = json.Marshal(plainJSON(data)); err != nil {
			return c, err
		}
	}
	return c, json.Unmarshal(text, &c)
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
