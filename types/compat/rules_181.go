package compat

import (
	"strconv"
	"strings"
)

// changes181 are the changes from 1.8.1 to 1.8.14.
func changes181() []change {
	return []change{
		{"1.8.1", join(
			down("sticker", func(_ *scope, o *object) {
				if t, _ := o.take("type").(*object); t != nil {
					o.set("is_animated", t.typ == "stickerTypeAnimated")
					o.set("is_mask", t.typ == "stickerTypeMask")
					o.set("mask_position", t.get("mask_position"))
				}
			}),
			down("stickerSet", oldStickerSet), down("stickerSetInfo", oldStickerSet),
			up("inputStickerStatic", func(_ *scope, o *object) {
				o.typ = "inputSticker"
				o.set("type", newObject("stickerTypeStatic"))
				if p := o.take("mask_position"); p != nil {
					o.set("type", newObject("stickerTypeMask", "mask_position", p))
				}
			}),
			up("inputStickerAnimated", func(_ *scope, o *object) {
				o.typ = "inputSticker"
				o.set("type", newObject("stickerTypeAnimated"))
			}),
			up("createNewStickerSet", func(_ *scope, o *object) {
				masks := truth(o.take("is_masks"))
				for _, e := range o.list("stickers") {
					if s, _ := e.(*object); s != nil && masks && !s.is("type", "stickerTypeMask") {
						s.set("type", newObject("stickerTypeMask"))
					}
				}
			}),
		)},
		{"1.8.3", join(
			down("userFullInfo", func(_ *scope, o *object) { scatter(o, "bot_info", "share_text description commands") }),
			wrap("chatMemberStatusAdministrator", "rights", "chatAdministratorRights", `can_manage_chat can_change_info can_post_messages
				can_edit_messages can_delete_messages can_invite_users can_restrict_members can_pin_messages can_promote_members
				can_manage_video_chats is_anonymous`),
			sound("chatNotificationSettings"), sound("scopeNotificationSettings"),
			rename("paymentFormTheme", "themeParameters"),
			down("notification", func(_ *scope, o *object) { o.set("is_silent", o.integer("sound_id") == 0) }),
			down("updateNotificationGroup", func(_ *scope, o *object) { o.set("is_silent", o.integer("notification_sound_id") == 0) }),
		)},
		{"1.8.4", join(
			plain("userFullInfo", "bio"),
			rename("paymentsProviderStripe", "paymentProviderStripe"),
			down("paymentForm", func(_ *scope, o *object) {
				if p := o.object("payment_provider"); p != nil {
					o.set("url", p.get("url"))
				}
				renameField(o, "payment_provider", "payments_provider")
				renameField(o, "payment_provider_user_id", "payments_provider_user_id")
			}),
			field("paymentReceipt", "payments_provider_user_id", "payment_provider_user_id"), plain("paymentReceipt", "description"),
			plain("messageInvoice", "description"),
			down("availableReactions", func(_ *scope, o *object) { o.set("reactions", lifted(o.list("reactions"), "reaction")) }),
			down("notification", func(_ *scope, o *object) {
				if !o.truth("is_silent") {
					o.set("sound_id", "-1")
				}
			}),
			box("internalLinkTypeAttachmentMenuBot", "chat_link", "target_chat", "targetChatInternalLink", "link"),
			down("trendingStickerSets", func(_ *scope, o *object) { o.typ = "stickerSets" }),
			result("getFileDownloadedPrefixSize", func(_ *scope, o *object) value { return newObject("count", "count", o.get("size")) }),
			wraps("getPaymentForm validateOrderInfo sendPaymentForm", "input_invoice", "inputInvoiceMessage", "chat_id message_id"),
		)},
		{"1.8.5", join(
			down("sticker", func(_ *scope, o *object) { o.set("type", oldStickerType(o, "type", "format")) }),
			down("stickerSet", func(_ *scope, o *object) { o.set("sticker_type", oldStickerType(o, "sticker_type", "sticker_format")) }),
			down("stickerSetInfo", func(_ *scope, o *object) { o.set("sticker_type", oldStickerType(o, "sticker_type", "sticker_format")) }),
			up("inputSticker", newStickerFormat),
			down("voiceNote", func(_ *scope, o *object) {
				if o.is("speech_recognition_result", "speechRecognitionResultText") {
					o.set("is_recognized", true)
					scatter(o, "speech_recognition_result", "recognized_text:text")
				}
			}),
			down("paymentForm", func(_ *scope, o *object) {
				if l := o.list("saved_credentials"); len(l) > 0 {
					o.set("saved_credentials", l[0])
				}
			}),
			rename("uploadFile", "preliminaryUploadFile"), rename("cancelUploadFile", "cancelPreliminaryUploadFile"),
			flags("updateInstalledStickerSets", "sticker_type", "is_masks", "stickerTypeMask", "stickerTypeRegular"),
			flags("getInstalledStickerSets", "sticker_type", "is_masks", "stickerTypeMask", "stickerTypeRegular"),
			flags("getArchivedStickerSets", "sticker_type", "is_masks", "stickerTypeMask", "stickerTypeRegular"),
			flags("searchInstalledStickerSets", "sticker_type", "is_masks", "stickerTypeMask", "stickerTypeRegular"),
			flags("reorderInstalledStickerSets", "sticker_type", "is_masks", "stickerTypeMask", "stickerTypeRegular"),
			preset("getStickers", "sticker_type", regularStickers), preset("getTrendingStickerSets", "sticker_type", regularStickers),
			up("createNewStickerSet", func(_ *scope, o *object) {
				if o.get("sticker_type") != nil {
					return
				}
				o.set("sticker_type", newObject("stickerTypeRegular"))
				for _, e := range o.list("stickers") {
					if s, _ := e.(*object); s != nil && (s.get("mask_position") != nil || truth(s.take("is_mask"))) {
						o.set("sticker_type", newObject("stickerTypeMask"))
					}
				}
			}),
		)},
		{"1.8.6", join(
			scriptIf("setTdlibParameters", func(_ *scope, o *object) bool { return o.object("parameters") != nil }, setParameters),
			script("checkDatabaseEncryptionKey", checkKey),
			down("authorizationStateWaitTdlibParameters", func(s *scope, o *object) {
				if c := s.conversation; c.pending != nil {
					o.become(newObject("authorizationStateWaitEncryptionKey", "is_encrypted", c.sealed))
				}
			}),
			rename("premiumGiftOption", "premiumPaymentOption"),
			reactions(),
		)},
		{"1.8.7", join(
			result("getChatAvailableMessageSenders", func(_ *scope, o *object) value {
				senders := lifted(o.list("senders"), "sender")
				return newObject("messageSenders", "total_count", num(int64(len(senders))), "senders", senders)
			}),
			result("getCustomEmojiReactionAnimations", func(_ *scope, o *object) value {
				return newObject("files", "files", lifted(o.list("stickers"), "sticker"))
			}),
			field("getStickers", "emoji", "query"),
		)},
		{"1.8.8", join(
			down("user", username), down("supergroup", username),
			down("messageLinkInfo", func(_ *scope, o *object) { o.set("for_comment", o.integer("message_thread_id") != 0) }),
			script("getChatSponsoredMessage", func(s *scope, o *object) value {
				return s.then(newObject("getChatSponsoredMessages", "chat_id", o.get("chat_id")), func(a *object) value {
					if l := a.list("messages"); len(l) > 0 {
						return l[0]
					}
					return failed(404, "Not Found")
				})
			}),
			field("getMessageLink", "for_comment", "in_message_thread"),
		)},
		{"1.8.9", join(
			rename("checkChatUsernameResultPublicChatsTooMuch", "checkChatUsernameResultPublicChatsTooMany"),
			preset("editForumTopic", "edit_icon_custom_emoji", yes),
		)},
		{"1.8.10", join(
			down("sticker", func(_ *scope, o *object) {
				t, _ := o.take("full_type").(*object)
				if t == nil {
					return
				}
				o.set("type", newObject("stickerType"+strings.TrimPrefix(t.typ, "stickerFullType")))
				o.set("is_premium", t.get("premium_animation") != nil)
				for _, name := range []string{"mask_position", "custom_emoji_id", "premium_animation"} {
					o.set(name, t.get(name))
				}
			}),
			field("supergroupFullInfo", "is_aggressive_anti_spam_enabled", "has_aggressive_anti_spam_enabled"),
			down("message", func(_ *scope, o *object) {
				o.set("ttl", o.get("self_destruct_time"))
				o.set("ttl_expires_in", o.get("self_destruct_in"))
				if isDefault(o.get("ttl_expires_in")) {
					o.set("ttl_expires_in", o.get("auto_delete_in"))
				}
			}),
			field("chat", "message_ttl", "message_auto_delete_time"),
			rename("messageChatSetTtl", "messageChatSetMessageAutoDeleteTime"), field("messageChatSetMessageAutoDeleteTime", "ttl", "message_auto_delete_time"),
			fields("inputMessagePhoto inputMessageVideo", "ttl", "self_destruct_time"),
			rename("chatEventMessageTtlChanged", "chatEventMessageAutoDeleteTimeChanged"),
			field("chatEventMessageAutoDeleteTimeChanged", "old_message_ttl", "old_message_auto_delete_time", "new_message_ttl", "new_message_auto_delete_time"),
			rename("chatEventIsAggressiveAntiSpamEnabledToggled", "chatEventHasAggressiveAntiSpamEnabledToggled"),
			rename("toggleSupergroupIsAggressiveAntiSpamEnabled", "toggleSupergroupHasAggressiveAntiSpamEnabled"),
			fields("chatEventHasAggressiveAntiSpamEnabledToggled toggleSupergroupHasAggressiveAntiSpamEnabled", "is_aggressive_anti_spam_enabled", "has_aggressive_anti_spam_enabled"),
			rename("messageTtl", "messageAutoDeleteTime"), field("messageAutoDeleteTime", "ttl", "time"),
			rename("updateChatMessageTtl", "updateChatMessageAutoDeleteTime"), rename("setChatMessageTtl", "setChatMessageAutoDeleteTime"),
			rename("setDefaultMessageTtl", "setDefaultMessageAutoDeleteTime"), rename("getDefaultMessageTtl", "getDefaultMessageAutoDeleteTime"),
			fields("updateChatMessageAutoDeleteTime createNewBasicGroupChat createNewSupergroupChat", "message_ttl", "message_auto_delete_time"),
			fields("setChatMessageAutoDeleteTime setDefaultMessageAutoDeleteTime", "ttl", "message_auto_delete_time"),
			result("searchChatMessages", foundMessages), result("searchMessages", foundMessages), result("searchCallMessages", foundMessages),
			up("searchMessages", func(_ *scope, o *object) {
				date, chat, message := o.take("offset_date"), o.take("offset_chat_id"), o.take("offset_message_id")
				if integer(message) != 0 {
					o.set("offset", strings.Join([]string{string(num(integer(date))), string(num(integer(chat))), string(num(integer(message) >> serverIDShift))}, ","))
				}
			}),
			up("searchCallMessages", func(_ *scope, o *object) {
				if id := integer(o.take("from_message_id")); id != 0 {
					o.set("offset", strconv.FormatInt(id>>serverIDShift, 10))
				}
			}),
			result("getForumTopicLink", func(_ *scope, o *object) value { return newObject("httpUrl", "url", o.get("link")) }),
			fields("getPassportAuthorizationFormAvailableElements sendPassportAuthorizationForm", "autorization_form_id", "authorization_form_id"),
		)},
		{"1.8.11", join(
			both("chatPermissions", func(_ *scope, o *object) {
				if v := o.take("can_send_media_messages"); v != nil {
					for name := range strings.FieldsSeq(mediaPermissions) {
						o.set(name, v)
					}
				}
			}, func(_ *scope, o *object) {
				all := true
				for name := range strings.FieldsSeq(mediaPermissions) {
					all = all && o.truth(name)
				}
				o.set("can_send_media_messages", all)
			}),
			down("premiumState", func(_ *scope, o *object) {
				o.set("payment_options", lifted(o.list("payment_options"), "payment_option"))
			}),
			up("translateText", func(_ *scope, o *object) {
				if text, ok := o.get("text").(string); ok {
					o.set("text", formatted(text))
				}
			}),
			result("translateText", func(_ *scope, o *object) value { return newObject("text", "text", o.get("text")) }),
			field("searchStickers", "emoji", "emojis"), preset("searchStickers", "sticker_type", regularStickers),
		)},
		{"1.8.12", join(
			field("chatPermissions", "can_send_messages", "can_send_basic_messages"),
			field("botInfo", "share_text", "short_description"),
			field("loginUrlInfoOpen", "skip_confirm", "skip_confirmation"),
			down("emojiCategory", func(_ *scope, o *object) {
				if i := o.object("icon"); i != nil && i.object("full_type") != nil {
					o.set("icon_custom_emoji_id", i.object("full_type").get("custom_emoji_id"))
				}
			}),
			down("inlineQueryResults", func(_ *scope, o *object) {
				if b := o.object("button"); b != nil && b.object("type") != nil {
					o.set("switch_pm_text", b.get("text"))
					o.set("switch_pm_parameter", b.object("type").get("parameter"))
				}
			}),
			up("answerInlineQuery", func(_ *scope, o *object) {
				text, parameter := o.take("switch_pm_text"), o.take("switch_pm_parameter")
				if text != nil && text != "" {
					o.set("button", newObject("inlineQueryResultsButton", "text", text, "type", newObject("inlineQueryResultsButtonTypeStartBot", "parameter", parameter)))
				}
			}),
			result("getMessageViewers", func(_ *scope, o *object) value {
				ids := lifted(o.list("viewers"), "user_id")
				return newObject("users", "total_count", num(int64(len(ids))), "user_ids", ids)
			}),
			up("viewMessages", func(_ *scope, o *object) {
				if integer(o.take("message_thread_id")) != 0 {
					o.set("source", newObject("messageSourceMessageThreadHistory"))
				}
			}),
			up("uploadStickerFile", func(_ *scope, o *object) {
				if s := o.object("sticker"); s != nil && s.typ == "inputSticker" {
					o.set("sticker_format", s.get("format"))
					o.set("sticker", s.get("sticker"))
				}
			}),
			up("createNewStickerSet", func(_ *scope, o *object) {
				for _, e := range o.list("stickers") {
					if s, _ := e.(*object); s != nil && o.get("sticker_format") == nil {
						o.set("sticker_format", copied(s.get("format")))
					}
				}
			}),
			changedSet("addStickerToSet"), changedSet("setStickerSetThumbnail"),
		)},
		{"1.8.14", join(
			rename("chatFilter", "chatFolder"), rename("chatFilterInfo", "chatFolderInfo"),
			both("chatFolder", folderIconUp, folderIconDown), both("chatFolderInfo", folderIconUp, folderIconDown),
			rename("recommendedChatFilter", "recommendedChatFolder"), field("recommendedChatFolder", "filter", "folder"),
			rename("recommendedChatFilters", "recommendedChatFolders"), field("recommendedChatFolders", "chat_filters", "chat_folders"),
			rename("chatListFilter", "chatListFolder"),
			both("inlineKeyboardButtonTypeSwitchInline", func(_ *scope, o *object) {
				switch v := o.take("in_current_chat"); {
				case v == nil:
				case truth(v):
					o.set("target_chat", newObject("targetChatCurrent"))
				default:
					o.set("target_chat", newObject("targetChatChosen", "allow_user_chats", true, "allow_bot_chats", true, "allow_group_chats", true, "allow_channel_chats", true))
				}
			}, func(_ *scope, o *object) { o.set("in_current_chat", o.is("target_chat", "targetChatCurrent")) }),
			rename("premiumLimitTypeChatFilterCount", "premiumLimitTypeChatFolderCount"),
			rename("premiumLimitTypeChatFilterChosenChatCount", "premiumLimitTypeChatFolderChosenChatCount"),
			rename("internalLinkTypeFilterSettings", "internalLinkTypeChatFolderSettings"),
			rename("updateChatFilters", "updateChatFolders"), field("updateChatFolders", "chat_filters", "chat_folders"),
			rename("getChatFilter", "getChatFolder"), rename("createChatFilter", "createChatFolder"), rename("editChatFilter", "editChatFolder"),
			rename("deleteChatFilter", "deleteChatFolder"), rename("reorderChatFilters", "reorderChatFolders"),
			rename("getRecommendedChatFilters", "getRecommendedChatFolders"), rename("getChatFilterDefaultIconName", "getChatFolderDefaultIconName"),
			fields("chatListFolder getChatFolder editChatFolder deleteChatFolder", "chat_filter_id", "chat_folder_id"),
			fields("createChatFolder editChatFolder getChatFolderDefaultIconName", "filter", "folder"),
			field("reorderChatFolders", "chat_filter_ids", "chat_folder_ids"),
			result("getChatFilterDefaultIconName", func(_ *scope, o *object) value { return newObject("text", "text", o.get("name")) }),
		)},
	}
}

const mediaPermissions = "can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes can_send_voice_notes"

func oldStickerSet(_ *scope, o *object) {
	if t, _ := o.take("sticker_type").(*object); t != nil {
		o.set("is_animated", t.typ == "stickerTypeAnimated")
		o.set("is_masks", t.typ == "stickerTypeMask")
	}
}

// oldStickerType is the type of a sticker from when it told the format as well.
func oldStickerType(o *object, typ, format string) value {
	f := o.object(format)
	switch {
	case o.is(typ, "stickerTypeMask"):
		return newObject("stickerTypeMask", "mask_position", o.get("mask_position"))
	case f != nil && f.typ == "stickerFormatTgs":
		return newObject("stickerTypeAnimated")
	case f != nil && f.typ == "stickerFormatWebm":
		return newObject("stickerTypeVideo")
	}
	return newObject("stickerTypeStatic")
}

func newStickerFormat(_ *scope, o *object) {
	t, _ := o.take("type").(*object)
	if t == nil {
		return
	}
	format := "stickerFormatWebp"
	switch t.typ {
	case "stickerTypeAnimated":
		format = "stickerFormatTgs"
	case "stickerTypeVideo":
		format = "stickerFormatWebm"
	case "stickerTypeMask":
		o.set("is_mask", true) // for createNewStickerSet
		o.set("mask_position", t.get("mask_position"))
	}
	o.set("format", newObject(format))
}

// sound is for sounds of notifications, which had names; only the default one is known by its name now.
func sound(typ string) []op {
	return both(typ, func(_ *scope, o *object) {
		if name, ok := o.take("sound").(string); ok {
			o.set("sound_id", "0")
			if name != "" {
				o.set("sound_id", "-1")
			}
		}
	}, func(_ *scope, o *object) {
		if o.integer("sound_id") != 0 {
			o.set("sound", "default")
		}
	})
}

// setParameters keeps the parameters until the key of the database comes, which was a second step of the login.
func setParameters(s *scope, o *object) value {
	request := &object{typ: "setTdlibParameters", fields: o.object("parameters").fields}
	return s.then(newObject("getAuthorizationState"), func(state *object) value {
		if !strings.HasPrefix(state.typ, "authorizationStateWaitTdlibParameters") {
			return s.ask(request)
		}
		c := s.conversation
		c.pending, c.sealed = request, false
		if c.host != nil {
			c.sealed = c.host.Encrypted(request.str("database_directory"), request.truth("use_test_dc"))
		}
		s.update(newObject("updateAuthorizationState", "authorization_state", newObject("authorizationStateWaitTdlibParameters")))
		return newObject("ok")
	})
}

func checkKey(s *scope, o *object) value {
	c := s.conversation
	if c.pending == nil {
		return failed(400, "Unexpected checkDatabaseEncryptionKey")
	}
	request, _ := copied(c.pending).(*object)
	request.set("database_encryption_key", o.get("encryption_key"))
	answer := s.ask(request)
	if !isError(answer) {
		c.pending = nil
	}
	return answer
}

func username(_ *scope, o *object) {
	u, _ := o.take("usernames").(*object)
	if u == nil {
		return
	}
	o.set("username", u.get("editable_username"))
	if active := u.list("active_usernames"); u.str("editable_username") == "" && len(active) > 0 {
		o.set("username", active[0])
	}
}

func foundMessages(_ *scope, o *object) value {
	o.typ = "messages"
	return o
}

// changedSet is for a function that answered with the sticker set that it changed.
func changedSet(function string) []op {
	return script(function, func(s *scope, o *object) value {
		return s.then(o, func(*object) value { return s.ask(newObject("searchStickerSet", "name", o.get("name"))) })
	})
}

func folderIconUp(_ *scope, o *object) {
	if name, ok := o.take("icon_name").(string); ok && name != "" {
		o.set("icon", newObject("chatFolderIcon", "name", name))
	}
}

func folderIconDown(_ *scope, o *object) {
	if i := o.object("icon"); i != nil {
		o.set("icon_name", i.get("name"))
	}
}

// reactions is for reactions, which were emoji only.
func reactions() []op {
	emoji := func(l list) list {
		names := list{}
		for _, e := range l {
			if t, _ := e.(*object); t != nil && t.typ == "reactionTypeEmoji" {
				names = append(names, t.get("emoji"))
			}
		}
		return names
	}
	available := func(s *scope, v value) value {
		switch o, _ := v.(*object); {
		case o == nil:
			return list{}
		case o.typ == "chatAvailableReactionsAll":
			all, _ := s.conversation.reactions.Load().(list)
			return append(list{}, all...)
		default:
			return emoji(o.list("reactions"))
		}
	}
	lower := func(typ string, names ...string) []op {
		return down(typ, func(s *scope, o *object) {
			for _, name := range names {
				o.set(name, available(s, o.get(name)))
			}
		})
	}
	var ops []op
	for t := range strings.FieldsSeq("messageReaction unreadReaction addedReaction availableReaction") {
		ops = append(ops, down(t, func(_ *scope, o *object) {
			r, _ := o.take("type").(*object)
			if r == nil || r.typ != "reactionTypeEmoji" {
				o.become(nil) // there was no custom emoji among them
				return
			}
			o.set("reaction", r.get("emoji"))
		})...)
	}
	return join(ops,
		lower("chat", "available_reactions"), lower("updateChatAvailableReactions", "available_reactions"),
		lower("chatEventAvailableReactionsChanged", "old_available_reactions", "new_available_reactions"),
		down("availableReactions", func(_ *scope, o *object) {
			seen := map[string]bool{}
			all := list{}
			for _, name := range []string{"top_reactions", "recent_reactions", "popular_reactions"} {
				for _, e := range o.list(name) {
					if r, _ := e.(*object); r != nil && r.str("reaction") != "" && !seen[r.str("reaction")] {
						seen[r.str("reaction")] = true
						all = append(all, r)
					}
				}
			}
			o.set("reactions", all)
		}),
		down("premiumState", func(_ *scope, o *object) {
			for _, e := range o.list("payment_options") {
				if p, _ := e.(*object); p != nil && p.integer("month_count") == 1 || p != nil && o.get("currency") == nil {
					o.set("currency", p.get("currency"))
					o.set("monthly_amount", num(p.integer("amount")/max(p.integer("month_count"), 1)))
				}
			}
		}),
		preset("getMessageAvailableReactions", "row_size", func(*scope) value { return number("8") }),
		preset("getPremiumStickers", "limit", func(*scope) value { return number("100") }),
		script("setMessageReaction", setMessageReaction),
		up("getMessageAddedReactions", func(_ *scope, o *object) {
			if r, _ := o.take("reaction").(string); r != "" {
				o.set("reaction_type", newObject("reactionTypeEmoji", "emoji", r))
			}
		}),
		up("setChatAvailableReactions", func(_ *scope, o *object) {
			if names, ok := o.get("available_reactions").(list); ok {
				types := list{}
				for _, name := range names {
					types = append(types, newObject("reactionTypeEmoji", "emoji", name))
				}
				o.set("available_reactions", newObject("chatAvailableReactionsSome", "reactions", types))
			}
		}),
	)
}

// setMessageReaction chooses a reaction, or takes the chosen ones away: two functions now.
func setMessageReaction(s *scope, o *object) value {
	change := func(function string, reaction value) value {
		return s.ask(newObject(function, "chat_id", o.get("chat_id"), "message_id", o.get("message_id"), "reaction_type", reaction, "is_big", o.get("is_big")))
	}
	if r := o.str("reaction"); r != "" {
		return change("addMessageReaction", newObject("reactionTypeEmoji", "emoji", r))
	}
	return s.then(newObject("getMessage", "chat_id", o.get("chat_id"), "message_id", o.get("message_id")), func(m *object) value {
		if i := m.object("interaction_info"); i != nil {
			for _, e := range i.list("reactions") {
				if r, _ := e.(*object); r != nil && r.truth("is_chosen") {
					if v := change("removeMessageReaction", r.get("type")); isError(v) {
						return v
					}
				}
			}
		}
		return newObject("ok")
	})
}
