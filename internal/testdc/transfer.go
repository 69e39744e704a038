package testdc

import (
	"context"
	"crypto/aes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/gotd/ige"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"
)

var errBinding = errors.New("binding message not for this key")

// export is a login that another data center may take over, once.
type export struct {
	account *account
	dc      int
}

func (s *Server) registerTransfer(d *tg.ServerDispatcher) {
	d.OnAuthExportAuthorization(s.authExportAuthorization)
	d.OnAuthImportAuthorization(s.authImportAuthorization)
	d.OnAuthBindTempAuthKey(s.authBindTempAuthKey)
	d.OnAuthDropTempAuthKeys(s.authDropTempAuthKeys)
}

func (s *Server) authExportAuthorization(ctx context.Context, dc int) (*tg.AuthExportedAuthorization, error) {
	c := callOf(ctx)
	if dc < 1 || dc > dcCount || dc == c.key.dc {
		return nil, rpcError(400, "DC_ID_INVALID")
	}
	token := randomBytes(64)
	s.exports[string(token)] = export{c.account(), dc}
	return &tg.AuthExportedAuthorization{ID: c.account().id, Bytes: token}, nil
}

func (s *Server) authImportAuthorization(ctx context.Context, req *tg.AuthImportAuthorizationRequest) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	e, ok := s.exports[string(req.Bytes)]
	if !ok || e.account.id != req.ID || e.dc != c.key.dc {
		return nil, rpcError(400, "AUTH_BYTES_INVALID")
	}
	delete(s.exports, string(req.Bytes))
	a := s.logIn(c, e.account)
	c.login.imported = true
	return a, nil
}

// authBindTempAuthKey binds the calling temporary key to a permanent one, whose holder has proven with a message encrypted the old way
// that it is theirs.
func (s *Server) authBindTempAuthKey(ctx context.Context, req *tg.AuthBindTempAuthKeyRequest) (bool, error) {
	c := callOf(ctx)
	temp := c.sess.key
	if temp.expires.IsZero() {
		return false, rpcError(400, "TEMP_AUTH_KEY_EMPTY")
	}
	var id [8]byte
	binary.LittleEndian.PutUint64(id[:], uint64(req.PermAuthKeyID))
	perm := s.key(temp.dc, id)
	if perm == nil || !perm.expires.IsZero() {
		return false, rpcError(400, "ENCRYPTED_MESSAGE_INVALID")
	}
	if temp.perm != nil && temp.perm != perm {
		return false, rpcError(400, "TEMP_AUTH_KEY_ALREADY_BOUND")
	}
	inner, msgID, err := openBinding(&perm.AuthKey, req.EncryptedMessage)
	if err != nil || msgID != c.id || inner.Nonce != req.Nonce || inner.TempAuthKeyID != temp.IntID() ||
		inner.PermAuthKeyID != req.PermAuthKeyID || inner.TempSessionID != c.sess.id || inner.ExpiresAt != req.ExpiresAt {
		return false, rpcError(400, "ENCRYPTED_MESSAGE_INVALID")
	}
	temp.perm = perm
	if c.sess.client.set {
		perm.client = c.sess.client
	}
	return true, nil
}

// openBinding decrypts bind_auth_key_inner: MTProto 1.0, with 16 random bytes in place of salt and session.
func openBinding(key *crypto.AuthKey, data []byte) (inner crypto.BindAuthKeyInner, msgID int64, err error) {
	var m crypto.EncryptedMessage
	if err := m.Decode(&bin.Buffer{Buf: data}); err != nil {
		return inner, 0, err
	}
	if m.AuthKeyID != key.ID || len(m.EncryptedData) == 0 || len(m.EncryptedData)%aes.BlockSize != 0 {
		return inner, 0, errBinding
	}
	aesKey, iv := crypto.KeysV1(key.Value, m.MsgKey)
	block, err := aes.NewCipher(aesKey[:])
	if err != nil {
		return inner, 0, err
	}
	plain := make([]byte, len(m.EncryptedData))
	ige.DecryptBlocks(block, iv[:], plain, m.EncryptedData)
	const head = 16 + 8 + 4 + 4
	if len(plain) < head {
		return inner, 0, errShort
	}
	n := int(binary.LittleEndian.Uint32(plain[28:]))
	if n < 0 || n > len(plain)-head || crypto.MessageKeyV1(plain[:head+n]) != m.MsgKey {
		return inner, 0, errBinding
	}
	return inner, int64(binary.LittleEndian.Uint64(plain[16:])), inner.Decode(&bin.Buffer{Buf: plain[head : head+n]})
}

func (s *Server) authDropTempAuthKeys(ctx context.Context, except []int64) (bool, error) {
	c := callOf(ctx)
	c.note = fmt.Sprintf("except %d", len(except))
	keep := make(map[int64]bool, len(except))
	for _, id := range except {
		keep[id] = true
	}
	for _, k := range s.dcs[c.sess.key.dc].keys {
		if k.perm == c.key && k != c.sess.key && !keep[k.IntID()] {
			s.forgetKey(k)
		}
	}
	return true, nil
}
