package links

import (
	"strings"

	"tdjson/td/text"
	"tdjson/types"
)

// draft reads a message to be sent: a link and a text, or one of them. It is nil where there is nothing to send.
func draft(url, s string) types.InternalLinkType {
	s = strings.TrimRight(s, "\n")
	url = trim(url)
	if url == "" {
		url, s = s, ""
	}
	t := &types.InternalLinkTypeMessageDraft{ContainsLink: s != ""}
	if t.ContainsLink {
		url += "\n" + s
	}
	f, err := text.Fix(text.FormattedText{Text: url}, text.FixOptions{SkipMediaTimestamps: true, SkipTrim: true})
	if err != nil {
		return nil
	}
	t.Text = formatted(f)
	return t
}

// formatted is a text with its entities, but commands: which bot they are for is not known. A space before its first at sign keeps it
// from asking an inline bot.
func formatted(t text.FormattedText) *types.FormattedText {
	f := &types.FormattedText{Text: t.Text, Entities: make([]*types.TextEntity, 0, len(t.Entities))}
	shift := int32(0)
	if t.Text[0] == '@' {
		f.Text = " " + t.Text
		shift = 1
	}
	for _, e := range t.Entities {
		if kind := entityType(e.Kind); kind != nil {
			f.Entities = append(f.Entities, &types.TextEntity{Offset: e.Offset + shift, Length: e.Length, Type: kind})
		}
	}
	return f
}

func entityType(k text.Kind) types.TextEntityType {
	switch k {
	case text.Mention:
		return &types.TextEntityTypeMention{}
	case text.Hashtag:
		return &types.TextEntityTypeHashtag{}
	case text.Cashtag:
		return &types.TextEntityTypeCashtag{}
	case text.URL:
		return &types.TextEntityTypeUrl{}
	case text.EmailAddress:
		return &types.TextEntityTypeEmailAddress{}
	case text.PhoneNumber:
		return &types.TextEntityTypePhoneNumber{}
	case text.BankCardNumber:
		return &types.TextEntityTypeBankCardNumber{}
	}
	return nil
}
