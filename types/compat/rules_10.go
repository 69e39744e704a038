package compat

import "strings"

// changes10 are the changes from 1.0.1 to 1.6.5.
func changes10() []change {
	return []change{
		{"1.0.4", join(
			field("deviceTokenApplePush", "token", "device_token"), field("deviceTokenMicrosoftPush", "token", "channel_uri"),
			field("deviceTokenSimplePush", "token", "endpoint"),
		)},
		{"1.0.7", join(
			plainWithEntities("game", "text_entities"), plainWithEntities("messageText", "entities"), plainWithEntities("inputMessageText", "entities"),
			plains(`messageAnimation messageAudio messageDocument messagePhoto messageVideo messageVoiceNote inputMessageAnimation inputMessageAudio
				inputMessageDocument inputMessagePhoto inputMessageVideo inputMessageVoiceNote editMessageCaption editInlineMessageCaption`, "caption"),
			scriptIf("sendMessage", hasParseMode, parsed), scriptIf("editMessageText", hasParseMode, parsed), scriptIf("editInlineMessageText", hasParseMode, parsed),
		)},
		{"1.1.3", join(
			rename("deviceTokenBlackberryPush", "deviceTokenBlackBerryPush"),
			field("getWebPagePreview", "message_text", "text"), plain("getWebPagePreview", "text"),
		)},
		{"1.1.4", result("getChatMessageByDate", func(_ *scope, o *object) value {
			return newObject("messages", "total_count", number("1"), "messages", list{o})
		})},
		{"1.2.1", notificationScopes()},
		{"1.2.2", join(script("setProxy", setProxy), script("getProxy", getProxy))},
		{"1.2.4", down("updateChatIsSponsored", func(_ *scope, o *object) {
			o.typ = "updatePromotedChat"
			if !o.truth("is_sponsored") {
				o.take("chat_id")
			}
		})},
		{"1.3.0", passport()},
		{"1.3.1", down("userProfilePhoto", func(_ *scope, o *object) { o.typ = "photo" })},
		{"1.3.3", rename("testSetLogTagVerbosityLevel", "setLogTagVerbosityLevel")},
		{"1.3.6", join(
			down("passwordState", func(_ *scope, o *object) {
				scatter(o, "recovery_email_address_code_info", "unconfirmed_recovery_email_address_pattern:email_address_pattern")
			}),
			down("pageBlockList", func(_ *scope, o *object) {
				for _, e := range o.list("items") {
					if i, _ := e.(*object); i != nil && strings.Trim(i.str("label"), "0123456789.") == "" && i.str("label") != "" {
						o.set("is_ordered", true)
					}
				}
				o.set("items", itemTexts(o.list("items")))
			}),
			field("pageBlockBlockQuote", "caption", "credit"), field("pageBlockPullQuote", "caption", "credit"),
			captions("pageBlockAnimation pageBlockAudio pageBlockPhoto pageBlockVideo pageBlockEmbedded pageBlockEmbeddedPost pageBlockCollage pageBlockSlideshow"),
			down("webPage", func(_ *scope, o *object) { o.set("has_instant_view", o.integer("instant_view_version") != 0) }),
			rename("pinSupergroupMessage", "pinChatMessage"), rename("unpinSupergroupMessage", "unpinChatMessage"),
			up("pinChatMessage", supergroupChat), up("unpinChatMessage", supergroupChat),
		)},
		{"1.4.0", join(
			down("messageForwardInfo", func(_ *scope, o *object) {
				switch origin, _ := o.take("origin").(*object); {
				case origin == nil:
				case origin.typ == "messageForwardOriginChannel":
					o.typ = "messageForwardedPost"
					o.fields = append(o.fields, origin.fields...)
				default:
					o.typ = "messageForwardedFromUser"
					o.fields = append(o.fields, origin.fields...)
				}
				renameField(o, "from_chat_id", "forwarded_from_chat_id")
				renameField(o, "from_message_id", "forwarded_from_message_id")
			}),
			field("pageBlockRelatedArticle", "published_date", "publish_date"),
			rename("deviceTokenGoogleCloudMessaging", "deviceTokenFirebaseCloudMessaging"),
			field("updateHavePendingNotifications", "have_pending_notifications", "have_delayed_notifications"),
		)},
		{"1.4.1", join(
			wrap("chatMemberStatusRestricted", "permissions", "chatPermissions", "can_send_messages can_send_media_messages can_send_other_messages can_add_web_page_previews"),
			rename("stickerEmojis", "emojis"),
			field("chatEventInvitesToggled", "anyone_can_invite", "can_invite_users"),
			wraps("setAuthenticationPhoneNumber changePhoneNumber sendPhoneNumberVerificationCode sendPhoneNumberConfirmationCode",
				"settings", "phoneNumberAuthenticationSettings", "allow_flash_call is_current_phone_number"),
			rename("setSupergroupDescription", "setChatDescription"), up("setChatDescription", supergroupChat),
		)},
		{"1.4.2", join(
			down("authorizationStateWaitCode", func(_ *scope, o *object) { o.set("is_registered", true) }),
			down("authorizationStateWaitRegistration", func(_ *scope, o *object) { o.typ = "authorizationStateWaitCode" }),
			script("checkAuthenticationCode", checkCode),
			up("testUseError", func(_ *scope, o *object) {
				o.become(newObject("testReturnError", "error", newObject("error", "code", number("0"), "message", "Error")))
			}),
		)},
		{"1.5.1", join(
			preset("testProxy", "dc_id", func(*scope) value { return number("2") }), preset("testProxy", "timeout", func(*scope) value { return number("10.0") }),
		)},
		{"1.5.2", join(
			down("user", func(_ *scope, o *object) {
				link := func(is bool) *object {
					if is {
						return newObject("linkStateIsContact")
					}
					return newObject("linkStateNone")
				}
				o.set("outgoing_link", link(o.truth("is_contact")))
				o.set("incoming_link", link(o.truth("is_mutual_contact")))
			}),
			script("getChatReportSpamState", func(s *scope, o *object) value {
				return s.then(newObject("getChat", "chat_id", o.get("chat_id")), func(c *object) value {
					return newObject("chatReportSpamState", "can_report_spam", c.is("action_bar", "chatActionBarReportSpam") || c.is("action_bar", "chatActionBarReportAddBlock"))
				})
			}),
			up("changeChatReportSpamState", func(_ *scope, o *object) {
				o.typ = "removeChatActionBar"
				if truth(o.take("is_spam_chat")) {
					o.typ = "reportChat"
					o.set("reason", newObject("chatReportReasonSpam"))
				}
			}),
		)},
		{"1.5.3", result("getChatAdministrators", func(_ *scope, o *object) value {
			ids := lifted(o.list("administrators"), "user_id")
			return newObject("users", "total_count", num(int64(len(ids))), "user_ids", ids)
		})},
		{"1.5.4", wraps("sendMessage sendMessageAlbum sendInlineQueryResultMessage forwardMessages", "options", "sendMessageOptions", "disable_notification from_background")},
		{"1.5.5", join(
			box("backgroundTypePattern", "color", "fill", "backgroundFillSolid", "color"),
			rename("backgroundTypeSolid", "backgroundTypeFill"), box("backgroundTypeFill", "color", "fill", "backgroundFillSolid", "color"),
			preset("inputMessagePoll", "is_anonymous", yes),
		)},
		{"1.6.0", preset("getPollVoters", "limit", func(*scope) value { return number("50") })},
		{"1.6.2", join(
			plain("webPage", "description"),
			rename("inputSticker", "inputStickerStatic"), field("inputStickerStatic", "png_sticker", "sticker"),
		)},
		{"1.6.3", join(
			rename("messageDie", "messageDice"), rename("inputMessageDie", "inputMessageDice"),
			preset("inputMessageDice", "emoji", func(*scope) value { return "🎲" }),
			preset("getTrendingStickerSets", "limit", func(*scope) value { return number("200") }),
		)},
		{"1.6.4", join(
			down("chat", func(_ *scope, o *object) { o.set("is_sponsored", o.is("source", "chatSourceMtprotoProxy")) }),
			down("updateChatSource", func(_ *scope, o *object) {
				o.typ = "updateChatIsSponsored"
				o.set("is_sponsored", o.is("source", "chatSourceMtprotoProxy"))
			}),
			up("searchEmojis", func(_ *scope, o *object) {
				if code, _ := o.take("input_language_code").(string); code != "" {
					o.set("input_language_codes", list{code})
				}
			}),
		)},
		{"1.6.5", join(
			animationResult("inputInlineQueryResultAnimatedGif", "gif", "image/gif"),
			animationResult("inputInlineQueryResultAnimatedMpeg4", "mpeg4", "video/mp4"),
		)},
	}
}

// plains is plain for many types, whose names stand in one string.
func plains(types, field string) []op {
	var ops []op
	for t := range strings.FieldsSeq(types) {
		ops = append(ops, plain(t, field)...)
	}
	return ops
}

// plainWithEntities is for a text whose entities were beside it.
func plainWithEntities(typ, entities string) []op {
	return both(typ, func(_ *scope, o *object) {
		if text, ok := o.get("text").(string); ok {
			t := newObject("formattedText", "text", text)
			t.set("entities", o.take(entities))
			o.set("text", t)
		}
	}, func(_ *scope, o *object) {
		if t := o.object("text"); t != nil {
			o.set("text", t.get("text"))
			o.set(entities, t.get("entities"))
		}
	})
}

func hasParseMode(_ *scope, o *object) bool {
	c := o.object("input_message_content")
	return c != nil && c.object("parse_mode") != nil
}

// parsed parses the text of a message before it is sent, which is a function of its own now.
func parsed(s *scope, o *object) value {
	c := o.object("input_message_content")
	return s.then(newObject("parseTextEntities", "text", c.get("text"), "parse_mode", c.take("parse_mode")), func(t *object) value {
		c.take("entities")
		c.set("text", t)
		return s.ask(o)
	})
}

// notificationScopes is for the settings of notifications, which were of one form for chats and for kinds of chats.
func notificationScopes() []op {
	chat := func(o *object) (value, bool) {
		s := o.object("scope")
		if s == nil || s.typ != "notificationSettingsScopeChat" {
			return nil, false
		}
		return s.get("chat_id"), true
	}
	settings := func(_ *scope, o *object) { o.typ = "notificationSettings" }
	return join(
		rename("shippingAddress", "address"),
		rename("notificationSettingsScopeBasicGroupChats", "notificationSettingsScopeGroupChats"),
		result("requestPasswordRecovery", func(_ *scope, o *object) value {
			return newObject("passwordRecoveryInfo", "recovery_email_address_pattern", o.get("email_address_pattern"))
		}),
		down("chatNotificationSettings", settings), down("scopeNotificationSettings", settings),
		down("updateScopeNotificationSettings", func(_ *scope, o *object) { o.typ = "updateNotificationSettings" }),
		down("updateChatNotificationSettings", func(_ *scope, o *object) {
			o.typ = "updateNotificationSettings"
			o.set("scope", newObject("notificationSettingsScopeChat", "chat_id", o.take("chat_id")))
		}),
		script("getNotificationSettings", func(s *scope, o *object) value {
			id, isChat := chat(o)
			if !isChat {
				return s.ask(newObject("getScopeNotificationSettings", "scope", o.get("scope")))
			}
			return s.then(newObject("getChat", "chat_id", id), func(c *object) value { return c.get("notification_settings") })
		}),
		up("setNotificationSettings", func(_ *scope, o *object) {
			n := o.object("notification_settings")
			if id, isChat := chat(o); isChat {
				o.typ = "setChatNotificationSettings"
				o.take("scope")
				o.set("chat_id", id)
				if n != nil {
					n.typ = "chatNotificationSettings"
				}
				return
			}
			o.typ = "setScopeNotificationSettings"
			if n != nil {
				n.typ = "scopeNotificationSettings"
			}
			if o.is("scope", "notificationSettingsScopeAllChats") {
				o.object("scope").typ = "notificationSettingsScopePrivateChats"
			}
		}),
	)
}

// setProxy sets the one proxy that there was.
func setProxy(s *scope, o *object) value {
	p := o.object("proxy")
	if p == nil || p.typ == "proxyEmpty" {
		return s.ask(newObject("disableProxy"))
	}
	kind := newObject("proxyType"+strings.TrimPrefix(p.typ, "proxy"), "username", p.get("username"), "password", p.get("password"), "secret", p.get("secret"))
	return s.then(newObject("addProxy", "server", p.get("server"), "port", p.get("port"), "enable", true, "type", kind), func(*object) value {
		return newObject("ok")
	})
}

// getProxy answers the proxy that is used.
func getProxy(s *scope, _ *object) value {
	return s.then(newObject("getProxies"), func(a *object) value {
		for _, e := range a.list("proxies") {
			p, _ := e.(*object)
			if p == nil || !p.truth("is_enabled") || p.object("type") == nil {
				continue
			}
			old := &object{typ: "proxy" + strings.TrimPrefix(p.object("type").typ, "proxyType"), fields: p.object("type").fields}
			old.set("server", p.get("server"))
			old.set("port", p.get("port"))
			return old
		}
		return newObject("proxyEmpty")
	})
}

// passport is for Telegram Passport, whose data became elements.
func passport() []op {
	ops := join(
		rename("passportData*", "passportElement*"), rename("inputPassportData*", "inputPassportElement*"),
		rename("encryptedPassportData", "encryptedPassportElement"),
		rename("allPassportData", "passportElements"), field("passportElements", "data", "elements"),
		field("messagePassportDataReceived", "data", "elements"),
		rename("getPassportData", "getPassportElement"), rename("getAllPassportData", "getAllPassportElements"),
		rename("setPassportData", "setPassportElement"), field("setPassportElement", "data", "element"),
		rename("deletePassportData", "deletePassportElement"), rename("setPassportDataErrors", "setPassportElementErrors"),
		field("getPassportAuthorizationForm", "payload", "nonce"),
		down("passportAuthorizationForm", func(_ *scope, o *object) {
			types := list{}
			for _, e := range o.list("required_elements") {
				if r, _ := e.(*object); r != nil {
					types = append(types, lifted(r.list("suitable_elements"), "type")...)
				}
			}
			o.set("required_types", types)
		}),
	)
	for kind, name := range map[string]string{"UtilityBill": "utility_bill", "BankStatement": "bank_statement", "RentalAgreement": "rental_agreement",
		"PassportRegistration": "passport_registration", "TemporaryRegistration": "temporary_registration"} {
		ops = append(ops, wrap("passportElement"+kind, name, "personalDocument", "files")...)
		ops = append(ops, wrap("inputPassportElement"+kind, name, "inputPersonalDocument", "files")...)
	}
	return ops
}

// itemTexts are the texts of what stands in the items of a list.
func itemTexts(items list) list {
	texts := list{}
	for _, e := range items {
		i, _ := e.(*object)
		if i == nil {
			continue
		}
		parts := list{}
		for _, b := range i.list("page_blocks") {
			if b, _ := b.(*object); b != nil && b.get("text") != nil {
				parts = append(parts, b.get("text"))
			}
		}
		texts = append(texts, newObject("richTexts", "texts", parts))
	}
	return texts
}

// captions is for captions that have a text and a credit now.
func captions(types string) []op {
	var ops []op
	for t := range strings.FieldsSeq(types) {
		ops = append(ops, down(t, func(_ *scope, o *object) {
			if c := o.object("caption"); c != nil {
				o.set("caption", c.get("text"))
			}
		})...)
	}
	return ops
}

// checkCode checks a code, and registers a new user, whose name came with it.
func checkCode(s *scope, o *object) value {
	first, last := o.take("first_name"), o.take("last_name")
	register := func(otherwise value) value {
		return s.then(newObject("getAuthorizationState"), func(state *object) value {
			if state.typ != "authorizationStateWaitRegistration" || first == nil || first == "" {
				return otherwise
			}
			return s.ask(newObject("registerUser", "first_name", first, "last_name", last))
		})
	}
	if v := register(nil); v != nil {
		return v
	}
	return s.then(o, func(answer *object) value { return register(answer) })
}

// animationResult is for results of inline queries that were of two kinds.
func animationResult(old, prefix, mime string) []op {
	return up(old, func(_ *scope, o *object) {
		o.typ = "inputInlineQueryResultAnimation"
		for _, name := range []string{"url", "duration", "width", "height"} {
			renameField(o, prefix+"_"+name, "video_"+name)
		}
		o.set("video_mime_type", mime)
		o.set("thumbnail_mime_type", "image/jpeg")
	})
}
