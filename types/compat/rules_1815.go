package compat

import "strings"

// changes1815 are the changes from 1.8.15 to 1.8.29.
func changes1815() []change {
	return []change{
		{"1.8.15", join(
			rename("chatReportReason*", "reportReason*"),
			rename("reorderActiveBotUsernames", "reorderBotActiveUsernames"),
			down("poll", func(_ *scope, o *object) { o.set("recent_voter_user_ids", users(o.list("recent_voter_ids"))) }),
			down("emojiStatuses", func(_ *scope, o *object) {
				statuses := list{}
				for _, id := range o.list("custom_emoji_ids") {
					statuses = append(statuses, newObject("emojiStatus", "custom_emoji_id", id))
				}
				o.set("emoji_statuses", statuses)
			}),
			down("message", func(_ *scope, o *object) {
				if o.is("reply_to", "messageReplyToMessage") {
					scatter(o, "reply_to", "reply_in_chat_id:chat_id reply_to_message_id:message_id")
				}
			}),
			down("sponsoredMessage", sponsor),
			fields("identityDocument inputIdentityDocument", "expiry_date", "expiration_date"),
			sender("updatePollAnswer", "user_id", "voter_id"),
			replyTo("messageReplyToMessage"),
			result("getPollVoters", func(_ *scope, o *object) value {
				return newObject("users", "total_count", o.get("total_count"), "user_ids", users(o.list("senders")))
			}),
		)},
		{"1.8.16", join(
			down("userFullInfo", isBlocked), down("chat", isBlocked),
			rename("updateChatIsBlocked", "updateChatBlockList"), down("updateChatBlockList", isBlocked),
			preset("getBlockedMessageSenders", "block_list", func(*scope) value { return newObject("blockListMain") }),
			result("getStoryViewers", func(_ *scope, o *object) value {
				viewers := list{}
				for _, e := range o.list("viewers") {
					if v, _ := e.(*object); v != nil {
						viewers = append(viewers, newObject("messageViewer", "user_id", v.get("user_id"), "view_date", v.get("view_date")))
					}
				}
				return newObject("messageViewers", "viewers", viewers)
			}),
			rename("toggleMessageSenderIsBlocked", "setMessageSenderBlockList"),
			up("setMessageSenderBlockList", func(_ *scope, o *object) {
				if truth(o.take("is_blocked")) {
					o.set("block_list", newObject("blockListMain"))
				}
			}),
		)},
		{"1.8.18", join(
			down("chatInviteLinkInfo", chatTypeOfLink),
			rename("storyPrivacySettingsSelectedContacts", "storyPrivacySettingsSelectedUsers"),
			down("message", func(_ *scope, o *object) { scatter(o, "self_destruct_type", "self_destruct_time") }),
			up("inputMessagePhoto", selfDestruct), up("inputMessageVideo", selfDestruct),
			down("session", func(s *scope, o *object) {
				renameField(o, "ip_address", "ip")
				renameField(o, "location", "country")
				if c := s.conversation; c.host != nil {
					o.set("region", c.host.Region(o.integer("id")))
				}
			}),
			field("connectedWebsite", "ip", "ip_address"),
		)},
		{"1.8.19", join(
			down("messageSendingStateFailed", scatterError), down("updateMessageSendFailed", scatterError),
			down("updateStorySendFailed", func(s *scope, o *object) {
				scatterError(s, o)
				renameField(o, "error_type", "error")
			}),
			rename("getArchivedStories", "getChatArchivedStories"),
			preset("getChatArchivedStories", "chat_id", (*scope).me),
			preset("canSendStory", "chat_id", (*scope).me), preset("sendStory", "chat_id", (*scope).me),
			preset("editStory", "story_sender_chat_id", (*scope).me), preset("setStoryPrivacySettings", "story_sender_chat_id", (*scope).me),
			preset("toggleStoryIsPinned", "story_sender_chat_id", (*scope).me), preset("deleteStory", "story_sender_chat_id", (*scope).me),
		)},
		{"1.8.20", join(
			down("message", func(_ *scope, o *object) {
				if i := o.object("import_info"); i != nil {
					origin := newObject("messageForwardOriginMessageImport", "sender_name", i.get("sender_name"))
					o.take("forward_info")
					o.set("forward_info", newObject("messageForwardInfo", "origin", origin, "date", i.get("date")))
				}
			}),
			down("messageBotWriteAccessAllowed", func(_ *scope, o *object) {
				r := o.object("reason")
				switch {
				case r == nil:
				case r.typ == "botWriteAccessAllowReasonConnectedWebsite":
					o.become(newObject("messageWebsiteConnected", "domain_name", r.get("domain_name")))
				default:
					o.set("web_app", r.get("web_app"))
					o.set("by_request", r.typ == "botWriteAccessAllowReasonAcceptedRequest")
				}
			}),
		)},
		{"1.8.21", join(
			rename("messageForwardOrigin*", "messageOrigin*"),
			both("draftMessage", func(_ *scope, o *object) {
				if id := o.take("reply_to_message_id"); integer(id) != 0 {
					o.set("reply_to", newObject("inputMessageReplyToMessage", "message_id", id))
				}
			}, func(_ *scope, o *object) {
				if r, _ := o.take("reply_to").(*object); r != nil && r.integer("chat_id") == 0 {
					o.set("reply_to_message_id", r.get("message_id"))
				}
			}),
			both("inputMessageText", func(_ *scope, o *object) {
				if v := o.take("disable_web_page_preview"); v != nil && truth(v) {
					o.set("link_preview_options", newObject("linkPreviewOptions", "is_disabled", true))
				}
			}, func(_ *scope, o *object) {
				p := o.object("link_preview_options")
				o.set("disable_web_page_preview", p != nil && p.truth("is_disabled"))
			}),
			down("chatBoostStatus", func(_ *scope, o *object) { o.set("is_boosted", len(o.list("applied_slot_ids")) > 0) }),
			down("chatBoost", func(_ *scope, o *object) { scatter(o, "source", "user_id") }),
			script("canBoostChat", canBoostChat), script("boostChat", boostChat),
			replyKind(),
			up("sendMessageAlbum", onlyPreview), up("forwardMessages", onlyPreview),
		)},
		{"1.8.22", join(
			preset("searchStickerSets", "sticker_type", regularStickers),
			down("messageReplyToMessage", func(_ *scope, o *object) {
				if q, _ := o.take("quote").(*object); q != nil {
					o.set("is_quote_manual", q.get("is_manual"))
					o.set("quote", q.get("text"))
				}
			}),
			box("inputMessageReplyToMessage", "quote", "quote", "inputTextQuote", "text"),
			up("resendMessages", func(_ *scope, o *object) {
				if q := o.object("quote"); q != nil && q.typ == "formattedText" {
					o.set("quote", newObject("inputTextQuote", "text", q))
				}
			}),
			field("chatStatisticsChannel", "mean_view_count", "mean_message_view_count", "mean_share_count", "mean_message_share_count"),
			down("chatStatisticsChannel", func(_ *scope, o *object) {
				messages := list{}
				for _, e := range o.list("recent_interactions") {
					if i, _ := e.(*object); i != nil && i.is("object_type", "chatStatisticsObjectTypeMessage") {
						i.typ = "chatStatisticsMessageInteractionInfo"
						scatter(i, "object_type", "message_id")
						messages = append(messages, i)
					}
				}
				o.set("recent_message_interactions", messages)
			}),
		)},
		{"1.8.23", join(
			rename("keyboardButtonTypeRequestUser", "keyboardButtonTypeRequestUsers"),
			preset("keyboardButtonTypeRequestUsers", "max_quantity", func(*scope) value { return number("1") }),
			down("messageUsersShared", func(_ *scope, o *object) {
				o.typ = "messageUserShared"
				if ids := o.list("user_ids"); len(ids) > 0 {
					o.set("user_id", ids[0])
				}
			}),
			rename("getStoryViewers", "getStoryInteractions"),
			down("storyInteractions", func(_ *scope, o *object) { o.typ = "storyViewers"; renameField(o, "interactions", "viewers") }),
			down("storyInteraction", storyViewer),
			field("story", "can_get_viewers", "can_get_interactions"),
			rename("storyPublicForward*", "publicForward*"),
			rename("updateChatAccentColor", "updateChatAccentColors"),
			rename("updateSelectedBackground", "updateDefaultBackground"),
			rename("shareUserWithBot", "shareUsersWithBot"),
			up("shareUsersWithBot", func(_ *scope, o *object) {
				if id := o.take("shared_user_id"); id != nil {
					o.set("shared_user_ids", list{id})
				}
			}),
			rename("getBackgrounds", "getInstalledBackgrounds"), rename("setBackground", "setDefaultBackground"),
			rename("removeBackground", "removeInstalledBackground"), rename("resetBackgrounds", "resetInstalledBackgrounds"),
			script("addApplicationChangelog", func(*scope, *object) value { return newObject("ok") }), // nothing is told of changes now
			result("getMessagePublicForwards", func(_ *scope, o *object) value {
				messages := list{}
				for _, e := range o.list("forwards") {
					if f, _ := e.(*object); f != nil && f.object("message") != nil {
						messages = append(messages, f.object("message"))
					}
				}
				return newObject("foundMessages", "total_count", o.get("total_count"), "messages", messages, "next_offset", o.get("next_offset"))
			}),
		)},
		{"1.8.24", join(
			field("chatPermissions", "can_manage_topics", "can_create_topics"),
			down("messageForwardInfo", func(_ *scope, o *object) { scatter(o, "source", "from_chat_id:chat_id from_message_id:message_id") }),
			down("messageInteractionInfo", func(_ *scope, o *object) {
				if r := o.object("reactions"); r != nil {
					o.set("reactions", r.get("reactions"))
				}
			}),
			scriptIf("setTdlibParameters", hasOptions, setOptionsToo),
			result("searchEmojis", func(_ *scope, o *object) value {
				return newObject("emojis", "emojis", unique(lifted(o.list("emoji_keywords"), "emoji")))
			}),
		)},
		{"1.8.25", join(
			field("accentColor", "min_chat_boost_level", "min_channel_chat_boost_level"),
			field("profileAccentColor", "min_chat_boost_level", "min_channel_chat_boost_level"),
			preset("getChatBoostLevelFeatures", "is_channel", yes), preset("getChatBoostFeatures", "is_channel", yes),
			savedTopics(),
		)},
		{"1.8.27", join(
			down("messageUsersShared", func(_ *scope, o *object) { o.set("user_ids", lifted(o.list("users"), "user_id")) }),
			down("messageChatShared", func(_ *scope, o *object) { scatter(o, "chat", "chat_id") }),
			down("stickerSet", stickerFormat), down("stickerSetInfo", stickerFormat),
			up("addStickerToSet", func(_ *scope, o *object) {
				if s := o.object("sticker"); s != nil && s.get("format") == nil {
					s.set("format", guessedFormat(s.object("sticker")))
				}
			}),
			up("createNewStickerSet", func(_ *scope, o *object) {
				format := o.take("sticker_format")
				for _, e := range o.list("stickers") {
					if s, _ := e.(*object); s != nil && s.get("format") == nil {
						s.set("format", copied(format))
					}
				}
			}),
		)},
		{"1.8.28", join(
			rename("businessIntro", "businessStartPage"), rename("inputBusinessIntro", "inputBusinessStartPage"),
			rename("businessFeatureIntro", "businessFeatureStartPage"),
			rename("setBusinessIntro", "setBusinessStartPage"),
			fields("businessInfo setBusinessStartPage", "intro", "start_page"),
			script("createNewBasicGroupChat", func(s *scope, o *object) value {
				return s.then(o, func(a *object) value { return s.ask(newObject("getChat", "chat_id", a.get("chat_id"))) })
			}),
			phoneNumberCode("changePhoneNumber", "resendChangePhoneNumberCode", "checkChangePhoneNumberCode", "phoneNumberCodeTypeChange"),
			phoneNumberCode("sendPhoneNumberVerificationCode", "resendPhoneNumberVerificationCode", "checkPhoneNumberVerificationCode", "phoneNumberCodeTypeVerify"),
			phoneNumberCode("sendPhoneNumberConfirmationCode", "resendPhoneNumberConfirmationCode", "checkPhoneNumberConfirmationCode", "phoneNumberCodeTypeConfirmOwnership"),
		)},
		{"1.8.29", join(
			plain("pollOption", "text"), plain("poll", "question"), plain("inputMessagePoll", "question"),
			up("inputMessagePoll", func(_ *scope, o *object) {
				for i, e := range o.list("options") {
					if text, ok := e.(string); ok {
						o.list("options")[i] = formatted(text)
					}
				}
			}),
			field("userFullInfo", "has_pinned_stories", "has_posted_to_profile_stories"),
			down("messageSponsor", func(_ *scope, o *object) {
				o.set("type", newObject("messageSponsorTypeWebsite", "url", o.get("url"), "name", o.get("info")))
			}),
			down("emojiCategory", func(_ *scope, o *object) { scatter(o, "source", "emojis") }),
			field("story", "is_pinned", "is_posted_to_chat_page", "can_toggle_is_pinned", "can_toggle_is_posted_to_chat_page"),
			field("sendStory", "is_pinned", "is_posted_to_chat_page"),
			rename("toggleStoryIsPinned", "toggleStoryIsPostedToChatPage"), field("toggleStoryIsPostedToChatPage", "is_pinned", "is_posted_to_chat_page"),
			rename("getChatPinnedStories", "getChatPostedToChatPageStories"),
			down("chatRevenueStatistics", func(_ *scope, o *object) {
				scatter(o, "revenue_amount", "cryptocurrency cryptocurrency_total_amount:total_amount cryptocurrency_balance_amount:balance_amount cryptocurrency_available_amount:available_amount")
			}),
		)},
	}
}

// me is the identifier of the user, and of his chat with himself.
func (s *scope) me() value { return num(s.conversation.me.Load()) }

func regularStickers(*scope) value { return newObject("stickerTypeRegular") }

// users are the identifiers of those senders that are users.
func users(senders list) list {
	ids := list{}
	for _, e := range senders {
		if s, _ := e.(*object); s != nil && s.typ == "messageSenderUser" {
			ids = append(ids, s.get("user_id"))
		}
	}
	return ids
}

// unique is a list of strings without those that were there before.
func unique(l list) list {
	seen := map[value]bool{}
	kept := list{}
	for _, v := range l {
		if s, ok := v.(string); ok && !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

func sponsor(_ *scope, o *object) {
	s, _ := o.take("sponsor").(*object)
	if s == nil {
		return
	}
	o.set("sponsor_info", s.get("info"))
	t := s.object("type")
	if t == nil {
		return
	}
	o.set("link", t.get("link"))
	if t.typ == "messageSponsorTypePublicChannel" {
		o.set("sponsor_chat_id", t.get("chat_id"))
	}
}

const repliers = "sendMessage sendMessageAlbum sendInlineQueryResultMessage addLocalMessage openWebApp"

// replyTo is for the message that is replied to, which was a number.
func replyTo(class string) []op {
	var ops []op
	for t := range strings.FieldsSeq(repliers) {
		ops = append(ops, up(t, func(_ *scope, o *object) {
			if id := o.take("reply_to_message_id"); integer(id) != 0 {
				o.set("reply_to", newObject(class, "message_id", id))
			}
		})...)
	}
	return ops
}

// replyKind is for what is replied to, which had the class that is for answers only now.
func replyKind() []op {
	var ops []op
	for t := range strings.FieldsSeq(repliers) {
		ops = append(ops, up(t, func(_ *scope, o *object) {
			if r := o.object("reply_to"); r != nil && strings.HasPrefix(r.typ, "messageReplyTo") {
				r.typ = "inputM" + r.typ[1:]
			}
		})...)
	}
	return ops
}

func isBlocked(_ *scope, o *object) { o.set("is_blocked", o.is("block_list", "blockListMain")) }

func chatTypeOfLink(_ *scope, o *object) {
	switch t := o.object("type"); {
	case t == nil:
	case t.typ == "inviteLinkChatTypeBasicGroup":
		t.typ = "chatTypeBasicGroup"
	default:
		t.set("is_channel", t.typ == "inviteLinkChatTypeChannel")
		t.typ = "chatTypeSupergroup"
	}
}

func selfDestruct(_ *scope, o *object) {
	if n := o.take("self_destruct_time"); integer(n) != 0 {
		o.set("self_destruct_type", newObject("messageSelfDestructTypeTimer", "self_destruct_time", n))
	}
}

func scatterError(_ *scope, o *object) { scatter(o, "error", "error_code:code error_message:message") }

// freeSlots are the boosts of the user that are not used.
func freeSlots(slots list) (free list, used *object) {
	free = list{}
	for _, e := range slots {
		if s, _ := e.(*object); s != nil && s.integer("currently_boosted_chat_id") == 0 {
			free = append(free, s.get("slot_id"))
		} else if s != nil {
			used = s
		}
	}
	return free, used
}

func canBoostChat(s *scope, o *object) value {
	return s.then(newObject("getAvailableChatBoostSlots"), func(a *object) value {
		free, used := freeSlots(a.list("slots"))
		switch {
		case len(free) > 0:
			return newObject("canBoostChatResultOk")
		case used == nil:
			return newObject("canBoostChatResultPremiumNeeded")
		case used.integer("currently_boosted_chat_id") == o.integer("chat_id"):
			return newObject("canBoostChatResultAlreadyBoosted")
		}
		return newObject("canBoostChatResultOk", "currently_boosted_chat_id", used.get("currently_boosted_chat_id"))
	})
}

func boostChat(s *scope, o *object) value {
	return s.then(newObject("getAvailableChatBoostSlots"), func(a *object) value {
		free, used := freeSlots(a.list("slots"))
		if len(free) == 0 && used != nil {
			free = list{used.get("slot_id")}
		}
		o.set("slot_ids", free[:min(len(free), 1)])
		return s.ask(o)
	})
}

func onlyPreview(_ *scope, o *object) {
	if v := o.take("only_preview"); v != nil && truth(v) {
		if o.object("options") == nil {
			o.set("options", newObject("messageSendOptions"))
		}
		o.object("options").set("only_preview", v)
	}
}

// storyViewer makes one of an interaction with a story.
func storyViewer(_ *scope, o *object) {
	o.typ = "storyViewer"
	scatter(o, "type", "chosen_reaction_type")
	if o.is("actor_id", "messageSenderUser") {
		o.set("user_id", o.object("actor_id").get("user_id"))
	}
	renameField(o, "interaction_date", "view_date")
}

// parameterOptions are parameters that became options.
var parameterOptions = map[string]string{"enable_storage_optimizer": "use_storage_optimizer", "ignore_file_names": "ignore_file_names"}

func hasOptions(_ *scope, o *object) bool {
	return o.get("enable_storage_optimizer") != nil || o.get("ignore_file_names") != nil
}

func setOptionsToo(s *scope, o *object) value {
	return s.then(o, func(a *object) value {
		for _, name := range []string{"enable_storage_optimizer", "ignore_file_names"} {
			if v := o.get(name); v != nil {
				s.ask(newObject("setOption", "name", parameterOptions[name], "value", newObject("optionValueBoolean", "value", truth(v))))
			}
		}
		return a
	})
}

// hiddenAuthors is the identifier of the topic in Saved Messages for messages of authors that are not known.
const hiddenAuthors = 2666000

// savedTopics is for topics of Saved Messages, which got identifiers.
func savedTopics() []op {
	ops := down("message", func(s *scope, o *object) {
		switch id := o.integer("saved_messages_topic_id"); id {
		case 0:
		case hiddenAuthors:
			o.set("saved_messages_topic", newObject("savedMessagesTopicAuthorHidden"))
		case s.conversation.me.Load():
			o.set("saved_messages_topic", newObject("savedMessagesTopicMyNotes"))
		default:
			o.set("saved_messages_topic", newObject("savedMessagesTopicSavedFromChat", "chat_id", num(id)))
		}
	})
	for t := range strings.FieldsSeq(`getSavedMessagesTopicHistory getSavedMessagesTopicMessageByDate deleteSavedMessagesTopicHistory
		deleteSavedMessagesTopicMessagesByDate toggleSavedMessagesTopicIsPinned searchChatMessages getChatSparseMessagePositions
		getChatMessageCalendar getChatMessageCount getChatMessagePosition`) {
		ops = append(ops, up(t, func(s *scope, o *object) {
			if topic, _ := o.take("saved_messages_topic").(*object); topic != nil {
				o.set("saved_messages_topic_id", s.savedTopic(topic))
			}
		})...)
	}
	return append(ops, up("setPinnedSavedMessagesTopics", func(s *scope, o *object) {
		if topics, ok := o.take("saved_messages_topics").(list); ok {
			ids := list{}
			for _, e := range topics {
				if t, _ := e.(*object); t != nil {
					ids = append(ids, s.savedTopic(t))
				}
			}
			o.set("saved_messages_topic_ids", ids)
		}
	})...)
}

func (s *scope) savedTopic(topic *object) value {
	switch topic.typ {
	case "savedMessagesTopicMyNotes":
		return s.me()
	case "savedMessagesTopicAuthorHidden":
		return num(hiddenAuthors)
	}
	return topic.get("chat_id")
}

// stickerFormat is that of the stickers of a set, which was that of the set.
func stickerFormat(_ *scope, o *object) {
	for _, e := range append(o.list("stickers"), o.list("covers")...) {
		if s, _ := e.(*object); s != nil && s.get("format") != nil {
			o.set("sticker_format", copied(s.get("format")))
			return
		}
	}
}

// guessedFormat is the format that a sticker's file seems to have, which did not have to be told.
func guessedFormat(file *object) value {
	switch {
	case file != nil && strings.HasSuffix(file.str("path"), ".tgs"):
		return newObject("stickerFormatTgs")
	case file != nil && strings.HasSuffix(file.str("path"), ".webm"):
		return newObject("stickerFormatWebm")
	}
	return newObject("stickerFormatWebp")
}

// phoneNumberCode is for functions about codes for one purpose each, which became functions for any purpose.
func phoneNumberCode(send, resend, check, purpose string) []op {
	return join(
		up(send, func(_ *scope, o *object) {
			o.typ = "sendPhoneNumberCode"
			o.set("type", newObject(purpose, "hash", o.take("hash")))
		}),
		rename(resend, "resendPhoneNumberCode"), rename(check, "checkPhoneNumberCode"),
	)
}

// plain is for a text that was without entities.
func plain(typ, field string) []op {
	return both(typ, func(_ *scope, o *object) {
		if text, ok := o.get(field).(string); ok {
			o.set(field, formatted(text))
		}
	}, func(_ *scope, o *object) {
		if t := o.object(field); t != nil {
			o.set(field, t.str("text"))
		}
	})
}
