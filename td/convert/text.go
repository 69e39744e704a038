package convert

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// FormattedText makes TDLib's object of a text of the server and what parts of it mean.
func FormattedText(text string, entities []tg.MessageEntityClass) *types.FormattedText {
	f := &types.FormattedText{Text: text}
	for _, e := range entities {
		if kind := entityType(e); kind != nil {
			f.Entities = append(f.Entities, &types.TextEntity{Offset: int32(e.GetOffset()), Length: int32(e.GetLength()), Type: kind})
		}
	}
	return f
}

// entityType is nil for what TDLib does not show.
func entityType(e tg.MessageEntityClass) types.TextEntityType {
	switch e.(type) {
	case *tg.MessageEntityMention:
		return &types.TextEntityTypeMention{}
	case *tg.MessageEntityHashtag:
		return &types.TextEntityTypeHashtag{}
	case *tg.MessageEntityCashtag:
		return &types.TextEntityTypeCashtag{}
	case *tg.MessageEntityBotCommand:
		return &types.TextEntityTypeBotCommand{}
	case *tg.MessageEntityURL:
		return &types.TextEntityTypeUrl{}
	case *tg.MessageEntityEmail:
		return &types.TextEntityTypeEmailAddress{}
	case *tg.MessageEntityPhone:
		return &types.TextEntityTypePhoneNumber{}
	case *tg.MessageEntityBankCard:
		return &types.TextEntityTypeBankCardNumber{}
	case *tg.MessageEntityBold:
		return &types.TextEntityTypeBold{}
	case *tg.MessageEntityItalic:
		return &types.TextEntityTypeItalic{}
	case *tg.MessageEntityUnderline:
		return &types.TextEntityTypeUnderline{}
	case *tg.MessageEntityStrike:
		return &types.TextEntityTypeStrikethrough{}
	case *tg.MessageEntitySpoiler:
		return &types.TextEntityTypeSpoiler{}
	case *tg.MessageEntityCode:
		return &types.TextEntityTypeCode{}
	}
	return entityWithMore(e)
}

// entityWithMore are the kinds that say more than where they are.
func entityWithMore(e tg.MessageEntityClass) types.TextEntityType {
	switch e := e.(type) {
	case *tg.MessageEntityPre:
		if e.Language == "" {
			return &types.TextEntityTypePre{}
		}
		return &types.TextEntityTypePreCode{Language: e.Language}
	case *tg.MessageEntityTextURL:
		return &types.TextEntityTypeTextUrl{URL: e.URL}
	case *tg.MessageEntityMentionName:
		return &types.TextEntityTypeMentionName{UserID: e.UserID}
	case *tg.MessageEntityCustomEmoji:
		return &types.TextEntityTypeCustomEmoji{CustomEmojiID: e.DocumentID}
	case *tg.MessageEntityBlockquote:
		if e.Collapsed {
			return &types.TextEntityTypeExpandableBlockQuote{}
		}
		return &types.TextEntityTypeBlockQuote{}
	case *tg.MessageEntityFormattedDate:
		return &types.TextEntityTypeDateTime{UnixTime: int32(e.Date), FormattingType: dateFormat(e)}
	}
	return nil
}

// dateFormat is nil for a date that is shown as it is written.
func dateFormat(e *tg.MessageEntityFormattedDate) types.DateTimeFormattingType {
	precision := func(short, long bool) types.DateTimePartPrecision {
		switch {
		case short:
			return &types.DateTimePartPrecisionShort{}
		case long:
			return &types.DateTimePartPrecisionLong{}
		}
		return &types.DateTimePartPrecisionNone{}
	}
	switch {
	case e.Relative:
		return &types.DateTimeFormattingTypeRelative{}
	case e.ShortTime, e.LongTime, e.ShortDate, e.LongDate, e.DayOfWeek:
		return &types.DateTimeFormattingTypeAbsolute{
			TimePrecision: precision(e.ShortTime, e.LongTime), DatePrecision: precision(e.ShortDate, e.LongDate), ShowDayOfWeek: e.DayOfWeek,
		}
	}
	return nil
}
