package convert

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// WebBrowserSettings makes TDLib's settings for opening links.
func WebBrowserSettings(s *tg.AccountWebBrowserSettings) *types.WebBrowserSettings {
	return &types.WebBrowserSettings{
		OpenExternalBrowser: s.OpenExternalBrowser,
		ExternalExceptions:  domainExceptions(s.ExternalExceptions),
		InAppExceptions:     domainExceptions(s.InappExceptions),
		DisplayCloseButton:  s.DisplayCloseButton,
	}
}

func domainExceptions(list []tg.WebDomainException) []*types.WebDomainException {
	var out []*types.WebDomainException
	for _, e := range list {
		out = append(out, &types.WebDomainException{URL: e.URL, Domain: e.Domain, Title: e.Title, FaviconCustomEmojiID: e.Favicon})
	}
	return out
}

// TextCompositionStyles makes TDLib's styles of the server's tones.
func TextCompositionStyles(list []tg.AiComposeToneClass) []*types.TextCompositionStyle {
	var out []*types.TextCompositionStyle
	for _, class := range list {
		switch t := class.(type) {
		case *tg.AiComposeToneDefault:
			out = append(out, &types.TextCompositionStyle{Name: t.Tone, CustomEmojiID: t.EmojiID, Title: t.Title})
		case *tg.AiComposeTone:
			out = append(out, &types.TextCompositionStyle{
				Name: t.Slug, CustomEmojiID: t.EmojiID, Title: t.Title, IsCustom: true, IsCreator: t.Creator,
				InstallCount: int32(t.InstallsCount), Prompt: t.Prompt, CreatorUserID: t.AuthorID,
			})
		}
	}
	return out
}
