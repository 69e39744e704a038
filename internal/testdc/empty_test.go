package testdc

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// What clients ask for around a login is answered with something that can be read.
func TestEmptyAnswers(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.logIn(testPhone)
	for _, tt := range []struct {
		ask  bin.Encoder
		want bin.Decoder
	}{
		{&tg.HelpGetAppConfigRequest{}, &tg.HelpAppConfigBox{}},
		{&tg.HelpGetCDNConfigRequest{}, &tg.CDNConfig{}},
		{&tg.HelpGetCountriesListRequest{}, &tg.HelpCountriesListBox{}},
		{&tg.HelpGetPromoDataRequest{}, &tg.HelpPromoDataBox{}},
		{&tg.HelpGetTermsOfServiceUpdateRequest{}, &tg.HelpTermsOfServiceUpdateBox{}},
		{&tg.HelpGetPeerColorsRequest{}, &tg.HelpPeerColorsBox{}},
		{&tg.HelpGetPeerProfileColorsRequest{}, &tg.HelpPeerColorsBox{}},
		{&tg.HelpGetTimezonesListRequest{}, &tg.HelpTimezonesListBox{}},
		{&tg.LangpackGetLangPackRequest{LangCode: "en"}, &tg.LangPackDifference{}},
		{&tg.LangpackGetDifferenceRequest{LangCode: "en"}, &tg.LangPackDifference{}},
		{&tg.LangpackGetStringsRequest{}, &tg.LangPackStringClassVector{}},
		{&tg.LangpackGetLanguagesRequest{}, &tg.LangPackLanguageVector{}},
		{&tg.LangpackGetLanguageRequest{LangCode: "en"}, &tg.LangPackLanguage{}},
		{&tg.AccountGetNotifySettingsRequest{Peer: &tg.InputNotifyUsers{}}, &tg.PeerNotifySettings{}},
		{&tg.AccountGetReactionsNotifySettingsRequest{}, &tg.ReactionsNotifySettings{}},
		{&tg.AccountGetNotifyExceptionsRequest{}, &tg.UpdatesBox{}},
		{&tg.AccountGetChatThemesRequest{}, &tg.AccountThemesBox{}},
		{&tg.AccountGetThemesRequest{}, &tg.AccountThemesBox{}},
		{&tg.AccountGetWebBrowserSettingsRequest{}, &tg.AccountWebBrowserSettingsBox{}},
		{&tg.AccountGetContentSettingsRequest{}, &tg.AccountContentSettings{}},
		{&tg.AccountGetAccountTTLRequest{}, &tg.AccountDaysTTL{}},
		{&tg.AccountGetPrivacyRequest{Key: &tg.InputPrivacyKeyPhoneCall{}}, &tg.AccountPrivacyRules{}},
		{&tg.AccountGetGlobalPrivacySettingsRequest{}, &tg.GlobalPrivacySettings{}},
		{&tg.AccountGetDefaultEmojiStatusesRequest{}, &tg.AccountEmojiStatusesBox{}},
		{&tg.AccountRegisterDeviceRequest{}, &tg.BoolBox{}},
		{&tg.AccountUnregisterDeviceRequest{}, &tg.BoolBox{}},
		{&tg.AccountUpdateStatusRequest{}, &tg.BoolBox{}},
		{&tg.AccountUpdateStatusRequest{Offline: true}, &tg.BoolBox{}},
		{&tg.AccountGetWebAuthorizationsRequest{}, &tg.AccountWebAuthorizations{}},
		{&tg.AccountResetWebAuthorizationsRequest{}, &tg.BoolBox{}},
		{&tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}}, &tg.MessagesDialogsBox{}},
		{&tg.MessagesGetPinnedDialogsRequest{}, &tg.MessagesPeerDialogs{}},
		{&tg.MessagesGetPeerDialogsRequest{}, &tg.MessagesPeerDialogs{}},
		{&tg.MessagesGetSavedDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}}, &tg.MessagesSavedDialogsBox{}},
		{&tg.MessagesGetPinnedSavedDialogsRequest{}, &tg.MessagesSavedDialogsBox{}},
		{&tg.MessagesGetDialogFiltersRequest{}, &tg.MessagesDialogFilters{}},
		{&tg.MessagesGetSuggestedDialogFiltersRequest{}, &tg.DialogFilterSuggestedVector{}},
		{&tg.MessagesGetAllDraftsRequest{}, &tg.UpdatesBox{}},
		{&tg.MessagesGetQuickRepliesRequest{}, &tg.MessagesQuickRepliesBox{}},
		{&tg.MessagesGetAttachMenuBotsRequest{}, &tg.AttachMenuBotsBox{}},
		{&tg.ContactsGetTopPeersRequest{}, &tg.ContactsTopPeersBox{}},
		{&tg.ContactsGetContactsRequest{}, &tg.ContactsContactsBox{}},
		{&tg.ContactsGetStatusesRequest{}, &tg.ContactStatusVector{}},
		{&tg.ContactsGetBlockedRequest{}, &tg.ContactsBlockedBox{}},
		{&tg.ContactsGetBirthdaysRequest{}, &tg.ContactsContactBirthdays{}},
		{&tg.StoriesGetAllStoriesRequest{}, &tg.StoriesAllStoriesBox{}},
		{&tg.AicomposeGetTonesRequest{}, &tg.AicomposeTonesBox{}},
		{&tg.MessagesGetAllStickersRequest{}, &tg.MessagesAllStickersBox{}},
		{&tg.MessagesGetMaskStickersRequest{}, &tg.MessagesAllStickersBox{}},
		{&tg.MessagesGetEmojiStickersRequest{}, &tg.MessagesAllStickersBox{}},
		{&tg.MessagesGetRecentStickersRequest{}, &tg.MessagesRecentStickersBox{}},
		{&tg.MessagesGetFavedStickersRequest{}, &tg.MessagesFavedStickersBox{}},
		{&tg.MessagesGetFeaturedStickersRequest{}, &tg.MessagesFeaturedStickersBox{}},
		{&tg.MessagesGetSavedGifsRequest{}, &tg.MessagesSavedGifsBox{}},
		{&tg.MessagesGetStickersRequest{}, &tg.MessagesStickersBox{}},
		{&tg.MessagesGetAvailableReactionsRequest{}, &tg.MessagesAvailableReactionsBox{}},
		{&tg.MessagesGetAvailableEffectsRequest{}, &tg.MessagesAvailableEffectsBox{}},
		{&tg.MessagesGetTopReactionsRequest{}, &tg.MessagesReactionsBox{}},
		{&tg.MessagesGetRecentReactionsRequest{}, &tg.MessagesReactionsBox{}},
		{&tg.MessagesGetDefaultTagReactionsRequest{}, &tg.MessagesReactionsBox{}},
		{&tg.MessagesGetSavedReactionTagsRequest{}, &tg.MessagesSavedReactionTagsBox{}},
		{&tg.MessagesGetEmojiKeywordsLanguagesRequest{}, &tg.EmojiLanguageVector{}},
		{&tg.PhotosGetUserPhotosRequest{UserID: &tg.InputUserSelf{}}, &tg.PhotosPhotosBox{}},
		{&tg.MessagesGetPaidReactionPrivacyRequest{}, &tg.UpdatesBox{}},
		{&tg.PaymentsGetStarsTransactionsRequest{Peer: &tg.InputPeerSelf{}, Ton: true}, &tg.PaymentsStarsStatus{}},
		{&tg.PaymentsGetStarsStatusRequest{Peer: &tg.InputPeerSelf{}}, &tg.PaymentsStarsStatus{}},
		{&tg.StoriesGetAllReadPeerStoriesRequest{}, &tg.UpdatesBox{}},
		{&tg.StoriesGetChatsToSendRequest{}, &tg.MessagesChatsBox{}},
		{&tg.AccountGetAutoSaveSettingsRequest{}, &tg.AccountAutoSaveSettings{}},
		{&tg.AccountGetSavedRingtonesRequest{}, &tg.AccountSavedRingtonesBox{}},
		{&tg.MessagesGetScheduledHistoryRequest{Peer: &tg.InputPeerSelf{}}, &tg.MessagesMessagesBox{}},
		{&tg.MessagesGetSponsoredMessagesRequest{Peer: &tg.InputPeerSelf{}}, &tg.MessagesSponsoredMessagesBox{}},
		{&tg.MessagesGetDefaultHistoryTTLRequest{}, &tg.DefaultHistoryTTL{}},
		{&tg.AccountGetRecentEmojiStatusesRequest{}, &tg.AccountEmojiStatusesBox{}},
		{&tg.AccountGetDefaultBackgroundEmojisRequest{}, &tg.EmojiListBox{}},
		{&tg.MessagesGetFeaturedEmojiStickersRequest{}, &tg.MessagesFeaturedStickersBox{}},
		{&tg.PremiumGetBoostsStatusRequest{Peer: &tg.InputPeerSelf{}}, &tg.PremiumBoostsStatus{}},
		{&tg.PhoneGetGroupCallJoinAsRequest{Peer: &tg.InputPeerSelf{}}, &tg.PhoneJoinAsPeers{}},
		{&tg.MessagesGetEmojiKeywordsRequest{LangCode: "en"}, &tg.EmojiKeywordsDifference{}},
		{&tg.MessagesGetEmojiKeywordsDifferenceRequest{LangCode: "en", FromVersion: 1}, &tg.EmojiKeywordsDifference{}},
		{&tg.MessagesGetEmojiGroupsRequest{}, &tg.MessagesEmojiGroupsBox{}},
		{&tg.MessagesGetCustomEmojiDocumentsRequest{DocumentID: []int64{1}}, &tg.DocumentClassVector{}},
	} {
		if err := c.answer(c.send(true, tt.ask), tt.want); err != nil {
			t.Errorf("%T: %v", tt.ask, err)
		}
	}
	for _, tt := range []struct {
		ask  bin.Encoder
		text string
	}{
		{&tg.MessagesGetStickerSetRequest{Stickerset: &tg.InputStickerSetAnimatedEmoji{}}, "STICKERSET_INVALID"},
		{&tg.LangpackGetLanguageRequest{LangCode: "xx"}, "LANG_CODE_NOT_SUPPORTED"},
		{&tg.AccountResetWebAuthorizationRequest{Hash: 1}, "HASH_INVALID"},
	} {
		wantError(t, c.answer(c.send(true, tt.ask), nil), 400, tt.text)
	}
	me, err := c.api().UsersGetUsers(t.Context(), []tg.InputUserClass{&tg.InputUserSelf{}, &tg.InputUser{UserID: 5}})
	if err != nil || len(me) != 1 || me[0].(*tg.User).Status.TypeID() != tg.UserStatusOfflineTypeID {
		t.Errorf("%+v, error %v", me, err)
	}
}
