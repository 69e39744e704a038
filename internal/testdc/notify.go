package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

func (s *Server) registerNotify(d *tg.ServerDispatcher) {
	d.OnAccountGetNotifySettings(s.accountGetNotifySettings)
	d.OnAccountUpdateNotifySettings(s.accountUpdateNotifySettings)
	d.OnAccountResetNotifySettings(s.accountResetNotifySettings)
	d.OnAccountGetNotifyExceptions(s.accountGetNotifyExceptions)
}

// scopeSettings are those of a kind of chats before anybody has changed them.
func scopeSettings() *tg.PeerNotifySettings {
	p := &tg.PeerNotifySettings{}
	p.SetShowPreviews(true)
	p.SetSilent(false)
	p.SetMuteUntil(0)
	p.SetOtherSound(&tg.NotificationSoundDefault{})
	return p
}

// settings are those of one chat: where nothing is said the kind's count.
func (d *dialog) settings() tg.PeerNotifySettings {
	if d.Notify.V != nil {
		return *d.Notify.V
	}
	return tg.PeerNotifySettings{}
}

// scope is the kind of chats that is meant, "" for a single chat.
func scope(in tg.InputNotifyPeerClass) (string, tg.NotifyPeerClass) {
	switch in.(type) {
	case *tg.InputNotifyUsers:
		return "users", &tg.NotifyUsers{}
	case *tg.InputNotifyChats:
		return "chats", &tg.NotifyChats{}
	case *tg.InputNotifyBroadcasts:
		return "broadcasts", &tg.NotifyBroadcasts{}
	}
	return "", nil
}

// notified finds the single chat that is meant.
func (c *call) notified(in tg.InputNotifyPeerClass) (peer, error) {
	switch in := in.(type) {
	case *tg.InputNotifyPeer:
		return c.inputPeer(in.Peer)
	case *tg.InputNotifyForumTopic:
		return c.inputPeer(in.Peer)
	}
	return peer{}, errPeer
}

func (s *Server) accountGetNotifySettings(ctx context.Context, in tg.InputNotifyPeerClass) (*tg.PeerNotifySettings, error) {
	c := callOf(ctx)
	if name, _ := scope(in); name != "" {
		if p := c.account().Notify[name]; p.V != nil {
			return p.V, nil
		}
		return scopeSettings(), nil
	}
	p, err := c.notified(in)
	if err != nil {
		return nil, err
	}
	settings := c.account().dialog(p).settings()
	return &settings, nil
}

func (s *Server) accountUpdateNotifySettings(ctx context.Context, req *tg.AccountUpdateNotifySettingsRequest) (bool, error) {
	c := callOf(ctx)
	a := c.account()
	settings := notifySettings(req.Settings)
	n := s.report()
	if name, kind := scope(req.Peer); name != "" {
		a.Notify[name] = box(settings)
		n.tell(a, &tg.UpdateNotifySettings{Peer: kind, NotifySettings: *settings})
		n.publish(c)
		return true, nil
	}
	p, err := c.notified(req.Peer)
	if err != nil {
		return false, err
	}
	a.dialog(p).Notify.V = settings
	n.tell(a, &tg.UpdateNotifySettings{Peer: &tg.NotifyPeer{Peer: p.tg()}, NotifySettings: *settings}, p)
	n.publish(c)
	return true, nil
}

// notifySettings is what a client sets, as others are told it.
func notifySettings(in tg.InputPeerNotifySettings) *tg.PeerNotifySettings {
	out := &tg.PeerNotifySettings{}
	if v, ok := in.GetShowPreviews(); ok {
		out.SetShowPreviews(v)
	}
	if v, ok := in.GetSilent(); ok {
		out.SetSilent(v)
	}
	if v, ok := in.GetMuteUntil(); ok {
		out.SetMuteUntil(v)
	}
	if v, ok := in.GetSound(); ok {
		out.SetOtherSound(v)
	}
	if v, ok := in.GetStoriesMuted(); ok {
		out.SetStoriesMuted(v)
	}
	if v, ok := in.GetStoriesHideSender(); ok {
		out.SetStoriesHideSender(v)
	}
	if v, ok := in.GetStoriesSound(); ok {
		out.SetStoriesOtherSound(v)
	}
	return out
}

func (s *Server) accountResetNotifySettings(ctx context.Context) (bool, error) {
	a := callOf(ctx).account()
	clear(a.Notify)
	for _, d := range a.Dialogs {
		d.Notify.V = nil
	}
	s.changed()
	return true, nil
}

func (s *Server) accountGetNotifyExceptions(ctx context.Context, _ *tg.AccountGetNotifyExceptionsRequest) (tg.UpdatesClass, error) {
	a := callOf(ctx).account()
	v := s.view(a)
	out := &tg.Updates{Date: s.unix()}
	for p, d := range a.Dialogs {
		if d.Notify.V != nil {
			v.name(p)
			out.Updates = append(out.Updates, &tg.UpdateNotifySettings{Peer: &tg.NotifyPeer{Peer: p.tg()}, NotifySettings: *d.Notify.V})
		}
	}
	out.Users, out.Chats = v.users(), v.chats()
	return out, nil
}
