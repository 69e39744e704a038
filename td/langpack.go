package td

import (
	"context"
	"slices"
	"strings"

	"tdjson/storage/langpack"
	"tdjson/types"
)

// languages are the language packs that the client knows of, and the one that its program uses. langpack_server.go keeps
// them as new as the server's.
type languages struct {
	db     *langpack.Database
	target string // the option localization_target
	id     string // the option language_pack_id
	base   string // ID of the pack that has what the used one lacks
}

var (
	errNoTarget     = types.NewError(400, `Option "localization_target" needs to be set first`)
	errPackID       = types.NewError(400, "Language pack ID is invalid")
	errPackLetters  = types.NewError(400, "Language pack ID must contain only letters, digits and hyphen")
	errPackNotOwn   = types.NewError(400, "Custom language pack ID must begin with 'X'")
	errPackNotFound = types.NewError(400, "Custom language pack not found")
)

// open takes over the options. The path of the database is looked at here alone, as in TDLib.
func (l *languages) open(c *Client) {
	l.db = c.openLanguagePacks(c.options.values["language_pack_database_path"].str)
	l.target, l.id = c.options.values["localization_target"].str, c.options.values["language_pack_id"].str
	l.introduce(c)
}

// used is whether the program has said which pack it uses.
func (l *languages) used() bool {
	return l.target != "" && l.id != ""
}

// state is what is known of a pack of the used target.
func (l *languages) state(c *Client, id string) langpack.State {
	s, err := l.db.State(l.target, id)
	if err != nil {
		c.log.Printf(1, "Can't read language pack %s: %v", id, err)
	}
	return s
}

// info is what is known of a pack: what the program said of its own, what the server said of its own.
func (l *languages) info(id string) (langpack.Info, bool) {
	list, err := l.db.Server(l.target)
	if langpack.IsCustom(id) {
		list, err = l.db.Custom(l.target)
	}
	i := slices.IndexFunc(list, func(n langpack.Named) bool { return n.ID == id })
	if err != nil || i < 0 {
		return langpack.Info{}, false
	}
	return list[i].Info, true
}

// mainLanguage is the code of the program's language, English if it is not known.
func (l *languages) mainLanguage(c *Client) string {
	if !l.used() {
		return "en"
	}
	if len(l.id) == 2 {
		return strings.ToLower(l.id)
	}
	info, ok := l.info(l.id)
	switch {
	case !ok && !langpack.IsCustom(l.id):
		c.background(func(ctx context.Context) { _, _ = l.list(ctx, c) }) // the next one who asks finds it
	case info.Base != "":
		return strings.ToLower(info.Base)
	case info.PluralCode != "":
		return strings.ToLower(info.PluralCode)
	}
	return "en"
}

// getLocalizationTargetInfo lists the packs of the target: the program's own, and the server's.
func (c *Client) getLocalizationTargetInfo(ctx context.Context, f *types.GetLocalizationTargetInfo) (*types.LocalizationTargetInfo, error) {
	l := &c.languages
	if l.target == "" {
		return nil, errNoTarget
	}
	if !f.OnlyLocal {
		return l.list(ctx, c)
	}
	server, err := l.db.Server(l.target)
	if err != nil {
		return nil, err
	}
	return l.describe(c, l.target, server)
}

// describe lists custom packs, and those of the server's that are none.
func (l *languages) describe(c *Client, target string, server []langpack.Named) (*types.LocalizationTargetInfo, error) {
	custom, err := l.db.Custom(target)
	if err != nil {
		return nil, err
	}
	answer := &types.LocalizationTargetInfo{}
	seen := map[string]bool{}
	for i, n := range slices.Concat(custom, server) {
		if n.ID == "" || seen[n.ID] {
			continue
		}
		seen[n.ID] = true
		object, err := l.object(c, target, n)
		if err != nil {
			return nil, err
		}
		object.IsInstalled = i < len(custom)
		answer.LanguagePacks = append(answer.LanguagePacks, object)
	}
	return answer, nil
}

// object makes TDLib's object, and takes note of the pack's base.
func (l *languages) object(c *Client, target string, n langpack.Named) (*types.LanguagePackInfo, error) {
	state, err := l.db.State(target, n.ID)
	if err != nil {
		return nil, err
	}
	changed, err := l.db.SetBase(target, n.ID, n.Base)
	if err != nil {
		return nil, err
	}
	if changed && target == l.target && n.ID == l.id {
		l.setBase(c, n.Base)
	}
	return packObject(n, state.Count), nil
}

// getLanguagePackStrings answers with the strings of a pack, from the server those that are not here.
func (c *Client) getLanguagePackStrings(ctx context.Context, f *types.GetLanguagePackStrings) (*types.LanguagePackStrings, error) {
	l := &c.languages
	if err := cleanInputs(&f.LanguagePackID); err != nil {
		return nil, err
	}
	for i := range f.Keys {
		if err := cleanInputs(&f.Keys[i]); err != nil {
			return nil, err
		}
	}
	switch {
	case f.LanguagePackID == "", !langpack.ValidID(f.LanguagePackID):
		return nil, errPackID
	case l.target == "":
		return nil, errNoTarget
	case slices.ContainsFunc(f.Keys, func(k string) bool { return !langpack.ValidKey(k) }):
		return nil, types.NewError(400, "Invalid key name")
	}
	target := l.target
	list, ok, err := l.db.Strings(target, f.LanguagePackID, f.Keys)
	if err == nil && !ok {
		if langpack.IsCustom(f.LanguagePackID) {
			return nil, errPackNotFound
		}
		if err = l.fetch(ctx, c, target, f.LanguagePackID, f.Keys); err == nil {
			list, _, err = l.db.Strings(target, f.LanguagePackID, f.Keys)
		}
	}
	if err != nil {
		return nil, err
	}
	return &types.LanguagePackStrings{Strings: packStringObjects(list)}, nil
}

// setCustomLanguagePack makes a pack of the program's own, in place of the one with the same ID.
func (c *Client) setCustomLanguagePack(_ context.Context, f *types.SetCustomLanguagePack) (*types.Ok, error) {
	l := &c.languages
	named, err := l.ownPack(f.Info)
	if err != nil {
		return nil, err
	}
	change := langpack.Change{Version: 1}
	for _, s := range f.Strings {
		if s == nil {
			return nil, types.NewError(400, "Language pack strings must be non-empty")
		}
		value, err := packValue(s)
		if err != nil {
			return nil, err
		}
		change.Strings = append(change.Strings, langpack.String{Key: s.Key, Value: value})
	}
	if err := l.db.Drop(l.target, named.ID); err != nil {
		return nil, err
	}
	if err := l.apply(c, l.target, named.ID, &change); err != nil {
		return nil, err
	}
	return &types.Ok{}, l.db.SetCustom(l.target, named)
}

// editCustomLanguagePackInfo changes what is said of a pack of the program's own.
func (c *Client) editCustomLanguagePackInfo(_ context.Context, f *types.EditCustomLanguagePackInfo) (*types.Ok, error) {
	l := &c.languages
	named, err := l.ownPack(f.Info)
	if err != nil {
		return nil, err
	}
	if _, ok := l.info(named.ID); !ok {
		return nil, types.NewError(400, "Custom language pack is not found")
	}
	return &types.Ok{}, l.db.SetCustom(l.target, named)
}

// ownPack reads what the program says of a pack of its own.
func (l *languages) ownPack(info *types.LanguagePackInfo) (langpack.Named, error) {
	switch {
	case l.target == "":
		return langpack.Named{}, errNoTarget
	case info == nil:
		return langpack.Named{}, types.NewError(400, "Language pack info must be non-empty")
	}
	for _, s := range []struct {
		text *string
		what string
	}{
		{&info.ID, "Language pack ID"}, {&info.BaseLanguagePackID, "Base language pack ID"}, {&info.Name, "Language pack name"},
		{&info.NativeName, "Language pack native name"}, {&info.PluralCode, "Language pack plural code"},
		{&info.TranslationURL, "Language pack translation URL"},
	} {
		if cleanInputs(s.text) != nil {
			return langpack.Named{}, types.NewError(400, s.what+" must be encoded in UTF-8")
		}
	}
	switch {
	case !langpack.ValidID(info.ID):
		return langpack.Named{}, errPackLetters
	case !langpack.IsCustom(info.ID):
		return langpack.Named{}, errPackNotOwn
	}
	return langpack.Named{ID: info.ID, Info: langpack.Info{
		Name: info.Name, NativeName: info.NativeName, PluralCode: info.PluralCode,
		Total: int(max(info.TotalStringCount, 0)), Translated: int(max(info.TranslatedStringCount, 0)),
	}}, nil
}

// packValue checks a string of the program.
func packValue(s *types.LanguagePackString) (langpack.Value, error) {
	if !langpack.ValidKey(s.Key) {
		return langpack.Value{}, types.NewError(400, "Key is invalid")
	}
	v := packValueOf(s.Value)
	texts := []*string{&v.Text}
	for i := range v.Forms {
		texts = append(texts, &v.Forms[i])
	}
	if cleanInputs(texts...) != nil {
		return langpack.Value{}, types.NewError(400, "Language pack string value must be encoded in UTF-8")
	}
	return v, nil
}

// setCustomLanguagePackString sets or takes away one string of a pack of the program's own.
func (c *Client) setCustomLanguagePackString(_ context.Context, f *types.SetCustomLanguagePackString) (*types.Ok, error) {
	l := &c.languages
	if err := cleanInputs(&f.LanguagePackID); err != nil {
		return nil, err
	}
	switch {
	case l.target == "":
		return nil, errNoTarget
	case !langpack.ValidID(f.LanguagePackID):
		return nil, errPackLetters
	case !langpack.IsCustom(f.LanguagePackID):
		return nil, errPackNotOwn
	case !l.db.Known(l.target, f.LanguagePackID):
		return nil, errPackNotFound
	case f.NewString == nil:
		return nil, types.NewError(400, "Language pack strings must not be null")
	}
	value, err := packValue(f.NewString)
	if err != nil {
		return nil, err
	}
	change := langpack.Change{
		Version: 1, Diff: true, Keys: []string{f.NewString.Key},
		Strings: []langpack.String{{Key: f.NewString.Key, Value: value}},
	}
	return &types.Ok{}, l.apply(c, l.target, f.LanguagePackID, &change)
}

// deleteLanguagePack forgets a pack that is not in use.
func (c *Client) deleteLanguagePack(_ context.Context, f *types.DeleteLanguagePack) (*types.Ok, error) {
	l := &c.languages
	if err := cleanInputs(&f.LanguagePackID); err != nil {
		return nil, err
	}
	switch {
	case l.target == "":
		return nil, errNoTarget
	case !langpack.ValidID(f.LanguagePackID):
		return nil, errPackID
	case f.LanguagePackID == "":
		return nil, types.NewError(400, "Language pack ID is empty")
	case f.LanguagePackID == l.id, f.LanguagePackID == l.base:
		return nil, types.NewError(400, "Currently used language pack can't be deleted")
	case c.loading[changesQuestion(l.target, f.LanguagePackID)] != nil:
		return nil, types.NewError(400, "Language pack can't be deleted now, try again later")
	}
	return &types.Ok{}, l.db.Drop(l.target, f.LanguagePackID)
}

// addCustomServerLanguagePack puts a pack of the server among those that the program has installed.
func (c *Client) addCustomServerLanguagePack(_ context.Context, f *types.AddCustomServerLanguagePack) (*types.Ok, error) {
	l := &c.languages
	if err := cleanInputs(&f.LanguagePackID); err != nil {
		return nil, err
	}
	switch {
	case l.target == "":
		return nil, errNoTarget
	case !langpack.ValidID(f.LanguagePackID):
		return nil, errPackLetters
	case langpack.IsCustom(f.LanguagePackID):
		return nil, types.NewError(400, "Custom local language pack can't be added through addCustomServerLanguagePack")
	case !l.db.Known(l.target, f.LanguagePackID):
		return nil, types.NewError(400, "Language pack not found")
	}
	info, ok, err := l.db.FromServer(l.target, f.LanguagePackID)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, types.NewError(400, "Language pack info not found")
	}
	return &types.Ok{}, l.db.SetCustom(l.target, langpack.Named{ID: f.LanguagePackID, Info: info})
}

// apply changes a pack and tells of it.
func (l *languages) apply(c *Client, target, id string, change *langpack.Change) error {
	done, err := l.db.Apply(target, id, change)
	if err != nil {
		return err
	}
	if done.Tell {
		update := &types.UpdateLanguagePackStrings{LocalizationTarget: target, LanguagePackID: id}
		if change.Diff {
			update.Strings = packStringObjects(done.Strings)
		}
		c.update(update)
	}
	if done.NewVersion && target == l.target && (id == l.id || id == l.base) {
		l.newVersion(c, id != l.id, unknownVersion)
	}
	return nil
}

// openLanguagePacks opens the database at a path; those in memory stand in for one that can't be opened, as in TDLib.
func (s *syncs) openLanguagePacks(path string) *langpack.Database {
	db, err := s.languagePacks.Open(path)
	if err != nil {
		s.log.Printf(1, "Language packs are kept in memory: %v", err)
		return s.languagePacks.Memory()
	}
	return db
}

// getLanguagePackString finds a string in the file of a database.
func (s *syncs) getLanguagePackString(_ context.Context, f *types.GetLanguagePackString) (types.LanguagePackStringValue, error) {
	switch {
	case f.LocalizationTarget == "", !langpack.ValidTarget(f.LocalizationTarget):
		return nil, types.NewError(400, "Localization target is invalid")
	case f.LanguagePackID == "", !langpack.ValidID(f.LanguagePackID):
		return nil, errPackID
	case !langpack.ValidKey(f.Key):
		return nil, types.NewError(400, "Key is invalid")
	}
	list, ok, err := s.openLanguagePacks(f.LanguagePackDatabasePath).Strings(f.LocalizationTarget, f.LanguagePackID, []string{f.Key})
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, types.NewError(404, "Not Found")
	}
	return packValueObject(list[0].Value), nil
}
