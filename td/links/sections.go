package links

import "strings"

// The sections that links have. They are never changed.
var (
	callsSections      = strings.Fields("all edit missed show-tab start-call")
	contactsSections   = strings.Fields("invite manage new search sort")
	myProfileSections  = strings.Fields("archived-posts gifts posts posts/add-album posts/all-stories")
	appearanceSections = strings.Fields(`
		animations app-icon auto-night-mode message-corners night-mode stickers-and-emoji stickers-and-emoji/archived
		stickers-and-emoji/archived/edit stickers-and-emoji/dynamic-order stickers-and-emoji/edit stickers-and-emoji/emoji
		stickers-and-emoji/emoji/archived stickers-and-emoji/emoji/archived/edit stickers-and-emoji/emoji/edit
		stickers-and-emoji/emoji/quick-reaction stickers-and-emoji/emoji/quick-reaction/choose stickers-and-emoji/emoji/show-more
		stickers-and-emoji/emoji/suggest stickers-and-emoji/large-emoji stickers-and-emoji/suggest-by-emoji stickers-and-emoji/trending
		tap-for-next-media text-size text-size/use-system themes themes/create themes/edit wallpapers wallpapers/choose-photo
		wallpapers/edit wallpapers/set your-color/name your-color/name/add-icons your-color/name/use-gift your-color/profile
		your-color/profile/add-icons your-color/profile/reset your-color/profile/use-gift`)
	browserSections  = strings.Fields("clear-cache clear-cookies clear-history clear-list enable-browser history never-open search")
	businessSections = strings.Fields("do-not-hide-ads")
	dataSections     = strings.Fields(`
		auto-download/mobile auto-download/mobile/enable auto-download/mobile/files auto-download/mobile/photos
		auto-download/mobile/stories auto-download/mobile/usage auto-download/mobile/videos auto-download/reset auto-download/roaming
		auto-download/roaming/enable auto-download/roaming/files auto-download/roaming/photos auto-download/roaming/stories
		auto-download/roaming/usage auto-download/roaming/videos auto-download/wifi auto-download/wifi/enable auto-download/wifi/files
		auto-download/wifi/photos auto-download/wifi/stories auto-download/wifi/usage auto-download/wifi/videos less-data-calls open-links
		pause-music proxy proxy/add-proxy proxy/edit proxy/share-list proxy/use-for-calls proxy/use-proxy raise-to-listen raise-to-speak
		save-to-photos/channels save-to-photos/channels/add-exception save-to-photos/channels/delete-all
		save-to-photos/channels/max-video-size save-to-photos/chats save-to-photos/chats/add-exception save-to-photos/chats/delete-all
		save-to-photos/chats/max-video-size save-to-photos/groups save-to-photos/groups/add-exception save-to-photos/groups/delete-all
		save-to-photos/groups/max-video-size saved-edited-photos share-sheet share-sheet/reset share-sheet/suggest-by
		share-sheet/suggested-chats show-18-content storage storage/auto-remove storage/clear-cache storage/edit storage/max-cache usage
		usage/mobile usage/reset usage/roaming usage/wifi`)
	devicesSections     = strings.Fields("auto-terminate edit link-desktop terminate-sessions")
	editProfileSections = strings.Fields(`
		add-account bio birthday change-number channel first-name last-name log-out set-photo username your-color`)
	profileSections = strings.Fields(`
		emoji-status profile-color/name profile-color/name/add-icons profile-color/name/use-gift profile-color/profile
		profile-color/profile/add-icons profile-color/profile/use-gift profile-photo/use-emoji`)
	foldersSections       = strings.Fields("add-recommended create edit show-tags tab-view")
	languageSections      = strings.Fields("do-not-translate show-button translate-chats")
	notificationsSections = strings.Fields(`
		accounts channels channels/add-exception channels/delete-exceptions channels/edit channels/light-color channels/preview
		channels/priority channels/show channels/sound channels/vibrate count-unread-messages groups groups/add-exception
		groups/delete-exceptions groups/edit groups/light-color groups/preview groups/priority groups/show groups/sound groups/vibrate
		in-app-popup in-app-preview in-app-sounds in-app-vibrate in-chat-sounds include-channels include-muted-chats lock-screen-names
		new-contacts pinned-messages private-chats private-chats/add-exception private-chats/delete-exceptions private-chats/edit
		private-chats/light-color private-chats/preview private-chats/priority private-chats/show private-chats/sound
		private-chats/vibrate reactions reactions/light-color reactions/messages reactions/priority reactions/show-sender reactions/sound
		reactions/stories reactions/vibrate reset stories stories/add-exception stories/delete-exceptions stories/important
		stories/light-color stories/new stories/priority stories/show-sender stories/sound stories/vibrate web`)
	powerSavingSections = strings.Fields("background call-animations effects emoji gifs particles preload stickers transitions videos")
	privacySections     = strings.Fields(`
		2sv 2sv/change 2sv/change-email 2sv/disable active-websites active-websites/disconnect-all active-websites/edit archive-and-mute
		auto-delete auto-delete/set-custom bio bio/always bio/never birthday birthday/add birthday/always birthday/never blocked
		blocked/block-user blocked/block-user/chats blocked/block-user/contacts blocked/edit calls calls/always calls/ios-integration
		calls/never calls/p2p calls/p2p/always calls/p2p/never data-settings data-settings/bot-settings data-settings/clear-payment-info
		data-settings/delete-cloud-drafts data-settings/delete-synced data-settings/link-previews data-settings/map-provider
		data-settings/suggest-contacts data-settings/sync-contacts forwards forwards/always forwards/never gifts gifts/accepted-types
		gifts/always gifts/never gifts/show-icon invites invites/always invites/never last-seen last-seen/always last-seen/hide-read-time
		last-seen/never login-email messages messages/exceptions messages/set-price passcode passcode/auto-lock passcode/change
		passcode/disable passcode/face-id passcode/fingerprint passkey passkey/create phone-number phone-number/always phone-number/never
		profile-photos profile-photos/always profile-photos/never profile-photos/remove-public profile-photos/set-public
		profile-photos/update-public saved-music saved-music/always saved-music/never self-destruct voice voice/always voice/never`)
	qrCodeSections   = strings.Fields("scan share")
	sendGiftSections = strings.Fields("self")
	starsSections    = strings.Fields("earn gift stats top-up")
)
