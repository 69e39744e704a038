package compat

import "strings"

// changes1848 are the changes from 1.8.48 to 1.8.60.
func changes1848() []change {
	return []change{
		{"1.8.48", join(
			rename("canSendStoryResult*", "canPostStoryResult*"),
			rename("premiumLimitTypeWeeklySentStoryCount", "premiumLimitTypeWeeklyPostedStoryCount"),
			rename("premiumLimitTypeMonthlySentStoryCount", "premiumLimitTypeMonthlyPostedStoryCount"),
			rename("updateStorySend*", "updateStoryPost*"),
			rename("getChatsToSendStories", "getChatsToPostStories"),
			rename("canSendStory", "canPostStory"),
			rename("sendStory", "postStory"),
			fields(`messageReplyToStory inputMessageReplyToStory linkPreviewTypeStory messageStory inputMessageStory updateStoryDeleted
				searchPublicStoriesByTag editBusinessStory getStory editStory editStoryCover toggleStoryIsPostedToChatPage deleteStory openStory
				closeStory setStoryReaction getChatStoryInteractions reportStory getStoryPublicForwards`, "story_sender_chat_id", "story_poster_chat_id"),
			field("chatNotificationSettings", "use_default_show_story_sender", "use_default_show_story_poster", "show_story_sender", "show_story_poster"),
			field("scopeNotificationSettings", "show_story_sender", "show_story_poster"),
			field("storyOriginHiddenUser", "sender_name", "poster_name"),
			field("story", "sender_chat_id", "poster_chat_id", "sender_id", "poster_id", "is_being_sent", "is_being_posted"),
			field("storyFullId", "sender_chat_id", "poster_chat_id"),
			field("internalLinkTypeStory", "story_sender_username", "story_poster_username"),
			rename("groupCallStream*", "videoChatStream*"),
			rename("filePart", "data"),
			rename("startScheduledGroupCall", "startScheduledVideoChat"),
			rename("toggleGroupCallEnabledStartNotification", "toggleVideoChatEnabledStartNotification"),
			rename("joinGroupCall", "joinVideoChat"),
			wrap("joinVideoChat", "join_parameters", "groupCallJoinParameters", "audio_source_id payload is_muted is_my_video_enabled"),
			rename("setGroupCallTitle", "setVideoChatTitle"),
			rename("toggleGroupCallMuteNewParticipants", "toggleVideoChatMuteNewParticipants"),
			rename("inviteGroupCallParticipants", "inviteVideoChatParticipants"),
			rename("getGroupCallInviteLink", "getVideoChatInviteLink"),
			rename("getGroupCallStreams", "getVideoChatStreams"),
			rename("getGroupCallStreamSegment", "getVideoChatStreamSegment"),
		)},
		{"1.8.49", join(
			down("availableGifts", func(_ *scope, o *object) { o.typ = "gifts"; o.set("gifts", lifted(o.list("gifts"), "gift")) }),
		)},
		{"1.8.50", join(
			down("message", func(_ *scope, o *object) {
				t := o.object("topic_id")
				switch {
				case t == nil:
				case t.typ == "messageTopicForum":
					o.set("is_topic_message", t.integer("forum_topic_id") != generalTopic<<serverIDShift)
				case t.typ == "messageTopicSavedMessages":
					o.set("saved_messages_topic_id", t.get("saved_messages_topic_id"))
				}
			}),
			topics("searchChatMessages getChatMessageCalendar getChatMessageCount getChatMessagePosition", 0),
		)},
		{"1.8.51", rename("messageSponsor", "advertisementSponsor")},
		{"1.8.52", join(
			rename("starTransactionDirection*", "transactionDirection*"),
			down("messageUpgradedGift", func(_ *scope, o *object) {
				o.set("is_upgrade", o.is("origin", "upgradedGiftOriginUpgrade"))
				if o.is("origin", "upgradedGiftOriginResale") {
					o.set("last_resale_star_count", o.object("origin").get("star_count"))
				}
			}),
			rename("chatRevenueTransactionTypeEarnings", "chatRevenueTransactionTypeSponsoredMessageEarnings"),
			rename("chatRevenueTransactionTypeWithdrawal", "chatRevenueTransactionTypeFragmentWithdrawal"),
			rename("chatRevenueTransactionTypeRefund", "chatRevenueTransactionTypeFragmentRefund"),
			down("chatRevenueTransactionTypeFragmentWithdrawal", func(_ *scope, o *object) { o.set("provider", "Fragment") }),
			down("chatRevenueTransactionTypeFragmentRefund", func(_ *scope, o *object) { o.set("provider", "Fragment") }),
			down("chatRevenueTransactions", func(_ *scope, o *object) { o.set("total_count", num(int64(len(o.list("transactions"))))) }),
			up("getChatRevenueTransactions", func(_ *scope, o *object) {
				if n, ok := o.get("offset").(number); ok {
					o.set("offset", strings.TrimLeft(string(n), "0"))
				}
			}),
		)},
		{"1.8.53", join(
			box("upgradedGiftOriginResale", "star_count", "price", "giftResalePriceStar", "star_count"),
			down("gift", func(_ *scope, o *object) { scatter(o, "overall_limits", "total_count remaining_count") }),
			down("upgradedGift", func(_ *scope, o *object) { scatter(o, "resale_parameters", "resale_star_count:star_count") }),
			wrap("user", "restriction_info", "restrictionInfo", "restriction_reason"),
			wrap("supergroup", "restriction_info", "restrictionInfo", "restriction_reason has_sensitive_content"),
			wrap("message", "restriction_info", "restrictionInfo", "restriction_reason has_sensitive_content"),
			box("sendResoldGift", "star_count", "price", "giftResalePriceStar", "star_count"),
			result("sendResoldGift", func(_ *scope, o *object) value {
				if o.typ == "giftResaleResultPriceIncreased" {
					return failed(400, "The price of the gift has increased")
				}
				return newObject("ok")
			}),
			up("setGiftResalePrice", func(_ *scope, o *object) {
				if n := o.take("resale_star_count"); integer(n) != 0 {
					o.set("price", newObject("giftResalePriceStar", "star_count", n))
				}
			}),
		)},
		{"1.8.54", up("getReceivedGifts", func(_ *scope, o *object) {
			if v := o.take("exclude_limited"); v != nil {
				o.set("exclude_upgradable", v)
				o.set("exclude_non_upgradable", v)
			}
		})},
		{"1.8.55", join(
			rename("chatTheme", "emojiChatTheme"),
			rename("updateChatThemes", "updateEmojiChatThemes"),
			boxes("chat messageChatSetTheme updateChatTheme", "theme_name", "theme", "chatThemeEmoji", "name"),
			up("setChatTheme", func(_ *scope, o *object) {
				if name, _ := o.take("theme_name").(string); name != "" {
					o.set("theme", newObject("inputChatThemeEmoji", "name", name))
				}
			}),
			field("pushMessageContentChatSetTheme", "theme_name", "name"),
			down("messageRefundedUpgradedGift", func(_ *scope, o *object) { o.set("is_upgrade", o.is("origin", "upgradedGiftOriginUpgrade")) }),
		)},
		{"1.8.56", join(
			forumTopics(),
			rename("setDirectMessagesChatTopicDraftMessage", "setChatDraftMessage"),
			up("setChatDraftMessage", func(s *scope, o *object) {
				if id, ok := o.get("topic_id").(number); ok {
					o.set("topic_id", newObject("messageTopicDirectMessages", "direct_messages_chat_topic_id", id))
				} else {
					s.topic(o, serverIDShift)
				}
			}),
			topics("sendMessage sendMessageAlbum sendInlineQueryResultMessage forwardMessages openWebApp sendChatAction searchChatMembers getSupergroupMembers", serverIDShift),
			up("chatMembersFilterMention", func(s *scope, o *object) { s.topic(o, 0) }),
			up("supergroupMembersFilterMention", func(s *scope, o *object) { s.topic(o, 0) }),
			up("addContact", func(_ *scope, o *object) {
				if c := o.object("contact"); c != nil && o.get("user_id") == nil {
					o.set("user_id", c.get("user_id"))
					c.typ = "importedContact"
				}
			}),
			up("importContacts", importedContacts), up("changeImportedContacts", importedContacts),
		)},
		{"1.8.57", join(
			sender("checklistTask", "completed_by_user_id", "completed_by"),
			down("user", activeStories), down("supergroup", activeStories),
			rename("videoChatStream*", "groupCallStream*"),
			field("groupCall", "can_toggle_can_send_messages", "can_toggle_are_messages_allowed"),
			down("updateNewGroupCallMessage", func(_ *scope, o *object) {
				o.typ = "updateGroupCallNewMessage"
				scatter(o, "message", "sender_id text")
			}),
			rename("toggleGroupCallCanSendMessages", "toggleGroupCallAreMessagesAllowed"),
			field("toggleGroupCallAreMessagesAllowed", "can_send_messages", "are_messages_allowed"),
			rename("getVideoChatStreams", "getGroupCallStreams"),
			rename("getVideoChatStreamSegment", "getGroupCallStreamSegment"),
		)},
		{"1.8.59", down("linkPreviewTypeGiftAuction", func(_ *scope, o *object) {
			if g := o.object("gift"); g != nil {
				o.set("gift_background", g.get("background"))
			}
		})},
		{"1.8.60", join(
			rename("messageUpgradedGiftPurchaseOfferDeclined", "messageUpgradedGiftPurchaseOfferRejected"),
			field("processGiftPurchaseOffer", "approve", "accept"),
		)},
	}
}

func activeStories(_ *scope, o *object) {
	s, _ := o.take("active_story_state").(*object)
	o.set("has_active_stories", s != nil)
	o.set("has_unread_active_stories", s != nil && s.typ != "activeStoryStateRead")
}

func importedContacts(_ *scope, o *object) {
	for _, e := range o.list("contacts") {
		if c, ok := e.(*object); ok && c != nil && c.typ == "contact" {
			c.typ = "importedContact"
		}
	}
}

// A forum topic was named by the identifier of the message that began it, and is by that message's number on the server now.
const (
	serverIDShift = 20
	generalTopic  = 1
)

// threadID is the identifier of a message thread that is the topic of a message; 0 for other topics.
func threadID(topic *object) number {
	switch {
	case topic == nil:
	case topic.typ == "messageTopicThread":
		return num(topic.integer("message_thread_id"))
	case topic.typ == "messageTopicForum":
		return num(topic.integer("forum_topic_id"))
	}
	return "0"
}

// forumTopics is for forum topics, which got identifiers of their own.
func forumTopics() []op {
	shift := func(typ, old, new string) []op {
		return both(typ, func(_ *scope, o *object) {
			if v := o.take(old); v != nil {
				o.set(new, num(integer(v)>>serverIDShift))
			}
		}, func(_ *scope, o *object) {
			if v := o.take(new); v != nil {
				o.set(old, num(integer(v)<<serverIDShift))
			}
		})
	}
	thread := func(typ string) []op {
		return down(typ, func(_ *scope, o *object) {
			t := o.object("topic_id")
			o.set("message_thread_id", threadID(t))
			if t != nil && t.typ == "messageTopicThread" {
				o.take("topic_id")
			}
		})
	}
	ops := join(
		rename("readAllMessageThreadMentions", "readAllForumTopicMentions"),
		rename("readAllMessageThreadReactions", "readAllForumTopicReactions"),
		rename("unpinAllMessageThreadMessages", "unpinAllForumTopicMessages"),
		shift("messageTopicForum", "forum_topic_id", "forum_topic_id"),
		shift("forumTopics", "next_offset_message_thread_id", "next_offset_forum_topic_id"),
		shift("getForumTopics", "offset_message_thread_id", "offset_forum_topic_id"),
		thread("message"), thread("messageLinkInfo"), thread("updateChatAction"),
		down("forumTopicInfo", func(_ *scope, o *object) {
			o.set("forum_topic_id", num(o.integer("forum_topic_id")<<serverIDShift))
			o.set("message_thread_id", o.get("forum_topic_id"))
		}),
		up("setPinnedForumTopics", func(_ *scope, o *object) {
			if ids, ok := o.take("message_thread_ids").(list); ok {
				for i := range ids {
					ids[i] = num(integer(ids[i]) >> serverIDShift)
				}
				o.set("forum_topic_ids", ids)
			}
		}),
	)
	for _, t := range strings.Fields(`updateForumTopic editForumTopic getForumTopic getForumTopicLink setForumTopicNotificationSettings toggleForumTopicIsClosed
		toggleForumTopicIsPinned deleteForumTopic readAllForumTopicMentions readAllForumTopicReactions unpinAllForumTopicMessages`) {
		ops = append(ops, shift(t, "message_thread_id", "forum_topic_id")...)
	}
	return ops
}

// topics is for functions in which a thread or a topic of one kind became a topic of any kind. The shift makes a forum topic's
// identifier of a thread's.
func topics(functions string, shift int) []op {
	var ops []op
	for t := range strings.FieldsSeq(functions) {
		ops = append(ops, up(t, func(s *scope, o *object) {
			s.topic(o, shift)
			if f := o.object("filter"); f != nil && f.is("topic_id", "messageTopicThread") && s.forum(o) {
				id := f.object("topic_id").integer("message_thread_id")
				f.set("topic_id", newObject("messageTopicForum", "forum_topic_id", num(id>>shift)))
			}
		})...)
	}
	return ops
}

// forum says whether the chat or supergroup that a request names is known to be a forum.
func (s *scope) forum(o *object) bool {
	return s.conversation.isForum(o.integer("chat_id")) || s.conversation.isForum(supergroupChats-o.integer("supergroup_id"))
}

// topic makes a topic of the fields of an object that told of one.
func (s *scope) topic(o *object, shift int) {
	thread := o.take("message_thread_id")
	saved := o.take("saved_messages_topic_id")
	direct := o.take("direct_messages_chat_topic_id")
	if options := o.object("options"); options != nil && direct == nil {
		direct = options.take("direct_messages_chat_topic_id")
	}
	var t *object
	switch {
	case integer(direct) != 0:
		t = newObject("messageTopicDirectMessages", "direct_messages_chat_topic_id", direct)
	case integer(saved) != 0:
		t = newObject("messageTopicSavedMessages", "saved_messages_topic_id", saved)
	case integer(thread) != 0 && s.forum(o):
		t = newObject("messageTopicForum", "forum_topic_id", num(integer(thread)>>shift))
	case integer(thread) != 0:
		t = newObject("messageTopicThread", "message_thread_id", thread)
	default:
		return
	}
	o.take("topic_id")
	o.set("topic_id", t)
}
