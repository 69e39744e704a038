package compat

import "strings"

// changes1830 are the changes from 1.8.30 to 1.8.47.
func changes1830() []change {
	return []change{
		{"1.8.30", join(
			rename("canPurchasePremium", "canPurchaseFromStore"),
			down("messageInvoice", func(_ *scope, o *object) { scatter(o, "product_info", "title description photo") }),
			down("paymentForm", func(_ *scope, o *object) {
				scatter(o, "product_info", "product_title:title product_description:description product_photo:photo")
				scatter(o, "type", "invoice payment_provider_user_id payment_provider additional_payment_options saved_order_info saved_credentials can_save_credentials need_password")
			}),
			down("paymentReceipt", func(_ *scope, o *object) {
				scatter(o, "product_info", "title description photo")
				scatter(o, "type", "payment_provider_user_id invoice order_info shipping_option credentials_title tip_amount")
			}),
		)},
		{"1.8.31", join(
			rename("starTransactionSource*", "starTransactionPartner*"),
			field("starTransaction", "source", "partner"),
			up("inputMessageReplyToMessage", func(_ *scope, o *object) {
				if o.integer("chat_id") != 0 {
					o.typ = "inputMessageReplyToExternalMessage"
				}
			}),
			down("inputMessageReplyToExternalMessage", func(_ *scope, o *object) { o.typ = "inputMessageReplyToMessage" }),
			rename("chatRevenueWithdrawalStateCompleted", "revenueWithdrawalStateSucceeded"),
			rename("chatRevenueWithdrawalStatePending", "revenueWithdrawalStatePending"),
			rename("chatRevenueWithdrawalStateFailed", "revenueWithdrawalStateFailed"),
			preset("getStarTransactions", "owner_id", func(s *scope) value { return newObject("messageSenderUser", "user_id", s.me()) }),
			preset("getStarTransactions", "limit", func(*scope) value { return number("100") }),
			rename("searchPublicHashtagMessages", "searchPublicMessagesByTag"), field("searchPublicMessagesByTag", "hashtag", "tag"),
			rename("getSearchedForHashtags", "getSearchedForTags"), field("getSearchedForTags", "prefix", "tag_prefix"),
			rename("removeSearchedForHashtag", "removeSearchedForTag"), field("removeSearchedForTag", "hashtag", "tag"),
			rename("clearSearchedForHashtags", "clearSearchedForTags"),
		)},
		{"1.8.32", join(
			down("authenticationCodeTypeFirebaseAndroid", func(_ *scope, o *object) {
				p := o.object("device_verification_parameters")
				o.set("use_play_integrity", p != nil && p.typ == "firebaseDeviceVerificationParametersPlayIntegrity")
				if p != nil {
					o.set("nonce", p.get("nonce"))
				}
			}),
			rename("starTransactionPartnerUser", "starTransactionPartnerBot"), field("starTransactionPartnerBot", "user_id", "bot_user_id"),
			down("paidMediaPreview", extendedMedia), down("paidMediaPhoto", extendedMedia),
			down("paidMediaVideo", extendedMedia), down("paidMediaUnsupported", extendedMedia),
			down("messageInvoice", func(_ *scope, o *object) {
				if m, _ := o.take("paid_media").(*object); m != nil {
					m.set("caption", o.get("paid_media_caption"))
					o.set("extended_media", m)
				}
			}),
			up("inputMessageInvoice", paidMediaInput),
		)},
		{"1.8.33", join(
			field("chatPermissions", "can_add_web_page_previews", "can_add_link_previews"),
			rename("getWebPagePreview", "getLinkPreview"),
			down("messageText", func(_ *scope, o *object) { renameField(o, "link_preview", "web_page") }),
			down("linkPreview", webPage),
		)},
		{"1.8.34", join(
			field("starTransactionPartnerBot", "bot_user_id", "user_id"),
			[]op{{old: "internalLinkTypeSideMenuBot", new: "internalLinkTypeMainWebApp", up: func(_ *scope, o *object) {
				o.typ = "internalLinkTypeMainWebApp"
				o.set("start_parameter", strings.TrimPrefix(o.str("url"), "start://"))
			}, down: func(_ *scope, o *object) {
				o.typ = "internalLinkTypeSideMenuBot"
				if p := o.str("start_parameter"); p != "" {
					o.set("url", "start://"+p)
				}
			}}},
		)},
		{"1.8.35", join(
			down("starTransactionPartnerBot", func(_ *scope, o *object) { scatter(o, "purpose", "product_info invoice_payload") }),
			down("starTransactionPartnerChannel", func(_ *scope, o *object) { scatter(o, "purpose", "paid_media_message_id:message_id media") }),
		)},
		{"1.8.36", join(
			field("premiumGiftCodePaymentOption", "user_count", "winner_count"),
			rename("channelTransactionPurpose*", "chatTransactionPurpose*"),
			rename("starTransactionPartnerChannel", "starTransactionPartnerChat"),
			rename("premiumGiveawayParticipantStatus*", "giveawayParticipantStatus*"),
			rename("premiumGiveawayInfo*", "giveawayInfo*"),
			rename("premiumGiveawayParameters", "giveawayParameters"),
			rename("messagePremiumGiveawayCreated", "messageGiveawayCreated"),
			rename("messagePremiumGiveawayCompleted", "messageGiveawayCompleted"),
			premiumPrize("messagePremiumGiveaway", "messageGiveaway", "messageUnsupported"),
			premiumPrize("messagePremiumGiveawayWinners", "messageGiveawayWinners", "messageUnsupported"),
			premiumPrize("prepaidPremiumGiveaway", "prepaidGiveaway", ""),
			premiumPrize("pushMessageContentPremiumGiveaway", "pushMessageContentGiveaway", "pushMessageContentHidden"),
			down("linkPreview", func(_ *scope, o *object) {
				if t := o.object("type"); t != nil {
					t.set("author", o.get("author"))
				}
			}),
			down("linkPreviewTypeExternalAudio", func(_ *scope, o *object) { o.typ = "linkPreviewTypeAudio" }),
			down("linkPreviewTypeExternalVideo", func(_ *scope, o *object) { o.typ = "linkPreviewTypeVideo" }),
			down("linkPreviewTypeAudio", func(_ *scope, o *object) { mediaFields(o, "audio", "mime_type duration") }),
			down("linkPreviewTypeVideo", func(_ *scope, o *object) { mediaFields(o, "video", "mime_type width height duration") }),
			script("addPaidMessageReaction", func(s *scope, o *object) value {
				request := newObject("addPendingPaidMessageReaction", "chat_id", o.get("chat_id"), "message_id", o.get("message_id"), "star_count", o.get("star_count"), "is_anonymous", o.get("is_anonymous"))
				return s.then(request, func(*object) value {
					return s.ask(newObject("commitPendingPaidMessageReactions", "chat_id", o.get("chat_id"), "message_id", o.get("message_id")))
				})
			}),
			rename("getPopularWebAppBots", "getGrossingWebAppBots"),
			rename("launchPrepaidPremiumGiveaway", "launchPrepaidGiveaway"),
			rename("getPremiumGiveawayInfo", "getGiveawayInfo"),
		)},
		{"1.8.37", join(
			wrap("starTransactionPartnerUser", "purpose", "userTransactionPurposeGiftedStars", "sticker"),
			rename("reportChatSponsoredMessageOption", "reportOption"),
			scriptIf("reportStory", hasReason, reportWithReason), scriptIf("reportChat", hasReason, reportWithReason),
		)},
		{"1.8.39", join(
			rename("storePaymentPurposeGiftedPremium", "storePaymentPurposePremiumGiftCodes"),
			up("storePaymentPurposePremiumGiftCodes", func(_ *scope, o *object) {
				if id := o.take("user_id"); id != nil {
					o.set("user_ids", list{id})
				}
			}),
		)},
		{"1.8.40", join(
			down("starSubscription", func(_ *scope, o *object) { scatter(o, "type", "can_reuse invite_link") }),
			down("stickerSet", outlinePaths), down("stickerSetInfo", outlinePaths),
			wrap("targetChatChosen", "types", "targetChatTypes", "allow_user_chats allow_bot_chats allow_group_chats allow_channel_chats"),
			flags("mainWebApp", "mode", "is_compact", "webAppOpenModeCompact", "webAppOpenModeFullSize"),
			flags("internalLinkTypeMainWebApp", "mode", "is_compact", "webAppOpenModeCompact", "webAppOpenModeFullSize"),
			flags("internalLinkTypeWebApp", "mode", "is_compact", "webAppOpenModeCompact", "webAppOpenModeFullSize"),
			wraps("getWebAppLinkUrl getMainWebApp getWebAppUrl openWebApp", "parameters", "webAppOpenParameters", "theme application_name"),
		)},
		{"1.8.41", join(
			boxes("starTransaction starTransactions starSubscriptions updateOwnedStarCount", "star_count", "star_amount", "starAmount", "star_count"),
			box("starRevenueStatus", "total_count", "total_amount", "starAmount", "star_count"),
			box("starRevenueStatus", "current_count", "current_amount", "starAmount", "star_count"),
			box("starRevenueStatus", "available_count", "available_amount", "starAmount", "star_count"),
			field("starTransaction", "partner", "type"),
			starPartners(),
		)},
		{"1.8.42", join(
			rename("chatAffiliateProgram", "connectedAffiliateProgram"), rename("chatAffiliatePrograms", "connectedAffiliatePrograms"),
			field("foundAffiliateProgram", "parameters", "info"),
			rename("connectChatAffiliateProgram", "connectAffiliateProgram"), rename("disconnectChatAffiliateProgram", "disconnectAffiliateProgram"),
			rename("getChatAffiliateProgram", "getConnectedAffiliateProgram"), rename("getChatAffiliatePrograms", "getConnectedAffiliatePrograms"),
			boxes("searchAffiliatePrograms connectAffiliateProgram disconnectAffiliateProgram getConnectedAffiliateProgram getConnectedAffiliatePrograms",
				"chat_id", "affiliate", "affiliateTypeChannel", "chat_id"),
			box("userGift", "gift", "gift", "sentGiftRegular", "gift"),
			wraps("user chatInviteLinkInfo supergroup", "verification_status", "verificationStatus", "is_verified is_scam is_fake"),
			both("chatFolder", folderNameUp, folderNameDown), both("chatFolderInfo", folderNameUp, folderNameDown),
			up("inputInlineQueryResultArticle", func(_ *scope, o *object) {
				if truth(o.take("hide_url")) {
					o.take("url")
				}
			}),
			flags("searchMessages", "chat_type_filter", "only_in_channels", "searchMessagesChatTypeFilterChannel"),
		)},
		{"1.8.44", join(
			wrap("upgradedGiftBackdrop", "colors", "upgradedGiftBackdropColors", "center_color edge_color symbol_color text_color"),
			sender("upgradedGiftOriginalDetails", "sender_user_id", "sender_id", "receiver_user_id", "receiver_id"),
			sender("upgradedGift", "owner_user_id", "owner_id"),
			sender("starTransactionTypeGiftPurchase", "user_id", "owner_id"), sender("starTransactionTypeGiftTransfer", "user_id", "owner_id"),
			rename("userGift", "receivedGift"), rename("userGifts", "receivedGifts"),
			sender("receivedGift", "sender_user_id", "sender_id"),
			down("receivedGift", func(_ *scope, o *object) { o.set("message_id", num(o.integer("received_gift_id")<<serverIDShift)) }),
			down("messageGift", func(_ *scope, o *object) {
				o.set("upgrade_message_id", num(o.integer("upgraded_received_gift_id")<<serverIDShift))
			}),
			emojiStatuses(),
			sender("sendGift", "user_id", "owner_id"),
			sender("transferGift", "receiver_user_id", "new_owner_id"),
			up("sellGift", receivedGiftID), up("toggleGiftIsSaved", receivedGiftID), up("upgradeGift", receivedGiftID), up("transferGift", receivedGiftID),
			rename("getUserGifts", "getReceivedGifts"), sender("getReceivedGifts", "user_id", "owner_id"),
			rename("getUserGift", "getReceivedGift"), up("getReceivedGift", receivedGiftID),
		)},
		{"1.8.45", join(
			up("addPendingPaidMessageReaction", func(_ *scope, o *object) {
				if standard := truth(o.take("use_default_is_anonymous")); o.get("is_anonymous") != nil && !standard {
					paidReactionType(nil, o)
				}
			}),
			rename("togglePaidMessageReactionIsAnonymous", "setPaidMessageReactionType"),
			up("setPaidMessageReactionType", paidReactionType),
		)},
		{"1.8.46", join(
			script("getPremiumGiftCodePaymentOptions", func(s *scope, o *object) value {
				if o.integer("boosted_chat_id") == 0 {
					return s.ask(newObject("getPremiumGiftPaymentOptions"))
				}
				return s.ask(newObject("getPremiumGiveawayPaymentOptions", "boosted_chat_id", o.get("boosted_chat_id")))
			}),
			down("premiumGiftPaymentOptions", giftCodeOptions), down("premiumGiveawayPaymentOptions", giftCodeOptions),
		)},
		{"1.8.47", join(
			wraps("businessConnectedBot businessConnection", "rights", "businessBotRights", "can_reply"),
			rename("reportChatSponsoredMessageResult*", "reportSponsoredResult*"),
			down("updateForumTopicInfo", func(_ *scope, o *object) {
				if i := o.object("info"); i != nil {
					o.set("chat_id", i.get("chat_id"))
				}
			}),
			rename("assignAppStoreTransaction", "assignStoreTransaction"),
			wrap("assignStoreTransaction", "transaction", "storeTransactionAppStore", "receipt"),
			up("assignGooglePlayTransaction", func(_ *scope, o *object) {
				o.typ = "assignStoreTransaction"
				gather(o, "transaction", "storeTransactionGooglePlay", "package_name store_product_id purchase_token")
			}),
		)},
	}
}

// wraps is wrap for many types, whose names stand in one string.
func wraps(types, outer, class, moved string) []op {
	var ops []op
	for t := range strings.FieldsSeq(types) {
		ops = append(ops, wrap(t, outer, class, moved)...)
	}
	return ops
}

func extendedMedia(_ *scope, o *object) { o.typ = "messageExtendedMedia" + o.typ[len("paidMedia"):] }

// paidMediaInput makes paid media of the content of a message that was to be shown with an invoice.
func paidMediaInput(_ *scope, o *object) {
	m, _ := o.take("extended_media_content").(*object)
	if m == nil {
		return
	}
	media := newObject("inputPaidMedia")
	switch m.typ {
	case "inputMessageVideo":
		media.set("type", newObject("inputPaidMediaTypeVideo", "duration", m.get("duration"), "supports_streaming", m.get("supports_streaming")))
		media.set("media", m.get("video"))
	default:
		media.set("type", newObject("inputPaidMediaTypePhoto"))
		media.set("media", m.get("photo"))
	}
	for _, name := range []string{"thumbnail", "added_sticker_file_ids", "width", "height"} {
		media.set(name, m.get(name))
	}
	o.set("paid_media", media)
	o.set("paid_media_caption", m.get("caption"))
}

// previewTypes are the names that web pages had for what is shown of a link.
const previewTypes = `Album telegram_album  Animation gif  App app  Article article  Audio audio  Background telegram_background
	ChannelBoost telegram_channel_boost  Chat telegram_chat  Document document  EmbeddedAnimationPlayer gif  EmbeddedAudioPlayer audio
	EmbeddedVideoPlayer video  Invoice invoice  Message telegram_message  Photo photo  PremiumGiftCode telegram_giftcode
	ShareableChatFolder telegram_chatlist  Sticker sticker  StickerSet telegram_stickerset  Story telegram_story
	SupergroupBoost telegram_group_boost  Theme telegram_theme  User telegram_user  Video video  VideoChat telegram_videochat
	VideoNote video_note  VoiceNote voice_note  WebApp telegram_botapp`

// webPage makes a web page of a link's preview.
func webPage(_ *scope, o *object) {
	o.typ = "webPage"
	t, _ := o.take("type").(*object)
	if t == nil {
		return
	}
	kind := strings.TrimPrefix(t.typ, "linkPreviewType")
	names := strings.Fields(previewTypes)
	for i := 0; i < len(names); i += 2 {
		if names[i] == kind {
			o.set("type", names[i+1])
		}
	}
	for _, f := range t.fields {
		if f.name != "type" && f.name != "url" && o.get(f.name) == nil {
			o.set(f.name, f.value)
		}
	}
	if strings.HasPrefix(kind, "Embedded") {
		o.set("embed_url", t.get("url"))
		o.set("embed_type", "iframe")
		o.set("embed_width", t.get("width"))
		o.set("embed_height", t.get("height"))
	}
}

// premiumPrize is for a giveaway that could be of Telegram Premium only; of anything else is made what stands in its place.
func premiumPrize(old, new, otherwise string) []op {
	return []op{{old: old, new: new, up: func(_ *scope, o *object) { o.typ = new }, down: func(_ *scope, o *object) {
		if p := o.object("prize"); p != nil && p.typ != "giveawayPrizePremium" {
			o.become(&object{typ: otherwise})
			return
		}
		o.typ = old
		scatter(o, "prize", "month_count")
	}}}
}

// mediaFields are fields of a preview that are in the audio or video itself now.
func mediaFields(o *object, media, names string) {
	if m := o.object(media); m != nil {
		for name := range strings.FieldsSeq(names) {
			if o.get(name) == nil {
				o.set(name, m.get(name))
			}
		}
	}
}

func hasReason(_ *scope, o *object) bool { return o.object("reason") != nil }

// reasonWords are what an option of the server says that stands for a reason of old.
var reasonWords = strings.NewReplacer("reportReason", "", "ChildAbuse", "Child abuse", "IllegalDrugs", "drugs", "PersonalDetails", "personal", "UnrelatedLocation", "Location", "Custom", "Other")

// reportWithReason reports for a reason that the program knows: the server is asked for its reasons, and the one that says so is
// chosen, as deep as they go.
func reportWithReason(s *scope, o *object) value {
	reason, _ := o.take("reason").(*object)
	word := strings.ToLower(reasonWords.Replace(reason.typ))
	const levels = 4
	o.set("option_id", "")
	for range levels {
		v := s.ask(o)
		if isError(v) {
			return v
		}
		answer := v.(*object)
		switch {
		case strings.HasSuffix(answer.typ, "Ok"):
			return newObject("ok")
		case strings.HasSuffix(answer.typ, "OptionRequired"):
			o.set("option_id", chosenOption(answer.list("options"), word))
		case strings.HasSuffix(answer.typ, "TextRequired"):
			if !answer.truth("is_optional") && o.str("text") == "" {
				return failed(400, "The report needs a text")
			}
			o.set("option_id", answer.get("option_id"))
		default:
			return failed(400, "The report needs the messages that it is about")
		}
	}
	return failed(400, "The server does not take the report")
}

// chosenOption is the option whose text has the word in it; else the last one, which is for everything else.
func chosenOption(options list, word string) value {
	var last value = ""
	for _, e := range options {
		if p, _ := e.(*object); p != nil {
			if last = p.get("id"); strings.Contains(strings.ToLower(p.str("text")), word) {
				return last
			}
		}
	}
	return last
}

func outlinePaths(_ *scope, o *object) {
	if l := o.object("thumbnail_outline"); l != nil {
		o.set("thumbnail_outline", l.get("paths"))
	}
}

// starPartners is for transactions in Telegram Stars, which told with whom they are and tell what they are for now.
func starPartners() []op {
	partner := func(kinds, partner, purpose string) []op {
		var ops []op
		for kind := range strings.FieldsSeq(kinds) {
			ops = append(ops, down("starTransactionType"+kind, func(_ *scope, o *object) {
				p := &object{typ: purpose, fields: o.fields}
				o.become(&object{typ: "starTransactionPartner" + partner, fields: append([]member(nil), o.fields...)})
				if purpose != "" {
					renameField(p, "subscription_period", "period")
					o.set("purpose", p)
				}
			})...)
		}
		return ops
	}
	return join(
		partner("PremiumBotDeposit", "Telegram", ""), partner("AppStoreDeposit", "AppStore", ""), partner("GooglePlayDeposit", "GooglePlay", ""),
		partner("FragmentDeposit FragmentWithdrawal", "Fragment", ""),
		partner("TelegramAdsWithdrawal", "TelegramAds", ""), partner("TelegramApiUsage", "TelegramApi", ""),
		partner("UserDeposit", "User", "userTransactionPurposeGiftedStars"),
		partner("GiftPurchase", "User", "userTransactionPurposeGiftSend"), partner("GiftSale", "User", "userTransactionPurposeGiftSell"),
		partner("GiveawayDeposit", "Chat", "chatTransactionPurposeGiveaway"),
		partner("ChannelPaidMediaPurchase ChannelPaidMediaSale", "Chat", "chatTransactionPurposePaidMedia"),
		partner("ChannelSubscriptionPurchase ChannelSubscriptionSale", "Chat", "chatTransactionPurposeJoin"),
		partner("ChannelPaidReactionSend ChannelPaidReactionReceive", "Chat", "chatTransactionPurposeReaction"),
		partner("BotPaidMediaPurchase BotPaidMediaSale", "Bot", "botTransactionPurposePaidMedia"),
		partner("BotInvoicePurchase BotInvoiceSale", "Bot", "botTransactionPurposeInvoicePayment"),
		partner("BotSubscriptionPurchase BotSubscriptionSale", "Bot", "botTransactionPurposeSubscription"),
	)
}

func folderNameUp(_ *scope, o *object) {
	if title, ok := o.take("title").(string); ok {
		o.set("name", newObject("chatFolderName", "text", formatted(title)))
	}
}

func folderNameDown(_ *scope, o *object) {
	if name, _ := o.take("name").(*object); name != nil {
		if text := name.object("text"); text != nil {
			o.set("title", text.str("text"))
		}
	}
}

// emojiStatuses is for statuses, which were custom emoji only.
func emojiStatuses() []op {
	return join(
		both("emojiStatus", func(_ *scope, o *object) {
			if id := o.take("custom_emoji_id"); id != nil {
				o.set("type", newObject("emojiStatusTypeCustomEmoji", "custom_emoji_id", id))
			}
		}, func(_ *scope, o *object) {
			if t, _ := o.take("type").(*object); t != nil && t.typ == "emojiStatusTypeUpgradedGift" {
				o.set("custom_emoji_id", t.get("model_custom_emoji_id"))
			} else if t != nil {
				o.set("custom_emoji_id", t.get("custom_emoji_id"))
			}
		}),
		down("emojiStatuses", func(_ *scope, o *object) {
			if statuses, ok := o.take("emoji_statuses").(list); ok {
				o.set("custom_emoji_ids", lifted(statuses, "custom_emoji_id"))
			}
		}),
		down("emojiStatusCustomEmojis", func(_ *scope, o *object) { o.typ = "emojiStatuses" }),
	)
}

// receivedGiftID names a gift that was received by a user as it is named now: by the message's number on the server.
func receivedGiftID(_ *scope, o *object) {
	o.take("sender_user_id")
	if id := o.take("message_id"); id != nil {
		o.set("received_gift_id", string(num(integer(id)>>serverIDShift)))
	}
}

func paidReactionType(_ *scope, o *object) {
	kind := "paidReactionTypeRegular"
	if truth(o.take("is_anonymous")) {
		kind = "paidReactionTypeAnonymous"
	}
	if o.get("type") == nil {
		o.set("type", newObject(kind))
	}
}

func giftCodeOptions(_ *scope, o *object) {
	o.typ = "premiumGiftCodePaymentOptions"
	for _, e := range o.list("options") {
		if p, _ := e.(*object); p != nil {
			if p.typ == "premiumGiftPaymentOption" {
				p.set("winner_count", number("1"))
			}
			p.typ = "premiumGiftCodePaymentOption"
		}
	}
}
