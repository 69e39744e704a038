package testdc

import (
	"fmt"
	"strconv"

	"github.com/gotd/td/tg"
)

// peer names a user, a basic group or a channel.
type peer struct {
	Kind byte // 'u', 'g' or 'c'
	ID   int64
}

func userPeer(id int64) peer    { return peer{'u', id} }
func groupPeer(id int64) peer   { return peer{'g', id} }
func channelPeer(id int64) peer { return peer{'c', id} }

// MarshalText writes a peer such as u42, for the state's file and the control interface.
func (p peer) MarshalText() ([]byte, error) {
	return strconv.AppendInt([]byte{p.Kind}, p.ID, 10), nil
}

// UnmarshalText reads what MarshalText writes.
func (p *peer) UnmarshalText(text []byte) error {
	if len(text) < 2 || text[0] != 'u' && text[0] != 'g' && text[0] != 'c' {
		return fmt.Errorf("testdc: %q names no user, group or channel", text)
	}
	id, err := strconv.ParseInt(string(text[1:]), 10, 64)
	if err != nil || id <= 0 {
		return fmt.Errorf("testdc: %q names no user, group or channel", text)
	}
	*p = peer{text[0], id}
	return nil
}

func (p peer) String() string { return string(p.Kind) + strconv.FormatInt(p.ID, 10) }

// tg is the peer on the wire, nil for none.
func (p peer) tg() tg.PeerClass {
	switch p.Kind {
	case 'u':
		return &tg.PeerUser{UserID: p.ID}
	case 'g':
		return &tg.PeerChat{ChatID: p.ID}
	case 'c':
		return &tg.PeerChannel{ChannelID: p.ID}
	}
	return nil
}

func (p peer) dialog() tg.DialogPeerClass { return &tg.DialogPeer{Peer: p.tg()} }

var errPeer = rpcError(400, "PEER_ID_INVALID")

// inputPeer finds whom the caller means; the caller may look at it, but need not be a member.
func (c *call) inputPeer(in tg.InputPeerClass) (peer, error) {
	switch in := in.(type) {
	case *tg.InputPeerSelf:
		return userPeer(c.account().id), nil
	case *tg.InputPeerUser:
		if a := c.srv.users[in.UserID]; a != nil && (a == c.account() || a.accessHash == in.AccessHash) {
			return userPeer(a.id), nil
		}
	case *tg.InputPeerUserFromMessage:
		if c.srv.users[in.UserID] != nil {
			return userPeer(in.UserID), nil
		}
	case *tg.InputPeerChat:
		if ch := c.srv.chats[groupPeer(in.ChatID)]; ch != nil && ch.Members[c.account().id] != nil {
			return ch.peer(), nil
		}
	case *tg.InputPeerChannel:
		ch, err := c.channel(&tg.InputChannel{ChannelID: in.ChannelID, AccessHash: in.AccessHash})
		if err != nil {
			return peer{}, err
		}
		return ch.peer(), nil
	}
	return peer{}, errPeer
}

// channel finds a channel that the caller may look at: one with a username, or one that they have been in and were not thrown out of.
func (c *call) channel(in tg.InputChannelClass) (*chat, error) {
	var ch *chat
	switch in := in.(type) {
	case *tg.InputChannel:
		ch = c.srv.chats[channelPeer(in.ChannelID)]
		if ch != nil && ch.Hash != in.AccessHash {
			ch = nil
		}
	case *tg.InputChannelFromMessage:
		ch = c.srv.chats[channelPeer(in.ChannelID)]
	}
	switch {
	case ch == nil || ch.Deleted:
		return nil, rpcError(400, "CHANNEL_INVALID")
	case ch.Banned[c.account().id] != nil && ch.Banned[c.account().id].Rights.ViewMessages:
		return nil, rpcError(400, "CHANNEL_PRIVATE")
	case ch.Members[c.account().id] == nil && ch.Username == "" && !ch.Left[c.account().id]:
		return nil, rpcError(400, "CHANNEL_PRIVATE")
	}
	return ch, nil
}

// user finds who is meant, and says so where there is no such user.
func (c *call) user(in tg.InputUserClass) (*account, error) {
	if from, ok := in.(*tg.InputUserFromMessage); ok && c.srv.users[from.UserID] != nil {
		return c.srv.users[from.UserID], nil
	}
	if a := c.inputUser(in); a != nil {
		return a, nil
	}
	return nil, rpcError(400, "USER_ID_INVALID")
}

// users finds all who are meant.
func (c *call) usersOf(in []tg.InputUserClass) ([]*account, error) {
	list := make([]*account, 0, len(in))
	for _, u := range in {
		a, err := c.user(u)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// view is what one account is told: it collects whom the objects in it name.
type view struct {
	srv    *Server
	viewer *account
	named  map[peer]bool
	list   []peer
}

func (s *Server) view(viewer *account) *view {
	return &view{srv: s, viewer: viewer, named: make(map[peer]bool)}
}

// name notes that something tells of p.
func (v *view) name(peers ...peer) {
	for _, p := range peers {
		if p.ID != 0 && !v.named[p] {
			v.named[p] = true
			v.list = append(v.list, p)
		}
	}
}

func (v *view) nameUsers(ids ...int64) {
	for _, id := range ids {
		v.name(userPeer(id))
	}
}

// users are those named.
func (v *view) users() []tg.UserClass {
	list := []tg.UserClass{}
	for _, p := range v.list {
		if p.Kind != 'u' {
			continue
		}
		if a := v.srv.users[p.ID]; a != nil {
			list = append(list, v.srv.user(a, v.viewer))
		} else {
			list = append(list, &tg.User{ID: p.ID, Deleted: true})
		}
	}
	return list
}

// chats are the groups and channels named.
func (v *view) chats() []tg.ChatClass {
	list := []tg.ChatClass{}
	for _, p := range v.list {
		if ch := v.srv.chats[p]; ch != nil {
			list = append(list, v.srv.chat(ch, v.viewer))
		}
	}
	return list
}

// namePeer notes a peer of the wire.
func (v *view) namePeer(p tg.PeerClass) { v.name(peerOf(p)) }
