package testdc

import (
	"context"
	"math"
	"strconv"

	"github.com/gotd/td/tg"
)

// registerEmptyOnline registers what clients ask for when somebody looks at them, or opens a chat, and of which there is nothing here.
func (s *Server) registerEmptyOnline(d *tg.ServerDispatcher) {
	registerEmptyEmojis(d)
	d.OnMessagesGetPaidReactionPrivacy(func(context.Context) (tg.UpdatesClass, error) {
		return s.nothingNew(&tg.UpdatePaidReactionPrivacy{Private: &tg.PaidReactionPrivacyDefault{}}), nil
	})
	d.OnPaymentsGetStarsTransactions(func(_ context.Context, req *tg.PaymentsGetStarsTransactionsRequest) (*tg.PaymentsStarsStatus, error) {
		return starsStatus(req.Ton), nil
	})
	d.OnPaymentsGetStarsStatus(func(_ context.Context, req *tg.PaymentsGetStarsStatusRequest) (*tg.PaymentsStarsStatus, error) {
		return starsStatus(req.Ton), nil
	})
	d.OnStoriesGetAllReadPeerStories(func(context.Context) (tg.UpdatesClass, error) { return s.nothingNew(), nil })
	d.OnStoriesGetChatsToSend(func(context.Context) (tg.MessagesChatsClass, error) { return &tg.MessagesChats{}, nil })
	d.OnAccountGetAutoSaveSettings(func(context.Context) (*tg.AccountAutoSaveSettings, error) {
		return &tg.AccountAutoSaveSettings{}, nil
	})
	d.OnAccountGetSavedRingtones(func(context.Context, int64) (tg.AccountSavedRingtonesClass, error) {
		return &tg.AccountSavedRingtones{}, nil
	})
	d.OnMessagesGetScheduledHistory(func(ctx context.Context, req *tg.MessagesGetScheduledHistoryRequest) (tg.MessagesMessagesClass, error) {
		if _, err := callOf(ctx).inputPeer(req.Peer); err != nil {
			return nil, err
		}
		return &tg.MessagesMessages{}, nil
	})
	d.OnMessagesGetSponsoredMessages(func(context.Context, *tg.MessagesGetSponsoredMessagesRequest) (tg.MessagesSponsoredMessagesClass, error) {
		return &tg.MessagesSponsoredMessagesEmpty{}, nil
	})
	d.OnPremiumGetBoostsStatus(func(ctx context.Context, in tg.InputPeerClass) (*tg.PremiumBoostsStatus, error) {
		p, err := callOf(ctx).inputPeer(in)
		if err != nil {
			return nil, err
		}
		return &tg.PremiumBoostsStatus{BoostURL: linkPrefix + "boost?c=" + strconv.FormatInt(p.ID, 10)}, nil
	})
	d.OnPhoneGetGroupCallJoinAs(func(ctx context.Context, _ tg.InputPeerClass) (*tg.PhoneJoinAsPeers, error) {
		a := callOf(ctx).account()
		v := s.view(a)
		v.name(a.peer())
		return &tg.PhoneJoinAsPeers{Peers: []tg.PeerClass{a.peer().tg()}, Users: v.users()}, nil
	})
	d.OnMessagesGetDefaultHistoryTTL(func(context.Context) (*tg.DefaultHistoryTTL, error) { return &tg.DefaultHistoryTTL{}, nil })
}

func registerEmptyEmojis(d *tg.ServerDispatcher) {
	statuses := func(context.Context, int64) (tg.AccountEmojiStatusesClass, error) {
		return &tg.AccountEmojiStatuses{}, nil
	}
	d.OnAccountGetRecentEmojiStatuses(statuses)
	d.OnAccountGetCollectibleEmojiStatuses(statuses)
	d.OnAccountGetChannelDefaultEmojiStatuses(statuses)
	list := func(context.Context, int64) (tg.EmojiListClass, error) { return &tg.EmojiList{}, nil }
	d.OnAccountGetChannelRestrictedStatusEmojis(list)
	d.OnAccountGetDefaultBackgroundEmojis(list)
	d.OnAccountGetDefaultGroupPhotoEmojis(list)
	d.OnAccountGetDefaultProfilePhotoEmojis(list)
	d.OnMessagesGetFeaturedEmojiStickers(func(context.Context, int64) (tg.MessagesFeaturedStickersClass, error) {
		return &tg.MessagesFeaturedStickers{}, nil
	})
	d.OnMessagesGetEmojiKeywordsLanguages(func(context.Context, []string) ([]tg.EmojiLanguage, error) {
		return []tg.EmojiLanguage{{LangCode: "en"}}, nil
	})
	d.OnMessagesGetEmojiKeywords(func(_ context.Context, lang string) (*tg.EmojiKeywordsDifference, error) {
		return &tg.EmojiKeywordsDifference{LangCode: lang, Version: 1}, nil
	})
	d.OnMessagesGetEmojiKeywordsDifference(func(_ context.Context, req *tg.MessagesGetEmojiKeywordsDifferenceRequest) (*tg.EmojiKeywordsDifference, error) {
		return &tg.EmojiKeywordsDifference{LangCode: req.LangCode, FromVersion: req.FromVersion, Version: max(req.FromVersion, 1)}, nil
	})
	noGroups := func(context.Context, int) (tg.MessagesEmojiGroupsClass, error) {
		return &tg.MessagesEmojiGroups{Hash: 1}, nil
	}
	d.OnMessagesGetEmojiGroups(noGroups)
	d.OnMessagesGetEmojiStatusGroups(noGroups)
	d.OnMessagesGetEmojiProfilePhotoGroups(noGroups)
	d.OnMessagesGetEmojiStickerGroups(noGroups)
	d.OnMessagesGetCustomEmojiDocuments(func(context.Context, []int64) ([]tg.DocumentClass, error) { return nil, nil })
}

// nothingNew are updates that count in nothing.
func (s *Server) nothingNew(list ...tg.UpdateClass) *tg.Updates {
	return &tg.Updates{Updates: list, Date: s.unix()}
}

// starsStatus is the balance of everybody.
func starsStatus(ton bool) *tg.PaymentsStarsStatus {
	if ton {
		return &tg.PaymentsStarsStatus{Balance: &tg.StarsTonAmount{}}
	}
	return &tg.PaymentsStarsStatus{Balance: &tg.StarsAmount{}}
}

// forEver are rights as clients know them: those without an end say so.
func forEver(r tg.ChatBannedRights) tg.ChatBannedRights {
	if r.UntilDate == 0 {
		r.UntilDate = math.MaxInt32
	}
	return r
}
