package testdc

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// packFrom is the size in bytes from which an answer is sent as gzip_packed.
const packFrom = 4 << 10

// call is one call of a method.
type call struct {
	srv    *Server
	sess   *session
	id     int64  // message id
	method string // such as "auth.sendCode"
	key    *authKey
	login  *authorization // nil when nobody is logged in

	noUpdates bool    // the client wants no updates in this session
	follows   []int64 // calls that have to be answered first
	after     func()  // run when the answer is queued
	note      string  // what it asks for, where people who look want to know
}

type callKey struct{}

// callOf returns the call that a handler is run for.
func callOf(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

// account is who calls. Only for methods that ask for a login.
func (c *call) account() *account { return c.login.account }

// rpcError is an answer to a call with an error.
func rpcError(code int, text string) error { return tgerr.New(code, text) }

// clientInfo is what a client said of itself with initConnection.
type clientInfo struct {
	set                                  bool
	apiID                                int
	device, system, app, pack, lang, sys string
}

// rest takes the bytes of a query that is wrapped in another.
type rest struct{ body []byte }

func (r *rest) Decode(b *bin.Buffer) error {
	r.body = b.Buf
	b.Buf = nil
	return nil
}

func (r *rest) Encode(b *bin.Buffer) error {
	b.Put(r.body)
	return nil
}

// call answers a call of a method. The caller holds the mutex.
func (s *Server) call(sess *session, id int64, seq int32, body []byte) {
	c := &call{srv: s, sess: sess, id: id, key: sess.key.owner()}
	if seq&1 == 0 {
		sess.refuse(id, seq, 35) // a call has to have an odd number
		return
	}
	query, err := c.unwrap(body)
	if err != nil {
		s.log.Debug("call not read", "session", sess.name(), "error", err)
		sess.postError(id, rpcError(400, "INPUT_FETCH_ERROR"))
		return
	}
	typ, err := query.PeekID()
	if err != nil {
		sess.postError(id, rpcError(400, "INPUT_FETCH_ERROR"))
		return
	}
	c.method = s.methodName(typ)
	s.counts[c.method]++
	s.called()
	run := func() { s.answer(c, query) }
	if s.stall(c, run) {
		sess.setState(id, stateRunning)
		sess.acks = append(sess.acks, id)
		return
	}
	run()
}

// answer runs a call's handler and queues its answer.
func (s *Server) answer(c *call, query *bin.Buffer) {
	if c.key != nil {
		c.login = c.key.login
	}
	result, err := s.dispatch(c, query)
	who := "-"
	if c.login != nil {
		who = c.login.account.phone
		c.login.active = s.unix()
	}
	s.heard(c, err)
	if errors.Is(err, errLater) {
		c.sess.setState(c.id, stateRunning)
		c.sess.acks = append(c.sess.acks, c.id)
		return
	}
	s.log.Debug("call", "method", c.method, "account", who, "session", c.sess.name(), "dc", c.sess.key.dc, "note", c.note, "error", errText(err))
	c.finish(result, err)
	if c.after != nil {
		c.after()
	}
}

// errLater says that the call is answered later, with finish.
var errLater = errors.New("answered later")

// finish queues the answer.
func (c *call) finish(result bin.Encoder, err error) {
	if err != nil {
		c.sess.postError(c.id, err)
	} else {
		c.sess.postResult(c.id, result)
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// dispatch checks what is asked of every call and runs the handler.
func (s *Server) dispatch(c *call, query *bin.Buffer) (result bin.Encoder, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.Error("handler panicked", "method", c.method, "panic", p, "stack", string(debug.Stack()))
			result, err = nil, rpcError(500, "INTERNAL_SERVER_ERROR")
		}
	}()
	if err := s.nextFailure(c.method); err != nil {
		return nil, err
	}
	if err := c.allowed(); err != nil {
		return nil, err
	}
	ctx := context.WithValue(s.ctx, callKey{}, c)
	return s.methods.Handle(ctx, query)
}

// allowed says whether the client may call the method at all.
func (c *call) allowed() error {
	if c.method == "auth.bindTempAuthKey" {
		return nil
	}
	if c.key == nil {
		return rpcError(401, "AUTH_KEY_PERM_EMPTY")
	}
	if !c.sess.client.set && !c.key.client.set {
		return rpcError(400, "CONNECTION_NOT_INITED")
	}
	if c.login == nil && !c.srv.open[c.method] {
		if text := c.key.lost; text != "" {
			return rpcError(401, text)
		}
		return rpcError(401, "AUTH_KEY_UNREGISTERED")
	}
	return nil
}

// unwrap takes off the wrappers of a query and does what they ask for.
func (c *call) unwrap(body []byte) (*bin.Buffer, error) {
	b := &bin.Buffer{Buf: body}
	for range 16 {
		typ, err := b.PeekID()
		if err != nil {
			return nil, err
		}
		var inner rest
		switch typ {
		case proto.GZIPTypeID:
			inner.body, err = unpack(b)
		case tg.InvokeWithLayerRequestTypeID:
			w := tg.InvokeWithLayerRequest{Query: &inner}
			err = w.Decode(b)
			c.layer(w.Layer)
		case tg.InitConnectionRequestTypeID:
			w := tg.InitConnectionRequest{Query: &inner}
			if err = w.Decode(b); err == nil {
				c.introduced(&w)
			}
		case tg.InvokeWithoutUpdatesRequestTypeID:
			c.noUpdates = true
			err = (&tg.InvokeWithoutUpdatesRequest{Query: &inner}).Decode(b)
		case tg.InvokeAfterMsgRequestTypeID:
			w := tg.InvokeAfterMsgRequest{Query: &inner}
			err = w.Decode(b)
			c.follows = append(c.follows, w.MsgID)
		case tg.InvokeAfterMsgsRequestTypeID:
			w := tg.InvokeAfterMsgsRequest{Query: &inner}
			err = w.Decode(b)
			c.follows = append(c.follows, w.MsgIDs...)
		case tg.InvokeWithMessagesRangeRequestTypeID:
			err = (&tg.InvokeWithMessagesRangeRequest{Query: &inner}).Decode(b)
		case tg.InvokeWithTakeoutRequestTypeID:
			err = (&tg.InvokeWithTakeoutRequest{Query: &inner}).Decode(b)
		case tg.InvokeWithBusinessConnectionRequestTypeID:
			err = (&tg.InvokeWithBusinessConnectionRequest{Query: &inner}).Decode(b)
		case tg.InvokeWithGooglePlayIntegrityRequestTypeID:
			err = (&tg.InvokeWithGooglePlayIntegrityRequest{Query: &inner}).Decode(b)
		case tg.InvokeWithApnsSecretRequestTypeID:
			err = (&tg.InvokeWithApnsSecretRequest{Query: &inner}).Decode(b)
		case tg.InvokeWithReCaptchaRequestTypeID:
			err = (&tg.InvokeWithReCaptchaRequest{Query: &inner}).Decode(b)
		default:
			return b, nil
		}
		if err != nil {
			return nil, err
		}
		b = &bin.Buffer{Buf: inner.body}
	}
	return nil, errors.New("too many wrappers")
}

// layer notes the layer that the client speaks. Answers are of layer tg.Layer whatever it says.
func (c *call) layer(layer int) {
	if c.key == nil || c.key.layer == layer {
		return
	}
	c.key.layer = layer
	if layer != tg.Layer {
		c.srv.log.Warn("client speaks another layer than answers will have", "layer", layer, "answers", tg.Layer)
	}
}

// introduced notes what initConnection says.
func (c *call) introduced(w *tg.InitConnectionRequest) {
	info := clientInfo{
		set: true, apiID: w.APIID, device: w.DeviceModel, system: w.SystemVersion, app: w.AppVersion,
		pack: w.LangPack, lang: w.LangCode, sys: w.SystemLangCode,
	}
	c.sess.client = info
	if c.key == nil {
		return
	}
	c.key.client = info
	if c.key.login != nil {
		c.key.login.client = info
	}
}

// postError answers a call with an error.
func (s *session) postError(id int64, err error) {
	var e *tgerr.Error
	if !errors.As(err, &e) {
		s.srv.log.Error("call failed", "session", s.name(), "error", err)
		e = tgerr.New(400, "INPUT_FETCH_ERROR")
	}
	s.postResult(id, &mt.RPCError{ErrorCode: e.Code, ErrorMessage: e.Message})
}

// postResult answers a call.
func (s *session) postResult(id int64, m bin.Encoder) {
	var b bin.Buffer
	if err := b.Encode(m); err != nil {
		s.srv.log.Error("answer not encoded", "session", s.name(), "error", err)
		b.Reset()
		_ = b.Encode(&mt.RPCError{ErrorCode: 500, ErrorMessage: "INTERNAL_SERVER_ERROR"})
	}
	body := b.Buf
	if _, isFile := m.(*tg.UploadFileBox); len(body) >= packFrom && !isFile {
		body = packed(body)
	}
	s.setState(id, stateAnswered)
	s.post(result, id, &proto.Result{RequestMessageID: id, Result: body})
}

// packed returns body as gzip_packed, or body itself where that saves nothing.
func packed(body []byte) []byte {
	var z bytes.Buffer
	w, err := gzip.NewWriterLevel(&z, gzip.BestSpeed)
	if err != nil {
		return body
	}
	if _, err := w.Write(body); err != nil || w.Close() != nil {
		return body
	}
	var b bin.Buffer
	b.PutID(proto.GZIPTypeID)
	b.PutBytes(z.Bytes())
	if len(b.Buf) >= len(body) {
		return body
	}
	return b.Buf
}

// methodName is a method's name without the number of its constructor.
func (s *Server) methodName(typ uint32) string {
	name, _, ok := strings.Cut(s.names[typ], "#")
	if !ok {
		return fmt.Sprintf("%#x", typ)
	}
	return name
}

// unknown answers methods that have no handler.
func (s *Server) unknown(ctx context.Context, _ *bin.Buffer) (bin.Encoder, error) {
	s.log.Warn("method not there", "method", callOf(ctx).method)
	return nil, rpcError(400, "INPUT_METHOD_INVALID")
}
