package links

import (
	"strings"

	"tdjson/types"
)

// A right is a name in a link and its field; of those for one kind of chat alone, the other kind knows nothing.
type right struct {
	name              string
	field             func(*types.ChatAdministratorRights) *bool
	onlyGroup, onlyCh bool
}

// rightNames are the rights in the order in which links have them. They are never changed.
var rightNames = [...]right{
	{name: "change_info", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanChangeInfo }},
	{name: "post_messages", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanPostMessages }, onlyCh: true},
	{name: "edit_messages", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanEditMessages }, onlyCh: true},
	{name: "delete_messages", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanDeleteMessages }},
	{name: "restrict_members", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanRestrictMembers }},
	{name: "invite_users", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanInviteUsers }},
	{name: "pin_messages", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanPinMessages }, onlyGroup: true},
	{name: "manage_topics", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanManageTopics }, onlyGroup: true},
	{name: "promote_members", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanPromoteMembers }},
	{name: "manage_video_chats", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanManageVideoChats }},
	{name: "post_stories", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanPostStories }},
	{name: "edit_stories", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanEditStories }},
	{name: "delete_stories", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanDeleteStories }},
	{name: "manage_direct_messages", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanManageDirectMessages }, onlyCh: true},
	{name: "manage_tags", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanManageTags }, onlyGroup: true},
	{name: "anonymous", field: func(r *types.ChatAdministratorRights) *bool { return &r.IsAnonymous }, onlyGroup: true},
	{name: "manage_chat", field: func(r *types.ChatAdministratorRights) *bool { return &r.CanManageChat }},
}

// suits says whether a right means something in a channel, or else in a supergroup.
func (r *right) suits(inChannel bool) bool {
	return !(inChannel && r.onlyGroup) && !(!inChannel && r.onlyCh)
}

// parseRights reads the names of rights between spaces. It is nil if none of them means something. Who has one may manage the chat.
func parseRights(names string, inChannel bool) *types.ChatAdministratorRights {
	var rights types.ChatAdministratorRights
	for name := range strings.SplitSeq(names, " ") {
		for i := range rightNames {
			if r := &rightNames[i]; r.name == name && r.suits(inChannel) {
				*r.field(&rights) = true
				rights.CanManageChat = true
			}
		}
	}
	if !rights.CanManageChat {
		return nil
	}
	return &rights
}

// appendRights appends rights as an argument of a link; nothing if there are none.
func appendRights(b []byte, rights *types.ChatAdministratorRights, inChannel bool) []byte {
	if rights == nil {
		return b
	}
	copied := *rights // the caller's stays as it is
	mark := "&admin="
	for i := range rightNames {
		r := &rightNames[i]
		if !r.suits(inChannel) || !*r.field(&copied) {
			continue
		}
		copied.CanManageChat = true
		b = append(append(b, mark...), r.name...)
		mark = "+"
	}
	return b
}
