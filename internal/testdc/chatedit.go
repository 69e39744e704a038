package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

func (s *Server) registerChatEdit(d *tg.ServerDispatcher) {
	d.OnMessagesEditChatTitle(func(ctx context.Context, req *tg.MessagesEditChatTitleRequest) (tg.UpdatesClass, error) {
		c := callOf(ctx)
		ch, err := c.group(req.ChatID)
		if err != nil {
			return nil, err
		}
		return s.editTitle(c, ch, req.Title)
	})
	d.OnChannelsEditTitle(func(ctx context.Context, req *tg.ChannelsEditTitleRequest) (tg.UpdatesClass, error) {
		c := callOf(ctx)
		ch, err := c.channel(req.Channel)
		if err != nil {
			return nil, err
		}
		return s.editTitle(c, ch, req.Title)
	})
	d.OnMessagesEditChatPhoto(func(ctx context.Context, req *tg.MessagesEditChatPhotoRequest) (tg.UpdatesClass, error) {
		c := callOf(ctx)
		ch, err := c.group(req.ChatID)
		if err != nil {
			return nil, err
		}
		return s.editPhoto(c, ch, req.Photo)
	})
	d.OnChannelsEditPhoto(func(ctx context.Context, req *tg.ChannelsEditPhotoRequest) (tg.UpdatesClass, error) {
		c := callOf(ctx)
		ch, err := c.channel(req.Channel)
		if err != nil {
			return nil, err
		}
		return s.editPhoto(c, ch, req.Photo)
	})
	d.OnMessagesEditChatAbout(s.messagesEditChatAbout)
	d.OnMessagesEditChatDefaultBannedRights(s.messagesEditChatDefaultBannedRights)
	d.OnMessagesSetChatAvailableReactions(s.messagesSetChatAvailableReactions)
	d.OnMessagesToggleNoForwards(s.messagesToggleNoForwards)
	d.OnMessagesGetOnlines(s.messagesGetOnlines)
}

func changeInfo(r *tg.ChatAdminRights) bool { return r.ChangeInfo }

// tellChanged tells all members that a chat's own properties are others now.
func (s *Server) tellChanged(n *news, ch *chat) {
	ch.Version++
	for _, a := range s.members(ch) {
		if ch.Kind == basicGroup {
			n.tell(a, &tg.UpdateChat{ChatID: ch.ID}, ch.peer())
		} else {
			n.tell(a, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
		}
	}
}

func (s *Server) editTitle(c *call, ch *chat, title string) (tg.UpdatesClass, error) {
	switch {
	case !ch.may(c.account().id, changeInfo):
		return nil, errAdmin
	case !goodName(title, 128):
		return nil, rpcError(400, "CHAT_TITLE_EMPTY")
	case title == ch.Title:
		return nil, rpcError(400, "CHAT_NOT_MODIFIED")
	}
	ch.Title = title
	n := s.report()
	s.tellChanged(n, ch)
	s.serve(n, c.account(), ch.peer(), &tg.MessageActionChatEditTitle{Title: title})
	return n.publish(c), nil
}

func (s *Server) editPhoto(c *call, ch *chat, in tg.InputChatPhotoClass) (tg.UpdatesClass, error) {
	if !ch.may(c.account().id, changeInfo) {
		return nil, errAdmin
	}
	var id int64
	switch in := in.(type) {
	case *tg.InputChatUploadedPhoto:
		f, err := c.uploadPhoto(in.File)
		if err != nil {
			return nil, err
		}
		id = f.ID
	case *tg.InputChatPhoto:
		f, err := c.knownPhoto(in.ID)
		if err != nil {
			return nil, err
		}
		id = f.ID
	}
	if id == ch.Photo {
		return nil, rpcError(400, "CHAT_NOT_MODIFIED")
	}
	ch.Photo = id
	n := s.report()
	s.tellChanged(n, ch)
	if id == 0 {
		s.serve(n, c.account(), ch.peer(), &tg.MessageActionChatDeletePhoto{})
	} else {
		s.serve(n, c.account(), ch.peer(), &tg.MessageActionChatEditPhoto{Photo: s.photo(id)})
	}
	return n.publish(c), nil
}

// inputChat finds a group or channel that the caller is in.
func (c *call) inputChat(in tg.InputPeerClass) (*chat, error) {
	p, err := c.inputPeer(in)
	if err != nil {
		return nil, err
	}
	ch := c.srv.chats[p]
	if ch == nil || ch.Members[c.account().id] == nil {
		return nil, errPeer
	}
	return ch, nil
}

func (s *Server) messagesEditChatAbout(ctx context.Context, req *tg.MessagesEditChatAboutRequest) (bool, error) {
	c := callOf(ctx)
	ch, err := c.inputChat(req.Peer)
	switch {
	case err != nil:
		return false, err
	case !ch.may(c.account().id, changeInfo):
		return false, errAdmin
	case len([]rune(req.About)) > 255:
		return false, rpcError(400, "CHAT_ABOUT_TOO_LONG")
	case req.About == ch.About:
		return false, rpcError(400, "CHAT_ABOUT_NOT_MODIFIED")
	}
	ch.About = req.About
	n := s.report()
	s.tellChanged(n, ch)
	n.publish(c)
	return true, nil
}

func (s *Server) messagesEditChatDefaultBannedRights(ctx context.Context, req *tg.MessagesEditChatDefaultBannedRightsRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.inputChat(req.Peer)
	if err != nil {
		return nil, err
	}
	if !ch.may(c.account().id, func(r *tg.ChatAdminRights) bool { return r.BanUsers }) {
		return nil, errAdmin
	}
	ch.Default = req.BannedRights
	ch.Version++
	n := s.report()
	for _, a := range s.members(ch) {
		n.tell(a, &tg.UpdateChatDefaultBannedRights{Peer: ch.peer().tg(), DefaultBannedRights: forEver(ch.Default), Version: ch.Version}, ch.peer())
	}
	return n.publish(c), nil
}

func (s *Server) messagesSetChatAvailableReactions(ctx context.Context, req *tg.MessagesSetChatAvailableReactionsRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.inputChat(req.Peer)
	if err != nil {
		return nil, err
	}
	if !ch.may(c.account().id, changeInfo) {
		return nil, errAdmin
	}
	ch.Emojis.V = req.AvailableReactions
	n := s.report()
	s.tellChanged(n, ch)
	return n.publish(c), nil
}

func (s *Server) messagesToggleNoForwards(ctx context.Context, req *tg.MessagesToggleNoForwardsRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.inputChat(req.Peer)
	if err != nil {
		return nil, err
	}
	if ch.Creator != c.account().id {
		return nil, errAdmin
	}
	ch.Protected = req.Enabled
	n := s.report()
	s.tellChanged(n, ch)
	return n.publish(c), nil
}

func (s *Server) messagesGetOnlines(ctx context.Context, in tg.InputPeerClass) (*tg.ChatOnlines, error) {
	ch, err := callOf(ctx).inputChat(in)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, a := range s.members(ch) {
		if a.online > s.unix() {
			n++
		}
	}
	return &tg.ChatOnlines{Onlines: n}, nil
}
