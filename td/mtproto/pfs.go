package mtproto

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/tg"
)

const (
	tempKeyLife  = 23 * time.Hour // at least, and an hour at random more, as in TDLib
	tempKeySpare = time.Hour      // left when a temporary key is replaced, if nothing is under way
	tempKeyLast  = 2 * time.Minute
	bindPatience = 20 * time.Second
)

var (
	errBinding  = errors.New("server did not bind the temporary key")
	errTempKey  = errors.New("temporary key is replaced")
	errMainKey  = errors.New("server does not accept what the key has encrypted")
	errMainGood = errors.New("server knows the key")
)

// tempKey is the key that a session talks with in place of the real one, which then encrypts nothing but the message
// that binds the two: who gets hold of the real one later can't read what was said. Guarded by Session.mu.
type tempKey struct {
	key     crypto.AuthKey
	expires time.Time // in server time
	bound   bool      // the server takes it for the real one

	// Of the question to bind it, on the connection that there is; zero if it was not asked.
	id, container int64
	withInit      bool
	giveUpAt      time.Time
	refusals      int
}

// SetPFS says whether connections use temporary keys. A change makes the connection anew.
func (s *Session) SetPFS(yes bool) {
	s.mu.Lock()
	if s.pfs != yes {
		s.pfs = yes
		s.forgetTempKey()
		s.restart("temporary keys")
	}
	s.unlock()
	s.poke()
}

// tempWanted says whether the next connection uses a temporary key. To destroy the real one it has to be used itself, as it has
// to be tried itself when the server does not accept what it encrypts.
func (s *Session) tempWanted() bool { return s.pfs && !s.checking && !s.destroying() }

// destroying says whether the key is to be destroyed.
func (s *Session) destroying() bool {
	for _, c := range s.queue {
		if c.queued && c.kind == callDestroyKey {
			return true
		}
	}
	for _, c := range s.inFlight {
		if c.kind == callDestroyKey {
			return true
		}
	}
	return false
}

// setTempKey puts another temporary key in place, or none, and tells of it.
func (s *Session) setTempKey(t tempKey) {
	if old := s.temp.key.IntID(); old != t.key.IntID() {
		s.emit(event{kind: eventTempKey, salt: t.key.IntID()})
	}
	s.temp = t
}

// forgetTempKey drops the temporary key with its salts and its session.
func (s *Session) forgetTempKey() {
	s.setTempKey(tempKey{})
	s.salts = saltBox{}
	s.newSession()
}

// setTemp takes a new temporary key over.
func (s *Session) setTemp(r exchanged) {
	s.setTempKey(tempKey{key: r.key, expires: r.expires})
	s.salts = saltBox{}
	s.newSession()
	s.offset, s.timeKnown = r.offset, true
	s.salts.use(r.salt, s.serverTime())
}

// tempLife is how long a temporary key is asked for.
func tempLife() int {
	return int((tempKeyLife + rand.N(time.Hour)) / time.Second)
}

// replaceAt is when the temporary key in use is to be replaced, in local time: when no call is under way, or shortly before it
// ends.
func (s *Session) replaceAt(c *conn, now time.Time) time.Time {
	if !c.temp {
		return time.Time{}
	}
	spare := tempKeySpare
	if len(s.inFlight) > 0 {
		spare = tempKeyLast
	}
	return now.Add(s.temp.expires.Add(-spare).Sub(s.serverTime()))
}

// tickTemp ends the connection when its key has to be another.
func (s *Session) tickTemp(c *conn, now time.Time) {
	replace := s.replaceAt(c, now)
	switch {
	case c.temp != s.tempWanted():
		s.forgetTempKey()
		s.leave(c, "the real key is to be used, or not any more")
	case !replace.IsZero() && !now.Before(replace):
		s.forgetTempKey()
		s.leave(c, "the temporary key ends")
	case c.temp && s.temp.id != 0 && !now.Before(s.temp.giveUpAt):
		s.drop(now, errBinding)
	}
}

// leave ends a connection that did nothing wrong; the next one begins at once.
func (s *Session) leave(c *conn, why string) {
	s.log.Debug("connection is left", "why", why)
	c.abort()
	s.conn = nil
}

// mayCall says whether calls can be sent on c.
func (s *Session) mayCall(c *conn) bool {
	return !s.checking && (!c.temp || s.temp.bound)
}

// packBind adds the question to bind the temporary key, as long as it is not bound.
func (s *Session) packBind(c *conn, now time.Time) {
	t := &s.temp
	if !c.temp || t.bound || t.id != 0 || !s.out.fits(c, 512) {
		return
	}
	id, seqNo := s.stamp(true)
	body, err := s.binding(id)
	if err != nil {
		s.log.Debug("temporary key can't be bound", "error", err)
		return
	}
	if t.withInit = s.cfg.Init != nil; t.withInit {
		body = append(s.cfg.Init(), body...)
	}
	t.id, t.container, t.giveUpAt = id, 0, now.Add(bindPatience)
	s.pinger.expect(now)
	s.out.add(outgoing{id: id, seqNo: seqNo, body: body, binds: true})
}

// binding is auth.bindTempAuthKey for a message of this id.
func (s *Session) binding(id int64) ([]byte, error) {
	nonce, err := crypto.RandInt64(s.cfg.Rand)
	if err != nil {
		return nil, err
	}
	inner := crypto.BindAuthKeyInner{
		Nonce: nonce, TempAuthKeyID: s.temp.key.IntID(), PermAuthKeyID: s.key.IntID(), TempSessionID: s.id,
		ExpiresAt: int(s.temp.expires.Unix()),
	}
	sealed, err := crypto.EncryptBindMessage(s.cfg.Rand, s.key, id, &inner)
	if err != nil {
		return nil, err
	}
	return encoded(&tg.AuthBindTempAuthKeyRequest{
		PermAuthKeyID: inner.PermAuthKeyID, Nonce: nonce, ExpiresAt: inner.ExpiresAt, EncryptedMessage: sealed,
	}), nil
}

// refusedBinding lets the question go out anew that a bad_msg_notification names. It returns how often that was so.
func (s *Session) refusedBinding(id int64) int {
	t := &s.temp
	if t.id == 0 || id != t.id && id != t.container {
		return 0
	}
	t.id = 0
	t.refusals++
	return t.refusals
}

// onBinding takes the answer to the question. An error ends the connection.
func (s *Session) onBinding(reply []byte) error {
	t := &s.temp
	t.id = 0
	if typeID(reply) == tg.BoolTrueTypeID {
		t.bound, t.refusals = true, 0
		s.inited = s.inited || t.withInit
		s.notFound = 0
		return nil
	}
	var e mt.RPCError
	if typeID(reply) != mt.RPCErrorTypeID || e.Decode(&bin.Buffer{Buf: reply}) != nil {
		return errBinding
	}
	s.log.Debug("temporary key was not bound", "code", e.ErrorCode, "error", e.ErrorMessage)
	if e.ErrorCode == 400 && e.ErrorMessage == "ENCRYPTED_MESSAGE_INVALID" {
		s.checking = true // whether the server knows the real key
		return errMainKey
	}
	return errBinding
}

// bindingAnswered finds the question's answer in an rpc_result; false if it is another's.
func (s *Session) bindingAnswered(m *incoming) (bool, error) {
	if s.temp.id == 0 || len(m.body) < 12 || int64(binary.LittleEndian.Uint64(m.body[4:])) != s.temp.id {
		return false, nil
	}
	if m.err != nil {
		return true, errBinding
	}
	return true, s.onBinding(m.reply)
}

// tempKeyLost says whether an error of the server means that the temporary key is bound no more: then the call goes out again
// with another one.
func (s *Session) tempKeyLost(c *Call, e *mt.RPCError) bool {
	if s.conn == nil || !s.conn.temp || c.kind != callQuery || e.ErrorCode != 401 || e.ErrorMessage != "AUTH_KEY_PERM_EMPTY" {
		return false
	}
	s.requeue(c, false)
	s.rekey = true
	return true
}

// keyProved notes that a packet has come that the real key opened.
func (s *Session) keyProved(c *conn) error {
	if !s.checking || c.temp {
		return nil
	}
	s.checking = false
	s.setTempKey(tempKey{})
	return errMainGood
}
