package td

import (
	"context"
	"unicode/utf8"

	"tdjson/td/text"
	"tdjson/types"
)

// maxParsedText is the number of characters that are parsed.
const maxParsedText = 65536

// getTextEntities finds the entities that a text holds by itself.
func (s *syncs) getTextEntities(_ context.Context, f *types.GetTextEntities) (*types.TextEntities, error) {
	if !utf8.ValidString(f.Text) {
		return nil, types.NewError(400, "Text must be encoded in UTF-8")
	}
	var buf [16]text.Entity
	return &types.TextEntities{Entities: textEntities(text.FindEntities(buf[:0], f.Text, 0))}, nil
}

// parseTextEntities reads a text in HTML or Markdown.
func (s *syncs) parseTextEntities(_ context.Context, f *types.ParseTextEntities) (*types.FormattedText, error) {
	if !utf8.ValidString(f.Text) {
		return nil, types.NewError(400, "Text must be encoded in UTF-8")
	}
	if f.ParseMode == nil {
		return nil, types.NewError(400, "Parse mode must be non-empty")
	}
	t, err := parseText(f.Text, f.ParseMode)
	if err != nil {
		return nil, types.NewError(400, "Can't parse entities: "+err.Error())
	}
	return formattedText(t), nil
}

func parseText(s string, mode types.TextParseMode) (text.FormattedText, error) {
	if len(s) > maxParsedText && utf8.RuneCountInString(s) > maxParsedText {
		return text.FormattedText{}, text.Error("Text is too long")
	}
	markdown, ok := mode.(*types.TextParseModeMarkdown)
	if !ok {
		return text.ParseHTML(s)
	}
	switch markdown.Version {
	case 0, 1:
		return text.ParseMarkdown1(s)
	case 2:
		return text.ParseMarkdown2(s)
	}
	return text.FormattedText{}, text.Error("Wrong Markdown version specified")
}

// parseMarkdown reads the apps' Markdown in a text that may have entities already.
func (s *syncs) parseMarkdown(_ context.Context, f *types.ParseMarkdown) (*types.FormattedText, error) {
	return convertText(f.Text, true, text.ParseMarkdown)
}

// getMarkdownText puts Markdown in place of entities.
func (s *syncs) getMarkdownText(_ context.Context, f *types.GetMarkdownText) (*types.FormattedText, error) {
	return convertText(f.Text, false, text.WriteMarkdown)
}

func convertText(f *types.FormattedText, all bool, convert func(text.FormattedText) (text.FormattedText, error)) (*types.FormattedText, error) {
	if f == nil {
		return nil, types.NewError(400, "Text must be non-empty")
	}
	entities, err := inputEntities(f.Entities, all)
	if err != nil {
		return nil, types.NewError(400, err.Error())
	}
	t, err := convert(text.FormattedText{Text: f.Text, Entities: entities})
	if err != nil {
		return nil, types.NewError(400, err.Error())
	}
	return formattedText(t), nil
}

// searchQuote finds a quote in a text, where it is nearest to where it was.
func (s *syncs) searchQuote(_ context.Context, f *types.SearchQuote) (*types.FoundPosition, error) {
	if f.Text == nil || f.Quote == nil {
		return nil, types.NewError(400, "Text and quote must be non-empty")
	}
	if !utf8.ValidString(f.Text.Text) || !utf8.ValidString(f.Quote.Text) {
		return nil, errEncoding
	}
	// Entities are not compared, but they have to be right.
	for _, t := range []*types.FormattedText{f.Text, f.Quote} {
		if _, err := inputEntities(t.Entities, false); err != nil {
			return nil, types.NewError(400, err.Error())
		}
	}
	position := text.SearchQuote(f.Text.Text, f.Quote.Text, f.QuotePosition)
	if position < 0 {
		return nil, types.NewError(404, "Not Found")
	}
	return &types.FoundPosition{Position: position}, nil
}

// searchStringsByPrefix finds the strings of which words begin with those of a query.
func (s *syncs) searchStringsByPrefix(_ context.Context, f *types.SearchStringsByPrefix) (*types.FoundPositions, error) {
	query, ok := text.CleanString(f.Query)
	if !ok {
		return nil, errEncoding
	}
	list := make([]string, len(f.Strings))
	for i, s := range f.Strings {
		if list[i], ok = text.CleanString(s); !ok {
			return nil, errEncoding
		}
	}
	total, positions := text.SearchByPrefix(list, query, f.Limit, !f.ReturnNoneForEmptyQuery)
	return &types.FoundPositions{TotalCount: int32(total), Positions: positions}, nil
}

// checkQuickReplyShortcutName tells whether a shortcut may have a name. Its errors alone have the code 200.
func (s *syncs) checkQuickReplyShortcutName(_ context.Context, f *types.CheckQuickReplyShortcutName) (*types.Ok, error) {
	if err := text.CheckShortcutName(f.Name); err != nil {
		return nil, types.NewError(200, err.Error())
	}
	return &types.Ok{}, nil
}
