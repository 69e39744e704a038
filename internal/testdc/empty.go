package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

// hour is how long clients may rely on that there is nothing new, in seconds.
const hour = 3600

// registerEmpty registers what clients ask for around a login and of which there is nothing here.
func (s *Server) registerEmpty(d *tg.ServerDispatcher) {
	s.registerEmptyHelp(d)
	s.registerEmptyAccount(d)
	s.registerEmptyChats(d)
	s.registerEmptyMedia(d)
	s.registerEmptyOnline(d)
}

func (s *Server) registerEmptyHelp(d *tg.ServerDispatcher) {
	d.OnHelpGetPromoData(func(ctx context.Context) (tg.HelpPromoDataClass, error) {
		if callOf(ctx).account().wantsEmail {
			return &tg.HelpPromoData{Expires: s.unix() + hour, PendingSuggestions: []string{"SETUP_LOGIN_EMAIL"}}, nil
		}
		return &tg.HelpPromoDataEmpty{Expires: s.unix() + hour}, nil
	})
	d.OnHelpGetTermsOfServiceUpdate(func(context.Context) (tg.HelpTermsOfServiceUpdateClass, error) {
		return &tg.HelpTermsOfServiceUpdateEmpty{Expires: s.unix() + hour}, nil
	})
	d.OnHelpGetPeerColors(func(context.Context, int) (tg.HelpPeerColorsClass, error) { return &tg.HelpPeerColors{Hash: 1}, nil })
	d.OnHelpGetPeerProfileColors(func(context.Context, int) (tg.HelpPeerColorsClass, error) {
		return &tg.HelpPeerColors{Hash: 1}, nil
	})
	d.OnHelpGetTimezonesList(func(context.Context, int) (tg.HelpTimezonesListClass, error) {
		return &tg.HelpTimezonesList{Hash: 1}, nil
	})
}

func (s *Server) registerEmptyAccount(d *tg.ServerDispatcher) {
	d.OnAccountGetReactionsNotifySettings(func(context.Context) (*tg.ReactionsNotifySettings, error) {
		r := &tg.ReactionsNotifySettings{Sound: &tg.NotificationSoundDefault{}, ShowPreviews: true}
		r.SetMessagesNotifyFrom(&tg.ReactionNotificationsFromContacts{})
		r.SetStoriesNotifyFrom(&tg.ReactionNotificationsFromContacts{})
		return r, nil
	})
	d.OnAccountGetChatThemes(func(context.Context, int64) (tg.AccountThemesClass, error) { return &tg.AccountThemes{Hash: 1}, nil })
	d.OnAccountGetThemes(func(context.Context, *tg.AccountGetThemesRequest) (tg.AccountThemesClass, error) {
		return &tg.AccountThemes{Hash: 1}, nil
	})
	d.OnAccountGetWebBrowserSettings(func(context.Context, int64) (tg.AccountWebBrowserSettingsClass, error) {
		return &tg.AccountWebBrowserSettings{Hash: 1}, nil
	})
	d.OnAccountGetContentSettings(func(context.Context) (*tg.AccountContentSettings, error) {
		return &tg.AccountContentSettings{}, nil
	})
	d.OnAccountGetAccountTTL(func(context.Context) (*tg.AccountDaysTTL, error) { return &tg.AccountDaysTTL{Days: 365}, nil })
	d.OnAccountGetPrivacy(func(context.Context, tg.InputPrivacyKeyClass) (*tg.AccountPrivacyRules, error) {
		return &tg.AccountPrivacyRules{Rules: []tg.PrivacyRuleClass{&tg.PrivacyValueAllowAll{}}}, nil
	})
	d.OnAccountGetGlobalPrivacySettings(func(context.Context) (*tg.GlobalPrivacySettings, error) {
		return &tg.GlobalPrivacySettings{}, nil
	})
	d.OnAccountGetDefaultEmojiStatuses(func(context.Context, int64) (tg.AccountEmojiStatusesClass, error) {
		return &tg.AccountEmojiStatuses{Hash: 1}, nil
	})
	d.OnAccountGetSavedMusicIDs(func(context.Context, int64) (tg.AccountSavedMusicIDsClass, error) {
		return &tg.AccountSavedMusicIDs{}, nil
	})
	d.OnAccountRegisterDevice(func(context.Context, *tg.AccountRegisterDeviceRequest) (bool, error) { return true, nil })
	d.OnAccountUnregisterDevice(func(context.Context, *tg.AccountUnregisterDeviceRequest) (bool, error) { return true, nil })
}

func (s *Server) registerEmptyChats(d *tg.ServerDispatcher) {
	d.OnMessagesGetPinnedSavedDialogs(func(context.Context) (tg.MessagesSavedDialogsClass, error) {
		return &tg.MessagesSavedDialogs{}, nil
	})
	d.OnMessagesGetSuggestedDialogFilters(func(context.Context) ([]tg.DialogFilterSuggested, error) { return nil, nil })
	d.OnMessagesGetQuickReplies(func(context.Context, int64) (tg.MessagesQuickRepliesClass, error) {
		return &tg.MessagesQuickReplies{}, nil
	})
	d.OnMessagesGetAttachMenuBots(func(context.Context, int64) (tg.AttachMenuBotsClass, error) {
		return &tg.AttachMenuBots{Hash: 1}, nil
	})
	d.OnContactsGetTopPeers(func(context.Context, *tg.ContactsGetTopPeersRequest) (tg.ContactsTopPeersClass, error) {
		return &tg.ContactsTopPeers{}, nil
	})
	d.OnContactsGetBirthdays(func(context.Context) (*tg.ContactsContactBirthdays, error) {
		return &tg.ContactsContactBirthdays{}, nil
	})
	d.OnStoriesGetPeerStories(func(ctx context.Context, in tg.InputPeerClass) (*tg.StoriesPeerStories, error) {
		p, err := callOf(ctx).inputPeer(in)
		if err != nil {
			return nil, err
		}
		return &tg.StoriesPeerStories{Stories: tg.PeerStories{Peer: p.tg()}}, nil
	})
	d.OnStoriesGetAllStories(func(context.Context, *tg.StoriesGetAllStoriesRequest) (tg.StoriesAllStoriesClass, error) {
		return &tg.StoriesAllStories{State: "1"}, nil
	})
	d.OnAicomposeGetTones(func(context.Context, int64) (tg.AicomposeTonesClass, error) { return &tg.AicomposeTones{Hash: 1}, nil })
}

func (s *Server) registerEmptyMedia(d *tg.ServerDispatcher) {
	d.OnMessagesGetStickerSet(func(context.Context, *tg.MessagesGetStickerSetRequest) (tg.MessagesStickerSetClass, error) {
		return nil, rpcError(400, "STICKERSET_INVALID")
	})
	d.OnMessagesGetAllStickers(noStickerSets)
	d.OnMessagesGetMaskStickers(noStickerSets)
	d.OnMessagesGetEmojiStickers(noStickerSets)
	d.OnMessagesGetRecentStickers(func(context.Context, *tg.MessagesGetRecentStickersRequest) (tg.MessagesRecentStickersClass, error) {
		return &tg.MessagesRecentStickers{}, nil
	})
	d.OnMessagesGetFavedStickers(func(context.Context, int64) (tg.MessagesFavedStickersClass, error) {
		return &tg.MessagesFavedStickers{}, nil
	})
	d.OnMessagesGetFeaturedStickers(func(context.Context, int64) (tg.MessagesFeaturedStickersClass, error) {
		return &tg.MessagesFeaturedStickers{}, nil
	})
	d.OnMessagesGetSavedGifs(func(context.Context, int64) (tg.MessagesSavedGifsClass, error) {
		return &tg.MessagesSavedGifs{}, nil
	})
	d.OnMessagesGetStickers(func(context.Context, *tg.MessagesGetStickersRequest) (tg.MessagesStickersClass, error) {
		return &tg.MessagesStickers{Hash: 1}, nil
	})
	d.OnMessagesGetAvailableEffects(func(context.Context, int) (tg.MessagesAvailableEffectsClass, error) {
		return &tg.MessagesAvailableEffects{Hash: 1}, nil
	})
	d.OnMessagesGetTopReactions(func(context.Context, *tg.MessagesGetTopReactionsRequest) (tg.MessagesReactionsClass, error) {
		return &tg.MessagesReactions{}, nil
	})
	d.OnMessagesGetRecentReactions(func(context.Context, *tg.MessagesGetRecentReactionsRequest) (tg.MessagesReactionsClass, error) {
		return &tg.MessagesReactions{}, nil
	})
	d.OnMessagesGetDefaultTagReactions(func(context.Context, int64) (tg.MessagesReactionsClass, error) {
		return &tg.MessagesReactions{}, nil
	})
	d.OnMessagesGetSavedReactionTags(func(context.Context, *tg.MessagesGetSavedReactionTagsRequest) (tg.MessagesSavedReactionTagsClass, error) {
		return &tg.MessagesSavedReactionTags{}, nil
	})
}

func noStickerSets(context.Context, int64) (tg.MessagesAllStickersClass, error) {
	return &tg.MessagesAllStickers{}, nil
}
