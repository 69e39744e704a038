package compat

import (
	"strings"
	"testing"
)

// TestRequestRules: requests in the old form, and what they are today.
func TestRequestRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ version, old, today string }{
		{"1.8.64", `{"@type":"sendMessage","input_message_content":{"@type":"inputMessagePhoto","photo":{"@type":"inputFileId","id":1},"width":2,"caption":{"text":"c"}}}`,
			`{"@type":"sendMessage","input_message_content":{"@type":"inputMessagePhoto","caption":{"@type":"formattedText","text":"c"},"photo":{"@type":"inputPhoto","photo":{"@type":"inputFileId","id":1},"width":2}}}`},
		{"1.8.64", `{"@type":"editMessageLiveLocation","chat_id":1,"location":null,"heading":0}`, `{"@type":"editMessageLiveLocation","chat_id":1,"heading":0}`},
		{"1.8.64", `{"@type":"setChatDraftMessage","draft_message":{"input_message_text":{"@type":"inputMessageText","text":{"text":"d"},"clear_draft":true}}}`,
			`{"@type":"setChatDraftMessage","draft_message":{"@type":"draftMessage","content":{"@type":"draftMessageContentText","text":{"@type":"formattedText","text":"d"}}}}`},
		{"1.8.63", `{"@type":"addProfileAudio","file_id":5}`, `{"@type":"addProfileAudio","audio":{"@type":"inputFileId","id":5}}`},
		{"1.8.62", `{"@type":"sendMessage","input_message_content":{"@type":"inputMessagePoll","options":[{"text":"a"}],"type":{"@type":"pollTypeQuiz","correct_option_id":1}}}`,
			`{"@type":"sendMessage","input_message_content":{"@type":"inputMessagePoll","options":[{"@type":"inputPollOption","text":{"@type":"formattedText","text":"a"}}],"type":{"@type":"inputPollTypeQuiz","correct_option_ids":[1]}}}`},
		{"1.8.61", `{"@type":"sendCallRating","call_id":7,"rating":5}`, `{"@type":"sendCallRating","rating":5,"call_id":{"@type":"inputCallDiscarded","call_id":7}}`},
		{"1.8.60", `{"@type":"getInternalLink","type":{"@type":"internalLinkTypeActiveSessions"}}`,
			`{"@type":"getInternalLink","type":{"@type":"internalLinkTypeSettings","section":{"@type":"settingsSectionDevices","subsection":""}}}`},
		{"1.8.60", `{"@type":"testProxy","server":"s","port":1,"type":{"@type":"proxyTypeMtproto","secret":"x"},"dc_id":2}`,
			`{"@type":"testProxy","dc_id":2,"proxy":{"@type":"proxy","server":"s","port":1,"type":{"@type":"proxyTypeMtproto","secret":"x"}}}`},
		{"1.8.55", `{"@type":"sendMessage","chat_id":1,"message_thread_id":3145728,"options":{"direct_messages_chat_topic_id":0}}`,
			`{"@type":"sendMessage","chat_id":1,"options":{"@type":"messageSendOptions"},"topic_id":{"@type":"messageTopicThread","message_thread_id":3145728}}`},
		{"1.8.55", `{"@type":"sendMessage","chat_id":1,"options":{"direct_messages_chat_topic_id":9}}`,
			`{"@type":"sendMessage","chat_id":1,"options":{"@type":"messageSendOptions"},"topic_id":{"@type":"messageTopicDirectMessages","direct_messages_chat_topic_id":9}}`},
		{"1.8.55", `{"@type":"setPinnedForumTopics","chat_id":1,"message_thread_ids":[1048576,3145728]}`, `{"@type":"setPinnedForumTopics","chat_id":1,"forum_topic_ids":[1,3]}`},
		{"1.8.55", `{"@type":"addContact","contact":{"first_name":"f","user_id":3},"share_phone_number":true}`,
			`{"@type":"addContact","contact":{"@type":"importedContact","first_name":"f","user_id":3},"share_phone_number":true,"user_id":3}`},
		{"1.8.54", `{"@type":"setChatTheme","chat_id":1,"theme_name":""}`, `{"@type":"setChatTheme","chat_id":1}`},
		{"1.8.49", `{"@type":"searchChatMessages","chat_id":1,"saved_messages_topic_id":4}`,
			`{"@type":"searchChatMessages","chat_id":1,"topic_id":{"@type":"messageTopicSavedMessages","saved_messages_topic_id":4}}`},
		{"1.8.47", `{"@type":"joinGroupCall","group_call_id":1,"audio_source_id":2,"payload":"p","invite_hash":"h"}`,
			`{"@type":"joinVideoChat","group_call_id":1,"invite_hash":"h","join_parameters":{"@type":"groupCallJoinParameters","audio_source_id":2,"payload":"p"}}`},
		{"1.8.46", `{"@type":"assignGooglePlayTransaction","package_name":"p","purchase_token":"t","purpose":{"@type":"storePaymentPurposePremiumSubscription"}}`,
			`{"@type":"assignStoreTransaction","purpose":{"@type":"storePaymentPurposePremiumSubscription"},"transaction":{"@type":"storeTransactionGooglePlay","package_name":"p","purchase_token":"t"}}`},
		{"1.8.43", `{"@type":"sellGift","sender_user_id":1,"message_id":5242880}`, `{"@type":"sellGift","received_gift_id":"5"}`},
		{"1.8.43", `{"@type":"setEmojiStatus","emoji_status":{"custom_emoji_id":"8"}}`,
			`{"@type":"setEmojiStatus","emoji_status":{"@type":"emojiStatus","type":{"@type":"emojiStatusTypeCustomEmoji","custom_emoji_id":"8"}}}`},
		{"1.8.41", `{"@type":"createChatFolder","folder":{"title":"t","include_bots":true}}`,
			`{"@type":"createChatFolder","folder":{"@type":"chatFolder","include_bots":true,"name":{"@type":"chatFolderName","text":{"@type":"formattedText","text":"t","entities":[]}}}}`},
		{"1.8.39", `{"@type":"getMainWebApp","bot_user_id":1,"application_name":"a"}`, `{"@type":"getMainWebApp","bot_user_id":1,"parameters":{"@type":"webAppOpenParameters","application_name":"a"}}`},
		{"1.8.30", `{"@type":"sendMessage","reply_to":{"@type":"inputMessageReplyToMessage","chat_id":2,"message_id":3,"quote":{"position":1}}}`,
			`{"@type":"sendMessage","reply_to":{"@type":"inputMessageReplyToExternalMessage","chat_id":2,"message_id":3,"quote":{"@type":"inputTextQuote","position":1}}}`},
		{"1.8.28", `{"@type":"sendMessage","input_message_content":{"@type":"inputMessagePoll","question":"q","options":["a","b"],"type":{"@type":"pollTypeRegular","allow_multiple_answers":true}}}`,
			`{"@type":"sendMessage","input_message_content":{"@type":"inputMessagePoll","question":{"@type":"formattedText","text":"q","entities":[]},"options":[{"@type":"inputPollOption","text":{"@type":"formattedText","text":"a","entities":[]}},{"@type":"inputPollOption","text":{"@type":"formattedText","text":"b","entities":[]}}],"type":{"@type":"inputPollTypeRegular"},"allows_multiple_answers":true,"allows_revoting":true}}`},
		{"1.8.27", `{"@type":"sendPhoneNumberConfirmationCode","hash":"h","phone_number":"1"}`,
			`{"@type":"sendPhoneNumberCode","phone_number":"1","type":{"@type":"phoneNumberCodeTypeConfirmOwnership","hash":"h"}}`},
		{"1.8.20", `{"@type":"sendMessage","chat_id":1,"reply_to":{"@type":"messageReplyToMessage","message_id":3},"input_message_content":{"@type":"inputMessageText","text":{"text":"x"},"disable_web_page_preview":true}}`,
			`{"@type":"sendMessage","chat_id":1,"reply_to":{"@type":"inputMessageReplyToMessage","message_id":3},"input_message_content":{"@type":"inputMessageText","text":{"@type":"formattedText","text":"x"},"link_preview_options":{"@type":"linkPreviewOptions","is_disabled":true}}}`},
		{"1.8.14", `{"@type":"sendMessage","chat_id":1,"reply_to_message_id":3}`, `{"@type":"sendMessage","chat_id":1,"reply_to":{"@type":"inputMessageReplyToMessage","message_id":3}}`},
		{"1.8.15", `{"@type":"toggleMessageSenderIsBlocked","sender_id":{"@type":"messageSenderUser","user_id":1},"is_blocked":true}`,
			`{"@type":"setMessageSenderBlockList","sender_id":{"@type":"messageSenderUser","user_id":1},"block_list":{"@type":"blockListMain"}}`},
		{"1.8.13", `{"@type":"loadChats","chat_list":{"@type":"chatListFilter","chat_filter_id":2},"limit":9}`, `{"@type":"loadChats","chat_list":{"@type":"chatListFolder","chat_folder_id":2},"limit":9}`},
		{"1.8.9", `{"@type":"searchMessages","query":"q","offset_date":5,"offset_chat_id":-7,"offset_message_id":3145728}`, `{"@type":"searchMessages","query":"q","offset":"5,-7,3"}`},
		{"1.8.10", `{"@type":"setChatPermissions","chat_id":1,"permissions":{"can_send_messages":true,"can_send_media_messages":false}}`,
			`{"@type":"setChatPermissions","chat_id":1,"permissions":{"@type":"chatPermissions","can_send_audios":false,"can_send_documents":false,"can_send_photos":false,"can_send_videos":false,"can_send_video_notes":false,"can_send_voice_notes":false,"can_send_basic_messages":true}}`},
		{"1.8.3", `{"@type":"getPaymentForm","chat_id":1,"message_id":2}`, `{"@type":"getPaymentForm","input_invoice":{"@type":"inputInvoiceMessage","chat_id":1,"message_id":2}}`},
		{"1.8.2", `{"@type":"setChatMemberStatus","chat_id":1,"member_id":{"@type":"messageSenderUser","user_id":2},"status":{"@type":"chatMemberStatusAdministrator","can_invite_users":true}}`,
			`{"@type":"setChatMemberStatus","chat_id":1,"member_id":{"@type":"messageSenderUser","user_id":2},"status":{"@type":"chatMemberStatusAdministrator","rights":{"@type":"chatAdministratorRights","can_invite_users":true}}}`},
		{"1.7.3", `{"@type":"getChatMember","chat_id":1,"user_id":2}`, `{"@type":"getChatMember","chat_id":1,"member_id":{"@type":"messageSenderUser","user_id":2}}`},
		{"1.6.8", `{"@type":"blockUser","user_id":2}`, `{"@type":"setMessageSenderBlockList","sender_id":{"@type":"messageSenderUser","user_id":2},"block_list":{"@type":"blockListMain"}}`},
		{"1.7.0", `{"@type":"deleteSupergroup","supergroup_id":2}`, `{"@type":"deleteChat","chat_id":-1000000000002}`},
		{"1.5.3", `{"@type":"forwardMessages","chat_id":1,"disable_notification":true}`, `{"@type":"forwardMessages","chat_id":1,"options":{"@type":"messageSendOptions","disable_notification":true}}`},
		{"1.4.0", `{"@type":"setAuthenticationPhoneNumber","phone_number":"1","allow_flash_call":true}`,
			`{"@type":"setAuthenticationPhoneNumber","phone_number":"1","settings":{"@type":"phoneNumberAuthenticationSettings","allow_flash_call":true}}`},
		{"1.2.0", `{"@type":"setNotificationSettings","scope":{"@type":"notificationSettingsScopeChat","chat_id":3},"notification_settings":{"mute_for":4}}`,
			`{"@type":"setChatNotificationSettings","notification_settings":{"@type":"chatNotificationSettings","mute_for":4},"chat_id":3}`},
		{"1.2.5", `{"@type":"setPassportData","data":{"@type":"inputPassportDataUtilityBill","files":[{"@type":"inputFileId","id":1}]},"password":"p"}`,
			`{"@type":"setPassportElement","password":"p","element":{"@type":"inputPassportElementUtilityBill","utility_bill":{"@type":"inputPersonalDocument","files":[{"@type":"inputFileId","id":1}]}}}`},
		{"1.0.0", `{"@type":"registerDevice","device_token":{"@type":"deviceTokenApplePush","token":"t"}}`, `{"@type":"registerDevice","device_token":{"@type":"deviceTokenApplePush","device_token":"t"}}`},
		{"2017", `{"_":"sendMessage","chat_id":1,"input_message_content":{"_":"inputMessageText","text":"ab","entities":[{"_":"messageEntityTextUrl","offset":0,"length":1,"url":"u"}]}}`,
			`{"@type":"sendMessage","chat_id":1,"input_message_content":{"@type":"inputMessageText","text":{"@type":"formattedText","text":"ab","entities":[{"@type":"textEntity","offset":0,"length":1,"type":{"@type":"textEntityTypeTextUrl","url":"u"}}]}}}`},
		{"2017", `{"_":"createNewChannelChat","title":"t","is_supergroup":true,"about":"a"}`, `{"@type":"createNewSupergroupChat","title":"t","description":"a","is_channel":false}`},
	} {
		if got := string(talk(t, c.version).Request([]byte(c.old)).Text); got != c.today {
			t.Errorf("%s: %s became\n%s, want\n%s", c.version, c.old, got, c.today)
		}
	}
}

// TestForumTopics: what a message thread is depends on whether its chat is a forum, which updates tell.
func TestForumTopics(t *testing.T) {
	t.Parallel()
	c := talk(t, "1.8.40")
	text := func(request string) string { return string(c.Request([]byte(request)).Text) }
	const send, search = `{"@type":"sendMessage","chat_id":-1000000000005,"message_thread_id":3145728}`, `{"@type":"searchChatMessages","chat_id":-1000000000005,"message_thread_id":3145728}`
	for _, is := range []string{"false", "true", "false"} {
		c.Update([]byte(`{"@type":"updateSupergroup","supergroup":{"@type":"supergroup","id":5,"is_forum":` + is + `}}`))
		topic := `"topic_id":{"@type":"messageTopicThread","message_thread_id":3145728}}`
		if is == "true" {
			topic = `"topic_id":{"@type":"messageTopicForum","forum_topic_id":3}}`
		}
		for _, request := range []string{send, search} {
			if got := text(request); !strings.HasSuffix(got, topic) {
				t.Errorf("is_forum %s: %s became %s", is, request, got)
			}
		}
	}
	got := string(c.Update([]byte(`{"@type":"updateNewMessage","message":{"@type":"message","id":1,"topic_id":{"@type":"messageTopicForum","forum_topic_id":3}}}`)))
	if !strings.Contains(got, `"is_topic_message":true`) || !strings.Contains(got, `"message_thread_id":3145728`) {
		t.Errorf("a message became %s", got)
	}
}

// TestAnswerRules: answers of today, and what they were. A function in front of the version is the one that was asked for.
func TestAnswerRules(t *testing.T) {
	t.Parallel()
	const update = ""
	for _, c := range []struct{ version, function, today, old string }{
		{"1.8.64", update, `{"@type":"updateUnconfirmedSession","session":{"@type":"unconfirmedSession","type":{"@type":"sessionTypeDevice","session_id":"5"},"date":1,"device_model":"m","location":"l"},"unconfirmed_session_count":1}`,
			`{"@type":"updateUnconfirmedSession","session":{"@type":"unconfirmedSession","id":"5","log_in_date":1,"device_model":"m","location":"l"}}`},
		{"1.8.64", update, `{"@type":"updateUnconfirmedSession","session":{"@type":"unconfirmedSession","type":{"@type":"sessionTypeConnectedBot","bot_user_id":5}},"unconfirmed_session_count":1}`,
			`{"@type":"updateUnconfirmedSession"}`},
		{"1.8.64", "joinChat", `{"@type":"chatJoinResultSuccess","chat_id":1}`, `{"@type":"ok"}`},
		{"1.8.64", "joinChat", `{"@type":"chatJoinResultDeclined"}`, `{"@type":"error","code":400,"message":"The request to join the chat was declined"}`},
		{"1.8.64", "getWebAppUrl", `{"@type":"webAppUrl","url":"u","require_same_origin":true}`, `{"@type":"httpUrl","url":"u"}`},
		{"1.8.64", update, `{"@type":"updateMessageContent","chat_id":1,"message_id":2,"new_content":{"@type":"messageLiveLocation","location":{"@type":"liveLocation","location":{"@type":"location","latitude":1.5},"live_period":3,"heading":4},"expires_in":5}}`,
			`{"@type":"updateMessageContent","chat_id":1,"message_id":2,"new_content":{"@type":"messageLocation","location":{"@type":"location","latitude":1.500000,"longitude":0.000000,"horizontal_accuracy":0.000000},"live_period":3,"expires_in":5,"heading":4,"proximity_alert_radius":0}}`},
		{"1.8.64", update, `{"@type":"updateMessageContent","chat_id":1,"message_id":2,"new_content":{"@type":"messageRichMessage"}}`,
			`{"@type":"updateMessageContent","chat_id":1,"message_id":2,"new_content":{"@type":"messageUnsupported"}}`},
		{"1.8.63", "answerWebAppQuery", `{"@type":"inlineMessageId","id":"i"}`, `{"@type":"sentWebAppMessage","inline_message_id":"i"}`},
		{"1.8.61", "getPollVoters", `{"@type":"pollVoters","total_count":2,"voters":[{"@type":"pollVoter","voter_id":{"@type":"messageSenderUser","user_id":3},"date":4}]}`,
			`{"@type":"messageSenders","total_count":2,"senders":[{"@type":"messageSenderUser","user_id":3}]}`},
		{"1.8.14", "getPollVoters", `{"@type":"pollVoters","total_count":2,"voters":[{"@type":"pollVoter","voter_id":{"@type":"messageSenderUser","user_id":3},"date":4}]}`,
			`{"@type":"users","total_count":2,"user_ids":[3]}`},
		{"1.8.60", "getProxies", `{"@type":"addedProxies","proxies":[{"@type":"addedProxy","id":1,"last_used_date":2,"is_enabled":true,"proxy":{"@type":"proxy","server":"s","port":3,"type":{"@type":"proxyTypeMtproto","secret":"x"}}}]}`,
			`{"@type":"proxies","proxies":[{"@type":"proxy","id":1,"server":"s","port":3,"last_used_date":2,"is_enabled":true,"type":{"@type":"proxyTypeMtproto","secret":"x"}}]}`},
		{"1.8.60", "getInternalLinkType", `{"@type":"internalLinkTypeSettings","section":{"@type":"settingsSectionPrivacyAndSecurity","subsection":"login-email"}}`, `{"@type":"internalLinkTypeLoginEmailSettings"}`},
		{"1.8.60", "getInternalLinkType", `{"@type":"internalLinkTypeSettings","section":{"@type":"settingsSectionPrivacyAndSecurity","subsection":"passkey"}}`, `{"@type":"internalLinkTypePrivacyAndSecuritySettings"}`},
		{"1.8.60", "getInternalLinkType", `{"@type":"internalLinkTypeProxy"}`, `{"@type":"internalLinkTypeUnsupportedProxy"}`},
		{"1.8.50", "getInternalLinkType", `{"@type":"internalLinkTypeSavedMessages"}`, `{"@type":"internalLinkTypeUnknownDeepLink","link":""}`},
		{"1.8.48", "getAvailableGifts", `{"@type":"availableGifts","gifts":[]}`, `{"@type":"gifts","gifts":[]}`},
		{"1.8.40", update, `{"@type":"updateOwnedStarCount","star_amount":{"@type":"starAmount","star_count":5,"nanostar_count":6}}`, `{"@type":"updateOwnedStarCount","star_count":5}`},
		{"1.8.28", update, `{"@type":"updateSupergroup","supergroup":{"@type":"supergroup","id":5,"verification_status":{"@type":"verificationStatus","is_scam":true},"active_story_state":{"@type":"activeStoryStateUnread"}}}`,
			`{"@type":"updateSupergroup","supergroup":{"@type":"supergroup","id":5,"date":0,"member_count":0,"boost_level":0,"has_linked_chat":false,"has_location":false,"sign_messages":false,"join_to_send_messages":false,"join_by_request":false,"is_slow_mode_enabled":false,"is_channel":false,"is_broadcast_group":false,"is_forum":false,"is_verified":false,"restriction_reason":"","is_scam":true,"is_fake":false,"has_active_stories":true,"has_unread_active_stories":true}}`},
		{"1.8.9", "searchMessages", `{"@type":"foundMessages","total_count":1,"messages":[],"next_offset":"x"}`, `{"@type":"messages","total_count":1,"messages":[]}`},
		{"1.8.5", update, `{"@type":"updateChatAvailableReactions","chat_id":1,"available_reactions":{"@type":"chatAvailableReactionsSome","reactions":[{"@type":"reactionTypeEmoji","emoji":"a"},{"@type":"reactionTypeCustomEmoji"}]}}`,
			`{"@type":"updateChatAvailableReactions","chat_id":1,"available_reactions":["a"]}`},
		{"1.7.0", update, `{"@type":"updateChatAction","chat_id":1,"sender_id":{"@type":"messageSenderUser","user_id":2},"action":{"@type":"chatActionTyping"}}`,
			`{"@type":"updateUserChatAction","chat_id":1,"message_thread_id":0,"user_id":2,"action":{"@type":"chatActionTyping"}}`},
		{"1.6.5", update, `{"@type":"updateChatPosition","chat_id":1,"position":{"@type":"chatPosition","list":{"@type":"chatListMain"},"order":"7","is_pinned":true}}`,
			`{"@type":"updateChatIsPinned","chat_id":1,"is_pinned":true,"order":"7"}`},
		{"1.4.1", update, `{"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateWaitCode","code_info":{"@type":"authenticationCodeInfo","phone_number":"1","type":{"@type":"authenticationCodeTypeFragment"},"timeout":3}}}`,
			`{"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateWaitCode","is_registered":true,"code_info":{"@type":"authenticationCodeInfo","phone_number":"1","type":{"@type":"authenticationCodeTypeSms","length":0},"timeout":3}}}`},
		{"1.0.0", update, `{"@type":"updateOption","name":"version","value":{"@type":"optionValueString","value":"1.8.65"}}`, `{"@type":"updateOption","name":"version","value":{"@type":"optionValueString","value":"1.0.0"}}`},
		{"2017", update, `{"@type":"updateOption","name":"version","value":{"@type":"optionValueString","value":"1.8.65"}}`, `{"@type":"updateOption","name":"version","value":{"@type":"optionString","value":"2017"}}`},
		{"2017", update, `{"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateReady"}}`, `{"@type":"updateAuthState","auth_state":{"@type":"authStateOk"}}`},
		{"2017", update, `{"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateWaitTdlibParameters"}}`,
			`{"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateWaitTdlibParameters"}}`},
		{"1.0.0", "searchUserByPhoneNumber", `{"@type":"user","id":1}`, `{"@type":"user","id":1,"first_name":"","last_name":"","username":"","phone_number":"","outgoing_link":{"@type":"linkStateNone"},"incoming_link":{"@type":"linkStateNone"},"is_verified":false,"restriction_reason":"","have_access":false,"language_code":""}`},
	} {
		conversation := talk(t, c.version)
		var got []byte
		if c.function == update {
			got = conversation.Update([]byte(c.today))
		} else {
			got = conversation.Request([]byte(`{"@type":"` + c.function + `"}`)).Answer([]byte(c.today))
		}
		if string(got) != c.old {
			t.Errorf("%s %s: %s became\n%s, want\n%s", c.version, c.function, c.today, got, c.old)
		}
	}
}

func TestCountryCode(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Germany": "DE", "Zimbabwe": "ZW", "Afghanistan": "AF", "Türkiye": "TR", "Atlantis": "Atlantis", "": "", "ermany": "ermany"} {
		if got := countryCode(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
