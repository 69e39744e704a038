package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

// maxReactions is how many kinds of reactions a message has at most.
const maxReactions = 11

// maxEmoji is how long an emoji of a reaction is at most, in bytes.
const maxEmoji = 32

func (s *Server) registerReactions(d *tg.ServerDispatcher) {
	d.OnMessagesSendReaction(s.messagesSendReaction)
	d.OnMessagesGetMessageReactionsList(s.messagesGetMessageReactionsList)
	d.OnMessagesGetMessagesReactions(s.messagesGetMessagesReactions)
}

// messagesSendReaction sets how the caller reacts to a message; none takes all back.
func (s *Server) messagesSendReaction(ctx context.Context, req *tg.MessagesSendReactionRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	p, _, err := c.findPost(req.Peer, req.MsgID)
	if err != nil {
		return nil, err
	}
	id := c.account().id
	var list []reaction
	for _, r := range req.Reaction {
		switch r := r.(type) {
		case *tg.ReactionEmpty:
		case *tg.ReactionEmoji:
			if r.Emoticon == "" || len(r.Emoticon) > maxEmoji || len(p.Reactions) >= maxReactions*100 {
				return nil, rpcError(400, "REACTION_INVALID")
			}
			list = append(list, reaction{User: id, Emoji: r.Emoticon, Date: s.unix(), Big: req.Big})
		default:
			return nil, rpcError(400, "REACTION_INVALID")
		}
	}
	n := s.report()
	s.react(n, c.account(), p, list)
	return n.publish(c), nil
}

// react puts an account's reactions to a message in the place of those it had.
func (s *Server) react(n *news, a *account, p *post, list []reaction) {
	old := p.Reactions
	p.Reactions = append(slices.DeleteFunc(slices.Clone(old), func(r reaction) bool { return r.User == a.id }), list...)
	s.tellReactions(n, p, a, old)
}

// tellReactions tells all who have a message what people think of it, and bots what is new in that.
func (s *Server) tellReactions(n *news, p *post, by *account, old []reaction) {
	for _, o := range p.owners() {
		to := []*account{s.users[o.ID]}
		if ch := s.chats[o]; ch != nil {
			to = s.members(ch)
		}
		for _, a := range to {
			if a == nil {
				continue
			}
			if a.bot {
				n.tellReaction(a, p, o, by, old)
				continue
			}
			b := n.of(a)
			r, _ := b.reactions(p, p.with(o))
			n.tell(a, &tg.UpdateMessageReactions{Peer: p.with(o).tg(), MsgID: p.Copies[o], Reactions: r}, b.list...)
		}
	}
}

func (s *Server) messagesGetMessageReactionsList(ctx context.Context, req *tg.MessagesGetMessageReactionsListRequest) (*tg.MessagesMessageReactionsList, error) {
	c := callOf(ctx)
	p, _, err := c.findPost(req.Peer, req.ID)
	if err != nil {
		return nil, err
	}
	v := s.view(c.account())
	out := &tg.MessagesMessageReactionsList{}
	for _, r := range p.Reactions {
		if e, ok := req.Reaction.(*tg.ReactionEmoji); ok && e.Emoticon != r.Emoji {
			continue
		}
		v.nameUsers(r.User)
		out.Reactions = append(out.Reactions, tg.MessagePeerReaction{
			Big: r.Big, My: r.User == c.account().id, PeerID: userPeer(r.User).tg(), Date: r.Date, Reaction: &tg.ReactionEmoji{Emoticon: r.Emoji},
		})
	}
	out.Count, out.Users, out.Chats = len(out.Reactions), v.users(), v.chats()
	return out, nil
}

func (s *Server) messagesGetMessagesReactions(ctx context.Context, req *tg.MessagesGetMessagesReactionsRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	v := s.view(c.account())
	out := &tg.Updates{Date: s.unix()}
	for _, id := range req.ID {
		p, owner, err := c.findPost(req.Peer, id)
		if err != nil {
			return nil, err
		}
		r, _ := v.reactions(p, p.with(owner))
		out.Updates = append(out.Updates, &tg.UpdateMessageReactions{Peer: p.with(owner).tg(), MsgID: id, Reactions: r})
	}
	out.Users, out.Chats = v.users(), v.chats()
	return out, nil
}
