package td

import (
	"context"
	"unicode/utf8"

	"tdjson/types"
)

// getChatFolderDefaultIconName tells the icon of a folder that has none: what it holds decides.
func (s *syncs) getChatFolderDefaultIconName(_ context.Context, f *types.GetChatFolderDefaultIconName) (*types.ChatFolderIcon, error) {
	if f.Folder == nil {
		return nil, types.NewError(400, "Chat folder must be non-empty")
	}
	if icon := f.Folder.Icon; icon != nil {
		if !utf8.ValidString(icon.Name) {
			return nil, types.NewError(400, "Chat folder icon name must be encoded in UTF-8")
		}
		if isFolderIcon(icon.Name) {
			return &types.ChatFolderIcon{Name: icon.Name}, nil
		}
	}
	return &types.ChatFolderIcon{Name: defaultFolderIcon(f.Folder)}, nil
}

// isFolderIcon reports whether there is an icon of that name.
func isFolderIcon(name string) bool {
	switch name {
	case "All", "Unread", "Unmuted", "Bots", "Channels", "Groups", "Private", "Custom", "Setup", "Cat", "Crown", "Favorite", "Flower", "Game",
		"Home", "Love", "Mask", "Party", "Sport", "Study", "Trade", "Travel", "Work", "Airplane", "Book", "Light", "Like", "Money", "Note", "Palette":
		return true
	}
	return false
}

// defaultFolderIcon is the icon of a folder by what it holds.
func defaultFolderIcon(f *types.ChatFolder) string {
	if len(f.PinnedChatIDs)+len(f.IncludedChatIDs)+len(f.ExcludedChatIDs) > 0 {
		return "Custom"
	}
	users := f.IncludeContacts || f.IncludeNonContacts
	switch {
	case users && !f.IncludeBots && !f.IncludeGroups && !f.IncludeChannels:
		return "Private"
	case users:
	case !f.IncludeBots && !f.IncludeChannels && !f.IncludeGroups:
		return "Custom"
	case !f.IncludeBots && !f.IncludeChannels:
		return "Groups"
	case !f.IncludeBots && !f.IncludeGroups:
		return "Channels"
	case !f.IncludeGroups && !f.IncludeChannels:
		return "Bots"
	}
	switch {
	case f.ExcludeRead && !f.ExcludeMuted:
		return "Unread"
	case f.ExcludeMuted && !f.ExcludeRead:
		return "Unmuted"
	}
	return "Custom"
}
