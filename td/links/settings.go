package links

import (
	"slices"
	"strings"

	"tdjson/types"
)

// parseSettings reads what follows tg://settings.
func parseSettings(path []string) types.InternalLinkType {
	if len(path) == 0 {
		return &types.InternalLinkTypeSettings{}
	}
	rest := strings.Join(path[1:], "/")
	switch path[0] {
	case "saved-messages":
		return &types.InternalLinkTypeSavedMessages{}
	case "calls":
		return &types.InternalLinkTypeCallsPage{Section: known(callsSections, rest)}
	case "my-profile":
		return &types.InternalLinkTypeMyProfilePage{Section: known(myProfileSections, rest)}
	}
	return &types.InternalLinkTypeSettings{Section: settingsSection(path)}
}

// known is a section if it is one of those that links can have, or nothing.
func known(sections []string, section string) string {
	if slices.Contains(sections, section) {
		return section
	}
	return ""
}

// settingsSection is the section of the settings that a path leads to; nil if there is none.
func settingsSection(path []string) types.SettingsSection {
	rest := strings.Join(path[1:], "/")
	switch path[0] {
	case "appearance":
		return &types.SettingsSectionAppearance{Subsection: known(appearanceSections, rest)}
	case "business":
		return &types.SettingsSectionBusiness{Subsection: known(businessSections, rest)}
	case "data":
		return &types.SettingsSectionDataAndStorage{Subsection: known(dataSections, rest)}
	case "devices":
		return &types.SettingsSectionDevices{Subsection: known(devicesSections, rest)}
	case "edit":
		return &types.SettingsSectionEditProfile{Subsection: known(editProfileSections, rest)}
	case "folders":
		return &types.SettingsSectionChatFolders{Subsection: known(foldersSections, rest)}
	case "language":
		return &types.SettingsSectionLanguage{Subsection: known(languageSections, rest)}
	case "notifications":
		return &types.SettingsSectionNotifications{Subsection: known(notificationsSections, rest)}
	case "power-saving":
		return &types.SettingsSectionPowerSaving{Subsection: known(powerSavingSections, rest)}
	case "privacy":
		return &types.SettingsSectionPrivacyAndSecurity{Subsection: known(privacySections, rest)}
	case "qr-code":
		return &types.SettingsSectionQrCode{Subsection: known(qrCodeSections, rest)}
	case "send-gift":
		return &types.SettingsSectionSendGift{Subsection: known(sendGiftSections, rest)}
	case "stars":
		return &types.SettingsSectionMyStars{Subsection: known(starsSections, rest)}
	case "chat":
		if len(path) > 1 && path[1] == "browser" {
			return &types.SettingsSectionInAppBrowser{Subsection: known(browserSections, (&query{path: path}).part(2))}
		}
		return nil
	case "emoji-status", "profile-color", "profile-photo":
		return profileSection(path)
	}
	return plainSection(path[0])
}

// profileSection is a section of one's profile that stands beside the others in links.
func profileSection(path []string) types.SettingsSection {
	section := known(profileSections, strings.Join(path, "/"))
	if section == "" && path[0] == "emoji-status" {
		section = path[0]
	}
	return &types.SettingsSectionEditProfile{Subsection: section}
}

// plainSection is a section that has no others in it, or a short name of one inside another.
func plainSection(name string) types.SettingsSection {
	switch name {
	case "ask-question":
		return &types.SettingsSectionAskQuestion{}
	case "faq":
		return &types.SettingsSectionFaq{}
	case "features":
		return &types.SettingsSectionFeatures{}
	case "premium":
		return &types.SettingsSectionPremium{}
	case "privacy-policy":
		return &types.SettingsSectionPrivacyPolicy{}
	case "search":
		return &types.SettingsSectionSearch{}
	case "ton":
		return &types.SettingsSectionMyToncoins{}
	case "themes":
		return &types.SettingsSectionAppearance{}
	case "edit_profile":
		return &types.SettingsSectionEditProfile{}
	case "change_number":
		return &types.SettingsSectionEditProfile{Subsection: "change-number"}
	case "auto_delete":
		return &types.SettingsSectionPrivacyAndSecurity{Subsection: "auto-delete"}
	case "login_email":
		return &types.SettingsSectionPrivacyAndSecurity{Subsection: "login-email"}
	case "password":
		return &types.SettingsSectionPrivacyAndSecurity{Subsection: "2sv"}
	case "phone_privacy":
		return &types.SettingsSectionPrivacyAndSecurity{Subsection: "phone-number"}
	}
	return nil
}

// settingsPath is the path of a section behind tg://; the reverse of settingsSection.
func settingsPath(section types.SettingsSection) string {
	switch s := section.(type) {
	case *types.SettingsSectionAppearance:
		return pathTo("settings/appearance", appearanceSections, s.Subsection, "settings/themes")
	case *types.SettingsSectionBusiness:
		return pathTo("settings/business", businessSections, s.Subsection, "")
	case *types.SettingsSectionChatFolders:
		return pathTo("settings/folders", foldersSections, s.Subsection, "")
	case *types.SettingsSectionDataAndStorage:
		return pathTo("settings/data", dataSections, s.Subsection, "")
	case *types.SettingsSectionDevices:
		return pathTo("settings/devices", devicesSections, s.Subsection, "")
	case *types.SettingsSectionEditProfile:
		return profilePath(s.Subsection)
	case *types.SettingsSectionInAppBrowser:
		return pathTo("settings/chat/browser", browserSections, s.Subsection, "")
	case *types.SettingsSectionLanguage:
		return pathTo("settings/language", languageSections, s.Subsection, "")
	case *types.SettingsSectionMyStars:
		return pathTo("settings/stars", starsSections, s.Subsection, "stars")
	case *types.SettingsSectionNotifications:
		return pathTo("settings/notifications", notificationsSections, s.Subsection, "")
	case *types.SettingsSectionPowerSaving:
		return pathTo("settings/power-saving", powerSavingSections, s.Subsection, "")
	case *types.SettingsSectionPrivacyAndSecurity:
		return privacyPath(s.Subsection)
	case *types.SettingsSectionQrCode:
		return pathTo("settings/qr-code", qrCodeSections, s.Subsection, "")
	case *types.SettingsSectionSendGift:
		return pathTo("settings/send-gift", sendGiftSections, s.Subsection, "")
	}
	return plainPath(section)
}

// plainPath is the path of a section that has no others in it.
func plainPath(section types.SettingsSection) string {
	switch section.(type) {
	case *types.SettingsSectionAskQuestion:
		return "settings/ask-question"
	case *types.SettingsSectionFaq:
		return "settings/faq"
	case *types.SettingsSectionFeatures:
		return "settings/features"
	case *types.SettingsSectionMyToncoins:
		return "ton"
	case *types.SettingsSectionPremium:
		return "settings/premium"
	case *types.SettingsSectionPrivacyPolicy:
		return "settings/privacy-policy"
	case *types.SettingsSectionSearch:
		return "settings/search"
	}
	return "settings"
}

// pathTo is the path of a section within a page, or of the page itself, which may have a short name, where links don't have the section.
func pathTo(page string, sections []string, section, short string) string {
	if slices.Contains(sections, section) {
		return page + "/" + section
	}
	if short != "" {
		return short
	}
	return page
}

func profilePath(section string) string {
	switch {
	case section == "change-number":
		return "settings/change_number"
	case slices.Contains(profileSections, section):
		return "settings/" + section
	}
	return pathTo("settings/edit", editProfileSections, section, "settings/edit_profile")
}

func privacyPath(section string) string {
	switch section {
	case "phone-number":
		return "settings/phone_privacy"
	case "auto-delete":
		return "settings/auto_delete"
	case "login-email":
		return "settings/login_email"
	case "2sv":
		return "settings/password"
	}
	return pathTo("settings/privacy", privacySections, section, "")
}
