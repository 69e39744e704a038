package convert

import (
	"math"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// accentColors is how many colors are given to users by their identifier alone.
const accentColors = 7

// User makes TDLib's user. Photos, restrictions and stories are not told yet.
func User(u *tg.User) *types.User {
	return &types.User{
		ID:                             u.ID,
		FirstName:                      u.FirstName,
		LastName:                       u.LastName,
		Usernames:                      usernames(u),
		PhoneNumber:                    u.Phone,
		Status:                         statusOf(u),
		AccentColorID:                  color(u.Color, int32(u.ID%accentColors)),
		BackgroundCustomEmojiID:        colorEmoji(u.Color),
		ProfileAccentColorID:           color(u.ProfileColor, -1),
		ProfileBackgroundCustomEmojiID: colorEmoji(u.ProfileColor),
		EmojiStatus:                    emojiStatus(u.EmojiStatus),
		IsContact:                      u.Contact || u.MutualContact,
		IsMutualContact:                u.MutualContact,
		IsCloseFriend:                  u.CloseFriend,
		VerificationStatus:             verificationStatus(u),
		IsPremium:                      u.Premium,
		IsSupport:                      u.Support,
		RestrictsNewChats:              u.ContactRequirePremium,
		PaidMessageStarCount:           u.SendPaidMessagesStars,
		HaveAccess:                     !u.Min,
		Type:                           userType(u),
		LanguageCode:                   u.LangCode,
		AddedToAttachmentMenu:          u.AttachMenuEnabled,
	}
}

// UnknownUser makes TDLib's user of whom nothing is known but the identifier.
func UnknownUser(id int64, haveAccess bool) *types.User {
	return &types.User{
		ID: id, Status: &types.UserStatusEmpty{}, AccentColorID: int32(id % accentColors), ProfileAccentColorID: -1,
		HaveAccess: haveAccess, Type: &types.UserTypeUnknown{},
	}
}

func usernames(u *tg.User) *types.Usernames {
	if u.Username == "" && len(u.Usernames) == 0 {
		return nil
	}
	if len(u.Usernames) == 0 {
		return &types.Usernames{ActiveUsernames: []string{u.Username}, EditableUsername: u.Username}
	}
	names := &types.Usernames{}
	for _, n := range u.Usernames {
		if n.Active {
			names.ActiveUsernames = append(names.ActiveUsernames, n.Username)
		} else {
			names.DisabledUsernames = append(names.DisabledUsernames, n.Username)
		}
		if n.Editable {
			names.EditableUsername = n.Username
		} else {
			names.CollectibleUsernames = append(names.CollectibleUsernames, n.Username)
		}
	}
	return names
}

// statusOf is the status of a user; bots are always there.
func statusOf(u *tg.User) types.UserStatus {
	if u.Bot && !u.Deleted {
		return &types.UserStatusOnline{Expires: math.MaxInt32}
	}
	return UserStatus(u.Status)
}

// UserStatus makes TDLib's status of the server's.
func UserStatus(status tg.UserStatusClass) types.UserStatus {
	switch s := status.(type) {
	case *tg.UserStatusOnline:
		return &types.UserStatusOnline{Expires: int32(s.Expires)}
	case *tg.UserStatusOffline:
		if s.WasOnline <= 0 {
			break
		}
		return &types.UserStatusOffline{WasOnline: int32(s.WasOnline)}
	case *tg.UserStatusRecently:
		return &types.UserStatusRecently{ByMyPrivacySettings: s.ByMe}
	case *tg.UserStatusLastWeek:
		return &types.UserStatusLastWeek{ByMyPrivacySettings: s.ByMe}
	case *tg.UserStatusLastMonth:
		return &types.UserStatusLastMonth{ByMyPrivacySettings: s.ByMe}
	}
	return &types.UserStatusEmpty{}
}

func color(c tg.PeerColorClass, otherwise int32) int32 {
	if p, ok := c.(*tg.PeerColor); ok {
		if id, ok := p.GetColor(); ok {
			return int32(id)
		}
	}
	return otherwise
}

func colorEmoji(c tg.PeerColorClass) int64 {
	if p, ok := c.(*tg.PeerColor); ok {
		return p.BackgroundEmojiID
	}
	return 0
}

func emojiStatus(s tg.EmojiStatusClass) *types.EmojiStatus {
	if s, ok := s.(*tg.EmojiStatus); ok {
		return &types.EmojiStatus{Type: &types.EmojiStatusTypeCustomEmoji{CustomEmojiID: s.DocumentID}, ExpirationDate: int32(s.Until)}
	}
	return nil
}

func verificationStatus(u *tg.User) *types.VerificationStatus {
	if !u.Verified && !u.Scam && !u.Fake && u.BotVerificationIcon == 0 {
		return nil
	}
	return &types.VerificationStatus{IsVerified: u.Verified, IsScam: u.Scam, IsFake: u.Fake, BotVerificationIconCustomEmojiID: u.BotVerificationIcon}
}

func userType(u *tg.User) types.UserType {
	switch {
	case u.Deleted:
		return &types.UserTypeDeleted{}
	case !u.Bot:
		return &types.UserTypeRegular{}
	}
	return &types.UserTypeBot{
		CanBeEdited:                u.BotCanEdit,
		CanJoinGroups:              !u.BotNochats,
		CanReadAllGroupMessages:    u.BotChatHistory,
		HasMainWebApp:              u.BotHasMainApp,
		HasTopics:                  u.BotForumView,
		AllowsUsersToCreateTopics:  u.BotForumCanManageTopics,
		CanManageBots:              u.BotCanManageBots,
		IsInline:                   u.BotInlinePlaceholder != "",
		InlineQueryPlaceholder:     u.BotInlinePlaceholder,
		SupportsGuestQueries:       u.BotGuestchat,
		IsGuard:                    u.BotGuard,
		NeedLocation:               u.BotInlineGeo,
		CanConnectToBusiness:       u.BotBusiness,
		CanBeAddedToAttachmentMenu: u.BotAttachMenu,
		ActiveUserCount:            int32(u.BotActiveUsers),
	}
}
