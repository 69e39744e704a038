package text

// SetLink makes an entity one for a link that a client gave: a mention for a link to a user, a TextURL with the canonical link otherwise.
func (e *Entity) SetLink(link string) error {
	link, ok := CleanString(link)
	if !ok {
		return Error("MessageEntityTextUrl.url must be encoded in UTF-8")
	}
	if id := userOfLink(link); id != 0 {
		e.Kind, e.Number = MentionName, id
		return nil
	}
	url, err := CheckLink(link)
	if err != nil {
		return Error("Entity URL '" + link + "' is invalid: " + err.Error())
	}
	e.Kind, e.Argument = TextURL, url
	return nil
}

// SetLanguage makes an entity one for code in a language that a client gave.
func (e *Entity) SetLanguage(language string) error {
	language, ok := CleanString(language)
	if !ok {
		return Error("MessageEntityPreCode.language must be encoded in UTF-8")
	}
	e.Kind, e.Argument = PreCode, language
	return nil
}

// SetMediaTimestamp makes an entity one for a moment that a client gave, in seconds.
func (e *Entity) SetMediaTimestamp(seconds int32) error {
	if seconds < 0 {
		return Error("Invalid media timestamp specified")
	}
	e.Kind, e.Number = MediaTimestamp, int64(seconds)
	return nil
}

// SetCustomEmoji makes an entity one for a custom emoji that a client gave.
func (e *Entity) SetCustomEmoji(id int64) error {
	if id == 0 {
		return Error("Invalid custom emoji identifier specified")
	}
	e.Kind, e.Number = CustomEmoji, id
	return nil
}

// SetDateTime makes an entity one for a date that a client gave.
func (e *Entity) SetDateTime(unixTime int32, format DateFormat) error {
	if unixTime <= 0 {
		return Error("Invalid date specified")
	}
	e.Kind, e.Number, e.Date = DateTime, int64(unixTime), format
	return nil
}
