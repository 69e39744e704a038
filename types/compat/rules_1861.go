package compat

// changes1861 are the changes from 1.8.61 on.
func changes1861() []change {
	return []change{
		{"1.8.61", join(
			boxes("upgradedGiftModel upgradedGiftSymbol upgradedGiftBackdrop", "rarity_per_mille", "rarity", "upgradedGiftAttributeRarityPerMille", "per_mille"),
			rename("internalLinkTypeBuyStars", "internalLinkTypeStarPurchase"),
			rename("internalLinkTypePremiumFeatures", "internalLinkTypePremiumFeaturesPage"),
			rename("internalLinkTypePremiumGift", "internalLinkTypePremiumGiftPurchase"),
			settingsLink("PrivacyAndSecuritySettings", "PrivacyAndSecurity", "*"),
			settingsLink("EditProfileSettings", "EditProfile", "*"),
			settingsLink("LanguageSettings", "Language", "*"),
			settingsLink("MyStars", "MyStars", "*"),
			settingsLink("MyToncoins", "MyToncoins", "*"),
			settingsLink("ThemeSettings", "Appearance", "*"),
			settingsLink("ActiveSessions", "Devices", ""),
			settingsLink("ChangePhoneNumber", "EditProfile", "change-number"),
			settingsLink("ChatFolderSettings", "ChatFolders", ""),
			settingsLink("DefaultMessageAutoDeleteTimerSettings", "PrivacyAndSecurity", "auto-delete"),
			settingsLink("LoginEmailSettings", "PrivacyAndSecurity", "login-email"),
			settingsLink("PasswordSettings", "PrivacyAndSecurity", "2sv"),
			settingsLink("PhoneNumberPrivacySettings", "PrivacyAndSecurity", "phone-number"),
			unsupportedProxy(),
			wrap("internalLinkTypeProxy", "proxy", "proxy", "server port type"),
			wrap("addProxy", "proxy", "proxy", "server port type"),
			wrap("editProxy", "proxy", "proxy", "server port type"),
			wrap("testProxy", "proxy", "proxy", "server port type"),
			down("addedProxies", func(_ *scope, o *object) { o.typ = "proxies" }),
			down("addedProxy", func(_ *scope, o *object) { o.typ = "proxy"; scatter(o, "proxy", "server port type") }),
			script("pingProxy", pingProxy),
			script("getProxyLink", proxyLink),
			field("getGiftUpgradePreview", "gift_id", "regular_gift_id"),
			rename("getGiftUpgradeVariants", "getUpgradedGiftVariants"),
			field("getUpgradedGiftVariants", "gift_id", "regular_gift_id"),
			preset("getUpgradedGiftVariants", "return_upgrade_models", yes),
		)},
		{"1.8.62", join(
			down("chatMember", func(_ *scope, o *object) {
				if s := o.object("status"); s != nil {
					s.set("custom_title", o.get("tag"))
				}
			}),
			scriptIf("setChatMemberStatus", hasCustomTitle, setCustomTitle),
			down("updateChatReplyMarkup", func(_ *scope, o *object) {
				if m := o.object("reply_markup_message"); m != nil {
					o.set("reply_markup_message_id", m.get("id"))
				}
			}),
			down("pollVoters", func(_ *scope, o *object) {
				o.typ = "messageSenders"
				o.set("senders", lifted(o.list("voters"), "voter_id"))
			}),
			boxes("sendCallRating sendCallDebugInformation sendCallLog", "call_id", "call_id", "inputCallDiscarded", "call_id"),
		)},
		{"1.8.63", join(
			down("poll", func(_ *scope, o *object) {
				if o.is("type", "pollTypeRegular") {
					o.object("type").set("allow_multiple_answers", o.truth("allows_multiple_answers"))
				}
			}),
			down("pollTypeQuiz", func(_ *scope, o *object) {
				o.set("correct_option_id", number("-1"))
				if ids := o.list("correct_option_ids"); len(ids) > 0 {
					o.set("correct_option_id", ids[0])
				}
			}),
			up("inputMessagePoll", pollInput),
			down("updatePollAnswer", func(_ *scope, o *object) { o.take("option_ids"); renameField(o, "option_positions", "option_ids") }),
			wrap("shareUsersWithBot", "source", "keyboardButtonSourceMessage", "chat_id message_id"),
			wrap("shareChatWithBot", "source", "keyboardButtonSourceMessage", "chat_id message_id"),
		)},
		{"1.8.64", join(
			result("answerWebAppQuery", func(_ *scope, o *object) value {
				return newObject("sentWebAppMessage", "inline_message_id", o.get("id"))
			}),
			result("getSavedNotificationSound", func(_ *scope, o *object) value {
				return newObject("notificationSounds", "notification_sounds", list{o})
			}),
			box("addProfileAudio", "file_id", "audio", "inputFileId", "id"),
			rename("getBotToken", "getManagedBotToken"),
		)},
		{"1.8.65", join(
			rename("sessionType*", "sessionDeviceType*"),
			field("session", "type", "device_type"),
			down("unconfirmedSession", func(_ *scope, o *object) {
				if !o.is("type", "sessionTypeDevice") {
					drop(nil, o)
					return
				}
				o.set("id", o.object("type").get("session_id"))
				renameField(o, "date", "log_in_date")
			}),
			pollMedia(),
			both("draftMessage", draftUp, draftDown),
			boxes("webAppInfo mainWebApp", "url", "url", "webAppUrl", "url"),
			result("getWebAppLinkUrl", httpURL), result("getWebAppUrl", httpURL),
			richPage(),
			wrap("inputMessageAnimation", "animation", "inputAnimation", "animation thumbnail added_sticker_file_ids duration width height"),
			wrap("inputMessageAudio", "audio", "inputAudio", "audio album_cover_thumbnail duration title performer"),
			wrap("inputMessageDocument", "document", "inputDocument", "document thumbnail disable_content_type_detection"),
			wrap("inputMessagePhoto", "photo", "inputPhoto", "photo thumbnail video added_sticker_file_ids width height"),
			wrap("inputMessageVideo", "video", "inputVideo", "video thumbnail cover start_timestamp added_sticker_file_ids duration width height supports_streaming"),
			up("inputMessageLocation", func(s *scope, o *object) {
				if o.integer("live_period") != 0 {
					o.typ = "inputMessageLiveLocation"
					liveLocation(s, o)
				}
			}),
			down("messageLiveLocation", func(_ *scope, o *object) {
				o.typ = "messageLocation"
				scatter(o, "location", "location live_period heading proximity_alert_radius")
			}),
			up("editMessageLiveLocation", liveLocation), up("editInlineMessageLiveLocation", liveLocation), up("editBusinessMessageLiveLocation", liveLocation),
			down("updatePendingMessage", func(_ *scope, o *object) {
				o.typ = "updatePendingTextMessage"
				if !o.is("content", "messageText") {
					drop(nil, o)
					return
				}
				o.set("text", o.object("content").get("text"))
			}),
			result("joinChat", joined),
			script("joinChatByInviteLink", func(s *scope, o *object) value {
				return s.then(o, func(a *object) value {
					if v := joined(s, a); isError(v) {
						return v
					}
					return s.ask(newObject("getChat", "chat_id", a.get("chat_id")))
				})
			}),
			inner("businessConnectedBotInfo", "bot"),
		)},
	}
}

func yes(*scope) value { return true }

// lifted are the values of a field of each object in a list.
func lifted(l list, field string) list {
	fields := list{}
	for _, e := range l {
		if o, ok := e.(*object); ok && o != nil {
			fields = append(fields, o.get(field))
		}
	}
	return fields
}

// settingsLink is for a kind of link that became one to a section of the settings. The subsection * is any that no later rule
// knows.
func settingsLink(old, section, subsection string) []op {
	const link = "internalLinkTypeSettings"
	old, section = "internalLinkType"+old, "settingsSection"+section
	return []op{{old: old, new: link, up: func(_ *scope, o *object) {
		name := subsection
		if name == "*" {
			name = ""
		}
		o.become(newObject(link, "section", newObject(section, "subsection", name)))
	}, down: func(_ *scope, o *object) {
		if o.is("section", section) && (subsection == "*" || o.object("section").str("subsection") == subsection) {
			o.become(newObject(old))
		}
	}}}
}

// unsupportedProxy is a link to a proxy that is not there now.
func unsupportedProxy() []op {
	return []op{{old: "internalLinkTypeUnsupportedProxy", new: "internalLinkTypeProxy", up: func(_ *scope, o *object) {
		o.typ = "internalLinkTypeProxy"
	}, down: func(_ *scope, o *object) {
		if o.get("proxy") == nil && o.get("server") == nil {
			o.typ = "internalLinkTypeUnsupportedProxy"
		}
	}}}
}

// proxy finds a proxy by the identifier in a request.
func (s *scope) proxy(o *object, f func(proxy *object) value) value {
	return s.then(newObject("getProxies"), func(answer *object) value {
		for _, e := range answer.list("proxies") {
			if p, _ := e.(*object); p != nil && p.integer("id") == o.integer("proxy_id") {
				return f(p.object("proxy"))
			}
		}
		return failed(400, "Unknown proxy identifier")
	})
}

func pingProxy(s *scope, o *object) value {
	if o.integer("proxy_id") == 0 {
		return s.ask(newObject("pingProxy", "proxy", o.get("proxy")))
	}
	return s.proxy(o, func(proxy *object) value { return s.ask(newObject("pingProxy", "proxy", proxy)) })
}

func proxyLink(s *scope, o *object) value {
	return s.proxy(o, func(proxy *object) value {
		return s.ask(newObject("getInternalLink", "type", newObject("internalLinkTypeProxy", "proxy", proxy), "is_http", true))
	})
}

func hasCustomTitle(_ *scope, o *object) bool {
	s := o.object("status")
	return s != nil && s.str("custom_title") != "" && o.is("member_id", "messageSenderUser")
}

// setCustomTitle makes somebody an administrator and gives him a title: two functions now.
func setCustomTitle(s *scope, o *object) value {
	title := o.object("status").take("custom_title")
	return s.then(o, func(*object) value {
		return s.ask(newObject("setChatMemberTag", "chat_id", o.get("chat_id"), "user_id", o.object("member_id").get("user_id"), "tag", title))
	})
}

func pollInput(_ *scope, o *object) {
	options := list{}
	for _, e := range o.list("options") {
		if t, ok := e.(*object); ok && t != nil && t.typ == "formattedText" {
			e = newObject("inputPollOption", "text", t)
		}
		options = append(options, e)
	}
	if o.get("options") != nil {
		o.set("options", options)
	}
	switch t := o.object("type"); {
	case t == nil:
	case t.typ == "pollTypeRegular":
		o.set("allows_multiple_answers", t.truth("allow_multiple_answers"))
		o.set("allows_revoting", true)
		o.set("type", newObject("inputPollTypeRegular"))
	case t.typ == "pollTypeQuiz":
		o.set("type", newObject("inputPollTypeQuiz", "correct_option_ids", list{num(t.integer("correct_option_id"))}, "explanation", t.get("explanation")))
	}
}

// pollMedia is for the media in polls, which were contents of messages.
func pollMedia() []op {
	var ops []op
	for _, name := range []string{"Animation", "Audio", "Document", "Location", "Photo", "Sticker", "Venue", "Video"} {
		ops = append(ops, down("pollMedia"+name, func(_ *scope, o *object) {
			o.typ = "message" + name
			o.set("caption", formatted(""))
		})...)
	}
	ops = append(ops, down("pollMediaLink", func(_ *scope, o *object) {
		o.typ = "messageText"
		o.set("text", formatted(o.str("url")))
	})...)
	input := func(typ, field string) []op {
		return up(typ, func(_ *scope, o *object) {
			m := o.object(field)
			switch {
			case m == nil:
			case m.typ == "inputMessageText":
				url := ""
				if t := m.object("text"); t != nil {
					url = t.str("text")
				}
				o.set(field, newObject("inputPollMediaLink", "url", url))
			case len(m.typ) > len("inputMessage") && m.typ[:len("inputMessage")] == "inputMessage":
				m.typ = "inputPollMedia" + m.typ[len("inputMessage"):]
			}
		})
	}
	return join(ops, input("inputPollOption", "media"), input("inputPollTypeQuiz", "explanation_media"), input("inputMessagePoll", "media"))
}

func draftUp(_ *scope, o *object) {
	m, _ := o.take("input_message_text").(*object)
	if m == nil {
		return
	}
	c := &object{}
	switch m.typ {
	case "inputMessageText":
		c = newObject("draftMessageContentText", "text", m.get("text"), "link_preview_options", m.get("link_preview_options"))
	case "inputMessageVideoNote":
		c = newObject("draftMessageContentVideoNote", "file_path", filePath(m.object("video_note")), "duration", m.get("duration"), "length", m.get("length"), "self_destruct_type", m.get("self_destruct_type"))
	case "inputMessageVoiceNote":
		c = newObject("draftMessageContentVoiceNote", "file_path", filePath(m.object("voice_note")), "duration", m.get("duration"), "waveform", m.get("waveform"), "self_destruct_type", m.get("self_destruct_type"))
	default:
		c.typ = m.typ // the decoder complains of it
	}
	o.set("content", c)
}

// filePath is the path of a local file; a draft holds no other one now.
func filePath(o *object) value {
	if o == nil || o.typ != "inputFileLocal" {
		return nil
	}
	return o.get("path")
}

func draftDown(_ *scope, o *object) {
	c, _ := o.take("content").(*object)
	if c == nil {
		return
	}
	local := newObject("inputFileLocal", "path", c.get("file_path"))
	switch c.typ {
	case "draftMessageContentText":
		c.typ = "inputMessageText"
	case "draftMessageContentVideoNote":
		c.typ = "inputMessageVideoNote"
		c.set("video_note", local)
	case "draftMessageContentVoiceNote":
		c.typ = "inputMessageVoiceNote"
		c.set("voice_note", local)
	}
	o.set("input_message_text", c)
}

func httpURL(_ *scope, o *object) value { return newObject("httpUrl", "url", o.get("url")) }

// richPage is for what came into rich texts and pages.
func richPage() []op {
	ops := join(
		fields("pageBlockListItem pageBlockEmbeddedPost pageBlockCollage pageBlockSlideshow pageBlockDetails webPageInstantView", "page_blocks", "blocks"),
		down("pageBlockBlockQuote", func(_ *scope, o *object) {
			texts := list{}
			for _, e := range o.list("blocks") {
				if b, _ := e.(*object); b != nil && b.get("text") != nil {
					texts = append(texts, b.get("text"))
				}
			}
			o.set("text", newObject("richTexts", "texts", texts))
			if len(texts) == 1 {
				o.set("text", texts[0])
			}
		}),
		down("pageBlockSectionHeading", func(_ *scope, o *object) { o.typ = "pageBlockHeader"; renameField(o, "text", "header") }),
		down("pageBlockThinking", func(_ *scope, o *object) { o.typ = "pageBlockParagraph" }),
		down("pageBlockMathematicalExpression", func(_ *scope, o *object) {
			o.become(newObject("pageBlockPreformatted", "text", newObject("richTextPlain", "text", o.get("expression"))))
		}),
		down("richTextCustomEmoji", func(_ *scope, o *object) { o.become(newObject("richTextPlain", "text", o.get("alternative_text"))) }),
		down("richTextMathematicalExpression", func(_ *scope, o *object) { o.become(newObject("richTextPlain", "text", o.get("expression"))) }),
		down("richTextReferenceLink", func(_ *scope, o *object) {
			o.typ = "richTextReference"
			renameField(o, "reference_name", "anchor_name")
		}),
		inner("richTextReference", "text"),
	)
	for _, name := range []string{"Spoiler", "DateTime", "Mention", "Hashtag", "Cashtag", "BotCommand", "MentionName", "BankCardNumber"} {
		ops = append(ops, inner("richText"+name, "text")...)
	}
	return ops
}

// liveLocation is for a location that has what makes it a live one with it now; no location is none.
func liveLocation(_ *scope, o *object) {
	if o.object("location") != nil {
		gather(o, "location", "liveLocation", "location live_period heading proximity_alert_radius")
	}
}

// joined is what joining a chat came to, for those who knew only success and errors.
func joined(_ *scope, o *object) value {
	switch o.typ {
	case "chatJoinResultSuccess":
		return newObject("ok")
	case "chatJoinResultDeclined":
		return failed(400, "The request to join the chat was declined")
	}
	return failed(400, "INVITE_REQUEST_SENT")
}
