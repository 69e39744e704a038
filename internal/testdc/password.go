package testdc

import (
	"context"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"math/big"

	"github.com/gotd/td/tg"
)

// The numbers of Telegram's two-step verification, which is SRP 6a in the group of the key exchange.
const (
	passwordRounds = 100_000
	passwordBytes  = 256
	extraSalt      = 32 // how much a client has to add to the first salt of a new password
)

// password is an account's second step. Guarded by Server.mu.
type password struct {
	salt1, salt2 []byte
	verifier     *big.Int
	hint         string
}

// srpTry is a question that was asked with account.getPassword: it is answered once.
type srpTry struct {
	id     int64
	b      *big.Int
	public []byte // B
}

func (s *Server) registerPassword(d *tg.ServerDispatcher) {
	d.OnAccountGetPassword(s.accountGetPassword)
	d.OnAuthCheckPassword(s.authCheckPassword)
	d.OnAccountUpdatePasswordSettings(s.accountUpdatePasswordSettings)
	d.OnAccountGetPasswordSettings(s.accountGetPasswordSettings)
}

// newPassword makes the second step for a password in the clear.
func (d *dhGroup) newPassword(text, hint string) (*password, error) {
	p := &password{salt1: randomBytes(8 + extraSalt), salt2: randomBytes(16), hint: hint}
	x, err := p.secret(text)
	if err != nil {
		return nil, err
	}
	p.verifier = new(big.Int).Exp(d.g, x, d.prime)
	return p, nil
}

// secret is the exponent that a password stands for.
func (p *password) secret(text string) (*big.Int, error) {
	salted := func(data, salt []byte) []byte { return digest(salt, data, salt) }
	first := salted(salted([]byte(text), p.salt1), p.salt2)
	slow, err := pbkdf2.Key(sha512.New, string(first), p.salt1, passwordRounds, sha512.Size)
	if err != nil {
		return nil, err
	}
	return new(big.Int).SetBytes(salted(slow, p.salt2)), nil
}

func digest(parts ...[]byte) []byte {
	h := sha256.New()
	for _, p := range parts {
		_, _ = h.Write(p)
	}
	return h.Sum(nil)
}

func padded256(i *big.Int) []byte { return i.FillBytes(make([]byte, passwordBytes)) }

func (d *dhGroup) algo(salt1, salt2 []byte) *tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow {
	return &tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow{
		Salt1: salt1, Salt2: salt2, G: dhG, P: padded256(d.prime),
	}
}

// ask makes a new question for the holder of a password.
func (d *dhGroup) ask(p *password) (srpTry, error) {
	b, err := rand.Int(rand.Reader, d.max)
	if err != nil {
		return srpTry{}, err
	}
	k := new(big.Int).SetBytes(digest(padded256(d.prime), padded256(d.g)))
	public := k.Mul(k, p.verifier)
	public.Add(public, new(big.Int).Exp(d.g, b, d.prime)).Mod(public, d.prime)
	return srpTry{id: randomInt64(), b: b, public: padded256(public)}, nil
}

// check tells whether an answer to a question shows knowledge of the password.
func (d *dhGroup) check(p *password, try srpTry, in *tg.InputCheckPasswordSRP) bool {
	a := new(big.Int).SetBytes(in.A)
	if len(in.A) > passwordBytes || a.Sign() == 0 || a.Cmp(d.prime) >= 0 {
		return false
	}
	u := new(big.Int).SetBytes(digest(padded256(a), try.public))
	shared := new(big.Int).Exp(p.verifier, u, d.prime)
	shared.Mul(shared, a).Mod(shared, d.prime).Exp(shared, try.b, d.prime)
	mixed := digest(padded256(d.prime))
	subtle.XORBytes(mixed, mixed, digest(padded256(d.g)))
	want := digest(mixed, digest(p.salt1), digest(p.salt2), padded256(a), try.public, digest(padded256(shared)))
	return subtle.ConstantTimeCompare(want, in.M1) == 1
}

// holder is whose password the caller may be asked for: that of who is logged in, or of who has given the right code.
func (c *call) holder() (*account, error) {
	switch {
	case c.login != nil:
		return c.login.account, nil
	case c.key.pending != nil:
		return c.key.pending.account, nil
	}
	return nil, rpcError(401, "AUTH_KEY_UNREGISTERED")
}

func (s *Server) accountGetPassword(ctx context.Context) (*tg.AccountPassword, error) {
	c := callOf(ctx)
	a, err := c.holder()
	if err != nil {
		return nil, err
	}
	out := &tg.AccountPassword{
		NewAlgo:       s.group.algo(randomBytes(8), randomBytes(16)),
		NewSecureAlgo: &tg.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000{Salt: randomBytes(8)},
		SecureRandom:  randomBytes(passwordBytes),
	}
	if a.loginEmail != "" {
		out.SetLoginEmailPattern(emailPattern(a.loginEmail))
	}
	if a.recovery.unconfirmed != "" {
		out.SetEmailUnconfirmedPattern(emailPattern(a.recovery.unconfirmed))
	}
	if a.password == nil {
		return out, nil
	}
	out.HasRecovery = a.recovery.email != ""
	if !a.recovery.resetAt.IsZero() {
		out.SetPendingResetDate(int(a.recovery.resetAt.Unix()))
	}
	if c.key.srp, err = s.group.ask(a.password); err != nil {
		return nil, err
	}
	out.HasPassword = true
	out.SetCurrentAlgo(s.group.algo(a.password.salt1, a.password.salt2))
	out.SetSRPB(c.key.srp.public)
	out.SetSRPID(c.key.srp.id)
	if a.password.hint != "" {
		out.SetHint(a.password.hint)
	}
	return out, nil
}

// knows checks that the caller knows the account's password, if there is one.
func (c *call) knows(a *account, in tg.InputCheckPasswordSRPClass) error {
	if a.password == nil {
		return nil
	}
	try := c.key.srp
	c.key.srp = srpTry{}
	switch in := in.(type) {
	case *tg.InputCheckPasswordSRP:
		if try.b == nil || in.SRPID != try.id {
			return rpcError(400, "SRP_ID_INVALID")
		}
		if c.srv.group.check(a.password, try, in) {
			return nil
		}
	case *tg.InputCheckPasswordEmpty:
		return rpcError(400, "PASSWORD_MISSING")
	}
	return rpcError(400, "PASSWORD_HASH_INVALID")
}

func (s *Server) authCheckPassword(ctx context.Context, in tg.InputCheckPasswordSRPClass) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	a, err := c.holder()
	if err != nil {
		return nil, err
	}
	if err := c.knows(a, in); err != nil {
		return nil, err
	}
	if c.key.pending != nil {
		s.admitLogin(c, c.key.pending)
	}
	return &tg.AuthAuthorization{User: s.user(a, a)}, nil
}

func (s *Server) accountGetPasswordSettings(ctx context.Context, in tg.InputCheckPasswordSRPClass) (*tg.AccountPasswordSettings, error) {
	c := callOf(ctx)
	if err := c.knows(c.account(), in); err != nil {
		return nil, err
	}
	out := &tg.AccountPasswordSettings{}
	if email := c.account().recovery.email; email != "" {
		out.SetEmail(email)
	}
	return out, nil
}

// accountUpdatePasswordSettings sets, changes or takes away the password and its recovery address.
func (s *Server) accountUpdatePasswordSettings(ctx context.Context, req *tg.AccountUpdatePasswordSettingsRequest) (bool, error) {
	c := callOf(ctx)
	a := c.account()
	if err := c.knows(a, req.Password); err != nil {
		return false, err
	}
	changed := a.password
	if _, ok := req.NewSettings.GetNewAlgo(); ok {
		var err error
		if changed, err = s.passwordOf(req.NewSettings); err != nil {
			return false, err
		}
	}
	email, toSet := req.NewSettings.GetEmail()
	switch {
	case changed == nil:
		a.password, a.recovery = nil, recovery{}
		return true, nil
	case toSet && email != "" && a.password == nil: // not before the address is proved
		return false, a.setRecoveryEmail(email, changed)
	case toSet:
		a.password = changed
		err := a.setRecoveryEmail(email, nil)
		return err == nil, err
	}
	a.password = changed
	return true, nil
}

// passwordOf is the password of new settings, nil when there is to be none.
func (s *Server) passwordOf(settings tg.AccountPasswordInputSettings) (*password, error) {
	algo, ok := settings.NewAlgo.(*tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)
	if !ok {
		return nil, nil
	}
	if len(algo.Salt1) < 8+extraSalt || len(algo.Salt2) < 16 {
		return nil, rpcError(400, "NEW_SALT_INVALID")
	}
	v := new(big.Int).SetBytes(settings.NewPasswordHash)
	if len(settings.NewPasswordHash) != passwordBytes || v.Sign() == 0 || v.Cmp(s.group.prime) >= 0 {
		return nil, rpcError(400, "NEW_SETTINGS_INVALID")
	}
	return &password{salt1: algo.Salt1, salt2: algo.Salt2, verifier: v, hint: settings.Hint}, nil
}
