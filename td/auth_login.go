package td

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	"github.com/goccy/go-json"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// login is what a login has brought so far.
type login struct {
	loginData
	queries int // how many authorization queries there were
	pending int // number of the one under way, 0 when there is none

	asked    string // the phone number that a code is being asked for
	botToken string // that is being checked
	byToken  bool   // a bot's login is under way
	byQR     bool   // a login from another device was begun
	passkey  bool   // a login by passkey was begun
	passDC   int    // where the passkey's parameters came from, and the number of the key of that data center
	passKey  int64

	sent  *tg.AuthSentCode // stepCode
	terms *tg.HelpTermsOfService
	retry time.Duration // between attempts to get a new token
	renew *time.Timer   // of the token
}

// The steps of a login: what is waited for.
const (
	stepPurchase     = "purchase"
	stepEmail        = "email"
	stepEmailCode    = "email code"
	stepCode         = "code"
	stepDevice       = "device"
	stepPassword     = "password"
	stepRegistration = "registration"
)

// loginData is what of a login outlives a restart, as JSON.
type loginData struct {
	Step    string `json:"step"` // empty: the phone number is waited for
	APIID   int32  `json:"api_id"`
	APIHash string `json:"api_hash"`
	Expires int64  `json:"expires"` // Unix time
	DC      int    `json:"dc"`

	Phone  string `json:"phone,omitempty"`
	Hash   string `json:"hash,omitempty"`    // of the code that was sent
	Sent   []byte `json:"sent,omitempty"`    // auth.sentCode
	SentAt int64  `json:"sent_at,omitempty"` // Unix time

	Product string `json:"product,omitempty"` // stepPurchase
	Support string `json:"support,omitempty"`
	Subject string `json:"subject,omitempty"`
	Days    int32  `json:"days,omitempty"`

	Apple, Google bool   `json:",omitempty"` // stepEmail and stepEmailCode
	Email         string `json:"email,omitempty"`
	EmailPattern  string `json:"email_pattern,omitempty"`
	EmailLength   int32  `json:"email_length,omitempty"`
	ResetPeriod   int32  `json:"reset_period,omitempty"`
	ResetDate     int32  `json:"reset_date,omitempty"`

	Token        []byte  `json:"token,omitempty"` // stepDevice
	TokenExpires int64   `json:"token_expires,omitempty"`
	Others       []int64 `json:"others,omitempty"`

	Hint      string `json:"hint,omitempty"` // stepPassword
	Recovery  bool   `json:"recovery,omitempty"`
	Passport  bool   `json:"passport,omitempty"`
	RecoverTo string `json:"recover_to,omitempty"`
	Terms     []byte `json:"terms,omitempty"` // stepRegistration: help.termsOfService
}

// life is how long a step is remembered.
func (d *loginData) life() time.Duration {
	switch d.Step {
	case stepPassword, stepPurchase, stepRegistration:
		return 24 * time.Hour
	}
	return 5 * time.Minute
}

// step goes on to another step of the login, keeps it, and tells of it.
func (c *Client) step(step string) {
	l := &c.auth.login
	l.Step = step
	l.APIID, l.APIHash, l.DC = c.params.APIID, c.params.APIHash, c.net.main
	l.Expires = time.Now().Add(l.life()).Unix()
	if text, err := json.Marshal(&l.loginData); err != nil {
		c.log.Printf(1, "The state of the login can't be stored: %v", err)
	} else {
		c.store.set("login", string(text))
	}
	c.auth.set(c, l.state(c))
}

// restore goes on with the login of the last run, if that was not long ago.
func (l *login) restore(c *Client, text []byte) types.AuthorizationState {
	var d loginData
	if len(text) == 0 || json.Unmarshal(text, &d) != nil || d.APIID != c.params.APIID || d.APIHash != c.params.APIHash ||
		d.Expires <= time.Now().Unix() {
		return &types.AuthorizationStateWaitPhoneNumber{}
	}
	l.loginData = d
	if len(d.Sent) > 0 {
		l.sent = new(tg.AuthSentCode)
		if l.sent.Decode(&bin.Buffer{Buf: d.Sent}) != nil {
			return &types.AuthorizationStateWaitPhoneNumber{}
		}
	}
	if len(d.Terms) > 0 {
		l.terms = new(tg.HelpTermsOfService)
		if l.terms.Decode(&bin.Buffer{Buf: d.Terms}) != nil {
			l.terms = nil
		}
	}
	if d.DC > 0 {
		c.net.main = d.DC
	}
	if d.Step == stepDevice {
		l.byQR = true
		l.renewAt(c, time.Unix(d.TokenExpires, 0))
	}
	return l.state(c)
}

// state is TDLib's object for the step.
func (l *login) state(c *Client) types.AuthorizationState {
	switch l.Step {
	case stepPurchase:
		return &types.AuthorizationStateWaitPremiumPurchase{
			StoreProductID: l.Product, PremiumDayCount: l.Days, SupportEmailAddress: l.Support, SupportEmailSubject: l.Subject,
		}
	case stepEmail:
		return &types.AuthorizationStateWaitEmailAddress{AllowAppleID: l.Apple, AllowGoogleID: l.Google}
	case stepEmailCode:
		return l.emailState(c)
	case stepCode:
		info := convert.CodeInfo(l.Phone, l.sent)
		passed := max(time.Now().Unix()-l.SentAt, 0)
		info.Timeout = int32(max(int64(info.Timeout)-passed, 0))
		return &types.AuthorizationStateWaitCode{CodeInfo: info}
	case stepDevice:
		return &types.AuthorizationStateWaitOtherDeviceConfirmation{
			Link: "tg://login?token=" + base64.RawURLEncoding.EncodeToString(l.Token),
		}
	case stepPassword:
		return &types.AuthorizationStateWaitPassword{
			PasswordHint: l.Hint, HasRecoveryEmailAddress: l.Recovery, HasPassportData: l.Passport, RecoveryEmailAddressPattern: l.RecoverTo,
		}
	case stepRegistration:
		return &types.AuthorizationStateWaitRegistration{TermsOfService: convert.TermsOfService(l.terms)}
	}
	return &types.AuthorizationStateWaitPhoneNumber{}
}

// begin forgets what an earlier login has brought.
func (l *login) begin() {
	*l = login{queries: l.queries, pending: l.pending, passDC: l.passDC, passKey: l.passKey, renew: l.renew}
	if l.renew != nil {
		l.renew.Stop()
	}
}

// mayBegin says whether a login may begin now: nothing was begun, or nothing is being asked.
func (a *auth) mayBegin() bool {
	switch a.state.(type) {
	case *types.AuthorizationStateWaitPhoneNumber:
		return true
	case *types.AuthorizationStateWaitPremiumPurchase, *types.AuthorizationStateWaitEmailAddress, *types.AuthorizationStateWaitEmailCode,
		*types.AuthorizationStateWaitCode, *types.AuthorizationStateWaitPassword, *types.AuthorizationStateWaitRegistration:
		return a.login.pending == 0
	}
	return false
}

// errTokenBegun is the answer to those who begin another login while a bot token is being checked.
func errTokenBegun(what string) error {
	return types.NewError(400, "Cannot "+what+" after bot token was entered. You must log out first")
}

// authorization runs an authorization query. There is one at a time: the one before it is answered with an error.
func (c *Client) authorization(ctx context.Context, ask func(ctx context.Context) error) (*types.Ok, error) {
	a := &c.auth
	ctx = a.query(ctx)
	a.login.queries++
	number := a.login.queries
	a.login.pending = number
	err := ask(ctx)
	if needsPassword(err) {
		err = c.askPassword(ctx)
	}
	if err == nil && ctx.Err() != nil && !a.ready() {
		err = ctx.Err()
	}
	if a.login.pending == number {
		a.login.pending = 0
		if _, waits := a.state.(*types.AuthorizationStateWaitPhoneNumber); waits && err != nil {
			a.login.begin()
		}
	}
	if err != nil {
		return nil, a.failed(ctx, err)
	}
	return &types.Ok{}, nil
}

func needsPassword(err error) bool {
	var e *types.Error
	return errors.As(err, &e) && e.Message == "SESSION_PASSWORD_NEEDED"
}

// onLoginUpdate takes what the server says to a client that is not logged in.
func (c *Client) onLoginUpdate(list tg.UpdatesClass) {
	if c.auth.ready() {
		return
	}
	var updates []tg.UpdateClass
	switch list := list.(type) {
	case *tg.UpdateShort:
		updates = []tg.UpdateClass{list.Update}
	case *tg.Updates:
		updates = list.Updates
	case *tg.UpdatesCombined:
		updates = list.Updates
	}
	for _, update := range updates {
		switch update := update.(type) {
		case *tg.UpdateLoginToken:
			if c.auth.login.Step == stepDevice {
				c.background(c.renewToken)
			}
		case *tg.UpdateSentPhoneCode:
			if c.auth.login.Step == stepPurchase {
				if err := c.onSentCode(c.ctx, c.auth.login.Phone, update.SentCode); err != nil {
					c.log.Printf(2, "Can't go on with the code that was paid for: %v", err)
				}
			}
		}
	}
}
