package testdc

import (
	"context"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const (
	botTimeout   = 10 * time.Second // for a bot to answer
	maxQuestions = 1000             // that are open, or whose results may still be sent
)

// question is what a user has asked a bot. Guarded by Server.mu.
type question struct {
	bot, user int64
	call      *call // which waits, nil when it has its answer
	results   []tg.BotInlineResultClass
}

func (s *Server) registerBotChats(d *tg.ServerDispatcher) {
	d.OnMessagesStartBot(s.messagesStartBot)
	d.OnMessagesGetBotCallbackAnswer(s.messagesGetBotCallbackAnswer)
	d.OnMessagesSetBotCallbackAnswer(s.messagesSetBotCallbackAnswer)
	d.OnMessagesGetInlineBotResults(s.messagesGetInlineBotResults)
	d.OnMessagesSetInlineBotResults(s.messagesSetInlineBotResults)
	d.OnMessagesSendInlineBotResult(s.messagesSendInlineBotResult)
	d.OnBotsSetBotCommands(func(ctx context.Context, req *tg.BotsSetBotCommandsRequest) (bool, error) {
		return s.setCommands(callOf(ctx), req.Commands)
	})
	d.OnBotsResetBotCommands(func(ctx context.Context, _ *tg.BotsResetBotCommandsRequest) (bool, error) {
		return s.setCommands(callOf(ctx), nil)
	})
	d.OnBotsGetBotCommands(func(ctx context.Context, _ *tg.BotsGetBotCommandsRequest) ([]tg.BotCommand, error) {
		return callOf(ctx).account().Commands, nil
	})
}

// botInfo is what a bot says of itself.
func (s *Server) botInfo(a *account) tg.BotInfo {
	info := tg.BotInfo{}
	info.SetUserID(a.id)
	if a.About != "" {
		info.SetDescription(a.About)
	}
	if len(a.Commands) > 0 {
		info.SetCommands(a.Commands)
		info.SetMenuButton(&tg.BotMenuButtonCommands{})
	}
	return info
}

func (s *Server) setCommands(c *call, list []tg.BotCommand) (bool, error) {
	a := c.account()
	if !a.bot {
		return false, rpcError(400, "USER_BOT_REQUIRED")
	}
	a.Commands = list
	n := s.report()
	for _, o := range s.knowers(a) {
		n.tell(o, &tg.UpdateBotCommands{Peer: a.peer().tg(), BotID: a.id, Commands: list}, a.peer())
	}
	n.publish(c)
	return true, nil
}

// messagesStartBot says /start to a bot.
func (s *Server) messagesStartBot(ctx context.Context, req *tg.MessagesStartBotRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	bot, err := c.user(req.Bot)
	if err != nil {
		return nil, err
	}
	if !bot.bot {
		return nil, rpcError(400, "BOT_INVALID")
	}
	text := "/start"
	if req.StartParam != "" {
		text += " " + req.StartParam
	}
	to := bot.peer()
	if ch, err := c.inputChat(req.Peer); err == nil {
		to = ch.peer()
		text = "/start@" + bot.username + text[len("/start"):]
	}
	n := s.report()
	body := &tg.Message{Message: text, Entities: []tg.MessageEntityClass{&tg.MessageEntityBotCommand{Length: len("/start")}}}
	if err := s.utter(c, n, to, req.RandomID, nil, body); err != nil {
		return nil, err
	}
	return n.publish(c), nil
}

// ask keeps a question until the bot answers it, and gives it a number. The call is answered then.
func (s *Server) ask(c *call, bot *account) (int64, error) {
	if len(s.questions) >= maxQuestions {
		clear(s.questions)
	}
	s.next.Query++
	id := s.next.Query
	q := &question{bot: bot.id, user: c.account().id, call: c}
	s.questions[id] = q
	time.AfterFunc(botTimeout, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		q.finish(nil, rpcError(400, "BOT_RESPONSE_TIMEOUT"))
	})
	return id, errLater
}

// finish answers the call that waits.
func (q *question) finish(result bin.Encoder, err error) {
	c := q.call
	q.call = nil
	if c != nil && !c.srv.closed {
		c.finish(result, err)
	}
}

// asked finds an open question to the calling bot.
func (s *Server) asked(c *call, id int64) (*question, error) {
	q := s.questions[id]
	if q == nil || q.bot != c.account().id || q.call == nil {
		return nil, rpcError(400, "QUERY_ID_INVALID")
	}
	return q, nil
}

func (s *Server) messagesGetBotCallbackAnswer(ctx context.Context, req *tg.MessagesGetBotCallbackAnswerRequest) (*tg.MessagesBotCallbackAnswer, error) {
	c := callOf(ctx)
	p, owner, err := c.findPost(req.Peer, req.MsgID)
	if err != nil {
		return nil, err
	}
	bot := s.users[p.From]
	if bot == nil || !bot.bot {
		return nil, rpcError(400, "BOT_INVALID")
	}
	if owner.Kind == 'u' {
		owner = bot.peer()
	}
	id, later := s.ask(c, bot)
	u := &tg.UpdateBotCallbackQuery{
		QueryID: id, UserID: c.account().id, Peer: p.with(owner).tg(), MsgID: p.Copies[owner], ChatInstance: p.with(owner).ID, Data: req.Data,
	}
	n := s.report()
	n.tell(bot, u, c.account().peer(), p.with(owner))
	n.publish(c)
	return nil, later
}

func (s *Server) messagesSetBotCallbackAnswer(ctx context.Context, req *tg.MessagesSetBotCallbackAnswerRequest) (bool, error) {
	q, err := s.asked(callOf(ctx), req.QueryID)
	if err != nil {
		return false, err
	}
	a := &tg.MessagesBotCallbackAnswer{Alert: req.Alert, NativeUI: true, Message: req.Message, URL: req.URL, HasURL: req.URL != "", CacheTime: req.CacheTime}
	q.finish(a, nil)
	return true, nil
}

func (s *Server) messagesGetInlineBotResults(ctx context.Context, req *tg.MessagesGetInlineBotResultsRequest) (*tg.MessagesBotResults, error) {
	c := callOf(ctx)
	bot, err := c.user(req.Bot)
	if err != nil {
		return nil, err
	}
	if !bot.bot {
		return nil, rpcError(400, "BOT_INVALID")
	}
	id, later := s.ask(c, bot)
	n := s.report()
	n.tell(bot, &tg.UpdateBotInlineQuery{QueryID: id, UserID: c.account().id, Query: req.Query, Offset: req.Offset}, c.account().peer())
	n.publish(c)
	return nil, later
}

func (s *Server) messagesSetInlineBotResults(ctx context.Context, req *tg.MessagesSetInlineBotResultsRequest) (bool, error) {
	q, err := s.asked(callOf(ctx), req.QueryID)
	if err != nil {
		return false, err
	}
	for _, in := range req.Results {
		r, ok := in.(*tg.InputBotInlineResult)
		if !ok {
			return false, rpcError(400, "RESULT_TYPE_INVALID")
		}
		text, ok := r.SendMessage.(*tg.InputBotInlineMessageText)
		if !ok {
			return false, rpcError(400, "SEND_MESSAGE_TYPE_INVALID")
		}
		q.results = append(q.results, &tg.BotInlineResult{
			ID: r.ID, Type: r.Type, Title: r.Title, Description: r.Description, URL: r.URL,
			SendMessage: &tg.BotInlineMessageText{NoWebpage: text.NoWebpage, Message: text.Message, Entities: text.Entities, ReplyMarkup: text.ReplyMarkup},
		})
	}
	q.finish(&tg.MessagesBotResults{
		Gallery: req.Gallery, QueryID: req.QueryID, NextOffset: req.NextOffset, Results: q.results, CacheTime: req.CacheTime, Users: []tg.UserClass{},
	}, nil)
	return true, nil
}

func (s *Server) messagesSendInlineBotResult(ctx context.Context, req *tg.MessagesSendInlineBotResultRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	q := s.questions[req.QueryID]
	if q == nil || q.user != c.account().id {
		return nil, rpcError(400, "QUERY_ID_INVALID")
	}
	for _, r := range q.results {
		one, ok := r.(*tg.BotInlineResult)
		if !ok || one.ID != req.ID {
			continue
		}
		text := one.SendMessage.(*tg.BotInlineMessageText)
		body := &tg.Message{Message: text.Message, Entities: text.Entities, ReplyMarkup: text.ReplyMarkup, ViaBotID: q.bot, Silent: req.Silent}
		return s.sendOne(c, req.Peer, req.RandomID, req.ReplyTo, body, req.ClearDraft)
	}
	return nil, rpcError(400, "RESULT_ID_INVALID")
}
