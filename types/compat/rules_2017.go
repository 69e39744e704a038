package compat

import "strings"

// changes2017 are the changes from the form that was published first to 1.0.0, in which most names changed.
func changes2017() []change {
	return []change{{"1.0.0", join(names2017(), objects2017(), login2017(), groups2017(), expansions2017())}}
}

// renames is rename for old and new names in turn.
func renames(names string) []op {
	var ops []op
	list := strings.Fields(names)
	for i := 0; i < len(list); i += 2 {
		ops = append(ops, rename(list[i], list[i+1])...)
	}
	return ops
}

func names2017() []op {
	return renames(`
		authCodeTypeMessage authenticationCodeTypeTelegramMessage  authCodeTypeSms authenticationCodeTypeSms
		authCodeTypeCall authenticationCodeTypeCall  authCodeTypeFlashCall authenticationCodeTypeFlashCall
		recoveryEmail recoveryEmailAddress  getRecoveryEmail getRecoveryEmailAddress  setRecoveryEmail setRecoveryEmailAddress
		inputFilePersistentId inputFileRemote  getFilePersistent getRemoteFile
		voice voiceNote  messageVoice messageVoiceNote  inputMessageVoice inputMessageVoiceNote  inlineQueryResultVoice inlineQueryResultVoiceNote
		inputInlineQueryResultVoice inputInlineQueryResultVoiceNote  searchMessagesFilterVoice searchMessagesFilterVoiceNote
		linkStateContact linkStateIsContact  userTypeGeneral userTypeRegular
		chatMemberStatusKicked chatMemberStatusBanned  channelMembersRecent supergroupMembersFilterRecent
		channelMembersAdministrators supergroupMembersFilterAdministrators  channelMembersKicked supergroupMembersFilterBanned
		channelMembersBots supergroupMembersFilterBots
		notificationSettingsForChat notificationSettingsScopeChat  notificationSettingsForPrivateChats notificationSettingsScopePrivateChats
		notificationSettingsForGroupChats notificationSettingsScopeBasicGroupChats  notificationSettingsForAllChats notificationSettingsScopeAllChats
		messageGroupChatCreate messageBasicGroupChatCreate  messageChannelChatCreate messageSupergroupChatCreate
		messageChatMigrateTo messageChatUpgradeTo  messageChatMigrateFrom messageChatUpgradeFrom
		sendMessageTypingAction chatActionTyping  sendMessageCancelAction chatActionCancel  sendMessageRecordVideoAction chatActionRecordingVideo
		sendMessageUploadVideoAction chatActionUploadingVideo  sendMessageRecordVoiceAction chatActionRecordingVoiceNote
		sendMessageUploadVoiceAction chatActionUploadingVoiceNote  sendMessageUploadPhotoAction chatActionUploadingPhoto
		sendMessageUploadDocumentAction chatActionUploadingDocument  sendMessageGeoLocationAction chatActionChoosingLocation
		sendMessageChooseContactAction chatActionChoosingContact  sendMessageStartPlayGameAction chatActionStartPlayingGame
		callbackQueryData callbackQueryPayloadData  callbackQueryGame callbackQueryPayloadGame
		apnsDeviceToken deviceTokenApplePush  gcmDeviceToken deviceTokenGoogleCloudMessaging  mpnsDeviceToken deviceTokenMicrosoftPush
		simplePushDeviceToken deviceTokenSimplePush  ubuntuPhoneDeviceToken deviceTokenUbuntuPush  blackberryDeviceToken deviceTokenBlackberryPush
		optionBoolean optionValueBoolean  optionEmpty optionValueEmpty  optionInteger optionValueInteger  optionString optionValueString
		privacyRuleAllowAll userPrivacySettingRuleAllowAll  privacyRuleAllowContacts userPrivacySettingRuleAllowContacts
		privacyRuleAllowUsers userPrivacySettingRuleAllowUsers  privacyRuleDisallowAll userPrivacySettingRuleRestrictAll
		privacyRuleDisallowContacts userPrivacySettingRuleRestrictContacts  privacyRuleDisallowUsers userPrivacySettingRuleRestrictUsers
		privacyRules userPrivacySettingRules  privacyKeyUserStatus userPrivacySettingShowStatus  privacyKeyChatInvite userPrivacySettingAllowChatInvites
		updatePrivacy updateUserPrivacySettingRules  setPrivacy setUserPrivacySettingRules  getPrivacy getUserPrivacySettingRules
		updateChat updateNewChat  updateChatTopMessage updateChatLastMessage  updateUserAction updateUserChatAction
		updateGroup updateBasicGroup  updateChannel updateSupergroup  updateStickerSets updateInstalledStickerSets
		deleteRecentlyFoundChat removeRecentlyFoundChat  deleteRecentlyFoundChats clearRecentlyFoundChats  getCommonChats getGroupsInCommon
		deleteMessagesFromUser deleteChatMessagesFromUser  createGroupChat createBasicGroupChat  createChannelChat createSupergroupChat
		createNewGroupChat createNewBasicGroupChat  createNewChannelChat createNewSupergroupChat
		migrateGroupChatToChannelChat upgradeBasicGroupChatToSupergroupChat
		changeChatTitle setChatTitle  changeChatPhoto setChatPhoto  changeChatDraftMessage setChatDraftMessage
		changeChatMemberStatus setChatMemberStatus  exportChatInviteLink generateChatInviteLink  importChatInviteLink joinChatByInviteLink
		deleteContacts removeContacts  getStickerSets getInstalledStickerSets  updateStickerSet changeStickerSet
		reorderStickerSets reorderInstalledStickerSets  deleteRecentSticker removeRecentSticker  deleteSavedAnimation removeSavedAnimation
		changeName setName  changeAbout setBio  changeUsername setUsername  changeAccountTtl setAccountTtl
		toggleGroupEditors toggleBasicGroupAdministrators  changeChannelUsername setSupergroupUsername  toggleChannelInvites toggleSupergroupInvites
		toggleChannelSignMessages toggleSupergroupSignMessages  changeChannelAbout setSupergroupDescription
		pinChannelMessage pinSupergroupMessage  unpinChannelMessage unpinSupergroupMessage  reportChannelSpam reportSupergroupSpam
		getChannelMembers getSupergroupMembers  deleteChannel deleteSupergroup
		getGroup getBasicGroup  getChannel getSupergroup`)
}

func objects2017() []op {
	return join(
		field("session", "app_id", "api_id", "app_name", "application_name", "app_version", "application_version",
			"is_official_app", "is_official_application", "date_created", "log_in_date", "date_active", "last_active_date"),
		down("session", func(_ *scope, o *object) { o.set("country", countryCode(o.str("country"))) }),
		fields("recoveryEmailAddress", "recovery_email", "recovery_email_address"),
		fields("passwordState setPassword setRecoveryEmailAddress", "has_recovery_email", "has_recovery_email_address",
			"unconfirmed_recovery_email_pattern", "unconfirmed_recovery_email_address_pattern",
			"set_recovery_email", "set_recovery_email_address", "new_recovery_email", "new_recovery_email_address"),
		field("passwordRecoveryInfo", "recovery_email_pattern", "recovery_email_address_pattern"),
		down("file", func(_ *scope, o *object) {
			scatter(o, "remote", "persistent_id:id")
			scatter(o, "local", "path downloaded_size")
		}),
		down("updateFile", func(_ *scope, o *object) {
			if f := o.object("file"); f != nil && f.str("path") != "" {
				return // it is there
			}
			o.typ = "updateFileProgress"
			scatter(o, "file", "file_id:id size ready:downloaded_size")
		}),
		field("inputFileRemote", "persistent_id", "id"), field("getRemoteFile", "persistent_file_id", "remote_file_id"),
		maskPoints(),
		fields("animation document sticker video inputMessageAnimation inputMessageDocument inputMessagePhoto inputMessageSticker inputMessageVideo", "thumb", "thumbnail"),
		fields("audio inputMessageAudio", "album_cover_thumb", "album_cover_thumbnail"),
		fields("voiceNote webPage messageVoiceNote inputMessageVoiceNote inlineQueryResultVoiceNote", "voice", "voice_note"),
		both("voiceNote", func(_ *scope, o *object) { renameField(o, "voice_note", "voice") }, func(_ *scope, o *object) { renameField(o, "voice", "voice_note") }),
		field("inputInlineQueryResultVoiceNote", "voice_url", "voice_note_url", "voice_duration", "voice_note_duration"),
		inputThumbs(),
		fields(`inputInlineQueryResultAnimatedGif inputInlineQueryResultAnimatedMpeg4 inputInlineQueryResultArticle inputInlineQueryResultContact
			inputInlineQueryResultDocument inputInlineQueryResultLocation inputInlineQueryResultPhoto inputInlineQueryResultSticker
			inputInlineQueryResultVenue inputInlineQueryResultVideo`, "thumb_url", "thumbnail_url", "thumb_width", "thumbnail_width", "thumb_height", "thumbnail_height"),
		field("userTypeBot", "can_join_group_chats", "can_join_groups", "can_read_all_group_chat_messages", "can_read_all_group_messages"),
		field("user", "my_link", "outgoing_link", "foreign_link", "incoming_link"),
		field("chatMember", "join_date", "joined_chat_date"),
		down("secretChat", func(_ *scope, o *object) {
			state := map[string]number{"secretChatStatePending": "0", "secretChatStateReady": "1", "secretChatStateClosed": "2"}
			if s, _ := o.take("state").(*object); s != nil && state[s.typ] != "" {
				o.set("state", state[s.typ])
			}
		}),
		down("message", func(_ *scope, o *object) {
			state := "messageIsIncoming"
			switch s := o.object("sending_state"); {
			case s != nil && s.typ == "messageSendingStatePending":
				state = "messageIsBeingSent"
			case s != nil:
				state = "messageIsFailedToSend"
			case o.truth("is_outgoing"):
				state = "messageIsSuccessfullySent"
			}
			o.set("send_state", newObject(state))
			o.set("can_be_deleted", o.truth("can_be_deleted_only_for_self") || o.truth("can_be_deleted_for_all_users"))
			o.set("is_post", o.get("is_channel_post"))
		}),
		down("updateMessageSendFailed", func(_ *scope, o *object) {
			if m := o.object("message"); m != nil {
				o.set("chat_id", m.get("chat_id"))
				o.set("message_id", o.get("old_message_id"))
			}
		}),
		fields("replyMarkupRemoveKeyboard replyMarkupForceReply replyMarkupShowKeyboard", "personal", "is_personal"),
		messageEntities(),
		fields("updateUserPrivacySettingRules setUserPrivacySettingRules getUserPrivacySettingRules", "key", "setting"),
		field("chat", "top_message", "last_message"), field("updateChatLastMessage", "top_message", "last_message"),
		down("updateUserFullInfo", func(_ *scope, o *object) {
			o.typ = "updateUserBlocked"
			scatter(o, "user_full_info", "is_blocked")
		}),
		field("setFileGenerationProgress", "ready", "local_prefix_size"),
		field("searchPublicChats", "username_prefix", "query"), field("setBio", "about", "bio"),
		box("setProfilePhoto", "photo_path", "photo", "inputFileLocal", "path"),
		result("importContacts", func(_ *scope, o *object) value {
			return newObject("users", "users", identified("user", o.list("user_ids")))
		}),
	)
}

// identified are objects of which nothing but the identifier is known.
func identified(typ string, ids list) list {
	objects := list{}
	for _, id := range ids {
		objects = append(objects, newObject(typ, "id", id))
	}
	return objects
}

func maskPoints() []op {
	points := []string{"maskPointForehead", "maskPointEyes", "maskPointMouth", "maskPointChin"}
	return join(field("maskPosition", "zoom", "scale"), both("maskPosition", func(_ *scope, o *object) {
		if n, ok := o.get("point").(number); ok {
			if i := integer(n); 0 <= i && i < int64(len(points)) {
				o.set("point", newObject(points[i]))
			}
		}
	}, func(_ *scope, o *object) {
		for i, p := range points {
			if o.is("point", p) {
				o.set("point", num(int64(i)))
			}
		}
	}))
}

func inputThumbs() []op {
	thumb := func(old, file string, names ...string) []op {
		return up(old, func(_ *scope, o *object) {
			f := newObject(file)
			for _, name := range names {
				f.set(name, o.take(name))
			}
			o.typ = "inputThumbnail"
			o.set("thumbnail", f)
		})
	}
	return join(thumb("inputThumbLocal", "inputFileLocal", "path"), thumb("inputThumbGenerated", "inputFileGenerated", "original_path", "conversion"))
}

// messageEntities is for entities, which were objects of a class.
func messageEntities() []op {
	ops := down("textEntity", func(_ *scope, o *object) {
		t, _ := o.take("type").(*object)
		if t == nil {
			drop(nil, o)
			return
		}
		o.typ = "messageEntity" + strings.TrimPrefix(t.typ, "textEntityType")
		if o.typ == "messageEntityEmailAddress" {
			o.typ = "messageEntityEmail"
		}
		o.fields = append(o.fields, t.fields...)
	})
	for _, kind := range strings.Fields("Mention Hashtag BotCommand Url Email Bold Italic Code Pre PreCode TextUrl MentionName") {
		ops = append(ops, up("messageEntity"+kind, func(_ *scope, o *object) {
			o.typ = "textEntity"
			if kind == "Email" {
				kind = "EmailAddress"
			}
			t := newObject("textEntityType" + kind)
			for _, name := range []string{"language", "url", "user_id"} {
				t.set(name, o.take(name))
			}
			o.set("type", t)
		})...)
	}
	return ops
}

// login2017 is for the steps of the login, which answered with the next state.
func login2017() []op {
	step := func(old, new, field, newField string) []op {
		return script(old, func(s *scope, o *object) value {
			o.typ = new
			renameField(o, field, newField)
			return s.then(o, func(*object) value { return s.ask(newObject("getAuthorizationState")) })
		})
	}
	code := func(_ *scope, o *object) value {
		return newObject("authStateWaitCode", "is_registered", true, "code_type", o.get("type"), "next_code_type", o.get("next_type"), "timeout", o.get("timeout"))
	}
	return join(
		rename("getAuthState", "getAuthorizationState"),
		step("setAuthPhoneNumber", "setAuthenticationPhoneNumber", "", ""), step("resendAuthCode", "resendAuthenticationCode", "", ""),
		step("checkAuthCode", "checkAuthenticationCode", "", ""), step("checkAuthPassword", "checkAuthenticationPassword", "", ""),
		step("requestAuthPasswordRecovery", "requestAuthenticationPasswordRecovery", "", ""),
		step("recoverAuthPassword", "recoverAuthenticationPassword", "", ""), step("checkAuthBotToken", "checkAuthenticationBotToken", "", ""),
		script("resetAuth", func(s *scope, o *object) value {
			function := "logOut"
			if o.truth("force") {
				function = "destroy"
			}
			return s.then(newObject(function), func(*object) value { return newObject("authStateLoggingOut") })
		}),
		down("authorizationStateWaitPhoneNumber", func(_ *scope, o *object) { o.typ = "authStateWaitPhoneNumber" }),
		down("authorizationStateWaitCode", func(_ *scope, o *object) {
			o.typ = "authStateWaitCode"
			scatter(o, "code_info", "code_type:type next_code_type:next_type timeout")
		}),
		down("authorizationStateWaitPassword", func(_ *scope, o *object) {
			o.typ = "authStateWaitPassword"
			renameField(o, "has_recovery_email_address", "has_recovery_email")
			renameField(o, "recovery_email_address_pattern", "recovery_email_pattern")
		}),
		down("authorizationStateReady", func(_ *scope, o *object) { o.typ = "authStateOk" }),
		down("authorizationStateLoggingOut", func(_ *scope, o *object) { o.typ = "authStateLoggingOut" }),
		down("updateAuthorizationState", func(_ *scope, o *object) {
			if s := o.object("authorization_state"); s != nil && strings.HasPrefix(s.typ, "authState") {
				o.typ = "updateAuthState"
				renameField(o, "authorization_state", "auth_state")
			}
		}),
		result("changePhoneNumber", code), result("resendChangePhoneNumberCode", code),
		result("checkChangePhoneNumberCode", func(*scope, *object) value { return newObject("authStateOk") }),
	)
}

// groups2017 is for basic groups and supergroups, which were groups and channels.
func groups2017() []op {
	full := func(old, function, plain, id, typ, inside string) []op {
		return script(old, func(s *scope, o *object) value {
			request := newObject(function, id, o.get(strings.Replace(strings.Replace(id, "basic_", "", 1), "supergroup", "channel", 1)))
			return s.then(request, func(full *object) value {
				request.typ = plain
				return s.then(request, func(o *object) value {
					full.typ = typ
					full.set(inside, o)
					return full
				})
			})
		})
	}
	return join(
		field("getBasicGroup", "group_id", "basic_group_id"), field("createBasicGroupChat", "group_id", "basic_group_id"),
		fields("messageChatUpgradeFrom toggleBasicGroupAdministrators", "group_id", "basic_group_id", "anyone_can_edit", "everyone_is_administrator"),
		fields(`getSupergroup createSupergroupChat messageChatUpgradeTo setSupergroupUsername toggleSupergroupInvites toggleSupergroupSignMessages
			setSupergroupDescription pinSupergroupMessage unpinSupergroupMessage reportSupergroupSpam getSupergroupMembers deleteSupergroup`, "channel_id", "supergroup_id"),
		field("setSupergroupDescription", "about", "description"), field("createNewSupergroupChat", "about", "description"),
		up("createNewSupergroupChat", func(_ *scope, o *object) { o.set("is_channel", !truth(o.take("is_supergroup"))) }),
		fields("updateBasicGroup", "group", "basic_group"), fields("updateSupergroup", "channel", "supergroup"),
		down("basicGroup", func(_ *scope, o *object) {
			o.typ = "group"
			renameField(o, "everyone_is_administrator", "anyone_can_edit")
			renameField(o, "upgraded_to_supergroup_id", "migrated_to_channel_id")
		}),
		down("supergroup", func(_ *scope, o *object) { o.typ = "channel"; o.set("is_supergroup", !o.truth("is_channel")) }),
		down("supergroupFullInfo", channelFull), down("channelFull", channelFull),
		down("updateSupergroupFullInfo", func(_ *scope, o *object) {
			o.typ = "updateChannelFull"
			renameField(o, "supergroup_full_info", "channel_full")
			if f := o.object("channel_full"); f != nil {
				f.set("channel", newObject("channel", "id", o.get("supergroup_id")))
			}
		}),
		full("getGroupFull", "getBasicGroupFullInfo", "getBasicGroup", "basic_group_id", "groupFull", "group"),
		full("getChannelFull", "getSupergroupFullInfo", "getSupergroup", "supergroup_id", "channelFull", "channel"),
		full("getUserFull", "getUserFullInfo", "getUser", "user_id", "userFull", "user"),
		down("userFull", func(_ *scope, o *object) {
			renameField(o, "bio", "about")
			renameField(o, "group_in_common_count", "common_chat_count")
		}),
		result("getCreatedPublicChannels", func(_ *scope, o *object) value {
			ids := list{}
			for _, id := range o.list("chat_ids") {
				ids = append(ids, num(supergroupChats-integer(id)))
			}
			return newObject("channels", "channel_ids", ids)
		}),
		rename("getCreatedPublicChannels", "getCreatedPublicChats"),
	)
}

func channelFull(_ *scope, o *object) {
	o.typ = "channelFull"
	for _, names := range [][2]string{{"description", "about"}, {"banned_count", "kicked_count"},
		{"upgraded_from_basic_group_id", "migrated_from_group_id"}, {"upgraded_from_max_message_id", "migrated_from_max_message_id"}} {
		renameField(o, names[0], names[1])
	}
}

// expansions2017 is for what held whole users and chats, and holds their identifiers now.
func expansions2017() []op {
	chats := func(old, new string) []op {
		return script(old, func(s *scope, o *object) value {
			o.typ = new
			renameField(o, "username_prefix", "query")
			return s.then(o, func(a *object) value {
				chats := list{}
				for _, id := range a.list("chat_ids") {
					if c := s.ask(newObject("getChat", "chat_id", id)); !isError(c) {
						chats = append(chats, c)
					}
				}
				a.set("chats", chats)
				return a
			})
		})
	}
	members := func(typ, field string) []op {
		return down(typ, func(_ *scope, o *object) { o.set(field, identified("user", o.list("member_user_ids"))) })
	}
	return join(
		chats("getChats", "getChats"), chats("searchPublicChats", "searchPublicChats"), chats("searchChats", "searchChats"), chats("getCommonChats", "getGroupsInCommon"),
		down("users", func(_ *scope, o *object) { o.set("users", identified("user", o.list("user_ids"))) }),
		members("chatInviteLinkInfo", "members"), members("messageBasicGroupChatCreate", "members"), members("messageChatAddMembers", "members"),
		down("messageChatDeleteMember", func(_ *scope, o *object) { o.set("user", newObject("user", "id", o.get("user_id"))) }),
		down("chatInviteLinkInfo", func(_ *scope, o *object) {
			t := o.object("type")
			o.set("is_group", t != nil && (t.typ == "chatTypeBasicGroup" || t.typ == "groupChatInfo"))
			o.set("is_channel", t != nil && t.typ == "channelChatInfo")
			o.set("is_supergroup_channel", t != nil && t.typ == "channelChatInfo" && !t.truth("is_channel"))
			o.set("is_public_channel", o.get("is_public"))
		}),
		down("chatTypePrivate", func(_ *scope, o *object) {
			o.become(newObject("privateChatInfo", "user", newObject("user", "id", o.get("user_id"))))
		}),
		down("chatTypeBasicGroup", func(_ *scope, o *object) {
			o.become(newObject("groupChatInfo", "group", newObject("group", "id", o.get("basic_group_id"))))
		}),
		down("chatTypeSupergroup", func(_ *scope, o *object) {
			o.become(newObject("channelChatInfo", "channel", newObject("channel", "id", o.get("supergroup_id"), "is_supergroup", !o.truth("is_channel")), "is_channel", o.get("is_channel")))
		}),
		down("chatTypeSecret", func(_ *scope, o *object) {
			o.become(newObject("secretChatInfo", "secret_chat", newObject("secretChat", "id", o.get("secret_chat_id"), "user_id", o.get("user_id"))))
		}),
	)
}
