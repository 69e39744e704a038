package mtproto

import (
	"context"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
)

// The constructors of destroy_auth_key and its answers.
const (
	destroyKeyID     = 0xd1435160
	destroyKeyOkID   = 0xf660e1d4
	destroyKeyNoneID = 0x0a9f2259
	destroyKeyFailID = 0xea109b13
)

// DestroyKey lets the server forget the authorization key, on whatever connection it can get. Whatever the server
// answers, the key counts as gone then: other calls end with ErrKeyGone and the session does nothing more.
// The error is ErrKeyNotDestroyed if the server says that it failed.
func (s *Session) DestroyKey(ctx context.Context) error {
	s.mu.Lock()
	s.takeHalf()
	none := s.key.Zero() && !s.closed
	if none {
		s.keyDestroyed()
	}
	s.unlock()
	s.poke()
	if none {
		return nil
	}
	c := s.special(callDestroyKey, 0, destroyKey{})
	_, err := c.Wait(ctx)
	return err
}

// DestroySession lets the server forget another session of the same key. It reports false if the server did not
// know it.
func (s *Session) DestroySession(ctx context.Context, id int64) (bool, error) {
	c := s.special(callDestroySession, id, &mt.DestroySessionRequest{SessionID: id})
	reply, err := c.Wait(ctx)
	return typeID(reply) == mt.DestroySessionOkTypeID, err
}

type destroyKey struct{}

// Encode appends destroy_auth_key.
func (destroyKey) Encode(b *bin.Buffer) error {
	b.PutID(destroyKeyID)
	return nil
}

// special queues a call whose answer does not come in an rpc_result.
func (s *Session) special(kind callKind, target int64, query bin.Encoder) *Call {
	c := &Call{s: s, kind: kind, target: target, done: make(chan struct{}), body: encoded(query)}
	s.enqueue(c)
	return c
}

// dropAnswer tells the server that nobody waits for an answer any more.
func (s *Session) dropAnswer(id int64) {
	s.reply(&mt.RPCDropAnswerRequest{ReqMsgID: id})
}

// destroyReply takes an answer that came in an rpc_result after all.
func (s *Session) destroyReply(c *Call, reply uint32) {
	if c.kind == callDestroyKey {
		s.onDestroyKey(reply)
		return
	}
	s.answer(c, idBytes(reply), nil)
}

func idBytes(id uint32) []byte {
	var b bin.Buffer
	b.PutID(id)
	return b.Buf
}

func (s *Session) onDestroySession(b *bin.Buffer) error {
	res, err := mt.DecodeDestroySessionRes(b)
	if err != nil {
		return err
	}
	for _, c := range s.unanswered() {
		if c.kind == callDestroySession && c.target == res.GetSessionID() {
			s.answer(c, idBytes(res.TypeID()), nil)
		}
	}
	return nil
}

func (s *Session) onDestroyKey(reply uint32) {
	var err error
	if reply == destroyKeyFailID {
		err = ErrKeyNotDestroyed
	}
	s.completeDestroyed(err)
}

// completeDestroyed ends the session of a destroyed key; false if nobody had asked for that.
func (s *Session) completeDestroyed(err error) bool {
	asked := false
	for _, c := range s.unanswered() {
		if c.kind == callDestroyKey {
			s.answer(c, nil, err)
			asked = true
		}
	}
	if asked {
		s.keyDestroyed()
	}
	return asked
}

// keyDestroyed leaves the session without a key and without a connection.
func (s *Session) keyDestroyed() {
	s.destroyed = true
	s.key = crypto.AuthKey{}
	s.failCalls(ErrKeyGone)
	if s.conn != nil {
		s.conn.abort()
		s.conn = nil
	}
	s.updateState()
}
