package td

import (
	"tdjson/td/text"
	"tdjson/types"
)

// formattedText makes TDLib's object of a text.
func formattedText(t text.FormattedText) *types.FormattedText {
	return &types.FormattedText{Text: t.Text, Entities: textEntities(t.Entities)}
}

// textEntities makes TDLib's objects of entities.
func textEntities(list []text.Entity) []*types.TextEntity {
	if len(list) == 0 {
		return nil
	}
	objects := make([]types.TextEntity, len(list))
	pointers := make([]*types.TextEntity, len(list))
	for i := range list {
		e := &list[i]
		objects[i] = types.TextEntity{Offset: e.Offset, Length: e.Length, Type: textEntityType(e)}
		pointers[i] = &objects[i]
	}
	return pointers
}

func textEntityType(e *text.Entity) types.TextEntityType {
	switch e.Kind {
	case text.Mention:
		return &types.TextEntityTypeMention{}
	case text.Hashtag:
		return &types.TextEntityTypeHashtag{}
	case text.BotCommand:
		return &types.TextEntityTypeBotCommand{}
	case text.URL:
		return &types.TextEntityTypeUrl{}
	case text.EmailAddress:
		return &types.TextEntityTypeEmailAddress{}
	case text.Bold:
		return &types.TextEntityTypeBold{}
	case text.Italic:
		return &types.TextEntityTypeItalic{}
	case text.Code:
		return &types.TextEntityTypeCode{}
	case text.Pre:
		return &types.TextEntityTypePre{}
	case text.PreCode:
		return &types.TextEntityTypePreCode{Language: e.Argument}
	case text.TextURL:
		return &types.TextEntityTypeTextUrl{URL: e.Argument}
	case text.MentionName:
		return &types.TextEntityTypeMentionName{UserID: e.Number}
	case text.Cashtag:
		return &types.TextEntityTypeCashtag{}
	case text.PhoneNumber:
		return &types.TextEntityTypePhoneNumber{}
	case text.Underline:
		return &types.TextEntityTypeUnderline{}
	case text.Strikethrough:
		return &types.TextEntityTypeStrikethrough{}
	case text.BlockQuote:
		return &types.TextEntityTypeBlockQuote{}
	case text.BankCardNumber:
		return &types.TextEntityTypeBankCardNumber{}
	case text.MediaTimestamp:
		return &types.TextEntityTypeMediaTimestamp{MediaTimestamp: int32(e.Number)}
	case text.Spoiler:
		return &types.TextEntityTypeSpoiler{}
	case text.CustomEmoji:
		return &types.TextEntityTypeCustomEmoji{CustomEmojiID: e.Number}
	case text.ExpandableBlockQuote:
		return &types.TextEntityTypeExpandableBlockQuote{}
	default:
		return &types.TextEntityTypeDateTime{UnixTime: int32(e.Number), FormattingType: dateTimeFormattingType(e.Date)}
	}
}

// dateTimeFormattingType is nil for a date that is shown as it is written.
func dateTimeFormattingType(f text.DateFormat) types.DateTimeFormattingType {
	if f == 0 {
		return nil
	}
	if f&text.DateRelative != 0 {
		return &types.DateTimeFormattingTypeRelative{}
	}
	precision := func(short, long text.DateFormat) types.DateTimePartPrecision {
		switch {
		case f&short != 0:
			return &types.DateTimePartPrecisionShort{}
		case f&long != 0:
			return &types.DateTimePartPrecisionLong{}
		}
		return &types.DateTimePartPrecisionNone{}
	}
	return &types.DateTimeFormattingTypeAbsolute{
		TimePrecision: precision(text.DateShortTime, text.DateLongTime),
		DatePrecision: precision(text.DateShortDate, text.DateLongDate),
		ShowDayOfWeek: f&text.DateDayOfWeek != 0,
	}
}

// inputEntities takes the entities that a client gave, all or only those that users set. What says nothing is left out.
func inputEntities(list []*types.TextEntity, all bool) ([]text.Entity, error) {
	entities := make([]text.Entity, 0, len(list))
	for _, o := range list {
		if o == nil || types.IsNil(o.Type) {
			continue
		}
		e := text.Entity{Offset: o.Offset, Length: o.Length}
		if err := setInputType(&e, o.Type); err != nil {
			return nil, err
		}
		if all || text.IsUserKind(e.Kind) {
			entities = append(entities, e)
		}
	}
	return entities, nil
}

func setInputType(e *text.Entity, t types.TextEntityType) error {
	switch t := t.(type) {
	case *types.TextEntityTypeMention:
		e.Kind = text.Mention
	case *types.TextEntityTypeHashtag:
		e.Kind = text.Hashtag
	case *types.TextEntityTypeBotCommand:
		e.Kind = text.BotCommand
	case *types.TextEntityTypeUrl:
		e.Kind = text.URL
	case *types.TextEntityTypeEmailAddress:
		e.Kind = text.EmailAddress
	case *types.TextEntityTypeBold:
		e.Kind = text.Bold
	case *types.TextEntityTypeItalic:
		e.Kind = text.Italic
	case *types.TextEntityTypeCode:
		e.Kind = text.Code
	case *types.TextEntityTypePre:
		e.Kind = text.Pre
	case *types.TextEntityTypeCashtag:
		e.Kind = text.Cashtag
	case *types.TextEntityTypePhoneNumber:
		e.Kind = text.PhoneNumber
	case *types.TextEntityTypeUnderline:
		e.Kind = text.Underline
	case *types.TextEntityTypeStrikethrough:
		e.Kind = text.Strikethrough
	case *types.TextEntityTypeBlockQuote:
		e.Kind = text.BlockQuote
	case *types.TextEntityTypeBankCardNumber:
		e.Kind = text.BankCardNumber
	case *types.TextEntityTypeSpoiler:
		e.Kind = text.Spoiler
	case *types.TextEntityTypeExpandableBlockQuote:
		e.Kind = text.ExpandableBlockQuote
	case *types.TextEntityTypeMentionName:
		e.Kind, e.Number = text.MentionName, t.UserID
	case *types.TextEntityTypePreCode:
		return e.SetLanguage(t.Language)
	case *types.TextEntityTypeTextUrl:
		return e.SetLink(t.URL)
	case *types.TextEntityTypeMediaTimestamp:
		return e.SetMediaTimestamp(t.MediaTimestamp)
	case *types.TextEntityTypeCustomEmoji:
		return e.SetCustomEmoji(t.CustomEmojiID)
	case *types.TextEntityTypeDateTime:
		return e.SetDateTime(t.UnixTime, inputDateFormat(t.FormattingType))
	}
	return nil
}

// inputDateFormat takes the way to show a date that a client gave.
func inputDateFormat(t types.DateTimeFormattingType) text.DateFormat {
	switch t := t.(type) {
	case *types.DateTimeFormattingTypeRelative:
		return text.DateRelative
	case *types.DateTimeFormattingTypeAbsolute:
		format := inputPrecision(t.TimePrecision, text.DateShortTime, text.DateLongTime) |
			inputPrecision(t.DatePrecision, text.DateShortDate, text.DateLongDate)
		if t.ShowDayOfWeek {
			format |= text.DateDayOfWeek
		}
		return format
	}
	return 0
}

func inputPrecision(p types.DateTimePartPrecision, short, long text.DateFormat) text.DateFormat {
	switch p.(type) {
	case *types.DateTimePartPrecisionShort:
		return short
	case *types.DateTimePartPrecisionLong:
		return long
	}
	return 0
}
