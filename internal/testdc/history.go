package testdc

import (
	"context"
	"slices"
	"strings"

	"github.com/gotd/td/tg"
)

// maxHistory is how many messages an answer has at most.
const maxHistory = 100

func (s *Server) registerHistory(d *tg.ServerDispatcher) {
	d.OnMessagesGetHistory(s.messagesGetHistory)
	d.OnMessagesGetMessages(func(ctx context.Context, ids []tg.InputMessageClass) (tg.MessagesMessagesClass, error) {
		return s.getMessages(callOf(ctx), peer{}, ids), nil
	})
	d.OnChannelsGetMessages(func(ctx context.Context, req *tg.ChannelsGetMessagesRequest) (tg.MessagesMessagesClass, error) {
		ch, err := callOf(ctx).channel(req.Channel)
		if err != nil {
			return nil, err
		}
		return s.getMessages(callOf(ctx), ch.peer(), req.ID), nil
	})
	d.OnMessagesSearch(s.messagesSearch)
	d.OnMessagesSearchGlobal(s.messagesSearchGlobal)
	d.OnMessagesGetMessagesViews(s.messagesGetMessagesViews)
	d.OnMessagesGetSearchCounters(s.messagesGetSearchCounters)
	d.OnMessagesGetMessageEditData(func(context.Context, *tg.MessagesGetMessageEditDataRequest) (*tg.MessagesMessageEditData, error) {
		return &tg.MessagesMessageEditData{}, nil
	})
}

// page is a part of a list of numbers, which are in order: what clients ask for with offset_id and the like.
type page struct{ offsetID, addOffset, limit, maxID, minID int }

// of cuts the page out, the newest first. It also says how many newer ones there are.
func (p page) of(numbers []int) (list []int, newer int) {
	end := len(numbers)
	if p.offsetID > 0 {
		end, _ = slices.BinarySearch(numbers, p.offsetID)
	}
	limit := min(max(p.limit, 0), maxHistory)
	end = min(end-p.addOffset, len(numbers))
	start := max(end-limit, 0)
	for i := end - 1; i >= start && i >= 0; i-- {
		if n := numbers[i]; (p.maxID == 0 || n < p.maxID) && (p.minID == 0 || n > p.minID) {
			list = append(list, n)
		}
	}
	return list, len(numbers) - max(end, 0)
}

// messages shows posts of one box as an answer.
func (v *view) messages(p peer, numbers []int, total, newer int) tg.MessagesMessagesClass {
	owner, m, _ := v.srv.boxOf(v.viewer, p)
	list := []tg.MessageClass{}
	for _, number := range numbers {
		if p := v.srv.post(m, number); p != nil {
			list = append(list, v.message(p, owner))
		}
	}
	v.name(p)
	switch {
	case owner.Kind == 'c':
		return &tg.MessagesChannelMessages{Pts: m.PTS, Count: total, OffsetIDOffset: newer, Messages: list, Users: v.users(), Chats: v.chats()}
	case len(list) < total:
		return &tg.MessagesMessagesSlice{Count: total, OffsetIDOffset: newer, Messages: list, Users: v.users(), Chats: v.chats()}
	}
	return &tg.MessagesMessages{Messages: list, Users: v.users(), Chats: v.chats()}
}

// visible are the numbers of a chat's messages that the account may see.
func (s *Server) visible(a *account, p peer) []int {
	_, _, numbers := s.boxOf(a, p)
	if d := a.Dialogs[p]; d != nil && d.From > 0 {
		i, _ := slices.BinarySearch(numbers, d.From)
		return numbers[i:]
	}
	return numbers
}

func (s *Server) messagesGetHistory(ctx context.Context, req *tg.MessagesGetHistoryRequest) (tg.MessagesMessagesClass, error) {
	c := callOf(ctx)
	p, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	numbers := s.visible(c.account(), p)
	if req.OffsetDate > 0 {
		numbers = s.before(c.account(), p, numbers, req.OffsetDate)
	}
	list, newer := page{req.OffsetID, req.AddOffset, req.Limit, req.MaxID, req.MinID}.of(numbers)
	return s.view(c.account()).messages(p, list, len(numbers), newer), nil
}

// before are the numbers of messages said before a date.
func (s *Server) before(a *account, p peer, numbers []int, date int) []int {
	_, m, _ := s.boxOf(a, p)
	end := len(numbers)
	for end > 0 && s.post(m, numbers[end-1]).Date >= date {
		end--
	}
	return numbers[:end]
}

// getMessages answers with messages of a channel, or of the account's own box.
func (s *Server) getMessages(c *call, p peer, ids []tg.InputMessageClass) tg.MessagesMessagesClass {
	a := c.account()
	v := s.view(a)
	owner, m, _ := s.boxOf(a, p)
	list := []tg.MessageClass{}
	for _, in := range ids {
		number := 0
		switch in := in.(type) {
		case *tg.InputMessageID:
			number = in.ID
		case *tg.InputMessageReplyTo:
			if from := s.post(m, in.ID); from != nil && s.posts[from.ReplyTo] != nil {
				number = s.posts[from.ReplyTo].Copies[owner]
			}
		case *tg.InputMessagePinned:
			number = s.pinnedIn(m, s.visible(a, p))
		}
		if one := s.post(m, number); one != nil {
			list = append(list, v.message(one, owner))
		} else {
			list = append(list, &tg.MessageEmpty{ID: number})
		}
	}
	if owner.Kind == 'c' {
		v.name(p)
		return &tg.MessagesChannelMessages{Pts: m.PTS, Count: len(list), Messages: list, Users: v.users(), Chats: v.chats()}
	}
	return &tg.MessagesMessages{Messages: list, Users: v.users(), Chats: v.chats()}
}

// pinnedIn is the number of the newest pinned message, 0 for none.
func (s *Server) pinnedIn(m *mailbox, numbers []int) int {
	for _, n := range slices.Backward(numbers) {
		if p := s.post(m, n); p != nil && p.Pinned {
			return n
		}
	}
	return 0
}

func (s *Server) messagesSearch(ctx context.Context, req *tg.MessagesSearchRequest) (tg.MessagesMessagesClass, error) {
	c := callOf(ctx)
	a := c.account()
	if _, everywhere := req.Peer.(*tg.InputPeerEmpty); everywhere {
		return s.searchAll(a, req.Q, req.Filter, req.OffsetID, req.Limit), nil
	}
	p, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	var from int64
	if u, ok := req.FromID.(*tg.InputPeerUser); ok {
		from = u.UserID
	} else if _, ok := req.FromID.(*tg.InputPeerSelf); ok {
		from = a.id
	}
	_, m, _ := s.boxOf(a, p)
	var found []int
	for _, n := range s.visible(a, p) {
		if one := s.post(m, n); one != nil && (from == 0 || one.From == from) && one.matches(req.Q, req.Filter) {
			found = append(found, n)
		}
	}
	list, newer := page{req.OffsetID, req.AddOffset, req.Limit, req.MaxID, req.MinID}.of(found)
	return s.view(a).messages(p, list, len(found), newer), nil
}

func (s *Server) messagesSearchGlobal(ctx context.Context, req *tg.MessagesSearchGlobalRequest) (tg.MessagesMessagesClass, error) {
	return s.searchAll(callOf(ctx).account(), req.Q, req.Filter, req.OffsetID, req.Limit), nil
}

// searchAll looks through all chats of an account, the newest message first.
func (s *Server) searchAll(a *account, q string, filter tg.MessagesFilterClass, offset, limit int) tg.MessagesMessagesClass {
	type hit struct {
		p     *post
		owner peer
	}
	var hits []hit
	for with := range a.Dialogs {
		owner, m, _ := s.boxOf(a, with)
		for _, n := range s.visible(a, with) {
			if p := s.post(m, n); p != nil && p.matches(q, filter) {
				hits = append(hits, hit{p, owner})
			}
		}
	}
	slices.SortFunc(hits, func(x, y hit) int { return int(y.p.ID - x.p.ID) })
	v := s.view(a)
	list := []tg.MessageClass{}
	for _, h := range hits {
		if len(list) < min(max(limit, 1), maxHistory) && (offset == 0 || h.p.Copies[h.owner] < offset) {
			list = append(list, v.message(h.p, h.owner))
		}
	}
	return &tg.MessagesMessagesSlice{Count: len(hits), Messages: list, Users: v.users(), Chats: v.chats()}
}

// matches tells whether a search finds a message: all words of the query are in its text, and it is of the kind asked for.
func (p *post) matches(q string, filter tg.MessagesFilterClass) bool {
	m, ok := p.Body.V.(*tg.Message)
	if !ok {
		_, photo := filter.(*tg.InputMessagesFilterChatPhotos)
		s, _ := p.Body.V.(*tg.MessageService)
		return photo && s != nil && s.Action.TypeID() == tg.MessageActionChatEditPhotoTypeID
	}
	text := strings.ToLower(m.Message)
	for _, word := range strings.Fields(strings.ToLower(q)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return p.isKind(m, filter)
}

func (p *post) isKind(m *tg.Message, filter tg.MessagesFilterClass) bool {
	_, photo := m.Media.(*tg.MessageMediaPhoto)
	document, isDocument := m.Media.(*tg.MessageMediaDocument)
	switch filter.(type) {
	case nil, *tg.InputMessagesFilterEmpty:
		return true
	case *tg.InputMessagesFilterPinned:
		return p.Pinned
	case *tg.InputMessagesFilterPhotos:
		return photo
	case *tg.InputMessagesFilterPhotoVideo:
		return photo || isDocument && isVideo(document)
	case *tg.InputMessagesFilterVideo:
		return isDocument && isVideo(document)
	case *tg.InputMessagesFilterDocument:
		return isDocument && !isVideo(document)
	case *tg.InputMessagesFilterContacts:
		_, ok := m.Media.(*tg.MessageMediaContact)
		return ok
	case *tg.InputMessagesFilterGeo:
		_, ok := m.Media.(*tg.MessageMediaGeo)
		return ok
	case *tg.InputMessagesFilterURL:
		return strings.Contains(m.Message, "://")
	}
	return false
}

func isVideo(m *tg.MessageMediaDocument) bool {
	d, ok := m.Document.(*tg.Document)
	return ok && slices.ContainsFunc(d.Attributes, func(a tg.DocumentAttributeClass) bool { return a.TypeID() == tg.DocumentAttributeVideoTypeID })
}

func (s *Server) messagesGetSearchCounters(ctx context.Context, req *tg.MessagesGetSearchCountersRequest) ([]tg.MessagesSearchCounter, error) {
	c := callOf(ctx)
	p, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	_, m, _ := s.boxOf(c.account(), p)
	list := make([]tg.MessagesSearchCounter, 0, len(req.Filters))
	for _, f := range req.Filters {
		n := 0
		for _, number := range s.visible(c.account(), p) {
			if one := s.post(m, number); one != nil && one.matches("", f) {
				n++
			}
		}
		list = append(list, tg.MessagesSearchCounter{Filter: f, Count: n})
	}
	return list, nil
}

func (s *Server) messagesGetMessagesViews(ctx context.Context, req *tg.MessagesGetMessagesViewsRequest) (*tg.MessagesMessageViews, error) {
	c := callOf(ctx)
	p, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	_, m, _ := s.boxOf(c.account(), p)
	out := &tg.MessagesMessageViews{Chats: []tg.ChatClass{}, Users: []tg.UserClass{}}
	for _, number := range req.ID {
		var views tg.MessageViews
		if one := s.post(m, number); one != nil && p.Kind == 'c' {
			if req.Increment {
				one.Views++
			}
			views.SetViews(max(one.Views, 1))
		}
		out.Views = append(out.Views, views)
	}
	return out, nil
}
