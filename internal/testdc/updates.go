package testdc

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/gotd/td/tg"
)

const (
	maxSlice       = 500 // changes in one answer
	channelTimeout = 30  // seconds after which clients may ask again
)

func (s *Server) registerUpdates(d *tg.ServerDispatcher) {
	d.OnUpdatesGetState(s.updatesGetState)
	d.OnUpdatesGetDifference(s.updatesGetDifference)
	d.OnUpdatesGetChannelDifference(s.updatesGetChannelDifference)
}

// state is where a login stands.
func (l *authorization) state(now int) tg.UpdatesState {
	a := l.account
	return tg.UpdatesState{Pts: a.PTS, Qts: a.Queue.PTS, Date: now, Seq: l.seq}
}

// listens makes the session the one to which the login's updates go.
func (c *call) listens() {
	if !c.noUpdates {
		c.login.updates = c.sess
	}
}

func (s *Server) updatesGetState(ctx context.Context) (*tg.UpdatesState, error) {
	c := callOf(ctx)
	c.listens()
	state := c.login.state(s.unix())
	c.note = fmt.Sprintf("answered pts %d, qts %d", state.Pts, state.Qts)
	return &state, nil
}

func (s *Server) updatesGetDifference(ctx context.Context, req *tg.UpdatesGetDifferenceRequest) (tg.UpdatesDifferenceClass, error) {
	c := callOf(ctx)
	c.listens()
	c.note = fmt.Sprintf("pts %d, qts %d, date %d", req.Pts, req.Qts, req.Date)
	a := c.account()
	if req.Pts > a.PTS || req.Pts < 0 || req.Qts > a.Queue.PTS || req.Qts < 0 {
		return nil, rpcError(400, "PERSISTENT_TIMESTAMP_INVALID")
	}
	list, whole := a.since(req.Pts, req.Date)
	if !whole {
		return &tg.UpdatesDifferenceTooLong{Pts: a.PTS}, nil
	}
	queue, _ := a.Queue.since(req.Qts, math.MaxInt)
	state := c.login.state(s.unix())
	v := s.view(a)
	channels := v.changedChannels(req.Date)
	if len(list) == 0 && len(queue) == 0 && len(channels) == 0 {
		return &tg.UpdatesDifferenceEmpty{Date: state.Date, Seq: state.Seq}, nil
	}
	nowList, nowQueue := slice(list, limit(req.GetPtsLimit())), slice(queue, limit(req.GetQtsLimit()))
	messages, others := v.difference(a.peer(), nowList)
	secret, queued := v.queued(nowQueue)
	others = append(others, queued...)
	if len(nowList) < len(list) || len(nowQueue) < len(queue) {
		state.Pts, state.Qts = after(nowList, req.Pts), after(nowQueue, req.Qts)
		return &tg.UpdatesDifferenceSlice{
			NewMessages: messages, NewEncryptedMessages: secret, OtherUpdates: others, Users: v.users(), Chats: v.chats(), IntermediateState: state,
		}, nil
	}
	others = append(others, channels...)
	return &tg.UpdatesDifference{
		NewMessages: messages, NewEncryptedMessages: secret, OtherUpdates: others, Users: v.users(), Chats: v.chats(), State: state,
	}, nil
}

// limit is how many changes a client wants at most.
func limit(wanted int, ok bool) int {
	if !ok {
		return maxSlice
	}
	return min(max(wanted, 0), maxSlice)
}

// slice are the first changes of a list.
func slice(list []event, limit int) []event { return list[:min(limit, len(list))] }

// after is the place after some changes, from where there are none.
func after(list []event, from int) int {
	if len(list) == 0 {
		return from
	}
	return max(list[len(list)-1].PTS, from)
}

// queued tells of changes that count in qts: messages of secret chats have a list of their own.
func (v *view) queued(list []event) (secret []tg.EncryptedMessageClass, others []tg.UpdateClass) {
	for _, e := range list {
		v.name(e.Named...)
		if u, ok := e.Update.V.(*tg.UpdateNewEncryptedMessage); ok {
			secret = append(secret, u.Message)
		} else {
			others = append(others, e.Update.V)
		}
	}
	return secret, others
}

// changedChannels tells clients to ask for the differences of channels in which something has changed from a date on.
func (v *view) changedChannels(date int) (list []tg.UpdateClass) {
	for _, ch := range v.srv.sortedChats() {
		if ch.Kind != basicGroup && ch.Members[v.viewer.id] != nil && ch.changedSince(date) {
			v.name(ch.peer())
			list = append(list, &tg.UpdateChannelTooLong{ChannelID: ch.ID, Pts: ch.PTS})
		}
	}
	return list
}

// difference tells of changes in a box: messages as they are now.
func (v *view) difference(owner peer, list []event) (messages []tg.MessageClass, others []tg.UpdateClass) {
	fresh := make(map[int64]bool)
	for _, e := range list {
		p := v.srv.posts[e.Post]
		switch {
		case e.Post == 0:
			v.name(e.Named...)
			others = append(others, e.Update.V)
		case p == nil || fresh[e.Post]: // deleted since, or told already
		case e.Edit && owner.Kind == 'c':
			others = append(others, channelMessageUpdate(v.message(p, owner), e.PTS, true))
		case e.Edit:
			others = append(others, messageUpdate(v.message(p, owner), e.PTS, true))
		default:
			fresh[e.Post] = true
			messages = append(messages, v.message(p, owner))
		}
	}
	return messages, others
}

func (s *Server) updatesGetChannelDifference(ctx context.Context, req *tg.UpdatesGetChannelDifferenceRequest) (tg.UpdatesChannelDifferenceClass, error) {
	c := callOf(ctx)
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	if req.Pts <= 0 || req.Pts > ch.PTS {
		return nil, rpcError(400, "PERSISTENT_TIMESTAMP_INVALID")
	}
	list, whole := ch.since(req.Pts, s.unix()+1)
	if !whole || len(list) > max(req.Limit, 1) {
		return s.channelTooLong(c.account(), ch), nil
	}
	if len(list) == 0 {
		empty := &tg.UpdatesChannelDifferenceEmpty{Final: true, Pts: ch.PTS}
		empty.SetTimeout(channelTimeout)
		return empty, nil
	}
	v := s.view(c.account())
	v.name(ch.peer())
	messages, others := v.difference(ch.peer(), list)
	diff := &tg.UpdatesChannelDifference{
		Final: true, Pts: ch.PTS, NewMessages: messages, OtherUpdates: others, Users: v.users(), Chats: v.chats(),
	}
	diff.SetTimeout(channelTimeout)
	return diff, nil
}

// channelTooLong makes a client begin anew with a channel.
func (s *Server) channelTooLong(a *account, ch *chat) *tg.UpdatesChannelDifferenceTooLong {
	v := s.view(a)
	numbers := ch.Numbers[max(0, len(ch.Numbers)-20):]
	diff := &tg.UpdatesChannelDifferenceTooLong{Final: true, Dialog: v.dialog(a.dialog(ch.peer()))}
	for _, n := range slices.Backward(numbers) {
		if p := s.post(&ch.mailbox, n); p != nil {
			diff.Messages = append(diff.Messages, v.message(p, ch.peer()))
		}
	}
	diff.Users, diff.Chats = v.users(), v.chats()
	diff.SetTimeout(channelTimeout)
	return diff
}

// push sends updates to the logins of an account but one. It returns how many there are.
func (s *Server) push(a *account, but *authorization, u tg.UpdatesClass) int {
	n := 0
	for _, l := range a.logins {
		if l != but && l.updates != nil {
			s.deliver(l, u)
			n++
		}
	}
	return n
}
