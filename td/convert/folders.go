package convert

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// folderIcons are the icons' names by the emoji that stand for them on the server.
var folderIcons = map[string]string{
	"💬": "All", "✅": "Unread", "🔔": "Unmuted", "🤖": "Bots", "📢": "Channels", "👥": "Groups", "👤": "Private", "📁": "Custom",
	"📋": "Setup", "🐱": "Cat", "👑": "Crown", "⭐": "Favorite", "🌹": "Flower", "🎮": "Game", "🏠": "Home", "❤": "Love",
	"🎭": "Mask", "🍸": "Party", "⚽": "Sport", "🎓": "Study", "📈": "Trade", "✈": "Travel", "💼": "Work", "🛫": "Airplane",
	"📕": "Book", "💡": "Light", "👍": "Like", "💰": "Money", "🎵": "Note", "🎨": "Palette",
}

// ChatFolders makes TDLib's update of the chat folders.
func ChatFolders(f *tg.MessagesDialogFilters) *types.UpdateChatFolders {
	u := &types.UpdateChatFolders{AreTagsEnabled: f.TagsEnabled}
	for _, class := range f.Filters {
		switch t := class.(type) {
		case *tg.DialogFilterDefault:
			u.MainChatListPosition = int32(len(u.ChatFolders))
		case *tg.DialogFilter:
			color, ok := t.GetColor()
			u.ChatFolders = append(u.ChatFolders, folder(t.ID, t.Title.Text, t.TitleNoanimate, t.Emoticon, color, ok, false, false))
		case *tg.DialogFilterChatlist:
			color, ok := t.GetColor()
			u.ChatFolders = append(u.ChatFolders, folder(t.ID, t.Title.Text, t.TitleNoanimate, t.Emoticon, color, ok, true, t.HasMyInvites))
		}
	}
	return u
}

func folder(id int, title string, still bool, emoji string, color int, colored, shareable, invites bool) *types.ChatFolderInfo {
	icon, ok := folderIcons[emoji]
	if !ok {
		icon = "Custom"
	}
	if !colored {
		color = -1
	}
	return &types.ChatFolderInfo{
		ID:               int32(id),
		Name:             &types.ChatFolderName{Text: &types.FormattedText{Text: title}, AnimateCustomEmoji: !still},
		Icon:             &types.ChatFolderIcon{Name: icon},
		ColorID:          int32(color),
		IsShareable:      shareable,
		HasMyInviteLinks: invites,
	}
}
