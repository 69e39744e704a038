package convert

import (
	"time"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// Sounds that are no file of the user's.
const (
	noSound      = 0
	defaultSound = -1
)

func soundID(s tg.NotificationSoundClass) int64 {
	switch s := s.(type) {
	case *tg.NotificationSoundNone:
		return noSound
	case *tg.NotificationSoundRingtone:
		return s.ID
	}
	return defaultSound
}

// muteFor is for how many seconds from now something is muted; TDLib tells at most 366 days.
func muteFor(until int, now time.Time) int32 {
	const most = 366 * 24 * 60 * 60
	left := int64(until) - now.Unix()
	return int32(min(max(left, 0), most))
}

// ScopeNotificationSettings makes TDLib's settings of a kind of chats.
func ScopeNotificationSettings(s *tg.PeerNotifySettings, now time.Time) *types.ScopeNotificationSettings {
	show, shown := s.GetShowPreviews()
	muted, told := s.GetStoriesMuted()
	return &types.ScopeNotificationSettings{
		MuteFor:               muteFor(s.MuteUntil, now),
		SoundID:               soundID(s.OtherSound),
		ShowPreview:           show || !shown,
		UseDefaultMuteStories: !told,
		MuteStories:           muted,
		StorySoundID:          soundID(s.StoriesOtherSound),
		ShowStoryPoster:       !s.StoriesHideSender,
	}
}

// ReactionNotificationSettings makes TDLib's settings for reactions.
func ReactionNotificationSettings(s *tg.ReactionsNotifySettings) *types.ReactionNotificationSettings {
	return &types.ReactionNotificationSettings{
		MessageReactionSource: reactionSource(s.MessagesNotifyFrom),
		StoryReactionSource:   reactionSource(s.StoriesNotifyFrom),
		PollVoteSource:        reactionSource(s.PollVotesNotifyFrom),
		SoundID:               soundID(s.Sound),
		ShowPreview:           s.ShowPreviews,
	}
}

func reactionSource(from tg.ReactionNotificationsFromClass) types.ReactionNotificationSource {
	switch from.(type) {
	case *tg.ReactionNotificationsFromContacts:
		return &types.ReactionNotificationSourceContacts{}
	case *tg.ReactionNotificationsFromAll:
		return &types.ReactionNotificationSourceAll{}
	}
	return &types.ReactionNotificationSourceNone{}
}
