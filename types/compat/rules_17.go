package compat

import "strings"

// changes17 are the changes from 1.6.6 to 1.7.12.
func changes17() []change {
	return []change{
		{"1.6.6", join(
			down("thumbnail", func(_ *scope, o *object) { o.typ = "photoSize"; renameField(o, "file", "photo") }), // its format stays for animatedThumbnail
			down("animation", animatedThumbnail), down("video", animatedThumbnail),
			down("chat", mainPosition), down("updateChatLastMessage", mainPosition), down("updateChatDraftMessage", mainPosition),
			down("updateChatPosition", func(_ *scope, o *object) {
				p := o.object("position")
				if p == nil || !p.is("list", "chatListMain") {
					drop(nil, o)
					return
				}
				o.typ = "updateChatIsPinned"
				if p.get("source") != nil {
					o.typ = "updateChatSource"
				}
				scatter(o, "position", "order is_pinned source")
			}),
			rename("setChatChatList", "addChatToList"),
		)},
		{"1.6.7", join(
			rename("chatPhoto", "chatPhotoInfo"),
			down("chatPhoto", func(_ *scope, o *object) { o.typ = "userProfilePhoto" }),
			down("chatPhotos", func(_ *scope, o *object) { o.typ = "userProfilePhotos" }),
			photoOf("messageChatChangePhoto", "photo"), photoOf("chatEventPhotoChanged", "old_photo", "new_photo"),
			rename("chatStatistics", "chatStatisticsChannel"),
			rename("chatStatisticsMessageInteractionCounters", "chatStatisticsMessageInteractionInfo"),
			up("setChatPhoto", chatPhotoInput), up("setProfilePhoto", chatPhotoInput),
		)},
		{"1.6.8", join(
			rename("sendMessageOptions", "messageSendOptions"),
			wrap("inputMessageForwarded", "copy_options", "messageCopyOptions", "send_copy remove_caption:replace_caption"),
			down("callServer", func(_ *scope, o *object) {
				if !o.is("type", "callServerTypeTelegramReflector") {
					drop(nil, o)
					return
				}
				o.typ = "callConnection"
				scatter(o, "type", "peer_tag")
				renameField(o, "ip_address", "ip")
				renameField(o, "ipv6_address", "ipv6")
			}),
			field("callStateReady", "connections", "servers"),
		)},
		{"1.6.9", join(
			field("supergroupFullInfo", "can_view_statistics", "can_get_statistics"),
			down("message", func(_ *scope, o *object) {
				if i := o.object("interaction_info"); i != nil {
					o.set("views", i.get("view_count"))
				}
			}),
			down("foundMessages", func(_ *scope, o *object) { renameField(o, "next_offset", "next_from_search_id") }),
			up("searchSecretMessages", func(_ *scope, o *object) {
				if id := integer(o.take("from_search_id")); id != 0 {
					o.set("offset", string(num(id)))
				}
			}),
			field("inputMessageDocument", "force_file", "disable_content_type_detection"),
			down("updateMessageInteractionInfo", func(_ *scope, o *object) {
				o.typ = "updateMessageViews"
				scatter(o, "interaction_info", "views:view_count")
			}),
			script("getPublicMessageLink", func(s *scope, o *object) value {
				request := newObject("getMessageLink", "chat_id", o.get("chat_id"), "message_id", o.get("message_id"), "for_album", o.get("for_album"))
				return s.then(request, func(l *object) value {
					request.typ = "getMessageEmbeddingCode"
					return s.then(request, func(t *object) value {
						return newObject("publicMessageLink", "link", l.get("link"), "html", t.get("text"))
					})
				})
			}),
			result("getMessageLink", func(_ *scope, o *object) value { return newObject("httpUrl", "url", o.get("link")) }),
			blockedUsers(),
			rename("getChatStatisticsGraph", "getStatisticsGraph"),
		)},
		{"1.6.10", join(
			down("messageInteractionInfo", func(_ *scope, o *object) {
				scatter(o, "reply_info", `reply_count recent_repliers last_read_inbox_comment_message_id:last_read_inbox_message_id
					last_read_outbox_comment_message_id:last_read_outbox_message_id last_comment_message_id:last_message_id`)
				o.set("recent_replier_user_ids", users(o.list("recent_repliers")))
			}),
			down("message", bothSenders), down("notificationTypeNewPushMessage", bothSenders),
			down("messageDice", func(_ *scope, o *object) {
				scatter(o, "initial_state", "initial_state_sticker:sticker")
				scatter(o, "final_state", "final_state_sticker:sticker")
			}),
			down("updateMessageIsPinned", func(_ *scope, o *object) {
				o.typ = "updateChatPinnedMessage"
				if o.truth("is_pinned") {
					o.set("pinned_message_id", o.get("message_id"))
				}
			}),
			sender("searchChatMessages", "sender_user_id", "sender"), sender("addLocalMessage", "sender_user_id", "sender"),
			scriptIf("unpinChatMessage", func(_ *scope, o *object) bool { return o.get("message_id") == nil }, func(s *scope, o *object) value {
				return s.then(newObject("getChatPinnedMessage", "chat_id", o.get("chat_id")), func(m *object) value {
					return s.ask(newObject("unpinChatMessage", "chat_id", o.get("chat_id"), "message_id", m.get("id")))
				})
			}),
			rename("toggleChatIsBlocked", "toggleMessageSenderIsBlocked"),
			up("toggleMessageSenderIsBlocked", func(_ *scope, o *object) {
				switch id := o.take("chat_id"); {
				case integer(id) > 0: // a chat with a user has the user's identifier
					o.set("sender", newObject("messageSenderUser", "user_id", id))
				case id != nil:
					o.set("sender", newObject("messageSenderChat", "chat_id", id))
				}
			}),
			rename("blockChatFromReplies", "blockMessageSenderFromReplies"),
			result("getBlockedChats", func(_ *scope, o *object) value {
				ids := users(o.list("senders"))
				for _, e := range o.list("senders") {
					if s, _ := e.(*object); s != nil && s.typ == "messageSenderChat" {
						ids = append(ids, s.get("chat_id"))
					}
				}
				return newObject("chats", "total_count", o.get("total_count"), "chat_ids", ids)
			}),
			rename("getBlockedChats", "getBlockedMessageSenders"),
		)},
		{"1.7.0", join(
			field("richTextAnchorLink", "name", "anchor_name"),
			field("messageProximityAlertTriggered", "approacher", "traveler", "observer", "watcher"),
			rename("statisticsValue", "statisticalValue"), rename("statisticsGraph*", "statisticalGraph*"),
			rename("getStatisticsGraph", "getStatisticalGraph"),
		)},
		{"1.7.1", join(
			box("basicGroupFullInfo", "invite_link", "invite_link", "chatInviteLink", "invite_link"),
			box("supergroupFullInfo", "invite_link", "invite_link", "chatInviteLink", "invite_link"),
			rename("inputCredentialsAndroidPay", "inputCredentialsGooglePay"),
			rename("generateChatInviteLink", "replacePermanentChatInviteLink"),
			rename("deleteSupergroup", "deleteChat"), up("deleteChat", supergroupChat),
		)},
		{"1.7.2", join(
			field("chatInviteLink", "administrator_user_id", "creator_user_id", "is_permanent", "is_primary"),
			field("groupCall", "allowed_change_mute_new_participants", "can_change_mute_new_participants"),
			field("groupCallParticipant", "can_be_muted_only_for_self", "can_be_muted_for_current_user",
				"can_be_unmuted_only_for_self", "can_be_unmuted_for_current_user", "is_muted", "is_muted_for_all_users"),
			up("reportChat", func(_ *scope, o *object) {
				if r := o.object("reason"); r != nil && o.get("text") == nil {
					o.set("text", r.take("text"))
				}
			}),
			script("sendChatSetTtlMessage", func(s *scope, o *object) value {
				o.typ = "setChatMessageTtlSetting"
				return s.then(o, func(*object) value {
					return s.then(newObject("getChat", "chat_id", o.get("chat_id")), func(c *object) value { return c.get("last_message") })
				})
			}),
			rename("replacePermanentChatInviteLink", "replacePrimaryChatInviteLink"),
			result("getProxyLink", func(_ *scope, o *object) value { return newObject("text", "text", o.get("url")) }),
		)},
		{"1.7.3", join(
			down("chat", oldVoiceChat), down("updateChatVoiceChat", oldVoiceChat),
			senders("groupCallParticipant chatEventVoiceChatParticipantIsMutedToggled chatEventVoiceChatParticipantVolumeLevelChanged toggleGroupCallParticipantIsMuted setGroupCallParticipantVolumeLevel", "user_id", "participant"),
			sender("groupCallRecentSpeaker", "user_id", "speaker"),
		)},
		{"1.7.4", join(
			senders("chatMember chatEventMemberRestricted setChatMemberStatus banChatMember getChatMember", "user_id", "member_id"),
			field("voiceChat", "default_participant_alias", "default_participant_id"),
			field("groupCallRecentSpeaker", "speaker", "participant_id"),
			fields(`groupCallParticipant chatEventVoiceChatParticipantIsMutedToggled chatEventVoiceChatParticipantVolumeLevelChanged
				toggleGroupCallParticipantIsMuted setGroupCallParticipantVolumeLevel toggleGroupCallParticipantIsHandRaised`, "participant", "participant_id"),
			field("joinGroupCall", "participant_alias", "participant_id"),
			rename("getAvailableVoiceChatAliases", "getVoiceChatAvailableParticipants"),
		)},
		{"1.7.5", join(
			down("userFullInfo", func(_ *scope, o *object) {
				o.set("bot_info", newObject("botInfo", "description", o.get("description"), "commands", o.get("commands")))
			}),
			fields("groupCallParticipant joinGroupCall", "source", "audio_source_id"),
			field("setGroupCallParticipantIsSpeaking", "source", "audio_source"),
			box("uploadStickerFile", "png_sticker", "sticker", "inputStickerStatic", "sticker"),
			result("getInviteText", func(_ *scope, o *object) value { return newObject("text", "text", o.get("url")) }),
			rename("getInviteText", "getApplicationDownloadLink"),
		)},
		{"1.7.6", field("groupCall", "can_start_video", "can_enable_video")},
		{"1.7.7", scriptIf("getChats", func(_ *scope, o *object) bool { return o.get("offset_chat_id") != nil || o.get("offset_order") != nil }, chatsAfter)},
		{"1.7.8", join(
			field("themeSettings", "message_fill", "outgoing_message_fill", "animate_message_fill", "animate_outgoing_message_fill"),
			field("viewSponsoredMessage", "message_id", "sponsored_message_id"),
			script("getChatThemes", func(s *scope, _ *object) value {
				themes, _ := s.conversation.themes.Load().(list)
				return newObject("chatThemes", "chat_themes", copied(themes))
			}),
		)},
		{"1.7.9", voiceChats()},
		{"1.7.10", join(
			fields("message notificationTypeNewPushMessage searchChatMessages addLocalMessage toggleMessageSenderIsBlocked", "sender", "sender_id"),
			field("messageReplyInfo", "recent_repliers", "recent_replier_ids"),
			field("messageProximityAlertTriggered", "traveler", "traveler_id", "watcher", "watcher_id"),
			rename("updateUserChatAction", "updateChatAction"), sender("updateChatAction", "user_id", "sender_id"),
			rename("deleteChatMessagesFromUser", "deleteChatMessagesBySender"), sender("deleteChatMessagesBySender", "user_id", "sender_id"),
			up("approveChatJoinRequest", func(_ *scope, o *object) { o.typ = "processChatJoinRequest"; o.set("approve", true) }),
			rename("declineChatJoinRequest", "processChatJoinRequest"),
		)},
		{"1.7.11", join(
			fields("chatInviteLink createChatInviteLink editChatInviteLink", "expire_date", "expiration_date"),
			result("getChatSponsoredMessages", func(_ *scope, o *object) value { return newObject("sponsoredMessages", "messages", list{o}) }),
			rename("getChatSponsoredMessages", "getChatSponsoredMessage"),
			field("chat", "default_message_sender_id", "message_sender_id", "message_ttl_setting", "message_ttl"),
			rename("chatEventMessageTtlSettingChanged", "chatEventMessageTtlChanged"),
			field("chatEventMessageTtlChanged", "old_message_ttl_setting", "old_message_ttl", "new_message_ttl_setting", "new_message_ttl"),
			rename("chatEventVideoChatDiscarded", "chatEventVideoChatEnded"),
			sender("chatEvent", "user_id", "member_id"),
			rename("suggestedActionSeeTicksHint", "suggestedActionViewChecksHint"),
			rename("updateChatDefaultMessageSenderId", "updateChatMessageSender"), rename("setChatDefaultMessageSender", "setChatMessageSender"),
			fields("updateChatMessageSender setChatMessageSender", "default_message_sender_id", "message_sender_id"),
			rename("updateChatMessageTtlSetting", "updateChatMessageTtl"), field("updateChatMessageTtl", "message_ttl_setting", "message_ttl"),
			rename("setChatMessageTtlSetting", "setChatMessageTtl"),
			rename("discardGroupCall", "endGroupCall"),
			scriptIf("searchMessages", searchesCalls, searchCalls),
		)},
		{"1.7.12", join(
			field("sponsoredMessage", "id", "message_id"),
			up("viewSponsoredMessage", func(_ *scope, o *object) {
				o.typ = "viewMessages"
				o.set("message_ids", list{o.take("sponsored_message_id")})
			}),
		)},
	}
}

// senders is sender for many types, whose names stand in one string.
func senders(types string, names ...string) []op {
	var ops []op
	for t := range strings.FieldsSeq(types) {
		ops = append(ops, sender(t, names...)...)
	}
	return ops
}

// supergroupChat names a supergroup by its chat.
func supergroupChat(_ *scope, o *object) {
	if id := o.take("supergroup_id"); id != nil {
		o.set("chat_id", num(supergroupChats-integer(id)))
	}
}

// animatedThumbnail is for a thumbnail that moves, which was apart from the one that does not.
func animatedThumbnail(_ *scope, o *object) {
	t := o.object("thumbnail")
	if t == nil || !t.is("format", "thumbnailFormatGif") && !t.is("format", "thumbnailFormatMpeg4") {
		return
	}
	o.take("thumbnail")
	o.set("animated_thumbnail", newObject("animatedThumbnail", "width", t.get("width"), "height", t.get("height"), "animation", t.get("photo")))
}

// mainPosition is the position of a chat in the one list that there was.
func mainPosition(_ *scope, o *object) {
	for _, e := range o.list("positions") {
		if p, _ := e.(*object); p != nil && (p.is("list", "chatListMain") || o.get("order") == nil && p.is("list", "chatListArchive")) {
			o.set("chat_list", p.get("list"))
			for _, name := range []string{"order", "is_pinned", "source"} {
				o.set(name, p.get(name))
			}
		}
	}
}

// photoOf is for photos of chats in places where there were plain photos.
func photoOf(typ string, names ...string) []op {
	return down(typ, func(_ *scope, o *object) {
		for _, name := range names {
			if p := o.object(name); p != nil {
				p.typ = "photo"
			}
		}
	})
}

func chatPhotoInput(_ *scope, o *object) {
	if p := o.object("photo"); p != nil && strings.HasPrefix(p.typ, "inputFile") {
		o.set("photo", newObject("inputChatPhotoStatic", "photo", p))
	}
}

// blockedUsers is for blocking, which was for users only; their chats have their identifiers.
func blockedUsers() []op {
	return join(
		up("blockUser", blocked(true)), up("unblockUser", blocked(false)),
		result("getBlockedUsers", func(_ *scope, o *object) value {
			ids := list{}
			for _, id := range o.list("chat_ids") {
				if integer(id) > 0 {
					ids = append(ids, id)
				}
			}
			return newObject("users", "total_count", o.get("total_count"), "user_ids", ids)
		}),
		rename("getBlockedUsers", "getBlockedChats"),
	)
}

func blocked(yes bool) func(*scope, *object) {
	return func(_ *scope, o *object) {
		o.typ = "toggleChatIsBlocked"
		renameField(o, "user_id", "chat_id")
		o.set("is_blocked", yes)
	}
}

func bothSenders(_ *scope, o *object) {
	switch s, _ := o.take("sender").(*object); {
	case s == nil:
	case s.typ == "messageSenderUser":
		o.set("sender_user_id", s.get("user_id"))
	default:
		o.set("sender_chat_id", s.get("chat_id"))
	}
}

func oldVoiceChat(_ *scope, o *object) {
	v := o.object("voice_chat")
	o.set("voice_chat_group_call_id", number("0"))
	o.set("is_voice_chat_empty", v != nil && !v.truth("has_participants"))
	if v != nil {
		o.set("voice_chat_group_call_id", v.get("group_call_id"))
	}
}

// chatsAfter answers the chats behind one in the list: today's function answers the first ones only.
func chatsAfter(s *scope, o *object) value {
	const most = 10000
	after, limit := o.integer("offset_chat_id"), min(o.integer("limit"), most)
	o.take("offset_order")
	o.take("offset_chat_id")
	if after == 0 || limit <= 0 {
		return s.ask(o)
	}
	for size := 2 * limit; ; size *= 2 {
		o.set("limit", num(min(size, most)))
		v := s.ask(o)
		if isError(v) {
			return v
		}
		ids := v.(*object).list("chat_ids")
		found := list{}
		for i, id := range ids {
			if integer(id) == after {
				found = ids[i+1:]
			}
		}
		if int64(len(found)) >= limit || int64(len(ids)) < size || size >= most {
			v.(*object).set("chat_ids", found[:min(int64(len(found)), limit)])
			return v
		}
	}
}

// voiceChats is for voice chats, which became video chats.
func voiceChats() []op {
	return join(
		field("chatMemberStatusAdministrator", "can_manage_voice_chats", "can_manage_video_chats"),
		down("sponsoredMessage", func(_ *scope, o *object) {
			if l := o.object("link"); l != nil {
				o.set("start_parameter", l.get("start_parameter"))
			}
		}),
		rename("voiceChat", "videoChat"), rename("messageVoiceChat*", "messageVideoChat*"),
		rename("messageInviteVoiceChatParticipants", "messageInviteVideoChatParticipants"),
		rename("chatActionEnjoyingAnimations", "chatActionWatchingAnimations"),
		field("groupCall", "can_change_mute_new_participants", "can_toggle_mute_new_participants"),
		rename("chatEventVoiceChat*", "chatEventVideoChat*"),
		field("chatEventLogFilters", "voice_chat_changes", "video_chat_changes"),
		rename("pushMessageContentChatChangeTheme", "pushMessageContentChatSetTheme"),
		rename("internalLinkTypeVoiceChat", "internalLinkTypeVideoChat"),
		rename("updateChatVoiceChat", "updateChatVideoChat"),
		fields("chat updateChatVideoChat", "voice_chat", "video_chat"),
		rename("getVoiceChatAvailableParticipants", "getVideoChatAvailableParticipants"),
		rename("setVoiceChatDefaultParticipant", "setVideoChatDefaultParticipant"),
		rename("createVoiceChat", "createVideoChat"),
	)
}

func searchesCalls(_ *scope, o *object) bool {
	return o.is("filter", "searchMessagesFilterCall") || o.is("filter", "searchMessagesFilterMissedCall")
}

func searchCalls(s *scope, o *object) value {
	return s.ask(newObject("searchCallMessages", "from_message_id", o.get("offset_message_id"), "limit", o.get("limit"),
		"only_missed", o.is("filter", "searchMessagesFilterMissedCall")))
}
